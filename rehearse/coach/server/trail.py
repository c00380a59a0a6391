"""The audit trail of a practice: who has opened what, when and what for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from rehearse.coach.server.belonging import reason
from rehearse.coach.server.connection import Server


@dataclass(frozen=True, slots=True)
class Trace:
    """An entry."""

    at: datetime
    who: str
    """The role that had logged in."""
    did: str
    client: int | None
    """Their number in the practice."""
    shares: tuple[str, ...]
    """Ids, as `rehearse share list` shows the client how they begin."""
    whom: str | None
    """The other one, where something was done with another."""
    why: str


def trail(server: Server, client: int | None = None, since: datetime | None = None) -> list[Trace]:
    """What of it the server shows whoever has logged in, in order of time; of one client, from one day on.

    Raises:
        PracticeDatabaseError: the server is away, or does not allow it.
    """
    with server.transaction() as connection:
        rows = connection.execute(
            text(
                "SELECT at, who, did, client, shares, whom, why FROM rehearse_coach.trail "
                "WHERE (CAST(:client AS integer) IS NULL OR client = :client) "
                "AND (CAST(:since AS timestamptz) IS NULL OR at >= :since) ORDER BY id"
            ),
            {"client": client, "since": since},
        ).all()
    return [Trace(row.at, row.who, row.did, row.client, tuple(row.shares), row.whom, row.why) for row in rows]


def trim(server: Server, before: datetime, why: str) -> int:
    """Delete entries from before that moment, which is for the database's owner alone; how many. That is traced too.

    Raises:
        PracticeDatabaseError: the server is away, or does not allow it.
    """
    with server.transaction() as connection:
        count: int = connection.execute(
            text("SELECT rehearse_coach.trim_trail(:before, :why)"), {"before": before, "why": reason(why)}
        ).scalar_one()
    return count
