"""Full-text search over what was said in sessions and written in the journal.

The index `passage` holds the partner's line and the person's words. SQLite keeps it with FTS5
(https://sqlite.org/fts5.html), PostgreSQL as a table with an index over its `tsvector`; both take English words for
the same that have the same stem.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session as OrmSession

from rehearse.practice.database import Database
from rehearse.practice.tables import JournalRow, PlannedTalkRow, SessionRow, TurnRow


class Source(IntEnum):
    """Where a passage stands. Its key is `id * 3 + source`, so that what is known by its id is found at once."""

    TURN = 0
    JOURNAL = 1
    TALK = 2


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to be found again."""

    id: int
    """Of the turn, the journal entry or the planned talk."""
    words: str
    line: str = ""
    """What they answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where words were found."""

    source: Source
    id: int
    """Of the session, the journal entry or the planned talk."""
    at: datetime
    number: int | None
    """Which reply of the session, from 0."""
    line: str
    """The partner's, that the words answer; empty in a journal."""
    words: str


def put(session: OrmSession, source: Source, passages: Sequence[Passage]) -> None:
    """Let `passages` be found, which were not before."""
    rows = [{"key": 3 * each.id + source, "line": each.line, "words": each.words} for each in passages]
    if rows:
        session.execute(
            text(f"INSERT INTO passage ({_key(session)}, line, words) VALUES (:key, :line, :words)"),  # noqa: S608
            rows,
        )


def remove(session: OrmSession, source: Source, ids: Iterable[int]) -> None:
    """Let nothing of these be found any more."""
    keys = [{"key": 3 * each + source} for each in ids]
    if keys:
        session.execute(text(f"DELETE FROM passage WHERE {_key(session)} = :key"), keys)  # noqa: S608


def search(database: Database, words: str, limit: int = 50) -> list[Found]:
    """What holds all of `words`, or their stems, the best first.

    Raises:
        LogError: the log cannot be read.
    """
    wanted = words.split()
    if not wanted:
        return []
    if database.in_sqlite:
        query = " ".join('"' + word.replace('"', '""') + '"' for word in wanted)
        statement = "SELECT rowid, line, words FROM passage WHERE passage MATCH :query ORDER BY rank LIMIT :limit"
    else:
        query = " ".join(wanted)
        vector, asked = "to_tsvector('english', line || ' ' || words)", "plainto_tsquery('english', :query)"
        statement = (
            f"SELECT id, line, words FROM passage WHERE {vector} @@ {asked} "  # noqa: S608
            f"ORDER BY ts_rank({vector}, {asked}) DESC, id LIMIT :limit"
        )
    with database.reading() as session:
        rows = session.execute(text(statement), {"query": query, "limit": limit}).all()
        return _placed(session, rows)


def reindex(database: Database) -> None:
    """Make the index anew from what there is.

    Raises:
        LogError: the log cannot be written.
    """
    with database.writing() as session:
        session.execute(text("DELETE FROM passage"))
        turns = session.execute(select(TurnRow.id, TurnRow.entry)).all()
        put(session, Source.TURN, [Passage(id_, e["reply"]["text"], e["partner"]["text"]) for id_, e in turns])
        put(session, Source.JOURNAL, [Passage(row.id, row.text) for row in session.scalars(select(JournalRow))])
        talks = session.scalars(select(PlannedTalkRow))
        put(session, Source.TALK, [Passage(row.id, words_of(row)) for row in talks])


def words_of(talk: PlannedTalkRow) -> str:
    """All that is said of a planned talk."""
    words = (talk.with_whom, talk.about, talk.first_sentence, talk.when_hot, talk.how_it_went, talk.say_again)
    return " ".join(filter(None, words))


def _placed(session: OrmSession, rows: Sequence[Row[int, str, str]]) -> list[Found]:
    ids: dict[Source, list[int]] = {source: [] for source in Source}
    for key, _, _ in rows:
        ids[Source(key % 3)].append(key // 3)
    turns = select(TurnRow.id, SessionRow.id, SessionRow.began_at, TurnRow.number).join(
        SessionRow, SessionRow.id == TurnRow.session_id
    )
    journal = select(JournalRow.id, JournalRow.written_at).where(JournalRow.id.in_(ids[Source.JOURNAL]))
    talks = select(PlannedTalkRow.id, PlannedTalkRow.planned_at).where(PlannedTalkRow.id.in_(ids[Source.TALK]))
    places: dict[tuple[Source, int], tuple[int, datetime, int | None]] = {}
    for turn, of_session, at, number in session.execute(turns.where(TurnRow.id.in_(ids[Source.TURN]))):
        places[Source.TURN, turn] = (of_session, at, number)
    for source, found in ((Source.JOURNAL, journal), (Source.TALK, talks)):
        for each, at in session.execute(found):
            places[source, each] = (each, at, None)
    return [
        Found(Source(key % 3), *places[Source(key % 3), key // 3], line, words)
        for key, line, words in rows
        if (Source(key % 3), key // 3) in places
    ]


def _key(session: OrmSession) -> str:
    return "rowid" if session.get_bind().dialect.name == "sqlite" else "id"
