"""`rehearse progress` in the terminal and as a page."""

import stat
import webbrowser
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rehearse.cli.main import app
from rehearse.cli.own_log import own_log
from rehearse.cli.progress import bars
from rehearse.practice.log import About, now
from rehearse.practice.talks import PlannedTalk, Talks
from tests.practice_log import entry, report


def practise(sessions: int) -> None:
    with own_log() as log:
        for number in range(sessions):
            log.add(report(entry(), entry(), entry()), About(now() - timedelta(days=sessions - number), ended_at=now()))
        Talks(log.database).plan(PlannedTalk("Sam", "money"))


def test_nothing_practised_yet() -> None:
    done = CliRunner().invoke(app, ["progress"])
    assert done.exit_code == 0
    assert "`rehearse practice hard-day` is a good place to begin." in done.stdout


def test_it_fits_on_one_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    practise(40)
    monkeypatch.setenv("COLUMNS", "80")
    done = CliRunner().invoke(app, ["progress"])
    lines = done.stdout.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert "…" not in done.stdout
    assert "The talk itself: With Sam, about money. No day chosen yet." in done.stdout
    assert any(line.startswith("Listened") and "33%" in line for line in lines)


def test_a_gap_is_no_bar() -> None:
    assert bars([0.0, None, 0.5, 1.0], 0.0, 1.0) == "▁·▅█"


def test_the_page_is_its_owners_only(tmp_path: Path) -> None:
    practise(2)
    path = tmp_path / "progress.html"
    done = CliRunner().invoke(app, ["progress", "--html", str(path)])
    assert done.exit_code == 0
    assert str(path) in done.stdout.replace("\n", "")
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_a_name_it_is_opened_outside_the_data_folder(
    monkeypatch: pytest.MonkeyPatch, own_home: Path, tmp_path: Path
) -> None:
    opened = list[str]()
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = CliRunner().invoke(app, ["progress", "--open"])
    (page,) = tmp_path.rglob("progress.html")
    assert opened == [page.as_uri()]
    assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700
    assert not list(own_home.glob("data/**/*.html"))
    assert "open that file yourself" in done.stdout


def test_a_page_that_cannot_be_written_is_said_before_anything_is_read(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["progress", "--html", str(tmp_path / "nowhere" / "progress.html")])
    assert done.exit_code == 1
    assert "there is no folder" in str(done.exception)
