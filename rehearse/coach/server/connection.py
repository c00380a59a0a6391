"""The server of a practice: asking it for something, and saying in one line why it did not do so."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from rehearse.coach.server import URL_VARIABLE
from rehearse.coach.server.migrating import check
from rehearse.errors import LogError, PracticeDatabaseError
from rehearse.practice.database import server_at

CONNECT_S = 10
"""How long a server may take to answer at all."""
_LINE = re.compile(r"(?:ERROR:\s*)?(.*)")
_WHY = {
    "25006": "is only to be read just now, and whoever reads words there leaves a trace; try again later",
    "53": "has no room, or too much to do; tell its owner, and try again later",
    "42501": "does not allow you that; ask its owner",
    "42704": "knows you no more; ask its owner",
}
"""By SQLSTATE, or how it begins (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""
_AWAY = ("", "08", "57")
"""No answer at all, a connection that broke, a server that is shut down."""


class Server:
    """Where a practice keeps what its coaches have received."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def at_url(cls, url: str) -> "Server":
        """The one at `postgresql://user:password@host/name`.

        Raises:
            PracticeDatabaseError: the address is none of PostgreSQL, or the driver is not installed.
        """
        try:
            engine = server_at(url, URL_VARIABLE, connect_timeout=CONNECT_S, application_name="rehearse")
        except LogError as error:
            raise PracticeDatabaseError(str(error)) from None
        if engine.dialect.name != "postgresql":
            raise PracticeDatabaseError(
                f"a practice needs PostgreSQL, as the server itself says who sees what; set {URL_VARIABLE} to "
                "postgresql://user@host/name"
            )
        return cls(engine)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """What is done in the body is kept all together as it ends, or nothing of it.

        Raises:
            PracticeDatabaseError: the server is away, only to be read, full, or does not allow it.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            words = _in_words(error)
            if words is None:
                raise  # a fault of this program, not of the server
            raise words from error

    def check(self) -> None:
        """See that it is there, and has the tables that this program works with.

        Raises:
            PracticeDatabaseError: it is not, or has others.
        """
        with self.transaction() as connection:
            check(connection)

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()


def _in_words(error: DBAPIError) -> PracticeDatabaseError | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    said = _LINE.match(str(error.orig).strip() or type(error.orig).__name__)
    cause = said[1] if said else ""
    if state[:2] in _AWAY:
        return PracticeDatabaseError(
            f"the practice's database does not answer ({cause}); check REHEARSE_COACH_DATABASE_URL, or try again "
            "later: no file is lost by that"
        )
    why = _WHY.get(state) or _WHY.get(state[:2])
    return PracticeDatabaseError(f"the practice's database {why} ({cause})") if why else None
