"""A person at a microphone, as a source of replies."""

from rehearse.audio.frames import FRAME_S, Samples
from rehearse.audio.microphone import Microphone


class LiveReplies:
    """Whoever speaks into the microphone. The session's clock is the number of frames heard."""

    goes_on = False
    """Nobody knows beforehand whether a person is going to say more."""

    def __init__(self, microphone: Microphone) -> None:
        self._microphone = microphone
        self._frames = 0

    @property
    def now_s(self) -> float:
        """Seconds since the microphone was opened."""
        return self._frames * FRAME_S

    def begin_reply(self) -> bool:
        """There is always somebody there."""
        return True

    def read(self) -> Samples:
        """The next frame, in real time.

        Raises:
            DeviceLost: the microphone has stopped delivering.
        """
        frame = self._microphone.read()
        self._frames += 1
        return frame
