"""What the person has chosen is there again the next day."""

from pathlib import Path

import pytest

from rehearse.dialogue import Cue
from rehearse.errors import SettingsDamaged
from rehearse.settings import DeviceName, Settings


def test_nothing_was_chosen_yet(tmp_path: Path) -> None:
    assert Settings.load(tmp_path / "settings.json") == Settings()


def test_what_was_chosen_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    chosen = Settings(
        microphone=DeviceName(name="Buds", host_api="ALSA"), waiting=2.5, silent_cues=frozenset({Cue.PAUSED})
    )
    chosen.save(path)
    assert Settings.load(path) == chosen
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "{", '{"pace": 9}', '{"speed": 1}', "[]"])
def test_settings_that_cannot_be_read_say_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    with pytest.raises(SettingsDamaged, match="delete that file"):
        Settings.load(path)
