"""The file, or the server, that holds the practice log: opening it safely, and saying in one line what is wrong.

SQLite as https://sqlite.org/wal.html describes it: a write-ahead log, so that one program reads while another writes;
every commit on the disk before it counts (`synchronous = FULL`), so that no finished turn is lost with the power.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, ProgrammingError
from sqlalchemy.orm import Session as OrmSession

from rehearse import faults
from rehearse.errors import LogDamaged, LogError, LogLocked, LogUnwritable, WrongPassphrase
from rehearse.practice.migrating import VERSION, migrate

PLAIN = b"SQLite format 3\0"
"""How a file of SQLite begins that is not encrypted."""
RECOVER = "`rehearse data recover` saves what can be saved"
"""What is to be done about a damaged file."""
BUSY_S = 1.0
"""How long a write waits for another program's: somebody waits for the partner's answer."""
_FOR_ONE_ALONE = ("PRAGMA journal_mode = DELETE", "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT")
"""A file leaves the write-ahead log only where nobody else has it open. From then on a lock is kept until it is closed:
the pool has this one connection, and lends it again."""
_SQLITE_ERRORS: dict[int, type[LogError]] = {
    sqlite3.SQLITE_BUSY: LogLocked,
    sqlite3.SQLITE_LOCKED: LogLocked,
    sqlite3.SQLITE_FULL: LogUnwritable,
    sqlite3.SQLITE_READONLY: LogUnwritable,
    sqlite3.SQLITE_CANTOPEN: LogUnwritable,
    sqlite3.SQLITE_PERM: LogUnwritable,
    sqlite3.SQLITE_IOERR: LogUnwritable,
    sqlite3.SQLITE_CORRUPT: LogDamaged,
    sqlite3.SQLITE_NOTADB: LogDamaged,
}


class Database:
    """Where the log is kept. It is opened on first use, and brought to the present version then."""

    def __init__(self, engine: Engine, path: Path | None, mend: str = RECOVER) -> None:
        self._engine = engine
        self._mend = mend
        self.path = path
        """The file; None for a server."""
        self._opened = False

    @classmethod
    def in_file(cls, path: Path, passphrase: str | None = None, *, mend: str = RECOVER) -> "Database":
        """A file of its owner's own; made on first use. With a `passphrase` all of it is encrypted (SQLCipher).
        `mend`: what is to be done where it is damaged.

        Raises:
            LogError: a passphrase is given, and there is no SQLCipher.
        """
        module = cipher() if passphrase is not None else sqlite3
        engine = create_engine(
            f"sqlite:///{path}", module=module, connect_args={"timeout": BUSY_S}, hide_parameters=True
        )
        event.listen(engine, "connect", partial(_prepare, passphrase=passphrase))
        event.listen(engine, "begin", _begin)
        return cls(engine, path, mend)

    @classmethod
    def at_url(cls, url: str) -> "Database":
        """A PostgreSQL server: `postgresql://user@host/name`.

        Raises:
            LogError: the address is none, or the driver is not installed.
        """
        return cls(server_at(url, "REHEARSE_DATABASE_URL"), None)

    @property
    def in_sqlite(self) -> bool:
        """Whether it is a file."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[OrmSession]:
        """What it holds at one moment.

        Raises:
            LogError: it cannot be read.
        """
        with self._connected(writes=False) as connection, OrmSession(connection) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[OrmSession]:
        """What is changed in the body is kept all together as it ends, or nothing of it.

        Raises:
            LogError: it cannot be written.
        """
        with self._connected(writes=True) as connection, OrmSession(connection, expire_on_commit=False) as session:
            yield session
            session.flush()
            connection.commit()

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A connection without a transaction around it, for what the file as a whole has done to it.

        Raises:
            LogError: it cannot be done.
        """
        options = {} if self.in_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with self._connected(writes=None, **options) as connection:
            yield connection

    def shut_others_out(self) -> None:
        """Let no other program have the file from now on until it is closed.

        Raises:
            LogLocked: one has it open.
            LogError: it cannot be opened.
        """
        with self.alone() as connection:
            for statement in _FOR_ONE_ALONE:
                connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Let go of it; its write-ahead log is taken into the file if no other program has it open."""
        self._engine.dispose()

    @contextmanager
    def _connected(self, *, writes: bool | None, **options: Any) -> Iterator[Connection]:
        try:
            faults.strike("log")
            if not self._opened:
                self._open()
            with self._engine.connect().execution_options(writes=writes, **options) as connection:
                yield connection
        except (ProgrammingError, IntegrityError):
            raise  # a fault of this program, not of the log
        except (DBAPIError, sqlite3.Error, OSError) as error:
            raise self._in_words(error) from error

    def _open(self) -> None:
        if self.path and not self.path.exists():
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        with self._engine.connect() as connection:
            present = None
            if not self.in_sqlite or connection.execute(text("PRAGMA schema_version")).scalar():
                present = _version(connection)
        if present != VERSION:
            with self._engine.connect().execution_options(writes=True) as connection:
                if not self.in_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(7268)"))  # one program at a time
                migrate(connection)
                connection.commit()
        self._opened = True

    def _in_words(self, error: Exception) -> LogError:
        where = f"the practice log {self.path}" if self.path else "the practice log's server"
        cause = getattr(error, "orig", None) or error
        if isinstance(cause, OSError):
            return LogUnwritable(f"{where} cannot be opened ({cause.strerror}): check that folder and its permissions")
        if self.path is None:
            return LogError(f"{where} did not answer as it should ({_first_line(cause)}): check REHEARSE_DATABASE_URL")
        code = getattr(cause, "sqlite_errorcode", None)
        kind = _SQLITE_ERRORS.get((code or 0) & 0xFF) or _told_by_words(str(cause))
        if kind is LogLocked:
            return LogLocked(f"{where} is being used by another program; close that one, or wait until it is done")
        if kind is LogUnwritable:
            return LogUnwritable(
                f"{where} cannot be written ({_first_line(cause)}): make room on the disk, or check the folder's "
                "permissions"
            )
        if kind is LogDamaged and "not a database" in str(cause):
            return WrongPassphrase(
                f"{where} cannot be read: it is encrypted with another passphrase, or damaged; try the passphrase "
                f"again, and if it is damaged: {self._mend}"
            )
        if kind is LogDamaged:
            return LogDamaged(f"{where} is damaged; {self._mend}")
        return LogError(f"{where} cannot be used ({_first_line(cause)}); check that file")


