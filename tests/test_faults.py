"""What can fail on a person's machine has one clear line with the fix; Ctrl-C loses nothing."""

import json
import signal
from pathlib import Path

import pytest

from tests.command import rehearse, start
from tests.conftest import MODELS, ROOT

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


def test_without_a_sound_device_and_a_keyboard_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "none.conf").write_text("# no sound card\n", encoding="utf-8")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "none.conf"))
    done = rehearse("practice", "hard-day")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "--text" in done.stderr


@pytest.mark.whisper
@pytest.mark.usefixtures("tiny_en_checkpoint")
@pytest.mark.parametrize("after", ["Coach", "Maya", "You"])
def test_ctrl_c_saves_what_was_said(after: str, tmp_path: Path) -> None:
    assert (MODELS / "tiny.en.pt").exists()
    out, report = tmp_path / "out.wav", tmp_path / "out.json"
    options = ["--report", report, "--say-to", out, "--model", "tiny.en"]
    with start("practice", "hard-day", "--replies", REPLIES, *options, folder=tmp_path) as program:
        assert program.stdout
        next(line for line in program.stdout if line.startswith(after))
        program.send_signal(signal.SIGINT)
        program.stdout.read()
    assert program.returncode == 130
    assert (tmp_path / "stderr").read_text(encoding="utf-8") == ""
    session = json.loads(report.read_text(encoding="utf-8"))
    assert not session["completed"]
    assert len(session["turns"]) <= 2
    assert out.exists()
