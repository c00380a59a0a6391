"""Saving what can be saved of a damaged log: table by table, row by row, into a new file.

In the way of SQLite's own `.recover` (https://sqlite.org/recovery.html), as far as SQL reaches: what lies on sound
pages is read; a row that cannot be read is passed over. Rows are looked for from both ends of a table, as a damaged
page ends a reading.
"""

import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from rehearse.errors import LogError
from rehearse.practice.database import PLAIN, Database, cipher, unlock
from rehearse.practice.searching import reindex
from rehearse.practice.tables import IN_ORDER, JournalRow, ProposalRow, SessionRow, Table, TurnRow
from rehearse.traces import mark

_MOST_GAPS = 200
"""So many damaged places of a table are jumped over."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be saved."""

    sessions: int
    turns: int
    entries: int
    """In the journal."""


def salvage(damaged: Path, into: Path, passphrase: str | None = None) -> Salvaged:
    """Save what can be saved of the log at `damaged` into a new log at `into`, encrypted as it was.

    Raises:
        LogError: nothing at all can be read, or the new log not be written; there is none then.
    """
    database = Database.in_file(into, passphrase)
    kept: dict[type[Table], set[int]] = {}
    with TemporaryDirectory(dir=into.parent, prefix=mark()) as folder:
        copy = _copied(damaged, Path(folder), mends=passphrase is None)
        for table in IN_ORDER:
            rows = _readable(copy, table.__tablename__, passphrase)
            if table in (JournalRow, ProposalRow):
                rows = [_of_no_lost_session(row, kept[SessionRow]) for row in rows]
            kept[table] = _put_back(database, table, rows)
    reindex(database)
    database.close()
    if not any(kept.values()):
        into.unlink()
        raise LogError(
            f"nothing can be read of {damaged}, which stays as it is; try another passphrase if it has one, "
            "or move it elsewhere to begin anew"
        )
    return Salvaged(*(len(kept[table]) for table in (SessionRow, TurnRow, JournalRow)))


def _copied(damaged: Path, folder: Path, *, mends: bool) -> Path:
    """A copy to read from, with its write-ahead log; `mends`: whether it begins as every plain file of SQLite does."""
    copy = folder / damaged.name
    for ending in ("", "-wal"):
        if (part := damaged.with_name(damaged.name + ending)).exists():
            shutil.copyfile(part, copy.with_name(copy.name + ending))
    if mends:
        with copy.open("r+b") as file:
            file.write(PLAIN)
    return copy


def _readable(path: Path, table: str, passphrase: str | None) -> list[dict[str, Any]]:
    """The rows of `table` that can be read, by their ids."""
    module: ModuleType = cipher() if passphrase is not None else sqlite3
    errors = (module.Error, MemoryError)  # the second is SQLCipher's way to say again that the passphrase is wrong
    found: dict[int, dict[str, Any]] = {}
    with suppress(*errors):
        connection = module.connect(path, timeout=1)
        try:
            if passphrase is not None:
                unlock(connection, passphrase)
            connection.row_factory = module.Row
            for row in _rows(connection, errors, table):
                found[row["id"]] = row
        finally:
            connection.close()
    return [found[id_] for id_ in sorted(found)]


def _rows(connection: Any, errors: tuple[type[Exception], ...], table: str) -> Iterator[dict[str, Any]]:
    """Forwards, jumping over what cannot be read, and then backwards."""
    last = 0
    for gap in range(_MOST_GAPS):
        try:
            query = f"SELECT * FROM {table} WHERE id > ? ORDER BY id"  # noqa: S608
            for row in connection.execute(query, (last,)):
                last = row["id"]
                yield dict(row)
        except errors:
            last += 1 << min(gap, 12)
        else:
            return
    with suppress(*errors):
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY id DESC"):  # noqa: S608
            yield dict(row)


def _of_no_lost_session(row: dict[str, Any], sessions: Collection[int]) -> dict[str, Any]:
    """An entry of the journal, or a proposal, stays where its session is lost. Nobody knows then whether that was
    private: no coach sees the entry until the person chooses it again."""
    if row["session_id"] is None or row["session_id"] in sessions:
        return row
    return {**row, "session_id": None, **({"for_coach": False} if "for_coach" in row else {})}


def _put_back(database: Database, table: type[Table], rows: list[dict[str, Any]]) -> set[int]:
    """The numbers of those that fit; a turn whose session is lost does not."""
    there = rows[0].keys() if rows else ()  # an older log has fewer columns than this program
    columns = [column.name for column in table.__table__.columns if column.name in there]
    statement = text(
        f"INSERT INTO {table.__tablename__} ({', '.join(columns)}) VALUES ({', '.join(':' + name for name in columns)})"  # noqa: S608
    )
    kept = set()
    with database.writing() as session:
        for row in rows:
            with suppress(DBAPIError), session.begin_nested():
                session.execute(statement, {name: row[name] for name in columns})
                kept.add(row["id"])
    return kept
