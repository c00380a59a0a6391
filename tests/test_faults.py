"""What can fail on a person's machine has one clear line with the fix; Ctrl-C loses nothing."""

import json
import signal
import time
from pathlib import Path

import pytest

from tests.command import NO_DEVICES, at_a_terminal, rehearse, start
from tests.conftest import ROOT

pytestmark = pytest.mark.process

REPLIES = ROOT / "rehearse" / "demo" / "hard-day-fixer"


def test_a_missing_voice_engine_is_named_with_its_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyttsx3.py").write_text("raise RuntimeError('eSpeak is not installed')", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "replies.txt").write_text("You sound worn out.", encoding="utf-8")
    out, report = tmp_path / "out.wav", tmp_path / "out.json"
    replies = ["--replies", tmp_path / "replies.txt", "--say-to", out, "--report", report]
    done = rehearse("practice", "hard-day", *replies)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "no speech engine could be started" in done.stderr
    assert not out.exists()
    assert not report.exists()


def test_weights_with_a_wrong_checksum_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path))
    models = tmp_path / "models"
    models.mkdir()
    (models / "tiny.en.pt").write_bytes(b"not the weights")
    (models / "tiny.en.pt.sha256").write_text("0" * 64 + "\n", encoding="ascii")
    done = rehearse("practice", "hard-day", "--replies", REPLIES, "--model", "tiny.en")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "tiny.en.pt" in done.stderr
    assert "SHA-256" in done.stderr


def test_an_unknown_model_is_refused() -> None:
    done = rehearse("practice", "hard-day", "--replies", REPLIES, "--model", "tiny.eng")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "tiny.en" in done.stderr


NO_PORTAUDIO = "raise OSError('PortAudio library not found')"


@pytest.mark.parametrize(
    ("sounddevice", "fix"), [(NO_DEVICES, "plug in a headset"), (NO_PORTAUDIO, "apt install libportaudio2")]
)
def test_without_sound_it_says_why_and_goes_on_by_keyboard(
    sounddevice: str, fix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sounddevice.py").write_text(sounddevice, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = rehearse("practice", "hard-day")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert fix in done.stderr
    screen = at_a_terminal("practice", "hard-day", typed=b"\nYou sound worn out.\nstop\nyes\n\n")
    assert fix in screen
    assert "going on by keyboard" in screen
    assert "Debrief" in screen


@pytest.mark.whisper
@pytest.mark.usefixtures("tiny_en_checkpoint")
@pytest.mark.parametrize(
    ("after", "nth", "turns", "with_"),
    [("Coach", 1, 0, signal.SIGINT), ("Maya", 3, 2, signal.SIGINT), ("Maya", 2, 1, signal.SIGTERM)],
)
def test_ctrl_c_saves_what_was_said(after: str, nth: int, turns: int, with_: signal.Signals, tmp_path: Path) -> None:
    """A partner's line is printed once the reply before it is a turn; at most one more is taken until the signal."""
    out, report = tmp_path / "out.wav", tmp_path / "out.json"
    options = ["--report", report, "--say-to", out, "--model", "tiny.en"]
    with start("practice", "hard-day", "--replies", REPLIES, *options, folder=tmp_path) as program:
        assert program.stdout
        seen = (line for line in program.stdout if line.startswith(after))
        for _ in range(nth):
            next(seen)
        program.send_signal(with_)
        program.stdout.read()
    assert program.returncode == 130
    assert (tmp_path / "stderr").read_text(encoding="utf-8") == ""
    session = json.loads(report.read_text(encoding="utf-8"))
    assert not session["completed"]
    assert turns <= len(session["turns"]) <= turns + 1
    assert out.exists()


@pytest.mark.parametrize("delay_s", [0.05, 0.2, 0.5])
def test_ctrl_c_while_it_starts_ends_it_quietly(delay_s: float, tmp_path: Path) -> None:
    with start("scenarios", "list", folder=tmp_path) as program:
        time.sleep(delay_s)
        program.send_signal(signal.SIGINT)
    stderr = (tmp_path / "stderr").read_text(encoding="utf-8")
    assert program.returncode in {0, 130, -signal.SIGINT}
    assert "rehearse" not in stderr or program.returncode == 130


def test_bytes_that_are_no_text_cost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    report = tmp_path / "x[y].json"
    done = rehearse("practice", "hard-day", "--text", "--report", report, typed="caf\udce9, you sound worn out\nstop\n")
    assert done.returncode == 0, done.stderr
    (turn,) = json.loads(report.read_text(encoding="utf-8"))["turns"]
    assert "you sound worn out" in turn["reply"]["text"]
    assert "x[y].json" in done.stdout


@pytest.mark.parametrize("name", ["a" * 300, "no/such/folder/x"])
def test_a_name_that_cannot_be_has_one_line(name: str, tmp_path: Path) -> None:
    for options in (["--report", tmp_path / name, "--text"], ["--replies", tmp_path / name]):
        done = rehearse("practice", "hard-day", *options)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr


def test_one_file_cannot_be_both_report_and_sound() -> None:
    done = rehearse("practice", "hard-day", "--replies", REPLIES, "--report", "out", "--say-to", "out")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_nothing_said_leaves_no_session(own_home: Path) -> None:
    assert rehearse("practice", "hard-day", "--text", typed="stop\n").returncode == 0
    assert {path.name for path in (own_home / "data").rglob("*.*")} <= {"practice.db"}
    assert json.loads(rehearse("history", "--json").stdout) == []


@pytest.mark.whisper
def test_where_there_is_neither_microphone_nor_keyboard_the_demo_plays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny_en_checkpoint: Path
) -> None:
    (tmp_path / "sounddevice.py").write_text(NO_PORTAUDIO, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    done = rehearse()
    assert done.returncode == 0, done.stderr
    assert "playing the demo instead" in done.stderr
    assert done.stdout.count("it ended: ") == 2
