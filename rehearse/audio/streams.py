"""A stream of sound from a device or to one: the seam behind which PortAudio stands.

Microphone and loudspeaker have a stream each: one for both would need one rate, and headsets have two.
"""

from collections.abc import Callable
from typing import Protocol

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


class Status(Protocol):
    """What went wrong since the callback before."""

    input_overflow: bool
    """Sound was lost on its way in."""
    output_underflow: bool
    """There was a gap on the way out."""


Callback = Callable[[NDArray[np.float32], int, object, Status], None]
"""Called by the audio thread with a block to read or to fill (a column a channel), its length, its times and
what went wrong. It must not wait for anything."""


class Stream(Protocol):
    """A stream that is open, and calls back."""

    latency: float
    """Seconds between a callback and the sound in the room."""

    def close(self) -> None:
        """Give the device back."""


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
        stream = kind(
            device=index_of(device),
            samplerate=device.default_rate,
            channels=channels,
            dtype="float32",
            blocksize=BLOCK_SAMPLES,
            latency=INPUT_LATENCY_S if direction == "input" else OUTPUT_LATENCY_S,
            callback=callback,
        )
        stream.start()
    except sounddevice.PortAudioError as error:
        raise NoDevice(
            f"{device.name} cannot be opened ({error.args[0]}): close other programs that use it, "
            "and allow this one to in the system's settings"
        ) from error
    opened: Stream = stream
    return opened
