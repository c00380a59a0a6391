"""A log that cannot be used says why in one line, and costs nothing of what was there."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from rehearse.errors import LogDamaged, LogError, LogLocked, LogUnwritable, WrongPassphrase
from rehearse.practice import database as rooms
from rehearse.practice.database import Database
from rehearse.practice.journal import Journal
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.proposals import Proposal, Proposals
from rehearse.practice.salvage import salvage
from rehearse.practice.searching import search
from tests.practice_log import entry, report


def one_line(error: pytest.ExceptionInfo[LogError]) -> bool:
    return "\n" not in str(error.value)


def test_a_locked_file_is_waited_for_and_then_said_so(log: PracticeLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "BUSY_S", 0.05)
    log.add(report(), About(now()))
    log.database.close()
    assert log.database.path
    other = sqlite3.connect(log.database.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LogLocked, match="another program") as error:
        log.add(report(), About(now()))
    assert one_line(error)
    other.execute("ROLLBACK")
    other.close()
    assert log.add(report(), About(now())) == 2


def test_a_full_disk_is_said_and_nothing_is_half_kept(log: PracticeLog) -> None:
    log.add(report(entry()), About(now()))
    with log.database.alone() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(LogUnwritable, match="make room") as error:
        log.add(report(*[entry("long " * 4000)] * 40), About(now()))
    assert one_line(error)
    assert (log.count(), log.database.path is not None) == (1, True)


@pytest.mark.parametrize("gone", ["folder", "file"])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, gone: str) -> None:
    path = tmp_path / "gone" / "practice.db"
    if gone == "file":
        path.mkdir(parents=True)
    with pytest.raises(LogUnwritable, match=r"cannot be (opened|written)") as error:
        PracticeLog(Database.in_file(path)).count()
    assert one_line(error)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4080])
def test_what_is_no_log_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "practice.db"
    path.write_bytes(content)
    with pytest.raises(LogDamaged, match="data recover") as error:
        PracticeLog(Database.in_file(path)).count()
    assert one_line(error)
    assert path.read_bytes() == content


def test_a_log_of_a_newer_program_is_left_alone(log: PracticeLog) -> None:
    log.count()
    with log.database.writing() as rows:
        rows.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert log.database.path
    with pytest.raises(LogError, match="bring the program up to date"):
        PracticeLog(Database.in_file(log.database.path)).count()


@pytest.mark.parametrize("url", ["nonsense", "sqlserver://x", "postgresql://nobody@127.0.0.1:1/none"])
def test_an_address_that_does_not_answer_is_said(url: str) -> None:
    with pytest.raises(LogError, match="REHEARSE_DATABASE_URL") as error:
        PracticeLog(Database.at_url(url)).count()
    assert one_line(error)


def test_of_a_damaged_file_all_is_saved_that_lies_on_sound_pages(log: PracticeLog, tmp_path: Path) -> None:
    for number in range(60):
        log.add(report(*[entry(f"You said number {number}. " + "So it went on. " * 30)] * 6), About(now()))
    log.database.close()
    assert log.database.path
    content = bytearray(log.database.path.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 2 * 4096] = b"\xa5" * 8192
    content[:9] = b"\xa5" * 9
    log.database.path.write_bytes(content)
    found = salvage(log.database.path, tmp_path / "saved.db")
    assert found.sessions >= 50
    assert found.turns >= 250
    saved = PracticeLog(Database.in_file(tmp_path / "saved.db"))
    assert saved.report(1)["turns"][0]["reply"]["text"].startswith("You said number 0.")
    assert search(saved.database, "number 59")
    saved.database.close()


def test_what_was_written_after_a_session_that_is_lost_is_saved(log: PracticeLog, tmp_path: Path) -> None:
    journal, proposals = Journal(log.database), Proposals(log.database)
    for number in (1, 2):
        log.add(report(entry()), About(now()))
        journal.choose_for_coach(journal.write(f"After {number}.", session=number), chosen=True)
        proposals.keep(Proposal(date(2026, 1, number), "hard-day", "plain", "It is a start.", number))
    log.database.close()
    assert log.database.path
    with closing(sqlite3.connect(log.database.path)) as connection:  # as if its page could not be read
        connection.execute("DELETE FROM session WHERE id = 1")
        connection.commit()
    assert salvage(log.database.path, tmp_path / "saved.db").entries == 2
    saved = Database.in_file(tmp_path / "saved.db")
    entries = Journal(saved).entries()
    assert [(each.text, each.session, each.for_coach) for each in entries] == [
        ("After 1.", None, False),
        ("After 2.", 2, True),
    ]
    assert [each.session for each in Proposals(saved).all()] == [None, 2]
    saved.close()


def test_where_nothing_can_be_read_nothing_is_made(tmp_path: Path) -> None:
    damaged = tmp_path / "practice.db"
    damaged.write_bytes(b"\xa5" * 40_960)
    with pytest.raises(LogError, match="nothing can be read") as error:
        salvage(damaged, tmp_path / "saved.db")
    assert one_line(error)
    assert [path.name for path in tmp_path.iterdir()] == ["practice.db"]


def test_with_a_passphrase_no_word_is_readable_and_another_one_does_not_open_it(tmp_path: Path) -> None:
    pytest.importorskip("sqlcipher3")
    path = tmp_path / "practice.db"
    log = PracticeLog(Database.in_file(path, "it's a secret"))
    log.add(report(entry("Quetzalcoatlus.")), About(now()))
    log.database.close()
    assert b"uetzalcoatlus" not in path.read_bytes()
    assert not path.read_bytes().startswith(b"SQLite")
    again = PracticeLog(Database.in_file(path, "it's a secret"))
    assert (again.count(), len(search(again.database, "quetzalcoatlus"))) == (1, 1)
    again.database.close()
    for wrong in ("it's another", None):
        with pytest.raises(WrongPassphrase, match="passphrase"):
            PracticeLog(Database.in_file(path, wrong)).count()
