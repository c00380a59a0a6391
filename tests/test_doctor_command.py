"""`rehearse doctor` and `rehearse devices` as a person runs them: on a virtual sound card, and where nothing works."""

import json
from pathlib import Path

import pytest

from rehearse.audio.files import read_audio
from rehearse.audio.model_choice import choose
from rehearse.paths import models_dir, settings_file
from rehearse.settings import DeviceName, Settings
from tests.command import rehearse, start
from tests.conftest import ROOT
from tests.test_recorded_sessions import words_in_common
from tests.virtual_sound_card import DEADLINE_S, VirtualSoundCard

SENTENCE = ROOT / "rehearse" / "demo" / "hard-day-listener" / "01.ogg"
NOTHING_WORKS = {
    "sounddevice": "raise OSError('PortAudio library not found')",
    "pyttsx3": "raise RuntimeError('eSpeak is not installed')",
    "sitecustomize": "import shutil\nshutil.disk_usage = lambda folder: shutil._ntuple_diskusage(1, 1, 0)",
}


@pytest.mark.process
def test_where_nothing_works_every_fault_has_its_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, content in NOTHING_WORKS.items():
        (tmp_path / f"{module}.py").write_text(content, encoding="utf-8")
    home = tmp_path / "home"
    (home / "data").mkdir(parents=True)
    (home / "data" / "settings.json").write_text("{", encoding="utf-8")
    (home / "cache").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("REHEARSE_HOME", str(home))

    done = rehearse("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert (done.returncode, done.stderr) == (1, "")
    faults = {name for name, check in checks.items() if check["verdict"] == "fault"}
    assert faults == {"cache folder", "settings", "Whisper's weights", "disk", "voices", "PortAudio"}
    for check in checks.values():
        assert "\n" not in check["found"] + check["fix"]
        assert bool(check["fix"]) == (check["verdict"] != "ok")

    monkeypatch.setenv("COLUMNS", "500")
    done = rehearse("doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.count("→ ") == sum(bool(check["fix"]) for check in checks.values())
    assert "6 faults" in done.stdout


@pytest.mark.process
@pytest.mark.device
@pytest.mark.whisper
@pytest.mark.usefixtures("tiny_en_checkpoint")
def test_a_sentence_is_heard(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    with sound_card.echo(volume_db=-20), start("doctor", "--model", "tiny.en", folder=tmp_path) as program:
        recording = sound_card.start_recording()
        assert program.stdout
        lines = []
        for line in program.stdout:
            lines.append(line)
            if line.startswith("Please say"):
                recording.wait_for_line()
                sound_card.play_into_microphone(read_audio(SENTENCE)).wait(DEADLINE_S)
    recording.stop()
    assert program.returncode == 0, lines
    (loopback,) = (line for line in lines if " loopback " in line)
    assert "20 dB softer" in loopback
    (sentence,) = (line for line in lines if " sentence " in line)
    assert words_in_common(sentence, "You sound completely worn out and I want to hear about it") >= 0.7
    assert any(" level " in line and "dBFS" in line for line in lines)


@pytest.mark.process
@pytest.mark.device
@pytest.mark.usefixtures("sound_card", "tiny_en_checkpoint")
def test_nobody_there_does_not_keep_it_waiting(tmp_path: Path) -> None:
    choose("tiny.en", models_dir())
    done = rehearse("doctor", "--json", "--no-speech")
    assert done.returncode == 0, done.stdout
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert "does not hear" in checks["loopback"]["found"]
    assert "sentence" not in checks


@pytest.mark.process
@pytest.mark.device
@pytest.mark.usefixtures("sound_card")
def test_devices_are_listed_with_what_is_chosen() -> None:
    Settings(microphone=DeviceName(name="default", host_api="ALSA")).save(settings_file())
    rows = json.loads(rehearse("devices", "--json").stdout)
    (default,) = (row for row in rows if row["name"] == "default")
    assert default["input_rates"] == [8_000, 16_000, 44_100, 48_000]
    assert (default["is_default_input"], default["chosen_input"], default["chosen_output"]) == (True, True, False)
    listed = rehearse("devices")
    assert listed.stderr == ""
    assert "chosen input" in " ".join(listed.stdout.split())
