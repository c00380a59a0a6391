"""A person at a microphone, as a source of replies."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import numpy as np

from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, Samples
from rehearse.audio.microphone import Microphone
from rehearse.dialogue import EndOfReplies, Foresee, Heard, Unclear

MUTED_AFTER_S = 5.0
"""So long without any sound while somebody is expected to speak, and the microphone is taken to be muted."""
NO_SOUND = 1e-4
"""No sample is louder: −80 dBFS, three steps of 16 bits. In the quietest room a microphone's own noise is louder."""


class Muted(Exception):
    """The microphone delivers, and what it delivers is no sound."""


class LiveReplies:
    """Whoever speaks into the microphone. The session's clock is the number of frames heard.

    Once the microphone is lost it delivers silence, in real time, until it has been opened again: so much can go on.
    """

    goes_on = False
    """Nobody knows beforehand whether a person is going to say more."""

    def __init__(self, microphone: Microphone, rest: Callable[[float], None] = time.sleep) -> None:
        """`rest` lets so many seconds pass."""
        self._microphone = microphone
        self._rest = rest
        self._frames = 0
        self._without_sound: int | None = None
        """Frames without any since it has been looked for; None where it is not, or once there was some."""

    @property
    def now_s(self) -> float:
        """Seconds since the microphone was opened, without those when it was away."""
        return self._frames * FRAME_S

    @property
    def telephone(self) -> bool:
        """Whether the microphone sounds like a telephone."""
        return self._microphone.device.telephone

    def begin_reply(self) -> bool:
        """There is always somebody there."""
        return True

    @property
    def behind(self) -> bool:
        """Whether there is sound that nobody has read yet, more than a resampler may hold back."""
        return self._microphone.behind_s > 3 * FRAME_S

    def expect_sound(self, expected: bool) -> None:
        """From now on `read` raises `Muted` when there is none for long; or no more, as once there was some."""
        self._without_sound = 0 if expected else None

    def read(self) -> Samples:
        """The next frame, in real time.

        Raises:
            DeviceLost: the microphone has stopped delivering; raised once.
            Muted: it was asked for, and there is no sound in what it delivers.
        """
        if self._microphone.lost:
            self._rest(FRAME_S)
            frame = np.zeros(FRAME_SAMPLES, np.float32)
        else:
            frame = self._microphone.read()
        self._frames += 1
        if self._without_sound is not None and np.abs(frame).max() > NO_SOUND:
            self._without_sound = None
        if self._without_sound is not None:
            self._without_sound += 1
            if self._without_sound * FRAME_S >= MUTED_AFTER_S:
                raise Muted
        return frame


class Listening(Protocol):
    """Whatever hears replies."""

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        """Wait for a reply, at most `patience_s` without a word."""


class LiveEar:
    """An ear at a microphone: where nothing is understood it names the microphone, if that is the reason."""

    def __init__(self, ear: Listening, source: LiveReplies, types: bool = False) -> None:
        """`types`: whether what is typed is heard as well; else nobody can reply where speech cannot be transcribed."""
        self._ear = ear
        self._types = types
        self._source = source
        self._told_of_mute = False

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        """Wait for a reply, as the ear does. `Unclear` may have the reasons "muted", once, and "telephone"."""
        self._source.expect_sound(not self._told_of_mute)
        try:
            heard = self._ear.listen(patience_s, foresee)
        except Muted:
            self._told_of_mute = True
            return Unclear("muted")
        finally:
            self._source.expect_sound(False)
        if heard == Unclear("deaf"):
            return heard if self._types else EndOfReplies()
        if isinstance(heard, Unclear) and self._source.telephone:
            return replace(heard, reason="telephone")
        return heard
