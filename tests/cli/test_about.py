"""What this is and is not, and where people help."""

import pytest
from typer.testing import CliRunner

from rehearse.cli.main import app
from rehearse.paths import settings_file
from rehearse.settings import Settings


def test_it_says_what_it_is_not_and_where_people_help() -> None:
    Settings(country="GB").save(settings_file())
    said = " ".join(CliRunner().invoke(app, ["about"]).stdout.split())
    for words in ("not therapy", "does not diagnose", "invented", "about words", "116 123", "findahelpline.com"):
        assert words in said


def test_where_the_country_is_not_known_there_is_the_general_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert "findahelpline.com" in CliRunner().invoke(app, ["about"]).stdout


def test_a_country_that_is_none_is_not_taken() -> None:
    done = CliRunner().invoke(app, ["settings", "country", "England"])
    assert done.exit_code != 0


def test_feedback_on_words_of_danger_judges_nothing() -> None:
    done = CliRunner().invoke(app, ["feedback", "I want to kill myself"])
    assert done.exit_code == 0
    assert "may want to die" in " ".join(done.stdout.split())
    assert "%" not in done.stdout
