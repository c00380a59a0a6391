"""A log of any earlier version is brought up with all that is in it. Version 0 is a folder of reports."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from rehearse.practice.database import Database
from rehearse.practice.importing import import_reports
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.migrating import VERSION, migrate
from rehearse.practice.own import open_own
from rehearse.practice.tables import Table
from tests.practice_log import entry, report

NAME = "2026-02-03-101112-000005-hard-day.json"


def put(folder: Path, name: str, content: object) -> Path:
    path = folder / name
    folder.mkdir(exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_the_program_works_with_the_newest_version() -> None:
    folder = Path(migrate.__code__.co_filename).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [VERSION]


def test_going_up_makes_the_tables_that_the_program_works_with(either_log: PracticeLog) -> None:
    either_log.count()
    with either_log.database.reading() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={"include_name": lambda name, kind, _: not str(name).startswith(("passage", "ix_passage"))},
        )
        assert compare_metadata(context, Table.metadata) == []


def test_from_version_0_every_session_comes_in_once_and_its_report_stays(tmp_path: Path) -> None:
    whole = report(entry("Old words."), retried=[entry("Older words.")], ending="closer", completed=True)
    path = put(tmp_path / "sessions", NAME, whole)
    for _ in range(2):
        log = open_own(tmp_path)
        import_reports(log, tmp_path / "sessions")
        (past,) = log.history()
        assert log.report(past.id) == whole
        log.database.close()
    assert past.began_at == datetime(2026, 2, 3, 10, 11, 12, 5).astimezone()
    assert (past.over, past.ending, past.medium, past.retries) == (True, "closer", "voice", 1)
    assert json.loads(path.read_text(encoding="utf-8")) == whole


def test_from_version_1_everything_stays(tmp_path: Path) -> None:
    database = Database.in_file(tmp_path / "practice.db")
    log = PracticeLog(database)
    id_ = log.add(report(entry()), About(now()))
    database.close()
    again = PracticeLog(Database.in_file(tmp_path / "practice.db"))
    assert again.report(id_) == report(entry())
    again.database.close()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        {"format": "another/1", "turns": []},
        {"format": "rehearse.session/1"},
        report({"reply": {}, "codes": []}),
        report(entry(codes=[{"code": "shouts", "confidence": 1, "start": 0, "end": 1, "text": "Y"}])),
        report(measures={"median_pause_s": "long"}),
        report(measures={"median_pause_s": float("nan")}),
    ],
)
def test_what_is_no_report_is_passed_over(log: PracticeLog, tmp_path: Path, content: object) -> None:
    folder = tmp_path / "sessions"
    put(folder, "a.json", content)
    (folder / "b.json").mkdir()
    os.mkfifo(folder / "c.json")
    (folder / "d.json").write_bytes(b"\xff\xfe\x00")
    put(folder, "e.json", report())
    put(folder, "e.txt", report())
    assert import_reports(log, folder) == 1
    assert log.sources() == {"e.json"}
