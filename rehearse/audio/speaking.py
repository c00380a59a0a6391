"""Saying lines: each in its speaker's voice, through whatever plays sound."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Protocol

import numpy as np

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.voice import Voice
from rehearse.dialogue import Line

BETWEEN_LINES_S = 0.35
"""Silence between two lines said in a row."""


class Output(Protocol):
    """Whatever plays sound: a loudspeaker, or a mixdown."""

    @property
    def busy(self) -> bool:
        """Whether what was played has not been heard to its end."""

    def play(self, samples: Samples) -> None:
        """Begin to play `samples` (24 kHz)."""


class Speech:
    """A mouth with a voice."""

    def __init__(self, voice: Voice, output: Output, meanwhile: Callable[[], object]) -> None:
        """`meanwhile` is called for as long as something plays, and takes a frame's time each."""
        self._voice = voice
        self._output = output
        self._meanwhile = meanwhile

    def say(self, lines: Sequence[Line]) -> int:
        """Say `lines` to their end; returns the milliseconds until the first sample went out."""
        started = perf_counter()
        pause = np.zeros(round(BETWEEN_LINES_S * VOICE_RATE), dtype=np.float32)
        spoken = [part for line in lines for part in (self._voice.render(line), pause)]
        self._output.play(np.concatenate(spoken[:-1]))  # whoever answers at once is heard from the first word
        waited_ms = round((perf_counter() - started) * 1000)
        while self._output.busy:
            self._meanwhile()
        return waited_ms
