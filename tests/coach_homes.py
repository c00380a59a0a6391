"""A coach and a client, each with a home of their own, who exchange files and nothing else."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rehearse.coach.assigned import AssignedFiles
from rehearse.coach.assigning import Task, make, write
from rehearse.coach.assignments import Assignments, read
from rehearse.coach.counting import mark
from rehearse.coach.formats import Assignment, Share
from rehearse.coach.inbox import Inbox
from rehearse.coach.keys import CoachKeys, client_key, make_coach_keys
from rehearse.coach.known_coaches import KnownCoaches
from rehearse.coach.opening import Received
from rehearse.coach.shares import Draft, Shares, drafted
from rehearse.coach.sharing import Picks, Sharer
from rehearse.practice.database import Database
from rehearse.practice.log import About, PracticeLog
from tests.practice_log import entry, report

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
TODAY = AT.date()


class CoachAtHome:
    """Somebody who assigns, and receives."""

    def __init__(self, folder: Path, name: str = "Ada Brook") -> None:
        folder.mkdir()
        self.keys: CoachKeys = make_coach_keys(folder, name)
        self.inbox: Received = Inbox(folder / "received", self.keys)
        self._folder = folder
        (folder / "received").mkdir()
        (folder / "assigned").mkdir()

    def assigns(self, path: Path, task: Task | None = None, at: datetime = AT) -> Assignment:
        assignment = make(task or Task("hard-day", "Name what you hear.", times=2), self.keys.coach, at)
        write(assignment, self.keys, path, AssignedFiles(self._folder / "assigned"))
        return assignment


class ClientAtHome:
    """Somebody who practises, and shares."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("assignments", "scenes"):
            (folder / name).mkdir(parents=True)
        self.log = PracticeLog(Database.in_file(folder / "practice.db"))
        self.key = client_key(folder)

    @property
    def assignments(self) -> Assignments:
        return Assignments(self.folder / "assignments", self.folder / "scenes")

    @property
    def known(self) -> KnownCoaches:
        return KnownCoaches(self.folder)

    @property
    def shares(self) -> Shares:
        return Shares(self.folder)

    def adds(self, path: Path, *, trusting: bool = True) -> bool:
        incoming, known = read(path), self.known
        self.assignments.check(incoming, TODAY)
        if trusting:
            known.meet(incoming.assignment.coach, AT - timedelta(days=30))
        return self.assignments.add(incoming, known, TODAY)

    def practises(self, *entries: dict[str, Any], counts: bool = False, at: datetime = AT, **keys: Any) -> int:
        id_ = self.log.add(report(*(entries or (entry(),)), **keys), About(at, ended_at=at))
        if counts:
            mark(self.log, id_)
        return id_

    def drafts(self, picks: Picks | None = None, to: str | None = None) -> Draft:
        known = self.known.find(to)
        sharer = Sharer(self.log, self.key, known, self.assignments.all(), self.shares.journal_shown(known.coach))
        picked = picks or Picks()
        share = sharer.share(picked, self.shares.next_number(known.coach), AT)
        return drafted(share, sharer.journal(picked, AT))

    def shares_to(self, path: Path, picks: Picks | None = None, to: str | None = None) -> Share:
        draft = self.drafts(picks, to)
        self.shares.send(draft, self.known.find(to).coach, self.key, path)
        return draft.share

    def withdraws(self, share: Share, path: Path) -> None:
        self.shares.withdraw(share.id, self.key, AT, path)


@dataclass(frozen=True)
class Two:
    """Both of them, and the only thing between them: a folder of files that travel."""

    coach: CoachAtHome
    client: ClientAtHome
    post: Path


@pytest.fixture
def two() -> Iterator[Two]:
    """A coach and a client who have met, over the first assignment."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        post = root / "post"
        post.mkdir()
        both = Two(CoachAtHome(root / "coach"), ClientAtHome(root / "client"), post)
        both.coach.assigns(post / "first.rehearse-assignment")
        both.client.adds(post / "first.rehearse-assignment")
        yield both
        both.client.log.database.close()
