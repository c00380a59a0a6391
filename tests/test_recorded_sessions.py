"""Whole sessions from recordings, with real voice activity, real Whisper and a real voice."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from rehearse.audio.frames import SAMPLE_RATE
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from tests.command import rehearse
from tests.conftest import ROOT

pytestmark = [pytest.mark.whisper, pytest.mark.process]

RECORDINGS = ROOT / "rehearse" / "demo"


def practise(scenario: str, persona: str, folder: Path, *, seed: int = 7, afresh: bool = False) -> dict[str, Any]:
    """The report of a session answered by a persona's recordings."""
    out = ["--say-to", folder / "out.wav", "--report", folder / "out.json"]
    replies = RECORDINGS / f"{scenario}-{persona}"
    done = rehearse(
        "practice", scenario, "--replies", replies, *out, "--seed", seed, "--model", "tiny.en", afresh=afresh
    )
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    return report


def without_measured_times(report: dict[str, Any]) -> dict[str, Any]:
    for turn in report["turns"]:
        turn["latency_ms"] = turn["latency_ms"]["endpoint"]
        turn["moments_ms"] = turn["moments_ms"]["endpoint"]
    return report


@pytest.mark.usefixtures("tiny_en_checkpoint")
@pytest.mark.parametrize("scenario", ["hard-day", "closeness"])
def test_who_listens_and_who_fixes_end_in_different_places(scenario: str, tmp_path: Path) -> None:
    listener = practise(scenario, "listener", tmp_path)
    fixer = practise(scenario, "fixer", tmp_path)
    assert listener["completed"]
    assert fixer["completed"]
    assert listener["ending"] != fixer["ending"]
    assert listener["debrief"]["labeling"]["rating"] == "strong"
    assert fixer["debrief"]["listening"]["fixing"] >= 2
    assert fixer["debrief"]["instead_of"]


def test_a_seed_makes_a_session_repeatable(tmp_path: Path, tiny_en_checkpoint: Path) -> None:
    first, second = (
        without_measured_times(practise("hard-day", "fixer", tmp_path, afresh=afresh)) for afresh in (False, True)
    )
    assert first == second
    assert first["seed"] == 7


def test_the_conversation_can_be_heard_again(tmp_path: Path, tiny_en: WhisperTranscriber) -> None:
    report = practise("closeness", "fixer", tmp_path)
    sound, rate = soundfile.read(tmp_path / "out.wav", dtype="float32")
    assert soundfile.info(tmp_path / "out.wav").subtype == "PCM_16"
    reply = report["turns"][1]["reply"]
    spoken = sound[round((reply["start_s"] - 0.3) * rate) : round((reply["end_s"] + 0.3) * rate)]
    positions = np.linspace(0, len(spoken) - 1, round(len(spoken) / rate * SAMPLE_RATE))
    samples = np.interp(positions, np.arange(len(spoken)), spoken).astype(np.float32)
    heard = tiny_en.transcribe(samples, reply["end_s"] - reply["start_s"])
    assert words_in_common(heard.text, reply["text"]) >= 0.8


def words_in_common(one: str, other: str) -> float:
    """Which share of the words of `other` stands in `one` too."""
    wanted = set(other.lower().replace(".", "").replace(",", "").split())
    return len(wanted & set(one.lower().replace(".", "").replace(",", "").split())) / len(wanted)


def broken(folder: Path, kind: str) -> Path:
    """A recording that cannot be used, and why not."""
    path = folder / f"{kind}.wav"
    speech, _ = soundfile.read(RECORDINGS / "hard-day-fixer" / "01.ogg", dtype="float32")
    match kind:
        case "empty":
            path.write_bytes(b"")
        case "silent":
            soundfile.write(path, np.zeros(SAMPLE_RATE), SAMPLE_RATE)
        case "truncated":
            soundfile.write(path, speech, SAMPLE_RATE)
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        case "truncated-ogg":
            path = folder / "truncated.ogg"
            whole = (RECORDINGS / "hard-day-fixer" / "01.ogg").read_bytes()
            path.write_bytes(whole[: len(whole) // 2])
        case "truncated-flac":
            path = folder / "truncated.flac"
            soundfile.write(path, speech, SAMPLE_RATE)
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        case "no-audio":
            path.write_text("You should call somebody about that printer.\n" * 50, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "kind", ["empty", "silent", "truncated", "truncated-ogg", "truncated-flac", "no-audio", "missing"]
)
def test_a_recording_that_cannot_be_used_is_refused_before_anything_is_said(kind: str, tmp_path: Path) -> None:
    path, report, out = broken(tmp_path, kind), tmp_path / "out.json", tmp_path / "out.wav"
    options = ["--report", report, "--say-to", out, "--model", "tiny.en"]
    done = rehearse("practice", "hard-day", "--replies", path, *options)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert path.name in done.stderr
    assert not report.exists()
    assert not out.exists()


@pytest.mark.parametrize(
    ("rate", "channels", "subtype", "suffix"),
    [(44_100, 2, "PCM_16", ".wav"), (8_000, 1, "PCM_16", ".wav"), (48_000, 1, "PCM_24", ".flac")],
)
def test_any_rate_channels_and_depth_are_taken(
    rate: int, channels: int, subtype: str, suffix: str, tmp_path: Path, tiny_en_checkpoint: Path
) -> None:
    import soxr

    speech, _ = soundfile.read(RECORDINGS / "hard-day-listener" / "02.ogg", dtype="float32")
    path, report = tmp_path / f"reply{suffix}", tmp_path / "out.json"
    sound = np.tile(soxr.resample(speech, SAMPLE_RATE, rate)[:, np.newaxis], channels)
    soundfile.write(path, sound, rate, subtype=subtype)
    done = rehearse("practice", "hard-day", "--replies", path, "--report", report, "--model", "tiny.en")
    assert done.returncode == 0, done.stderr
    (turn,) = json.loads(report.read_text(encoding="utf-8"))["turns"]
    assert words_in_common(turn["reply"]["text"], "So he stopped on your page with everybody listening") >= 0.7
