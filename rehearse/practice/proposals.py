"""What was proposed to the person, and on which day: a practice, or to tell what has become of a talk."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select, update

from rehearse.practice.database import Database
from rehearse.practice.tables import ProposalRow

TELL = "tell"
"""The mode of a proposal to tell of a talk; its scenario is `talk-` and the talk's number."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One of them."""

    day: date
    scenario: str
    mode: str
    why: str
    session: int | None = None
    """What came of it."""


class Proposals:
    """All of them. Every method raises `LogError`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, proposal: Proposal) -> None:
        """Keep it, in place of the practice that was proposed for that day before, unless something came of that."""
        values = {name: getattr(proposal, name) for name in ("day", "scenario", "mode", "why")}
        same = (ProposalRow.day == proposal.day, ProposalRow.session_id.is_(None))
        kind = (
            (ProposalRow.mode == TELL, ProposalRow.scenario == proposal.scenario)
            if proposal.mode == TELL
            else (ProposalRow.mode != TELL,)
        )
        with self._database.writing() as rows:
            rows.execute(delete(ProposalRow).where(*same, *kind))
            rows.execute(insert(ProposalRow).values(session_id=proposal.session, **values))

    def came_of_it(self, day: date, scenario: str, session: int) -> None:
        """`session` came of what was proposed for that day."""
        with self._database.writing() as rows:
            rows.execute(
                update(ProposalRow)
                .where(ProposalRow.day == day, ProposalRow.scenario == scenario, ProposalRow.session_id.is_(None))
                .values(session_id=session)
            )

    def all(self) -> list[Proposal]:
        """In the order in which they were made."""
        with self._database.reading() as rows:
            found = rows.scalars(select(ProposalRow).order_by(ProposalRow.id))
            return [Proposal(row.day, row.scenario, row.mode, row.why, row.session_id) for row in found]

    def asked_about_talks(self) -> dict[int, list[date]]:
        """On which days it was asked what has become of a talk, by the talk's number."""
        asked = defaultdict[int, list[date]](list)
        for each in self.all():
            if each.mode == TELL:
                asked[int(each.scenario.removeprefix("talk-"))].append(each.day)
        return asked
