"""A whole conversation as heard, on a clock that only sound moves forward."""

from pathlib import Path

import numpy as np
import soxr

from rehearse.audio.files import write_wav
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.volume import MIDDLE, Place


class Mixdown:
    """The virtual room: what is played and what is heard in it, laid one after the other at 24 kHz mono.

    Takes the loudspeaker's place where replies come from recordings; nothing waits for real time.
    """

    def __init__(self) -> None:
        self._length = 0
        self._placed: list[tuple[int, Samples]] = []

    busy = False
    """What is played here has been heard as soon as it was played."""

    @property
    def now_s(self) -> float:
        """Seconds of sound so far."""
        return self._length / VOICE_RATE

    def play(self, samples: Samples, _place: Place = MIDDLE) -> None:
        """Lay `samples` (24 kHz) at the end."""
        self._placed.append((self._length, samples))
        self._length += len(samples)

    def place(self, samples: Samples) -> None:
        """Lay what is about to be heard (16 kHz) from here on, without moving the clock: its frames do that."""
        self._placed.append((self._length, soxr.resample(samples, SAMPLE_RATE, VOICE_RATE)))

    def pass_time(self, seconds: float) -> None:
        """Let the clock run."""
        self._length += round(seconds * VOICE_RATE)

    def samples(self) -> Samples:
        """The whole conversation, 24 kHz."""
        length = max([self._length, *(start + len(samples) for start, samples in self._placed)])
        mix = np.zeros(length, dtype=np.float32)
        for start, samples in self._placed:
            mix[start : start + len(samples)] += samples
        return np.clip(mix, -1.0, 1.0)

    def write(self, path: Path) -> None:
        """Write it as 16-bit WAV.

        Raises:
            OutputError: the file cannot be written.
        """
        write_wav(path, self.samples(), VOICE_RATE)
