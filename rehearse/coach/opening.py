"""Where a coach keeps what they have received and assigned: in their own folder, or in the practice's database."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from rehearse.coach.assigned import Assigned, AssignedFiles
from rehearse.coach.formats import Share
from rehearse.coach.inbox import Inbox, Taken
from rehearse.coach.keys import CoachKeys
from rehearse.coach.server import URL_VARIABLE
from rehearse.paths import private


class Received(Protocol):
    """What was received, wherever it is kept."""

    damaged: list[Path]
    """What could not be read when all was last read."""

    def take_in(self, path: Path) -> Taken:
        """Keep what is in the file at `path`, or drop what it withdraws.

        Raises:
            CoachError: it is not taken, or cannot be kept.
            OutputError: it cannot be written.
        """

    def shares(self) -> Iterator[Share]:
        """All that are here, client by client, in the order of their numbers.

        Raises:
            CoachError: they cannot be read.
        """


def open_inbox(folder: Path, keys: CoachKeys, why: str = "review") -> Received:
    """The inbox of a coach: in `folder`, or in the database that the environment names.

    `why`: what words are opened for; in a practice that goes into the audit trail.

    Raises:
        PracticeDatabaseError: it is there, and cannot be used.
    """
    url = os.environ.get(URL_VARIABLE)
    if not url:
        return Inbox(private(folder / "received"), keys)
    from rehearse.coach.server.connection import Server
    from rehearse.coach.server.inbox import PracticeInbox

    return PracticeInbox(Server.at_url(url), keys, why)


def open_assigned(folder: Path, keys: CoachKeys) -> Assigned:
    """What a coach has assigned: in `folder`, or in the database that the environment names.

    Raises:
        PracticeDatabaseError: it is there, and cannot be used.
    """
    url = os.environ.get(URL_VARIABLE)
    if not url:
        return AssignedFiles(private(folder / "assigned"))
    from rehearse.coach.server.assigned import AssignedInPractice
    from rehearse.coach.server.connection import Server

    return AssignedInPractice(Server.at_url(url), keys)
