"""Bringing one practice log into another: all of it as it is where that is empty, else what that does not have yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, text, update
from sqlalchemy.orm import Session as OrmSession

from rehearse.practice.database import Database
from rehearse.practice.searching import reindex
from rehearse.practice.tables import (
    IN_ORDER,
    JournalRow,
    PlannedTalkRow,
    ProposalRow,
    RecordingRow,
    SessionRow,
    Table,
    TurnRow,
)
from rehearse.scenarios.own_talk import talk_of

Row = Mapping[str, Any]
Ids = Mapping[type[Table], Mapping[int, int]]
"""The numbers that rows have here, by those that they have there."""

_KNOWN_BY: Mapping[type[Table], tuple[str, ...]] = {
    PlannedTalkRow: ("planned_at", "with_whom"),
    SessionRow: ("began_at", "scenario", "seed"),
    JournalRow: ("written_at", "text"),
    ProposalRow: ("day", "scenario"),
}
"""By what a row is the same in two logs, whatever its number; what is referred to comes first."""
_FORGOTTEN = 0
"""The number of no talk: the scene of one that was forgotten must not become another's."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What was brought."""

    sessions: int
    """How many of them are new."""
    entries: Mapping[int, int]
    """The numbers that entries of the journal have here, by those that they have there."""


def copy_all(source: Database, target: Database) -> Brought:
    """Bring into `target` all that it does not have yet.

    A session that it has stays as it is, whatever has been dropped of it, unless it went on in `source`.

    Raises:
        LogError: one cannot be read, or the other not written.
    """
    with source.reading() as there, target.writing() as here:
        is_empty = all(here.scalar(select(table.__table__.c.id).limit(1)) is None for table in IN_ORDER)
        brought = _copied(there, here) if is_empty else _merged(there, here)
    reindex(target)
    return brought


def _copied(there: OrmSession, here: OrmSession) -> Brought:
    """All of it under the numbers that it has; counting goes on from where it was, so that none is given again."""
    ids: dict[type[Table], list[int]] = {}
    for table in IN_ORDER:
        rows = _rows(there, table)
        if rows:
            here.execute(insert(table), rows)
        ids[table] = [row["id"] for row in rows]
        _count_on(here, table, max(_last_given(there, table), _last_given(here, table)))
    return Brought(len(ids[SessionRow]), {id_: id_ for id_ in ids[JournalRow]})


def _merged(there: OrmSession, here: OrmSession) -> Brought:
    """What is new, under new numbers; what refers to a number has the new one."""
    ids: dict[type[Table], dict[int, int]] = {}
    sources = set(here.scalars(select(SessionRow.source).where(SessionRow.source.is_not(None))))
    sessions = 0
    for table in _KNOWN_BY:
        own = {id_: id_ for id_ in here.scalars(select(PlannedTalkRow.id))}
        known = {_key(table, _of_talk(row, own)): row for row in _rows(here, table)}
        ids[table] = {}
        for row in _rows(there, table):
            new = _renumbered(row, ids)
            old = known.get(_key(table, new))
            if old is None:
                if new.get("source") in sources:
                    new["source"] = None
                id_ = _add(here, table, new)
                known[_key(table, new)] = {**new, "id": id_}
                sessions += table is SessionRow
                if table is PlannedTalkRow and talk_of(row["scenario"] or "") is not None:
                    here.execute(update(PlannedTalkRow).where(PlannedTalkRow.id == id_).values(scenario=f"talk-{id_}"))
            else:
                id_ = old["id"]
            ids[table][row["id"]] = id_
            if table is SessionRow and (old is None or _went_on(new, old)):
                if old is not None:
                    _replace(here, id_, new)
                _bring_turns(there, here, row["id"], id_)
    return Brought(sessions, ids[JournalRow])


def _renumbered(row: Row, ids: Ids) -> dict[str, Any]:
    """With the numbers here of what it refers to: its session, and the talk that its scene is made from."""
    new = _of_talk(row, ids[PlannedTalkRow])
    if new.get("session_id") is not None:
        new["session_id"] = ids[SessionRow][new["session_id"]]
    if "report" in new and new["scenario"] != row["scenario"]:
        new["report"] = {**new["report"], "scenario": new["scenario"]}
    return new


def _of_talk(row: Row, talks: Mapping[int, int]) -> dict[str, Any]:
    """With the number here of the talk that its scene is made from, if any."""
    talk = talk_of(row.get("scenario") or "")
    return dict(row) if talk is None else {**row, "scenario": f"talk-{talks.get(talk, _FORGOTTEN)}"}


def _went_on(there: Row, here: Row) -> bool:
    """Whether a session that was cut off here was taken up there; one whose words were dropped was not."""
    if here["wordless"] or there["wordless"] or here["ended_at"] is not None:
        return False
    more = there["turns"] + there["retries"] - here["turns"] - here["retries"]
    return more > 0 or (more == 0 and there["ended_at"] is not None)


def _replace(here: OrmSession, session: int, new: Row) -> None:
    """Put `new` in the place of a session; its turns go."""
    turns = select(TurnRow.id).where(TurnRow.session_id == session)
    here.execute(delete(RecordingRow).where(RecordingRow.turn_id.in_(turns)))
    here.execute(delete(TurnRow).where(TurnRow.session_id == session))
    values = {name: value for name, value in new.items() if name not in {"id", "source"}}
    here.execute(update(SessionRow).where(SessionRow.id == session).values(values))


def _bring_turns(there: OrmSession, here: OrmSession, session: int, into: int) -> None:
    """The turns of the session of that number there, with their sound."""
    of_it = TurnRow.session_id == session
    query = select(RecordingRow.__table__).join(TurnRow, TurnRow.id == RecordingRow.turn_id).where(of_it)
    sounds = {row["turn_id"]: row for row in there.execute(query).mappings()}
    for row in _rows(there, TurnRow, of_it):
        turn = _add(here, TurnRow, {**row, "session_id": into})
        if row["id"] in sounds:
            _add(here, RecordingRow, {**sounds[row["id"]], "turn_id": turn})


def _add(here: OrmSession, table: type[Table], row: Row) -> int:
    """Its number here."""
    values = {name: value for name, value in row.items() if name != "id"}
    id_: int = here.execute(insert(table).values(values).returning(table.__table__.c.id)).scalar_one()
    return id_


def _rows(session: OrmSession, table: type[Table], *where: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = select(table.__table__).where(*where).order_by(table.__table__.c.id)
    return [dict(row) for row in session.execute(query).mappings()]


def _key(table: type[Table], row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _KNOWN_BY[table])


def _last_given(session: OrmSession, table: type[Table]) -> int:
    """The highest number that was given in `table`, also where what had it was forgotten."""
    query, name = (
        ("SELECT seq FROM sqlite_sequence WHERE name = :name", table.__tablename__)
        if _in_sqlite(session)
        else ("SELECT last_value FROM pg_sequences WHERE sequencename = :name", _sequence(table))
    )
    return session.scalar(text(query), {"name": name}) or 0


def _count_on(session: OrmSession, table: type[Table], last: int) -> None:
    """Let the next number in `table` be the one after `last`."""
    if _in_sqlite(session):
        session.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.__tablename__})
        values = {"name": table.__tablename__, "last": last}
        session.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values)
    elif last:
        session.execute(text("SELECT setval(CAST(:name AS regclass), :last)"), {"name": _sequence(table), "last": last})


def _sequence(table: type[Table]) -> str:
    return f"{table.__tablename__}_id_seq"


def _in_sqlite(session: OrmSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"
