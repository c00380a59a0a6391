"""How long it takes from a sound's going out to its coming back, found in the sound itself."""

import numpy as np

from rehearse.audio.frames import SAMPLE_RATE, Samples

SEGMENT = SAMPLE_RATE
"""Samples heard that are looked for in what was played: 1 s."""
_BAND_HZ = (250, 4000)
"""Where voices are, and small loudspeakers still play."""
_CLEAR = 8.0
"""How much higher than the rest (its root mean square) a peak has to be to count; of sounds that have nothing to do
with each other the highest one is about 4."""
_AGREE = SAMPLE_RATE // 250
"""Two findings that differ by no more are the same one: 4 ms."""


def find_echo(heard: Samples, played: Samples) -> int | None:
    """Where in `played` that begins which comes back in `heard`, in samples; None where nothing clearly does.

    Both at 16 kHz, `played` the longer one. The generalized cross-correlation with phase transform (Knapp and Carter
    1976), which a room's own sound confuses least.
    """
    size = 1 << (len(played) - 1).bit_length()
    cross = np.fft.rfft(played, size) * np.conj(np.fft.rfft(heard, size))
    band = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    cross[(band < _BAND_HZ[0]) | (band > _BAND_HZ[1])] = 0
    match = np.fft.irfft(cross / (np.abs(cross) + 1e-12), size)[: len(played) - len(heard)]
    at = int(np.argmax(match))
    return at if match[at] > _CLEAR * np.sqrt(np.mean(match**2)) else None


class Agreement:
    """Believes what has been found twice in a row."""

    def __init__(self) -> None:
        self.value: int | None = None
        """What is believed."""
        self._last: int | None = None

    def add(self, found: int) -> None:
        """Take another finding."""
        if self._last is not None and abs(found - self._last) <= _AGREE:
            self.value = found
        self._last = found
