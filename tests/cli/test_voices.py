import json
from pathlib import Path

import pytest
import soundfile

from tests.command import rehearse

pytestmark = pytest.mark.process


def test_voices_are_listed_and_chosen(own_home: Path) -> None:
    listed = rehearse("voices").stdout
    assert "system" in listed
    assert "natural, female, British" in listed
    assert rehearse("voices", "use", "emma").returncode == 0
    settings = own_home / "data" / "settings.json"
    assert json.loads(settings.read_text())["partner_voice"] == "emma"
    (row,) = [line for line in rehearse("voices").stdout.splitlines() if line.startswith("emma")]
    assert row.rstrip().endswith("chosen")
    assert rehearse("voices", "use", "fitting").returncode == 0
    assert json.loads(settings.read_text())["partner_voice"] is None


def test_an_unknown_voice_changes_nothing(own_home: Path) -> None:
    result = rehearse("voices", "use", "ema")
    assert result.returncode == 1
    assert result.stderr.startswith("rehearse: there is no voice 'ema'; take emma")
    assert not (own_home / "data" / "settings.json").exists()


def test_the_systems_voice_can_be_heard_in_a_file(tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    assert rehearse("voices", "try", "system", "--say-to", out).returncode == 0
    assert soundfile.info(out).duration > 2


def test_the_systems_voice_needs_no_preparing() -> None:
    rehearse("voices", "use", "system")
    assert "needs no preparing" in rehearse("voices", "prepare").stdout
