"""Short words over a line: each is looked at beside what plays, and may be for the program."""

from collections import deque
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from rehearse.audio.frames import FRAME_S, SAMPLE_RATE, Samples
from rehearse.audio.overhearing import Overhearing

BEFORE_A_WORD_S = 0.4
"""Sound that a word is looked at with: voice activity may be 0.3 s late."""
_FRAMES_OF_A_WORD = round(2.0 / FRAME_S)


class Spotter(Protocol):
    """Knows a few phrases when it hears them."""

    def spot(self, samples: Samples) -> str | None:
        """Which phrase is all that is said in `samples` (16 kHz), or None; quickly."""


@dataclass(frozen=True, slots=True)
class Word:
    """A short word over a line."""

    start_s: float
    end_s: float
    overhearing: Overhearing
    """What had heard it."""
    backchannels: int
    """How many that had counted before it."""


class WordsOverALine:
    """Keeps what was heard last, and has `worker` look at the words in it."""

    def __init__(self, worker: Executor, commands: Spotter | None, answers: Spotter | None) -> None:
        """`commands` knows what stops any line; `answers` also what answers a question."""
        self._worker = worker
        self._commands = commands
        self._answers = answers
        self._latest: deque[Samples] = deque(maxlen=_FRAMES_OF_A_WORD)
        self._looked_at: deque[tuple[Word, Future[str | None]]] = deque()

    def forget(self) -> None:
        """What was said so far is not for the program any more."""
        self._looked_at.clear()

    def feed(self, frame: Samples) -> None:
        """Take the next frame that is heard."""
        self._latest.append(frame)

    def look(self, overhearing: Overhearing, now_s: float, *, asked: bool) -> None:
        """Have the word looked at that is just over; `asked`: it may be an answer."""
        spotter = self._answers if asked else self._commands
        if spotter is None:
            return
        length_s = overhearing.stretch_s
        sound = np.concatenate(self._latest)[-round((length_s + BEFORE_A_WORD_S) * SAMPLE_RATE) :]
        word = Word(now_s - length_s, now_s, overhearing, overhearing.backchannels)
        self._looked_at.append((word, self._worker.submit(spotter.spot, sound)))

    def spotted(self) -> tuple[Word, str] | None:
        """The first word that has turned out to be a phrase, and which."""
        while self._looked_at and self._looked_at[0][1].done():
            word, spotted = self._looked_at.popleft()
            if phrase := spotted.result():
                self._looked_at.clear()
                return word, phrase
        return None