def server_at(url: str, variable: str, **connect_args: object) -> Engine:
    """A PostgreSQL server, or another that SQLAlchemy knows, whose address stands in the environment's `variable`.

    Raises:
        LogError: the address is none, or the driver is not installed.
    """
    try:
        address = make_url(url)
        if address.get_backend_name() == "postgresql":
            address = address.set(drivername="postgresql+psycopg")
        return create_engine(address, connect_args=connect_args, hide_parameters=True)
    except (ArgumentError, NoSuchModuleError):
        raise LogError(f"{variable} is no address of a database; write postgresql://user@host/name") from None
    except ModuleNotFoundError:
        raise LogError("PostgreSQL needs a driver; install it with: pip install 'rehearse[postgres]'") from None


def cipher() -> ModuleType:
    """SQLite with encryption.

    Raises:
        LogError: it is not installed.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise LogError(
            "a practice log with a passphrase needs SQLCipher; install it with: pip install 'rehearse[encrypted]'"
        ) from None
    module: ModuleType = dbapi2
    return module


def unlock(connection: Any, passphrase: str) -> None:
    """Let a connection of SQLCipher, just opened, read what is encrypted."""
    quoted = passphrase.replace("'", "''")
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would complain of a wrong passphrase on stderr
    connection.execute(f"PRAGMA key = '{quoted}'")


def _prepare(connection: Any, _: object, *, passphrase: str | None) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so
    if passphrase is not None:
        unlock(connection, passphrase)
    for pragma in (
        f"busy_timeout = {1000 * BUSY_S:.0f}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Who will write says so at once: a reader that becomes a writer may have to be refused."""
    writes = connection.get_execution_options().get("writes", False)
    if writes is not None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _version(connection: Connection) -> str | None:
    """The version of the tables, or none of them that is known."""
    try:
        found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError as error:
        if "alembic_version" in str(error.orig):
            return None
        raise
    return found


def _told_by_words(message: str) -> type[LogError] | None:
    """SQLCipher's errors have no number."""
    for words, kind in (
        ("locked", LogLocked),
        ("full", LogUnwritable),
        ("readonly", LogUnwritable),
        ("unable to open", LogUnwritable),
        ("disk I/O", LogUnwritable),
        ("malformed", LogDamaged),
        ("not a database", LogDamaged),
    ):
        if words in message:
            return kind
    return None


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
