"""Pulls plugs out of a session ten times, at every phase of a turn; prints how soon it went on, and what was kept.

    python -m benchmarks.device_faults [SECONDS AWAY …]     1, 10 and 60 by default, about 5, 7 and 15 minutes each

Needs what the tests with a virtual sound card need, and Whisper's tiny.en. Run it on an idle machine.
"""

import sys
import tempfile
from itertools import cycle, islice, product
from pathlib import Path

import numpy as np
import soxr

from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.dialogue import Line, Speaker
from tests.plugs import AWAY, WORDS, Recovery, plugs, practising
from tests.test_recorded_sessions import words_in_common

FAULTS_A_SESSION = 10
SCENE = "grief"
"""It takes eight good replies; many are over before there have been ten faults."""


def spoken(text: str) -> Samples:
    """`text` in a synthetic voice, 16 kHz, with a quarter of a second of silence around it."""
    with Pyttsx3Voice("female") as voice:
        said = soxr.resample(voice.render(Line(text, Speaker.COACH)), VOICE_RATE, SAMPLE_RATE)
    return np.pad(said, SAMPLE_RATE // 4).astype(np.float32)


def session(away: str, seconds: float, stop: Samples) -> list[Recovery]:
    """Ten faults in one session, the last while it is looked back upon."""
    phases = [*islice(cycle(("speaking", "listening", "transcribing")), FAULTS_A_SESSION - 1), "debriefing"]
    with (
        tempfile.TemporaryDirectory() as folder,
        plugs(room=True) as (both, environment),
        practising(both, environment, Path(folder), stop, SCENE) as person,
    ):
        return [person.fault(phase, away, seconds) for phase in phases]


def main() -> None:
    """Print a line for each fault."""
    stop = spoken("Stop.")
    print(f"{'away':12}{'for s':>6}  {'phase':14}{'went on after s':>16}{'words kept':>12}")
    for seconds, away in product([float(each) for each in sys.argv[1:]] or [1.0, 10.0, 60.0], AWAY):
        for each in session(away, seconds, stop):
            kept = f"{words_in_common(each.heard, WORDS):.0%}" if each.heard else ""
            print(f"{away:12}{seconds:6g}  {each.phase:14}{each.after_s:16.2f}{kept:>12}", flush=True)


if __name__ == "__main__":
    main()
