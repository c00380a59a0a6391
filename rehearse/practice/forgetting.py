"""Forgetting for good: also from the write-ahead log, from free pages, from the search index and from old reports.

SQLite overwrites what is deleted (`secure_delete`), but an index may hold copies; so the file is written anew
(https://sqlite.org/lang_vacuum.html) and its write-ahead log is emptied. A disk that copies what it overwrites (an SSD,
a backup) is beyond the reach of any program.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session as OrmSession

from rehearse.errors import LogLocked
from rehearse.practice.database import Database
from rehearse.practice.figures import RATED
from rehearse.practice.log import PracticeLog, now
from rehearse.practice.searching import Source, remove
from rehearse.practice.tables import (
    JournalRow,
    PlannedTalkRow,
    ProposalRow,
    RecordingRow,
    SessionRow,
    TurnRow,
)
from rehearse.traces import wipe

_JUMP_DAYS = 366
"""Where the newest session is older, the clock may be wrong."""


_HAS_TRACES = 1
"""The `user_version` of a file, which SQLite leaves to programs, from the deleting to the end of the sweeping."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten."""

    sessions: int
    entries: int = 0
    """In the journal."""


def forget_sessions(log: PracticeLog, ids: Sequence[int], reports: Path) -> Forgotten:
    """Forget these sessions, with what was written in the journal about each, and the report in the folder `reports`
    that it was read from.

    Raises:
        SessionError: one of them is not there; nothing is forgotten then.
        LogError: the log cannot be written.
    """
    for id_ in ids:
        log.past(id_)
    with _leaving_traces(log.database) as rows:
        sources = list(rows.scalars(select(SessionRow.source).where(SessionRow.id.in_(ids))))
        entries = list(rows.scalars(select(JournalRow.id).where(JournalRow.session_id.in_(ids))))
        _forget_turns(rows, ids)
        remove(rows, Source.JOURNAL, entries)
        rows.execute(delete(JournalRow).where(JournalRow.id.in_(entries)))
        rows.execute(delete(SessionRow).where(SessionRow.id.in_(ids)))
        _delete_reports(reports, sources)
        _delete_damaged(reports)
    sweep(log.database)
    return Forgotten(len(ids), len(entries))


def forget_everything(log: PracticeLog, reports: Path) -> Forgotten:
    """Forget all of it: sessions, journal, planned talks, and the old reports in the folder `reports`.

    Raises:
        LogError: the log cannot be written.
    """
    with _leaving_traces(log.database) as rows:
        sessions, entries = (len(list(rows.scalars(select(table.id)))) for table in (SessionRow, JournalRow))
        for table in (RecordingRow, TurnRow, JournalRow, PlannedTalkRow, ProposalRow, SessionRow):
            rows.execute(delete(table))
        rows.execute(text("DELETE FROM passage"))
        _delete_reports(reports, [path.name for path in reports.glob("*.json")])
        _delete_damaged(reports)
    sweep(log.database)
    return Forgotten(sessions, entries)


def drop_words(log: PracticeLog, ids: Sequence[int], reports: Path) -> None:
    """Keep only the figures of these sessions, with the ratings that a plan rests on.

    Raises:
        LogError: the log cannot be written.
    """
    if not ids:
        return
    with _leaving_traces(log.database) as rows:
        sources = list(rows.scalars(select(SessionRow.source).where(SessionRow.id.in_(ids))))
        _forget_turns(rows, ids)
        for row in rows.scalars(select(SessionRow).where(SessionRow.id.in_(ids))):
            debrief = row.report.get("debrief", {})
            row.report = {**row.report, "debrief": {skill: debrief[skill] for skill in RATED if skill in debrief}}
            row.position, row.wordless = None, True
        _delete_reports(reports, sources)
    sweep(log.database)


def keep_to(log: PracticeLog, reports: Path, *, days: int | None, at: datetime | None = None) -> int:
    """Drop the words of sessions that are older than `days`, and sound that has expired; how many sessions that were.
    What could not be swept out before is swept out, too.

    Where the clock says that everything there is has become too old since the last time, it is not believed at once:
    a clock that has jumped would cost everything.

    Raises:
        LogError: the log cannot be written.
    """
    at = at or now()
    with log.database.reading() as rows:
        expired = list(rows.scalars(select(RecordingRow.id).where(RecordingRow.expires_at < at)))
        old = _older_than(rows, days, at) if days is not None else []
        has_traces = log.database.in_sqlite and rows.scalar(text("PRAGMA user_version")) == _HAS_TRACES
    if expired:
        with _leaving_traces(log.database) as rows:
            rows.execute(delete(RecordingRow).where(RecordingRow.id.in_(expired)))
    if old:
        drop_words(log, old, reports)
    elif expired or has_traces:
        sweep(log.database)
    return len(old)


def sweep(database: Database) -> None:
    """Take what was deleted out of the file: search index, free pages, write-ahead log.

    Raises:
        LogLocked: another program has the log open, so that it cannot be finished now.
        LogError: the file cannot be written.
    """
    with database.alone() as connection:
        if not database.in_sqlite:
            connection.execute(text("VACUUM (FULL)"))
            return
        connection.execute(text("INSERT INTO passage (passage) VALUES ('rebuild')"))
        connection.execute(text("VACUUM"))
        busy, *_ = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
        if busy:
            raise LogLocked(
                "it is deleted, but another program has the practice log open, so that traces are left in the file; "
                "close that program, and say `rehearse data sweep`"
            )
        connection.execute(text("PRAGMA user_version = 0"))


@contextmanager
def _leaving_traces(database: Database) -> Iterator[OrmSession]:
    """As `writing`; it is remembered in the file that what is deleted has to be swept out of it."""
    with database.writing() as rows:
        if database.in_sqlite:
            rows.execute(text(f"PRAGMA user_version = {_HAS_TRACES}"))
        yield rows


def _forget_turns(rows: OrmSession, ids: Sequence[int]) -> None:
    turns = list(rows.scalars(select(TurnRow.id).where(TurnRow.session_id.in_(ids))))
    remove(rows, Source.TURN, turns)
    rows.execute(delete(RecordingRow).where(RecordingRow.turn_id.in_(turns)))
    rows.execute(delete(TurnRow).where(TurnRow.session_id.in_(ids)))


def _delete_reports(folder: Path, names: Sequence[str | None]) -> None:
    for name in filter(None, names):
        wipe(folder / name)


def _delete_damaged(folder: Path) -> None:
    """What `rehearse data recover` has put aside goes where somebody forgets on purpose. It does not go by itself: it
    may be all that there is of what could not be read."""
    for damaged in folder.parent.glob("practice-damaged-*"):
        wipe(damaged)


def _older_than(rows: OrmSession, days: int, at: datetime) -> list[int]:
    """The sessions with words that began more than `days` before; none where the clock seems to have jumped."""
    has_words = ~SessionRow.wordless
    query = select(SessionRow.id).where(has_words, SessionRow.began_at < at - timedelta(days=days))
    old = list(rows.scalars(query.order_by(SessionRow.id)))
    last = rows.scalar(select(func.max(SessionRow.began_at)).where(has_words)) if old else None
    return [] if last and at - last > timedelta(days=max(days, _JUMP_DAYS)) else old
