"""`rehearse privacy`: what is stored where, and deleting it, in a home of the test's own."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from rehearse.cli.main import app
from rehearse.cli.own_log import own_log
from rehearse.errors import UsageError
from rehearse.paths import cache_dir, coach_dir, data_dir, models_dir, settings_file
from rehearse.practice.journal import Journal
from rehearse.practice.log import About, now
from rehearse.settings import Settings
from rehearse.traces import PAGE
from tests.practice_log import entry, report

PLANTED = "quetzalcoatlus"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No link to what tests share: here it is deleted."""
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "home"))
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("COLUMNS", "120")
    with own_log() as log:
        log.add(report(entry(f"You sound {PLANTED}.")), About(now(), ended_at=now()))
        Journal(log.database).write(f"About the {PLANTED}.")
    Settings(words_days=90).save(settings_file())
    (coach_dir() / "client-key.json").write_text("{}")
    (coach_dir() / "received" / "client").mkdir(parents=True)
    (coach_dir() / "received" / "client" / "1.rehearse-share").write_text("age")
    (models_dir() / "tiny.en.pt").write_bytes(bytes(1_500_000))
    (cache_dir() / "voice").mkdir()
    (cache_dir() / "voice" / "1.flac").write_bytes(b"fLaC")
    page = tmp_path / "tmp" / f"{PAGE}1"
    page.mkdir()
    (page / "progress.html").write_text(PLANTED)
    return tmp_path / "home"


def said(*arguments: str, typed: str = "") -> str:
    done = CliRunner().invoke(app, ["privacy", *arguments], input=typed)
    assert done.exit_code == 0, done.exception
    return " ".join(done.stdout.split())


def parts() -> dict[str, dict[str, Any]]:
    told = json.loads(CliRunner().invoke(app, ["privacy", "--json"]).stdout)
    return {part["name"]: part for part in told["parts"]}


def held(folder: Path) -> set[str]:
    """The files with the planted word in them."""
    return {path.name for path in folder.rglob("*") if path.is_file() and PLANTED.encode() in path.read_bytes()}


def test_it_says_what_is_where_how_long_and_what_never_leaves(home: Path) -> None:
    shown = said()
    for words in (
        "1.5 MB",
        "90 days",
        "30 days",
        "None of it leaves this machine",
        "not encrypted",
        "rehearse setup --passphrase",
        "what clients have shared with you",
        "temporary",
    ):
        assert words.lower() in shown.lower()
    assert PLANTED not in shown
    found = parts()
    everything = {path for path in home.rglob("*") if path.is_file()}
    assert sum(part["files"] for name, part in found.items() if name != "temporary") == len(everything)
    assert found["other"]["files"] == 0
    (data_dir() / "note.txt").write_text("mine")
    assert parts()["other"]["files"] == 1


def test_a_log_on_a_server_and_an_encrypted_one_are_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    path = data_dir() / "practice.db"
    path.write_bytes(bytes(100))
    assert "encrypted with your passphrase" in said()
    monkeypatch.setenv("REHEARSE_DATABASE_URL", "postgresql://secret@host/name")
    shown = said()
    assert "on a server" in shown
    assert "secret" not in shown


def test_nothing_is_deleted_without_a_yes(home: Path) -> None:
    assert "Delete log" in said("delete", "log", typed="n\n")
    assert held(home) == {"practice.db"}


def test_the_log_is_deleted_down_to_the_bytes_and_nothing_else(home: Path) -> None:
    with (data_dir() / "practice.db").open("rb") as same:
        assert "Deleted: log." in said("delete", "log", "--yes")
        assert set(same.read()) == {0}
    assert held(home) == set()
    assert settings_file().exists()
    with own_log() as log:
        assert log.count() == 0


def test_an_encrypted_or_damaged_log_and_damaged_settings_can_be_deleted(home: Path) -> None:
    (data_dir() / "practice.db").write_bytes(b"no database at all" * 10)
    settings_file().write_text("{")
    said("delete", "log", "settings", "--yes")
    assert not settings_file().exists()
    assert not [*data_dir().glob("practice*")]


def test_of_everything_nothing_stays(home: Path, tmp_path: Path) -> None:
    (data_dir() / "note.txt").write_text("mine")
    said("delete", "--everything", "--yes")
    assert [path.name for path in home.rglob("*") if path.is_file()] == ["note.txt"]
    assert [*(tmp_path / "tmp").iterdir()] == []
    assert "nothing of that" in said("delete", "--everything", "--yes").lower()
    (data_dir() / "note.txt").unlink()
    assert "Nothing is stored" in said()


def test_what_a_link_leads_to_is_left_and_said_so(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    models_dir().rename(elsewhere)
    (tmp_path / "home" / "models").symlink_to(elsewhere)
    assert "was a link" in said("delete", "models", "--yes")
    assert (elsewhere / "tiny.en.pt").exists()
    assert not os.path.lexists(tmp_path / "home" / "models")


@pytest.mark.parametrize("arguments", [[], ["log", "--everything"], ["diary"], ["other"]])
def test_what_is_to_be_deleted_has_to_be_said(arguments: list[str], home: Path) -> None:
    done = CliRunner().invoke(app, ["privacy", "delete", *arguments, "--yes"])
    assert isinstance(done.exception, UsageError)
    assert "log, settings" in str(done.exception)
    assert held(home) == {"practice.db"}
