"""A stream without a device: its callbacks are made by the test."""

import numpy as np
from numpy.typing import NDArray

from rehearse.audio.devices import Device
from rehearse.audio.frames import Samples
from rehearse.audio.streams import Callback

HEADSET = Device("Fake headset", "ALSA", 1, 2, 48_000, is_default_input=True, is_default_output=True)


class FakeStream:
    """Pass `open` for `open_input` or `open_output`; `bring` or `take` sound as the audio thread would."""

    latency = 0.1
    channels = 2

    def __init__(self) -> None:
        self.running = self.active = False

    def open(self, _device: Device, callback: Callback) -> "FakeStream":
        self._callback = callback
        self.running = self.active = True
        return self

    def close(self) -> None:
        self.running = self.active = False

    def bring(self, samples: Samples) -> None:
        """Deliver a microphone's block; its memory is used again afterwards, as PortAudio's is."""
        block = samples[:, np.newaxis].copy()
        self._callback(block, len(block), None, None)
        block[:] = np.nan

    def take(self, count: int) -> NDArray[np.float32]:
        """Ask a loudspeaker for a block."""
        block = np.full((count, self.channels), np.nan, np.float32)
        self._callback(block, count, None, None)
        return block
