"""How much each client of a practice has practised, for their coach and for supervisors: sums, and no word."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import text

from rehearse.coach.server.connection import Server

LATELY = timedelta(weeks=4)
# A client's later share tells of their earlier weeks again: the last one counts that tells of most days of the week.
_SUMS = text("""
WITH whole AS (
    SELECT DISTINCT ON (share.client, week.begins) share.client, week.*
    FROM rehearse_coach.week JOIN rehearse_coach.share ON share.id = week.share
    ORDER BY share.client, week.begins, greatest(share.since, week.begins), share.number DESC, share.made_at DESC
), practised AS (
    SELECT client, max(begins) FILTER (WHERE sessions > 0) AS last_week, sum(sessions) AS sessions,
        coalesce(sum(sessions) FILTER (WHERE begins > :lately), 0) AS lately,
        sum(turns) AS turns, sum(minutes) AS minutes
    FROM whole GROUP BY client
), newest AS (
    SELECT DISTINCT ON (client) client, id FROM rehearse_coach.share
    ORDER BY client, number DESC, made_at DESC
), assigned AS (
    SELECT newest.client, sum(least(done, "of")) AS done, sum("of") AS asked
    FROM newest JOIN rehearse_coach.progress ON progress.share = newest.id GROUP BY newest.client
), received AS (
    SELECT client, count(*) AS shares FROM rehearse_coach.share GROUP BY client
)
SELECT client.id, coalesce(member.name, member.role) AS coach, coalesce(shares, 0) AS shares, last_week,
    coalesce(sessions, 0) AS sessions, coalesce(lately, 0) AS lately, coalesce(turns, 0) AS turns,
    coalesce(minutes, 0) AS minutes, coalesce(done, 0) AS done, coalesce(asked, 0) AS asked
FROM rehearse_coach.client
JOIN rehearse_coach.member ON member.id = client.coach
LEFT JOIN received ON received.client = client.id
LEFT JOIN practised ON practised.client = client.id
LEFT JOIN assigned ON assigned.client = client.id
ORDER BY coach, client.id
""")


@dataclass(frozen=True, slots=True)
class Sums:
    """Of one client."""

    client: int
    """Their number in the practice: it holds no name of theirs."""
    coach: str
    shares: int
    last_week: date | None
    """The Monday of the last week in which they practised; None: not that anybody knows."""
    sessions: int
    lately: int
    """Of these, within `LATELY`."""
    turns: int
    minutes: float
    done: int
    """Tries that count, of what was assigned…"""
    asked: int
    """…so often."""


def sums(server: Server, today: date) -> list[Sums]:
    """Of all clients whom the server shows whoever has logged in, coach by coach.

    Raises:
        PracticeDatabaseError: the server is away, or does not allow it.
    """
    with server.transaction() as connection:
        rows = connection.execute(_SUMS, {"lately": today - LATELY}).all()
    return [
        Sums(
            client=row.id,
            coach=row.coach,
            shares=row.shares,
            last_week=row.last_week,
            sessions=row.sessions,
            lately=row.lately,
            turns=row.turns,
            minutes=row.minutes,
            done=row.done,
            asked=row.asked,
        )
        for row in rows
    ]
