"""Which sessions count: those of which the person has said so. The mark is the key `counts` of a session's report."""

from datetime import timedelta, timezone

from sqlalchemy import select

from rehearse.coach.assignments import Counted
from rehearse.practice.log import PracticeLog
from rehearse.practice.tables import SessionRow

MARK = "counts"


def counted(log: PracticeLog) -> list[Counted]:
    """The sessions that count, in the order in which they were kept.

    Raises:
        LogError: the log cannot be read.
    """
    query = (
        select(SessionRow.id, SessionRow.scenario, SessionRow.began_at, SessionRow.utc_offset_s, SessionRow.private)
        .where(SessionRow.report[MARK].as_boolean())
        .order_by(SessionRow.id)
    )
    with log.database.reading() as rows:
        return [
            Counted(
                row.id,
                row.scenario,
                row.began_at.astimezone(timezone(timedelta(seconds=row.utc_offset_s))),
                row.private,
            )
            for row in rows.execute(query)
        ]


def mark(log: PracticeLog, id_: int, *, counts: bool = True) -> None:
    """Say of a session whether it counts.

    Raises:
        SessionError: it is not there.
        LogError: the log cannot be written.
    """
    log.past(id_)
    with log.database.writing() as rows:
        row = rows.get_one(SessionRow, id_)
        if row.position is not None:  # one that is taken up later still counts
            row.position = {**row.position, MARK: counts}
        unmarked = {name: value for name, value in row.report.items() if name != MARK}
        row.report = {**unmarked, MARK: True} if counts else unmarked
