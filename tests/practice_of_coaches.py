"""A practice of many coaches on a PostgreSQL server of the tests' own. Its owner is no superuser."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from rehearse.coach.keys import CoachKeys
from rehearse.coach.server.connection import Server
from rehearse.coach.server.inbox import PracticeInbox
from rehearse.coach.server.members import Kind, add
from rehearse.coach.server.migrating import VERSION, migrate
from tests.coach_homes import ClientAtHome, CoachAtHome, Two

OWNER = "practice_owner"
_numbers = count(1)


class Practice:
    """Its database, its owner, and those who were added."""

    def __init__(self, superusers_url: str, version: str = VERSION) -> None:
        self.superusers_url = superusers_url
        self._servers: list[Server] = []
        superuser = self.at(superusers_url)
        url = make_url(superusers_url)
        with superuser.transaction() as connection:
            if not connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :owner"), {"owner": OWNER}).scalar():
                connection.exec_driver_sql(f"CREATE ROLE {OWNER} LOGIN CREATEROLE")
            connection.exec_driver_sql(f"ALTER DATABASE {url.database} OWNER TO {OWNER}")
        self.url = url.set(username=OWNER).render_as_string(hide_password=False)
        self.owner = self.at(self.url)
        with self.owner.transaction() as connection:
            migrate(connection, version)

    def at(self, url: str) -> Server:
        """Log in."""
        server = Server.at_url(url)
        self._servers.append(server)
        return server

    def added(self, kind: Kind, role: str | None = None) -> Server:
        """Somebody new, who has logged in. Roles belong to the whole server, so each test takes others."""
        return self.at(add(self.owner, new_role(kind) if role is None else role, kind).url)

    def inbox_of(self, coach: CoachAtHome, server: Server | None = None) -> PracticeInbox:
        """The coach's, from now on."""
        found = PracticeInbox(server or self.added("coach"), coach.keys, "review")
        coach.inbox = found
        return found

    def close(self) -> None:
        for each in self._servers:
            each.close()


def new_role(kind: str) -> str:
    return f"{kind}_{next(_numbers)}"


def role_of(server: Server) -> str:
    with server.transaction() as connection:
        return str(connection.execute(text("SELECT session_user")).scalar())


def supervisor_of(practice: Practice, keys: CoachKeys) -> tuple[Server, PracticeInbox]:
    """A supervisor who has come in."""
    server = practice.added("supervisor")
    return server, PracticeInbox(server, keys, "supervision")


@pytest.fixture
def practice(postgresql: Callable[[], str]) -> Iterator[Practice]:
    """One with nobody in it yet."""
    found = Practice(postgresql())
    yield found
    found.close()


@pytest.fixture
def another_client(two: Two, tmp_path: Path) -> Iterator[ClientAtHome]:
    """Another client of the same coach."""
    found = ClientAtHome(tmp_path / "another")
    found.adds(two.post / "first.rehearse-assignment")
    yield found
    found.log.database.close()
