"""A stream of sound from a device or to one: the seam behind which PortAudio stands.

Microphone and loudspeaker have a stream each: one for both would need one rate, and headsets have two.
"""

import atexit
from collections.abc import Callable
from threading import Thread
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.devices import Device, Direction, index_of, portaudio
from rehearse.errors import NoDevice

BLOCK_SAMPLES = 512
"""Samples a callback; 11 ms at 48 kHz."""
INPUT_LATENCY_S = 0.05
"""Room in the microphone's buffer. PortAudio on PulseAudio brought a burst of blocks each 46 ms (105 at most) with
0.1 s, each 30 ms with 0.05 s, each 20 ms with 0.03 s. With 0.05 s nothing was lost beside two processes and a thread of
Python that never rest, on two cores."""
OUTPUT_LATENCY_S = 0.05
"""Room in the loudspeaker's buffer: what everybody waits before an answer is heard.

From `play` until the sound stood on the recording of a null sink, median and most of 12: 125 and 129 ms with 0.1 s,
56 and 62 ms with 0.05 s, 38 and 49 ms with 0.03 s, and no gap in a tone of 8 s; two cores, one of them busy. Underruns
within about 14 s beside two more processes that never rest: 0 with 0.1 s, 2 with 0.07 s (70 and 83 ms), 20 with 0.05 s;
with two threads of Python that never rest besides: 60 with 0.1 s, 164 with 0.05 s.
"""
LOST_AFTER_S = 2.0
"""A device that has not called back for so long is lost: a dead one seldom raises an error. Starting one that
slept was measured to take 1.6 s."""
CLOSE_WITHIN_S = 1.0
"""Closing takes a millisecond; with a device whose sound server has gone it may never end."""


Callback = Callable[[NDArray[np.float32], int, object, object], None]
"""Called by the audio thread with a block to read or to fill (a column a channel), its length, its times and
what went wrong. It must not wait for anything."""


class Stream(Protocol):
    """A stream that is open, and calls back."""

    @property
    def latency(self) -> float:
        """Seconds between a callback and the sound in the room."""

    @property
    def active(self) -> bool:
        """Whether it has not ended by itself, as it does when a device's server goes. A device that has merely stopped
        stays active."""

    def close(self) -> None:
        """Give the device back; takes a second at most."""


OpenStream = Callable[[Device, Callback], Stream]
"""How a stream is opened: `open_input`, `open_output`, or what a test puts in their place."""


def open_input(device: Device, callback: Callback) -> Stream:
    """Open a microphone at its own rate: float32, one channel, the first where PortAudio finds several.

    Raises:
        NoDevice: it is gone or in use.
    """
    return _open("input", device, 1, callback)


def open_output(device: Device, callback: Callback) -> Stream:
    """Open a loudspeaker at its own rate: two channels where it has them, float32.

    Raises:
        NoDevice: it is gone or in use.
    """
    return _open("output", device, min(2, device.output_channels), callback)


def _open(direction: Direction, device: Device, channels: int, callback: Callback) -> Stream:
    sounddevice = portaudio()
    kind = sounddevice.InputStream if direction == "input" else sounddevice.OutputStream
    try:
        return _BoundedStream(
            kind,
            callback,
            device=index_of(device, direction),
            samplerate=device.default_rate,
            channels=channels,
            dtype="float32",
            blocksize=BLOCK_SAMPLES,
            latency=INPUT_LATENCY_S if direction == "input" else OUTPUT_LATENCY_S,
        )
    except sounddevice.PortAudioError as error:
        raise NoDevice(
            f"{device.name} cannot be opened ({error.args[0]}): close other programs that use it, "
            "and allow this one to in the system's settings"
        ) from error


_stuck: list[Thread] = []
"""Closings that do not end."""


def look_for_devices() -> None:
    """Find out anew which devices there are. Call it only while no stream is open: it ends them all.

    PortAudio looks only when it starts (30 ms). Where a stream cannot be closed it is not started again, as that would
    hang too; devices that were known are found all the same.
    """
    _stuck[:] = [closing for closing in _stuck if closing.is_alive()]
    if not _stuck:
        sounddevice = portaudio()
        sounddevice._terminate()
        sounddevice._initialize()


class _BoundedStream:
    """A running stream whose end is not waited for longer than a second."""

    def __init__(self, kind: Any, callback: Callback, **parameters: Any) -> None:
        self._callback = callback
        self._closed = False
        self._stream = kind(callback=self._call, **parameters)
        try:
            self._stream.start()
        except BaseException:
            self.close()
            raise

    @property
    def latency(self) -> float:
        return float(self._stream.latency)

    @property
    def active(self) -> bool:
        return bool(self._stream.active)

    def close(self) -> None:
        self._closed = True
        closing = Thread(target=self._stream.close, daemon=True, name="closing a stream")
        closing.start()
        closing.join(CLOSE_WITHIN_S)
        if closing.is_alive():
            _stuck.append(closing)
            atexit.unregister(portaudio()._exit_handler)  # which would wait for it

    def _call(self, block: NDArray[np.float32], length: int, times: object, status: object) -> None:
        if self._closed:  # what comes late must not mix with the next stream's
            raise portaudio().CallbackAbort
        self._callback(block, length, times, status)
