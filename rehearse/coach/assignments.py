"""What a client was assigned: files as they came, whose signatures are checked each time that they are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rehearse.coach import travelling
from rehearse.coach.formats import MAX_ASSIGNMENT_BYTES, Assignment
from rehearse.coach.keys import words_of_coach
from rehearse.coach.known_coaches import KnownCoaches
from rehearse.coach.reading_files import content_of
from rehearse.coach.signing import document_of, verify
from rehearse.errors import CoachError, Refused, UnknownCoach
from rehearse.scenarios.loader import available
from rehearse.whole_files import replacing

ENDING = ".rehearse-assignment"
FEWEST_OF_AN_ID = 4
"""So many of an id's characters are enough to name it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A session of which the person said that it counts."""

    id: int
    scenario: str
    began_at: datetime
    private: bool
    """Whether the safety screen stepped in."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An assignment and how far it has come."""

    assignment: Assignment
    done: int
    open: bool
    """Whether there is something left to do, and time for it."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An assignment that was sent, as it came."""

    assignment: Assignment
    content: bytes


def read(path: Path) -> Incoming:
    """The assignment in the file at `path`: whole, signed by the coach whom it names, in a version that is known.

    Raises:
        Refused: it is not.
    """
    content = content_of(path, MAX_ASSIGNMENT_BYTES)
    return Incoming(assignment_in(content), content)


def assignment_in(content: bytes) -> Assignment:
    """The assignment in the bytes of a file, as `read` gives it.

    Raises:
        Refused: it is not whole, not signed by the coach whom it names, or in a version that is not known.
    """
    document = document_of(verify(content))
    if not isinstance(document, Assignment):
        raise Refused("it is no assignment; choose the file that ends in .rehearse-assignment")
    return document


class Assignments:
    """Those that were added, in a folder."""

    def __init__(self, folder: Path, scenes: Path) -> None:
        """`scenes`: where scenes go that travel along."""
        self._folder = folder
        self._scenes = scenes
        self.damaged: list[str] = []
        """The names of files whose signature did not hold when they were last read: they count for nothing."""

    def all(self) -> list[Assignment]:
        """In the order in which they were made."""
        self.damaged = []
        found = []
        for path in sorted(self._folder.glob(f"*{ENDING}")):
            try:
                found.append(read(path).assignment)
            except Refused:
                self.damaged.append(path.name)
        return sorted(found, key=lambda each: (each.made_at, each.id))

    def find(self, id_: str) -> Assignment:
        """The one whose id begins so.

        Raises:
            CoachError: there is none, or more than one.
        """
        found = [each for each in self.all() if each.id.startswith(id_)]
        if len(id_) < FEWEST_OF_AN_ID or len(found) != 1:
            raise CoachError(f"there is no assignment {id_!r}; `rehearse assignment list` lists them")
        return found[0]

    def check(self, incoming: Incoming, today: date) -> None:
        """See that it can be taken, whoever its coach is.

        Raises:
            Refused: it is over, its scene cannot be played, or it has the id of another.
        """
        assignment = incoming.assignment
        if assignment.until and assignment.until < today:
            raise Refused(f"it was to be done by {assignment.until:%-d %B %Y}; ask your coach for a new one")
        if assignment.scene is not None:
            travelling.checked(assignment.scenario, assignment.scene)
            travelling.check_place(assignment.scenario, assignment.scene)
        elif assignment.scenario not in available():
            raise Refused(f"you have no scene {assignment.scenario!r}; ask your coach to send it along")
        if self._kept(assignment.id) not in {None, incoming.content}:
            raise Refused("it has the number of another that you have; ask your coach for a new one")

    def add(self, incoming: Incoming, known: KnownCoaches, today: date) -> bool:
        """Keep it; whether it is new.

        Raises:
            UnknownCoach: nobody has compared the coach's key words yet.
            Refused: as `check` does.
            OutputError: it cannot be written.
        """
        self.check(incoming, today)
        assignment = incoming.assignment
        if not known.knows(assignment.coach):
            raise UnknownCoach(unknown(incoming, known))
        if self._kept(assignment.id) is not None:
            return False
        if assignment.scene is not None:
            travelling.put(self._scenes, assignment.scenario, assignment.scene)
        with replacing(self._path(assignment.id)) as temporary:
            temporary.write_bytes(incoming.content)
        return True

    def remove(self, assignment: Assignment) -> None:
        """Forget it, and the scene that came with it, unless another needs that or the person has changed it."""
        self._path(assignment.id).unlink(missing_ok=True)
        needed = {each.scenario for each in self.all() if each.scene is not None}
        if assignment.scene is not None and assignment.scenario not in needed:
            travelling.take_out(self._scenes, assignment.scenario, assignment.scene)

    def _kept(self, id_: str) -> bytes | None:
        """The file of the one with that id; None where there is none, or it is damaged and may be replaced."""
        try:
            return read(self._path(id_)).content
        except Refused:
            return None

    def _path(self, id_: str) -> Path:
        return self._folder / f"{id_}{ENDING}"


def unknown(incoming: Incoming, known: KnownCoaches) -> str:
    """Why an assignment of a coach who is not known is not taken yet."""
    coach = incoming.assignment.coach
    alike = " (you know another of that name, with other keys)" if known.named_alike(coach) else ""
    return (
        f"it is from {coach.name}, whom you have not met yet{alike}. Have them read you their key words; if they are "
        f"“{words_of_coach(coach)}”, say it again with --trust"
    )


def standings(assignments: Iterable[Assignment], counted: Sequence[Counted], today: date) -> list[Standing]:
    """How far each has come: a session that counts does so for every assignment of its scene, from the day on which it
    was made (two machines' clocks are never quite the same) to its last one."""
    found = []
    for each in assignments:
        done = sum(
            session.scenario == each.scenario
            and session.began_at.date() >= each.made_at.astimezone(session.began_at.tzinfo).date()
            and (each.until is None or session.began_at.date() <= each.until)
            for session in counted
        )
        is_open = done < each.times and (each.until is None or today <= each.until)
        found.append(Standing(each, done, is_open))
    return found
