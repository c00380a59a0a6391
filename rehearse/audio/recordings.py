"""Recordings that answer in a person's place, frame by frame, as a microphone would."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from rehearse.audio.files import read_audio
from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, Samples, frames_of
from rehearse.audio.mixdown import Mixdown


class RecordedReplies:
    """One recording a reply, in the order given; between them, silence. Faster than real time."""

    def __init__(self, paths: Sequence[Path], room: Mixdown) -> None:
        """Read all of `paths`.

        Raises:
            AudioFileError: one of them cannot be used; nothing has been said yet.
        """
        self._waiting = [read_audio(path) for path in paths]
        self._frames: Iterator[Samples] = iter(())
        self._left_s = 0.0
        self._room = room

    @property
    def now_s(self) -> float:
        """Seconds on the room's clock."""
        return self._room.now_s

    @property
    def goes_on(self) -> bool:
        """Whether the reply under way has sound left: a pause in a recording is not its end."""
        return self._left_s > 0

    def begin_reply(self) -> bool:
        """Start the next recording; False where there is none."""
        if not self._waiting:
            return False
        samples = self._waiting.pop(0)
        self._frames = frames_of(samples)
        self._left_s = len(samples) / FRAME_SAMPLES * FRAME_S
        self._room.place(samples)
        return True

    def read(self) -> Samples:
        """The next frame."""
        self._room.pass_time(FRAME_S)
        self._left_s -= FRAME_S
        return next(self._frames, np.zeros(FRAME_SAMPLES, dtype=np.float32))
