"""What is forgotten is found in no file any more, byte by byte."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from rehearse.errors import LogLocked, SessionError
from rehearse.practice import journal
from rehearse.practice.database import Database
from rehearse.practice.exporting import export
from rehearse.practice.forgetting import drop_words, forget_everything, forget_sessions, keep_to
from rehearse.practice.importing import import_reports
from rehearse.practice.journal import Journal
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.searching import search
from rehearse.practice.talks import PlannedTalk, Talks
from tests.practice_log import entry, report

PLANTED = "Quetzalcoatlus"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with an old report in it."""
    (tmp_path / "sessions").mkdir()
    return tmp_path


@pytest.fixture
def full(folder: Path, log: PracticeLog) -> PracticeLog:
    """Forty sessions; the planted word is in the tenth, in the report that the last was read from, and all around."""
    for number in range(40):
        word = PLANTED if number == 9 else "plainly"
        turns = [entry(f"You {word} said {place}." * 20, f"{word} I {place}.") for place in range(6)]
        log.add(report(*turns, retried=[entry(f"{word} again")]), About(now(), ended_at=now()))
    log.write(10, log.report(10), About(now()), [], position={"said": PLANTED})
    old = json.dumps(report(entry(f"An old {PLANTED}.")))
    (folder / "sessions" / "2025-01-01-101010-000000-hard-day.json").write_text(old, encoding="utf-8")
    assert import_reports(log, folder / "sessions") == 1
    journal = Journal(log.database)
    journal.write(f"About the {PLANTED}.", session=10)
    journal.edit(journal.write(f"A {PLANTED} that was written over."), "Nothing of it.")
    talks = Talks(log.database)
    talks.forget(talks.plan(PlannedTalk("my sister", about=PLANTED)))
    return log


def traces(folder: Path) -> list[str]:
    """The files below `folder` with the planted word, or the stem of it, in them."""
    stem = PLANTED[:9].lower().encode()
    return [path.name for path in folder.rglob("*") if path.is_file() and stem in path.read_bytes().lower()]


def test_of_forgotten_sessions_nothing_is_left_in_any_file(full: PracticeLog, folder: Path) -> None:
    assert set(traces(folder)) >= {"practice.db-wal", "2025-01-01-101010-000000-hard-day.json"}
    done = forget_sessions(full, [10, 41], folder / "sessions")
    assert (done.sessions, done.entries) == (2, 1)
    assert traces(folder) == []
    assert (full.count(), len(search(full.database, "plainly", 500)), search(full.database, PLANTED)) == (39, 273, [])


def test_of_everything_nothing_is_left(full: PracticeLog, folder: Path) -> None:
    forget_everything(full, folder / "sessions")
    assert traces(folder) == []
    assert b"plainly" not in b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert (full.count(), Journal(full.database).entries(), list((folder / "sessions").iterdir())) == (0, [], [])


def test_words_are_dropped_and_figures_kept(full: PracticeLog, folder: Path) -> None:
    before = full.past(10)
    drop_words(full, [10, 41], folder / "sessions")
    after = full.past(10)
    assert (after.wordless, after.turns, after.labels) == (True, before.turns, before.labels)
    assert (full.turns(10), full.position(10)) == ([], None)
    Journal(full.database).forget(1)
    drop_words(full, [11], folder / "sessions")
    assert traces(folder) == []


def test_what_was_put_aside_goes_only_where_somebody_forgets(log: PracticeLog, folder: Path) -> None:
    aside = folder / "practice-damaged-2026-01-01-101010.db"
    aside.write_bytes(b"what could not be read")
    for _ in range(2):
        log.add(report(entry()), About(now()))
    drop_words(log, [1], folder / "sessions")
    assert aside.exists()
    forget_sessions(log, [2], folder / "sessions")
    assert not aside.exists()


def test_one_that_is_not_there_costs_no_other(full: PracticeLog, folder: Path) -> None:
    with pytest.raises(SessionError, match="no session 99"):
        forget_sessions(full, [1, 99], folder / "sessions")
    assert full.count() == 41


def test_while_another_program_reads_it_is_deleted_and_said_that_traces_are_left(
    full: PracticeLog, folder: Path
) -> None:
    assert full.database.path
    other = Database.in_file(full.database.path)
    with other.reading() as rows:
        rows.connection().exec_driver_sql("SELECT * FROM session").fetchone()
        with pytest.raises(LogLocked, match="data sweep"):
            forget_sessions(full, [10], folder / "sessions")
    other.close()
    with pytest.raises(SessionError):
        full.past(10)


def test_what_could_not_be_swept_out_is_swept_out_another_time(full: PracticeLog, folder: Path) -> None:
    assert full.database.path
    full.add(report(entry()), About(now()))
    Journal(full.database).forget(1)
    other = Database.in_file(full.database.path)
    with other.reading() as rows:
        rows.connection().exec_driver_sql("SELECT * FROM session").fetchone()
        with pytest.raises(LogLocked):
            drop_words(full, [10, 41], folder / "sessions")
        with pytest.raises(LogLocked):
            keep_to(full, folder / "sessions", days=None)
    other.close()
    assert traces(folder)
    assert keep_to(full, folder / "sessions", days=None) == 0
    assert traces(folder) == []
    with full.database.reading() as rows:
        assert rows.connection().exec_driver_sql("PRAGMA user_version").scalar() == 0


def test_an_entry_is_changed_with_its_place_in_the_index_or_not_at_all(
    log: PracticeLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Journal(log.database)
    id_ = book.write("What was hard.")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr(journal, "remove", stop)
        with pytest.raises(KeyboardInterrupt):
            book.edit(id_, "Nothing.")
    assert book.entry(id_).text == "What was hard."
    assert [each.words for each in search(log.database, "hard")] == ["What was hard."]


@pytest.mark.parametrize(("days", "dropped"), [(None, 0), (30, 2), (0, 3)])
def test_words_are_kept_as_long_as_was_chosen(log: PracticeLog, folder: Path, days: int | None, dropped: int) -> None:
    for age in (50, 40, 5):
        log.add(report(entry()), About(now() - timedelta(days=age)))
    assert keep_to(log, folder, days=days) == dropped
    assert sum(past.wordless for past in log.history()) == dropped
    assert keep_to(log, folder, days=days) == 0


def test_sound_that_has_expired_is_not_given_though_it_is_there(log: PracticeLog, folder: Path) -> None:
    for days in (1, -1):
        id_ = log.add(report(entry()), About(now()))
        log.put_sound(id_, 0, b"fLaC", 1.0, now() + timedelta(days=days))
    assert [log.sound(id_, 0) for id_ in (1, 2)] == [b"fLaC", None]
    assert [log.turns(id_)[0].hearable for id_ in (1, 2)] == [True, False]
    export(log, folder / "out")
    assert [path.name for path in (folder / "out").glob("*.flac")] == ["00001-01.flac"]


def test_a_clock_that_has_jumped_by_years_is_not_believed(log: PracticeLog, folder: Path) -> None:
    log.add(report(entry()), About(now()))
    assert keep_to(log, folder, days=30, at=now() + timedelta(days=4000)) == 0
    assert keep_to(log, folder, days=30, at=now() - timedelta(days=4000)) == 0
    assert len(log.turns(1)) == 1
