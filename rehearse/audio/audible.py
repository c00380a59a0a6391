"""A mixdown that can be listened to while it is made."""

import time

import soxr

from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.mixdown import Mixdown
from rehearse.audio.volume import MIDDLE, Place


class AudibleMixdown(Mixdown):
    """Plays both sides through a loudspeaker, and takes as long as they do."""

    def __init__(self, loudspeaker: Loudspeaker) -> None:
        super().__init__()
        self._loudspeaker = loudspeaker

    def play(self, samples: Samples, _place: Place = MIDDLE) -> None:
        """Lay `samples` (24 kHz) at the end, and return when they have been heard.

        Raises:
            DeviceLost: the loudspeaker has stopped taking sound.
        """
        super().play(samples)
        self._hear(samples)
        self._wait()

    def place(self, samples: Samples) -> None:
        """Begin to play a recording (16 kHz); it is transcribed while it is heard."""
        super().place(samples)
        self._hear(soxr.resample(samples, SAMPLE_RATE, VOICE_RATE))

    def _hear(self, samples: Samples) -> None:
        self._wait()
        self._loudspeaker.play(samples)

    def _wait(self) -> None:
        while self._loudspeaker.busy:
            time.sleep(0.02)
