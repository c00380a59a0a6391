"""The log at the command line: encrypted, damaged, and with words whose time has passed."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from rehearse.cli.main import app
from rehearse.cli.own_log import PASSPHRASE_VARIABLE, own_log
from rehearse.errors import LogError
from rehearse.paths import data_dir, settings_file
from rehearse.practice.database import PLAIN, Database
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.own import FILE
from rehearse.practice.tables import RecordingRow, SessionRow
from rehearse.settings import Settings
from tests.practice_log import entry, report

SECRET = "open sesame"


def kept(passphrase: str | None) -> bytes:
    """A log with one session; its file."""
    log = PracticeLog(Database.in_file(data_dir() / FILE, passphrase))
    log.add(report(entry("You sound worn out.")), About(now(), ended_at=now()))
    log.database.close()
    return (data_dir() / FILE).read_bytes()


@pytest.mark.parametrize("mistyped", ["open sesam", ""])
def test_a_mistyped_passphrase_costs_no_log(monkeypatch: pytest.MonkeyPatch, mistyped: str) -> None:
    before = kept(SECRET)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, mistyped)
    done = CliRunner().invoke(app, ["data", "recover"])
    assert isinstance(done.exception, LogError)
    assert "nothing can be read" in str(done.exception)
    assert [path.name for path in data_dir().iterdir() if path.is_file()] == [FILE]
    assert (data_dir() / FILE).read_bytes() == before


def test_with_its_passphrase_it_is_recovered(monkeypatch: pytest.MonkeyPatch) -> None:
    kept(SECRET)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, SECRET)
    assert "Saved: 1 session with 1 turns" in CliRunner().invoke(app, ["data", "recover"]).stdout
    assert PracticeLog(Database.in_file(data_dir() / FILE, SECRET)).count() == 1


def test_words_and_sound_go_after_their_time_whatever_is_done_then() -> None:
    Settings(words_days=30).save(settings_file())
    with own_log() as log:
        for days in (40, 5):
            id_ = log.add(report(entry()), About(now() - timedelta(days=days), ended_at=now()))
            log.put_sound(id_, 0, b"fLaC", 1.0, now() - timedelta(days=1))
    assert CliRunner().invoke(app, ["journal", "list"]).exit_code == 0
    with Database.in_file(data_dir() / FILE).reading() as rows:
        assert list(rows.scalars(select(SessionRow.wordless))) == [True, False]
        assert list(rows.scalars(select(RecordingRow.id))) == []


def test_a_plain_log_that_is_damaged_where_it_begins_needs_none() -> None:
    content = kept(None)
    (data_dir() / FILE).write_bytes(bytes(len(PLAIN)) + content[len(PLAIN) :])
    assert "Saved: 1 session" in CliRunner().invoke(app, ["data", "recover"]).stdout
