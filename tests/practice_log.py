"""Practice logs for tests: in a file, and on a PostgreSQL server of the tests' own."""

import getpass
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from rehearse.practice.database import Database
from rehearse.practice.log import PracticeLog
from rehearse.practice.report import FORMAT

_numbers = count()


def entry(text: str = "You sound worn out.", line: str = "What a day.", **keys: Any) -> dict[str, Any]:
    """A turn, as a report has it."""
    return {
        "partner": {"state": "tells", "text": line},
        "reply": {"text": text, "start_s": 1.0, "end_s": 2.0, "pause_before_s": 0.5, "interrupted": False},
        "codes": [],
        "unsure": [],
        "carries": ["feeling"],
        "feels": ["worn out"],
        "instead": {},
        "latency_ms": {"endpoint": 600, "transcribe": 0, "decide": 3, "speak": 7, "total": 610},
        **keys,
    }


def report(*turns: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A report with these turns."""
    return {
        "format": FORMAT,
        "scenario": "hard-day",
        "seed": 7,
        "ending": None,
        "completed": False,
        "partner": {"name": "Maya", "pronoun": "she"},
        "turns": list(turns),
        "retried": [],
        "debrief": {
            "labeling": {"rating": "strong", "count": 1, "granular": 1, "tentative": 0},
            "listening": {"rating": "some", "count": 1, "fixing": 2},
            "defensiveness": {"rating": "not rated"},
            "strengths": [],
            "try_next": "",
            "instead_of": [],
        },
        "measures": {},
        **keys,
    }


@pytest.fixture
def log(tmp_path: Path) -> Iterator[PracticeLog]:
    """An empty log in a file."""
    found = PracticeLog(Database.in_file(tmp_path / "practice.db"))
    yield found
    found.database.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.process)])
def either_log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PracticeLog]:
    """An empty log, in a file and on a server."""
    if request.param == "sqlite":
        database = Database.in_file(tmp_path / "practice.db")
    else:
        database = Database.at_url(request.getfixturevalue("postgresql")())
    yield PracticeLog(database)
    database.close()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Makes databases on a server that runs for the tests alone; gives the address of each."""
    with postgresql_server() as new_database:
        yield new_database


@contextmanager
def postgresql_server() -> Iterator[Callable[[], str]]:
    """A server of its own; makes databases, and gives the address of each."""
    folder = Path(tempfile.mkdtemp(prefix="rehearse-postgres-"))
    as_owner: list[str] = []
    owner = getpass.getuser()
    if os.getuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_owner, owner = ["runuser", "-u", "postgres", "--"], "postgres"

    def run(program: str, *arguments: object) -> None:
        subprocess.run([*as_owner, _found(program), *map(str, arguments)], cwd=folder, check=True, capture_output=True)

    run("initdb", "--auth=trust", "--encoding=UTF8", "--no-sync", "-D", folder / "data")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")

    def new_database() -> str:
        name = f"log_{next(_numbers)}"
        run("createdb", "-h", folder, name)
        return f"postgresql://{owner}@/{name}?host={folder}"

    try:
        yield new_database
    finally:
        run("pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _found(program: str) -> str:
    """Debian keeps a server's programs off the path."""
    debians = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    return str(debians[-1]) if debians else program
