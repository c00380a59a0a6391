"""Saying lines: each in its speaker's voice, through whatever plays sound."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Protocol

import numpy as np

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.voice import Voice
from rehearse.dialogue import Line, Speaker, Spoken

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

    def __init__(self, voice: Voice, output: Output, meanwhile: Callable[[Speaker], object]) -> None:
        """`meanwhile` is told who speaks for as long as something plays, and takes a frame's time each."""
        self._voice = voice
        self._output = output
        self._meanwhile = meanwhile

    def say(self, lines: Sequence[Line]) -> Spoken:
        """Say `lines`, all of one speaker, to their end."""
        started = perf_counter()
        pause = np.zeros(round(BETWEEN_LINES_S * VOICE_RATE), dtype=np.float32)
        spoken = [part for line in lines for part in (self._voice.render(line), pause)]
        samples = np.concatenate(spoken[:-1])
        self._output.play(samples)  # whoever answers at once is heard from the first word
        waited_ms = round((perf_counter() - started) * 1000)
        while self._output.busy:
            self._meanwhile(lines[-1].speaker)
        return Spoken(waited_ms, len(samples) / VOICE_RATE)
