"""Who belongs to a practice, and as what: its owner adds and removes them, each with a login of their own."""

# ruff: noqa: S608  the names that go into SQL are checked before

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from rehearse.coach.server.connection import Server
from rehearse.coach.server.migrating import check
from rehearse.errors import PracticeDatabaseError

Kind = Literal["coach", "supervisor", "auditor"]
_ROLE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_DUPLICATE, _OWNS_SOMETHING = "42710", "2BP01"
"""SQLSTATEs of a role that is there already, or cannot go."""


@dataclass(frozen=True, slots=True)
class Login:
    """How somebody comes in who was added."""

    url: str
    """With their password, which nobody else has and which is nowhere kept."""
    ran: tuple[str, ...]
    """What was done, in SQL, without the password."""


def add(server: Server, role: str, kind: Kind) -> Login:
    """Make a login `role`, and let it do what a member of that kind may do.

    Raises:
        PracticeDatabaseError: that is no name, the server has such a role, is away, or does not allow it.
    """
    _check_name(role)
    password = secrets.token_urlsafe(24)
    with server.transaction() as connection:
        check(connection)
        ran = (
            f"CREATE ROLE \"{role}\" LOGIN PASSWORD '…' IN ROLE rehearse_{kind}",
            f"INSERT INTO rehearse_coach.member (role, kind) VALUES ('{role}', '{kind}')",
            f"INSERT INTO rehearse_coach.trail (did, whom, why) VALUES ('added', '{role}', 'as {kind}')",
        )
        with _knowing(_DUPLICATE, f"the server has a role {role!r} already; take another name"):
            connection.exec_driver_sql(ran[0].replace("…", _encrypted(connection, role, password)))
        for each in ran[1:]:
            connection.exec_driver_sql(each)
        url = connection.engine.url.set(drivername="postgresql", username=role, password=password)
    return Login(url.render_as_string(hide_password=False), ran)


def remove(server: Server, role: str, *, and_shares: bool = False) -> tuple[str, ...]:
    """Take the login away from a member; what was done, in SQL.

    What a coach has received stays, and nobody can read it, unless it is to be deleted too. What was handed over to a
    supervisor is deleted.

    Raises:
        PracticeDatabaseError: there is no such member, the server is away, or does not allow it.
    """
    _check_name(role)
    gone = f"(SELECT id FROM rehearse_coach.member WHERE role = '{role}' AND left_at IS NULL)"
    with server.transaction() as connection:
        check(connection)
        if not connection.execute(text(f"SELECT EXISTS {gone}")).scalar():
            raise PracticeDatabaseError(
                f"the practice has no member {role!r}; `rehearse coach database members` lists them"
            )
        ran = (
            f"DELETE FROM rehearse_coach.words USING rehearse_coach.member WHERE reader = id AND id IN {gone} "
            "AND kind = 'supervisor'",
            *((f"DELETE FROM rehearse_coach.client WHERE coach IN {gone}",) if and_shares else ()),
            f"UPDATE rehearse_coach.member SET left_at = now() WHERE id IN {gone}",
            f"INSERT INTO rehearse_coach.trail (did, whom, why) VALUES ('removed', '{role}', "
            f"'{'with what was shared' if and_shares else 'the login alone'}')",
            f'DROP ROLE IF EXISTS "{role}"',
        )
        elsewhere = f"{role!r} has something of their own on the server; have its owner give that to another"
        with _knowing(_OWNS_SOMETHING, elsewhere):
            for each in ran:
                connection.exec_driver_sql(each)
    return ran


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to the practice."""

    role: str
    kind: Kind
    name: str | None
    """As they call themselves; None: they have not come in yet, or have no keys."""


def members(server: Server) -> list[Member]:
    """Those whom the server shows whoever has logged in.

    Raises:
        PracticeDatabaseError: the server is away, or does not allow it.
    """
    with server.transaction() as connection:
        rows = connection.execute(
            text("SELECT role, kind, name FROM rehearse_coach.member WHERE left_at IS NULL ORDER BY kind, role")
        ).all()
    return [Member(row.role, row.kind, row.name) for row in rows]


def _check_name(role: str) -> None:
    """It goes into SQL as it is."""
    if not _ROLE.fullmatch(role):
        raise PracticeDatabaseError(
            f"{role!r} is no name for a login; take 1 to 40 of a to z, 0 to 9 and _, beginning with a letter"
        )


def _encrypted(connection: Connection, role: str, password: str) -> str:
    """The password as the server keeps it (SCRAM, RFC 5802), so that its log does not hold the password."""
    driver = connection.connection.driver_connection
    assert driver is not None
    found: bytes = driver.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return found.decode()


@contextmanager
def _knowing(state: str, means: str) -> Iterator[None]:
    """Say what it means when the server answers with that SQLSTATE."""
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != state:
            raise
        raise PracticeDatabaseError(means) from error
