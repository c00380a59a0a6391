"""The microphone, as the same 512-sample frames at 16 kHz that a recording is cut into."""

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

import numpy as np
import soxr
from numpy.typing import NDArray

from rehearse import faults
from rehearse.audio.devices import Device, find_input
from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.streams import BLOCK_SAMPLES, LOST_AFTER_S, OpenStream, Stream, open_input
from rehearse.errors import DeviceLost

_LOOK_EVERY_S = 0.1
"""How often it is looked whether a stream that brings nothing has ended."""


class Microphone:
    """Hears from `with` on; whoever owns it reads frame after frame. It can be opened again, also as another device.

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
        self.heard_at = clock()
        """When the audio thread brought the end of the last frame read, on the clock (monotonic)."""
        self.lost = False
        """Whether it has been found gone since it was opened."""
        self._clock = clock
        self._open_stream = open_stream
        self._stream: Stream | None = None
        self._pending: Samples
        self._start_afresh()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, device: Device | None = None) -> None:
        """Begin to hear through `device`, or the same one; what was not read before is dropped.

        Raises:
            NoDevice: it cannot be opened.
        """
        self.device = device or self.device
        self._start_afresh()
        self._stream = self._open_stream(self.device, self._take)

    def close(self) -> None:
        """Hear no more."""
        stream, self._stream = self._stream, None
        if stream:
            stream.close()

    @property
    def working(self) -> bool:
        """Whether it has brought sound since it was opened, and has done so lately."""
        return (
            not self.lost
            and self._stream is not None
            and self._stream.active
            and self._brought_at is not None
            and self._clock() - self._brought_at <= LOST_AFTER_S
        )

    @property
    def behind_s(self) -> float:
        """How much sound waits to be read, in seconds."""
        return self._blocks.qsize() * BLOCK_SAMPLES / self.device.default_rate

    def read(self, timeout_s: float = LOST_AFTER_S) -> Samples:
        """The next frame, as soon as it is there.

        Raises:
            DeviceLost: the microphone has brought nothing for `timeout_s`, or has ended.
        """
        if faults.due("microphone"):
            self.close()
        while len(self._pending) < FRAME_SAMPLES:
            self.heard_at, block = self._next_block(timeout_s)
            self._pending = np.concatenate([self._pending, self._resampler.resample_chunk(block)])
        frame, self._pending = self._pending[:FRAME_SAMPLES], self._pending[FRAME_SAMPLES:]
        return frame

    def _next_block(self, timeout_s: float) -> tuple[float, Samples]:
        waited_s = 0.0
        while True:
            ended = self._stream is None or not self._stream.active
            look_s = 0.0 if ended else min(_LOOK_EVERY_S, timeout_s - waited_s)
            try:
                return self._blocks.get(timeout=look_s)
            except Empty:
                waited_s += look_s
            if ended or waited_s >= timeout_s:
                self.lost = True
                raise DeviceLost(
                    f"{self.device.name} has stopped bringing sound: plug it in again, or choose another microphone"
                )

    def _start_afresh(self) -> None:
        self.lost = False
        self._brought_at: float | None = None
        self._blocks: SimpleQueue[tuple[float, Samples]] = SimpleQueue()
        self._resampler = soxr.ResampleStream(self.device.default_rate, SAMPLE_RATE, 1)
        self._pending = np.empty(0, np.float32)

    def _take(self, block: NDArray[np.float32], _length: int, _times: object, _status: object) -> None:
        self._brought_at = self._clock()
        self._blocks.put((self._brought_at, block[:, 0].copy()))
