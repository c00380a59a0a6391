"""Devices that are pulled out and put back at every phase of a turn, through the real PortAudio."""

from pathlib import Path

import pytest

from benchmarks.device_faults import spoken
from rehearse.audio.frames import Samples
from tests.plugs import WORDS, plugs, practising, turns
from tests.test_recorded_sessions import words_in_common

pytestmark = [pytest.mark.whisper, pytest.mark.device, pytest.mark.soak]


@pytest.fixture(scope="module")
def stop() -> Samples:
    return spoken("Stop.")


@pytest.mark.parametrize("away", ["microphone", "loudspeaker", "both"])
def test_a_session_goes_on_after_devices_were_away_at_every_phase(
    away: str, tmp_path: Path, stop: Samples, tiny_en_checkpoint: Path
) -> None:
    with plugs(room=True) as (both, environment), practising(both, environment, tmp_path, stop) as person:
        for phase in ("speaking", "listening", "transcribing", "debriefing"):
            recovery = person.fault(phase, away, seconds=1.0)
            assert recovery.after_s < 3, recovery
            if phase in {"listening", "transcribing"}:
                assert words_in_common(recovery.heard, WORDS) >= 0.9, (recovery, person.transcript)
        person.wait_for("  Instead", "  Staying open")
    assert len(turns(tmp_path)) == 2
