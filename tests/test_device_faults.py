"""Devices that are pulled out and put back at every phase of a turn, through the real PortAudio."""

from pathlib import Path

import numpy as np
import pytest
import soxr

from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.dialogue import Line, Speaker
from tests.conftest import ROOT
from tests.plugs import plugs, practising, turns
from tests.test_recorded_sessions import words_in_common

pytestmark = [pytest.mark.whisper, pytest.mark.device]

REPLY = ROOT / "rehearse" / "demo" / "hard-day-listener" / "01.ogg"
WORDS = "You sound completely worn out and I want to hear about it"


@pytest.fixture(scope="module")
def stop() -> Samples:
    with Pyttsx3Voice("female") as voice:
        said = soxr.resample(voice.render(Line("Stop.", Speaker.COACH)), VOICE_RATE, SAMPLE_RATE)
    return np.pad(said, SAMPLE_RATE // 4).astype(np.float32)


@pytest.mark.parametrize("away", ["microphone", "loudspeaker", "both"])
def test_a_session_goes_on_after_devices_were_away_at_every_phase(
    away: str, tmp_path: Path, stop: Samples, tiny_en_checkpoint: Path
) -> None:
    with plugs() as (both, environment), practising(both, environment, tmp_path, REPLY, stop) as person:
        for phase in ("speaking", "listening", "transcribing", "debriefing"):
            recovery = person.fault(phase, away, seconds=1.0)
            assert recovery.after_s < 3, recovery
            if phase in {"listening", "transcribing"}:
                assert words_in_common(WORDS, recovery.heard) >= 0.7, recovery
        person.wait_for("  Instead", "  Staying open")
    assert len(turns(tmp_path)) == 2
