"""The microphone, as the same 512-sample frames at 16 kHz that a recording is cut into."""

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

import numpy as np
import soxr
from numpy.typing import NDArray

from rehearse.audio.devices import Device, find_input
from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.streams import LOST_AFTER_S, OpenStream, Status, Stream, open_input
from rehearse.errors import DeviceLost


class Microphone:
    """Hears from `with` on; whoever owns it reads frame after frame.

    The audio thread only copies each block into a queue, which has no bound: putting never waits, no word is
    dropped while the reader is busy, and a reader that stands still costs 12 MB a minute at 48 kHz.

    Raises:
        NoDevice: there is no microphone, or it cannot be opened.
    """

    def __init__(
        self,
        device: Device | None = None,
        open_stream: OpenStream = open_input,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.device = device or find_input()
        self.overflows = 0
        """How often the system has lost sound because the audio thread came too late."""
        self.heard_at = clock()
        """When the audio thread brought the end of the last frame read, on the clock (monotonic)."""
        self._clock = clock
        self._blocks: SimpleQueue[tuple[float, Samples]] = SimpleQueue()
        self._resampler = soxr.ResampleStream(self.device.default_rate, SAMPLE_RATE, 1)
        self._pending: Samples = np.empty(0, np.float32)
        self._open_stream = open_stream
        self._stream: Stream

    def __enter__(self) -> Self:
        self._stream = self._open_stream(self.device, self._take)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def read(self, timeout_s: float = LOST_AFTER_S) -> Samples:
        """The next frame, as soon as it is there.

        Raises:
            DeviceLost: the microphone has brought nothing for `timeout_s`.
        """
        while len(self._pending) < FRAME_SAMPLES:
            try:
                self.heard_at, block = self._blocks.get(timeout=timeout_s)
            except Empty:
                raise DeviceLost(
                    f"{self.device.name} has brought no sound for {timeout_s:g} seconds: plug it in again, "
                    "or choose another microphone"
                ) from None
            self._pending = np.concatenate([self._pending, self._resampler.resample_chunk(block)])
        frame, self._pending = self._pending[:FRAME_SAMPLES], self._pending[FRAME_SAMPLES:]
        return frame

    def _take(self, block: NDArray[np.float32], _length: int, _times: object, status: Status) -> None:
        self.overflows += status.input_overflow
        self._blocks.put((self._clock(), block[:, 0].copy()))
