"""What a coach has assigned: copies of the signed files, so that they know what they have asked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from rehearse.coach.assignments import ENDING, read
from rehearse.coach.formats import Assignment
from rehearse.errors import Refused
from rehearse.whole_files import replacing


class Assigned(Protocol):
    """The copies, wherever they are kept."""

    def keep(self, assignment: Assignment, content: bytes) -> None:
        """Keep the file `content` of an assignment.

        Raises:
            OutputError: it cannot be written.
            PracticeDatabaseError: the practice's database does not take it.
        """

    def all(self) -> Iterator[Assignment]:
        """In the order in which they were made, but for those that are not whole any more.

        Raises:
            PracticeDatabaseError: the practice's database cannot be read.
        """


class AssignedFiles:
    """Those in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, assignment: Assignment, content: bytes) -> None:
        """As `Assigned` has it."""
        with replacing(self._folder / f"{assignment.id}{ENDING}") as temporary:
            temporary.write_bytes(content)

    def all(self) -> Iterator[Assignment]:
        """As `Assigned` has it."""
        found = []
        for path in self._folder.glob(f"*{ENDING}"):
            try:
                found.append(read(path).assignment)
            except Refused:
                continue
        yield from sorted(found, key=lambda each: (each.made_at, each.id))
