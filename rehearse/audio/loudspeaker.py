"""The loudspeaker: opened once, silent when there is nothing to say."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import numpy as np
import soxr
from numpy.typing import NDArray

from rehearse.audio.devices import Device, find_output
from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.streams import LOST_AFTER_S, OpenStream, Status, Stream, open_output
from rehearse.errors import DeviceLost

FADE_S = 0.01
"""How fast a sound is faded out when it is stopped: long enough to make no click, too short to be heard."""


class Loudspeaker:
    """Plays one sound at a time, from `with` on. Open it after the microphone: that changes a headset's rate.

    Raises:
        NoDevice: there is no loudspeaker, or it cannot be opened.
    """

    def __init__(
        self,
        device: Device | None = None,
        open_stream: OpenStream = open_output,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.device = device or find_output()
        self.underflows = 0
        """How often there was a gap because the audio thread came too late."""
        self._clock = clock
        self._called_s = clock()
        self._sound = _Sound(np.empty(0, np.float32), self.device.default_rate, latency_s=0.0)
        self._open_stream = open_stream
        self._stream: Stream

    def __enter__(self) -> Self:
        self._called_s = self._clock()
        self._stream = self._open_stream(self.device, self._fill)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def play(self, samples: Samples) -> None:
        """Start to play `samples` (24 kHz); whatever is still playing is cut off.

        Raises:
            DeviceLost: the loudspeaker has stopped taking sound.
        """
        self._check_alive()
        rate = self.device.default_rate
        self._sound = _Sound(soxr.resample(samples, VOICE_RATE, rate), rate, self._stream.latency)

    def stop(self) -> None:
        """Fade out what is playing."""
        self._sound.stopping = True

    @property
    def busy(self) -> bool:
        """Whether something is still to be heard, what waits in the device's buffer included.

        Raises:
            DeviceLost: the loudspeaker has stopped taking sound.
        """
        self._check_alive()
        return not self._sound.over

    def _check_alive(self) -> None:
        silent_s = self._clock() - self._called_s
        if silent_s > LOST_AFTER_S:
            raise DeviceLost(
                f"{self.device.name} has taken no sound for {silent_s:.0f} seconds: plug it in again, "
                "or choose another loudspeaker"
            )

    def _fill(self, block: NDArray[np.float32], length: int, _times: object, status: Status) -> None:
        self._called_s = self._clock()
        self.underflows += status.output_underflow
        block[:] = self._sound.take(length)[:, np.newaxis]


class _Sound:
    """What is still to be played of a sound. The audio thread takes from it; its owner may ask it to stop."""

    def __init__(self, samples: Samples, rate: int, latency_s: float) -> None:
        self._fade_samples = round(FADE_S * rate)
        self._buffered: Samples = np.zeros(round(latency_s * rate), np.float32)
        """Silence that takes as long as the last sample takes through the device's buffer."""
        self._rest: Samples = np.concatenate([samples, self._buffered])
        self.stopping = False

    @property
    def over(self) -> bool:
        """Whether the last sample has been heard."""
        return not len(self._rest)

    def take(self, count: int) -> Samples:
        """The next samples, filled up with zeros."""
        if self.stopping and not self.over:
            self.stopping = False
            fading = self._rest[: self._fade_samples]
            ramp = np.linspace(1, 0, len(fading), dtype=np.float32)
            self._rest = np.concatenate([fading * ramp, self._buffered])
        block, self._rest = self._rest[:count], self._rest[count:]
        return np.pad(block, (0, count - len(block)))
