"""The journal: what somebody writes or says for themselves. Nobody else sees it unless they choose so."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session as OrmSession

from rehearse.errors import SessionError
from rehearse.practice.database import Database
from rehearse.practice.log import now, utc_offset_s
from rehearse.practice.searching import Passage, Source, put, remove
from rehearse.practice.tables import JournalRow


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One of them."""

    id: int
    written_at: datetime
    """In the zone in which it was written."""
    text: str
    question: str | None
    """What it answers."""
    session: int | None
    """The session after which it was written."""
    for_coach: bool
    """Whether the person has chosen that their coach may see it."""
    edited_at: datetime | None


class Journal:
    """All entries. Every method raises `LogError`, and `SessionError` for an entry that is not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def write(
        self, text: str, *, question: str | None = None, session: int | None = None, at: datetime | None = None
    ) -> int:
        """Keep a new entry; its id."""
        at = at or now()
        values = {
            "session_id": session,
            "written_at": at,
            "utc_offset_s": utc_offset_s(at),
            "question": question,
            "text": text,
            "for_coach": False,
        }
        with self._database.writing() as rows:
            id_ = rows.execute(insert(JournalRow).values(values).returning(JournalRow.id)).scalar_one()
            put(rows, Source.JOURNAL, [Passage(id_, text)])
        return id_

    def edit(self, id_: int, text: str) -> None:
        """Put `text` in the place of its words. The old ones stay in free pages until `forgetting.sweep`."""
        with self._database.writing() as rows:
            _change(rows, id_, text=text, edited_at=now())
            remove(rows, Source.JOURNAL, [id_])
            put(rows, Source.JOURNAL, [Passage(id_, text)])

    def choose_for_coach(self, id_: int, *, chosen: bool) -> None:
        """Whether the person's coach may see it."""
        with self._database.writing() as rows:
            _change(rows, id_, for_coach=chosen)

    def forget(self, id_: int) -> None:
        """Delete it; `forgetting.sweep` takes what is left of it out of the file."""
        self.entry(id_)
        with self._database.writing() as rows:
            remove(rows, Source.JOURNAL, [id_])
            rows.execute(delete(JournalRow).where(JournalRow.id == id_))

    def entry(self, id_: int) -> JournalEntry:
        """One of them."""
        with self._database.reading() as rows:
            row = rows.get(JournalRow, id_)
            if row is None:
                raise _no_entry(id_)
            return _entry(row)

    def entries(self, *, session: int | None = None) -> list[JournalEntry]:
        """All of them in the order in which they were written, or those of one session."""
        query = select(JournalRow).order_by(JournalRow.id)
        if session is not None:
            query = query.where(JournalRow.session_id == session)
        with self._database.reading() as rows:
            return [_entry(row) for row in rows.scalars(query)]


def _change(rows: OrmSession, id_: int, **values: object) -> None:
    changed = update(JournalRow).where(JournalRow.id == id_).values(values).returning(JournalRow.id)
    if rows.scalar(changed) is None:
        raise _no_entry(id_)


def _entry(row: JournalRow) -> JournalEntry:
    zone = timezone(timedelta(seconds=row.utc_offset_s))
    return JournalEntry(
        row.id, row.written_at.astimezone(zone), row.text, row.question, row.session_id, row.for_coach, row.edited_at
    )


def _no_entry(id_: int) -> SessionError:
    return SessionError(f"there is no journal entry {id_}; `rehearse journal list` lists them")
