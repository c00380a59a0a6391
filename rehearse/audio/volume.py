"""Where a sound comes from and how loud it is: what stands between a line as it was rendered and the loudspeaker."""

import math
from typing import NamedTuple, Protocol

import numpy as np

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.loudness import PEAK_DBFS
from rehearse.dialogue import Speaker

_ASIDE_DEG = 18.0
"""How far partner and coach stand from the middle, of the 45° to one side alone: 6 dB more in one ear."""
LEVEL_DB = {Speaker.PARTNER: 0.0, Speaker.COACH: -2.0}
"""The coach speaks from behind the scene."""
_BLOCK = VOICE_RATE // 1000
_REACH = 5
"""Milliseconds from full to lowered: a limiter that is faster distorts."""


class Place(NamedTuple):
    """Where a sound comes from, as the gains of the two channels; one channel alone plays it as it is."""

    left: float = 1.0
    right: float = 1.0


def aside(degrees: float) -> Place:
    """A place to the right of the middle, or, of negative `degrees`, to the left (−45 to 45), as loud as there.

    Equal power: the squares of both gains add up to those of the middle.
    """
    angle = math.radians(45 + degrees)
    return Place(math.sqrt(2) * math.cos(angle), math.sqrt(2) * math.sin(angle))


MIDDLE = Place()
PLACES = {Speaker.PARTNER: aside(-_ASIDE_DEG), Speaker.COACH: aside(_ASIDE_DEG)}


class Output(Protocol):
    """Whatever plays sound: a loudspeaker, or a mixdown."""

    def play(self, samples: Samples, place: Place = MIDDLE, /) -> None:
        """Begin to play `samples` (24 kHz)."""


class Volume:
    """Plays through `output`, louder or softer, and never beyond `PEAK_DBFS`."""

    def __init__(self, output: Output, level_db: float = 0.0) -> None:
        self._output = output
        self.level_db = level_db
        """How much louder than by itself; holds from the next sound on."""

    def play(self, samples: Samples, place: Place = MIDDLE, level_db: float = 0.0) -> None:
        """Begin to play `samples` (24 kHz), so much louder than other sounds."""
        gain = 10 ** ((self.level_db + level_db) / 20)
        self._output.play(limited(samples * np.float32(gain), 10 ** (PEAK_DBFS / 20) / max(place)), place)


def limited(samples: Samples, most: float) -> Samples:
    """`samples` (24 kHz) with what would be beyond `most` lowered, and what is within some ms of it."""
    if np.abs(samples).max(initial=0.0) <= most:
        return samples
    blocks = np.abs(np.pad(samples, (0, -len(samples) % _BLOCK))).reshape(-1, _BLOCK).max(axis=1)
    gains = most / np.maximum(blocks, most)
    # The least around each block, then the mean around that: smooth, and nowhere above what each block needs.
    for reach, of in ((_REACH + 1, np.min), (_REACH, np.mean)):
        around = np.pad(gains, reach, mode="edge")
        gains = of(np.lib.stride_tricks.sliding_window_view(around, 2 * reach + 1), axis=1)
    middles = (np.arange(len(blocks)) + 0.5) * _BLOCK
    return np.asarray(samples * np.interp(np.arange(len(samples)), middles, gains), np.float32)
