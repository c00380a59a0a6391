"""`rehearse settings`: what was chosen is shown with what it means, and changed one by one."""

from pathlib import Path

import pytest

from rehearse.cli.settings import settings
from rehearse.dialogue import Cue
from rehearse.errors import UsageError
from rehearse.paths import settings_file
from rehearse.settings import DeviceName, Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "300")


def chosen() -> Settings:
    return Settings.load(settings_file())


def test_all_are_shown_with_what_they_mean(capsys: pytest.CaptureFixture[str]) -> None:
    settings()
    shown = capsys.readouterr().out
    assert len(shown.splitlines()) == len(Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())
    waiting = next(line for line in shown.splitlines() if line.startswith("waiting "))
    assert "How long a silence may last" in waiting
    assert not settings_file().exists()


@pytest.mark.parametrize(
    ("name", "value", "field", "kept"),
    [
        ("waiting", "2", "waiting", 2.0),
        ("volume-db", "-6", "volume_db", -6.0),
        ("headset", "yes", "headset", True),
        ("silent-cues", "listening, still-listening", "silent_cues", {Cue.LISTENING, Cue.STILL_LISTENING}),
        ("silent-cues", "none", "silent_cues", set()),
        ("partner_voice", "af_heart", "partner_voice", "af_heart"),
    ],
)
def test_one_is_chosen_and_the_others_stay(name: str, value: str, field: str, kept: object) -> None:
    settings("pace", "1.2")
    settings(name, value)
    assert getattr(chosen(), field) == kept
    assert chosen().pace == 1.2


def test_what_is_shown_can_be_chosen_again(capsys: pytest.CaptureFixture[str]) -> None:
    every_cue = frozenset(Cue)
    Settings(silent_cues=every_cue).save(settings_file())
    settings("silent-cues")
    shown = capsys.readouterr().out.split()[1]
    settings(reset=True)
    settings("silent-cues", shown)
    assert chosen().silent_cues == every_cue


def test_every_sound_that_can_be_turned_off_is_named() -> None:
    meaning = Settings.model_fields["silent_cues"].description or ""
    named = " ".join(meaning.removesuffix(".").split()).split(": ")[1].split(", ")
    assert named == [cue.replace(" ", "-") for cue in Cue]


def test_a_choice_is_taken_back() -> None:
    Settings(microphone=DeviceName(name="Buds", host_api="ALSA"), waiting=3).save(settings_file())
    settings("microphone", "default")
    assert chosen() == Settings(waiting=3)


def test_all_choices_are_taken_back_even_where_they_cannot_be_read() -> None:
    settings_file().write_text("{")
    settings(reset=True)
    assert chosen() == Settings()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("wating", None, "there is no setting 'wating'; there are microphone, "),
        ("waiting", "9", "waiting cannot be '9': it should be less than or equal to 5"),
        ("waiting", "long", "waiting cannot be 'long': it should be a valid number"),
        ("silent-cues", "bells", "silent-cues cannot be 'bells': it should be 'listening', 'got it'"),
        ("microphone", "Buds", "a microphone is chosen by `rehearse practice SCENARIO --input NAME`"),
    ],
)
def test_a_mistake_says_what_to_write(name: str, value: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message) as error:
        settings(name, value)
    assert "\n" not in str(error.value)
    assert chosen() == Settings()
