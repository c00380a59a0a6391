"""The loudspeaker: opened once, silent when there is nothing to say."""

import time
from collections.abc import Callable
from queue import SimpleQueue
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np
import soxr
from numpy.typing import NDArray

from rehearse import faults
from rehearse.audio.devices import Device, find_output
from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.streams import LOST_AFTER_S, OpenStream, Stream, open_output
from rehearse.audio.volume import MIDDLE, Place
from rehearse.errors import DeviceLost

FADE_S = 0.01
"""How fast a sound is faded out when it is stopped: long enough to make no click, too short to be heard. A voice that
gives the floor away fades more gently, in 0.03 to 0.05 s."""
RAMP_S = 0.05
"""How long it takes to become lower or as loud as before: nobody hears a step."""


class Played(NamedTuple):
    """A block that went out, silence included."""

    at_s: float
    """When its first sample was to be heard, on the loudspeaker's clock."""
    samples: Samples
    """The mean of the channels, at the device's rate."""


class Loudspeaker:
    """Plays one sound at a time, from `with` on. Open it after the microphone: that changes a headset's rate. It can be
    opened again, also as another device.

    The audio thread copies from an array that is ready, and takes no lock: what its owner wants of it is read from
    attributes that are replaced whole.

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
        self._clock = clock
        self._open_stream = open_stream
        self._stream: Stream | None = None
        self._followers: tuple[SimpleQueue[Played], ...]
        self._start_afresh()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def open(self, device: Device | None = None) -> None:
        """Begin to play, silence at first, through `device`, or the same one. Nobody follows it any more.

        Raises:
            NoDevice: it cannot be opened.
        """
        self.device = device or self.device
        self._start_afresh()
        self._stream = self._open_stream(self.device, self._fill)

    def close(self) -> None:
        """Play no more."""
        stream, self._stream = self._stream, None
        if stream:
            stream.close()

    @property
    def lost(self) -> bool:
        """Whether it has stopped taking sound since it was opened."""
        silent_s = self._clock() - self._called_s
        return self._stream is None or not self._stream.active or silent_s > LOST_AFTER_S

    @property
    def working(self) -> bool:
        """Whether it has taken sound since it was opened, and has done so lately."""
        return self._called and not self.lost

    def play(self, samples: Samples, place: Place = MIDDLE) -> None:
        """Start to play `samples` (24 kHz) from `place`; whatever is still playing is cut off.

        For a line of 5 s it takes 1 ms.

        Raises:
            DeviceLost: the loudspeaker has stopped taking sound.
        """
        if faults.due("loudspeaker"):
            self.close()
        self._check_alive()
        assert self._stream
        rate = self.device.default_rate
        self._sound = _Sound(soxr.resample(samples, VOICE_RATE, rate), rate, self._stream.latency, place)

    def stop(self, fade_s: float = FADE_S) -> None:
        """Fade out what is playing, within `fade_s`."""
        self._sound.become(0.0, fade_s, stops=True)

    def lower(self, gain: float) -> None:
        """Go on playing, from now on at `gain` (1 is as loud as the sound itself). The next sound is loud again."""
        self._sound.become(gain, RAMP_S)

    def follow(self) -> "SimpleQueue[Played]":
        """A queue that gets whatever goes out from now on. Empty it often: it has no bound."""
        queue: SimpleQueue[Played] = SimpleQueue()
        self._followers = (*self._followers, queue)
        return queue

    @property
    def busy(self) -> bool:
        """Whether something is still to be heard, what waits in the device's buffer included.

        Raises:
            DeviceLost: the loudspeaker has stopped taking sound.
        """
        self._check_alive()
        return not self._sound.over

    @property
    def heard_s(self) -> float:
        """How much of the present sound, or of the last one, has been heard so far: seconds. After a `stop` the rest
        of it was left unsaid."""
        return self._sound.heard_s

    @property
    def first_sample_at(self) -> float | None:
        """When the first sample of the present sound, or of the last one, was heard, on the clock (monotonic); None
        before the device has asked for it."""
        return self._sound.first_sample_at

    def _check_alive(self) -> None:
        if self.lost:
            raise DeviceLost(
                f"{self.device.name} has stopped taking sound: plug it in again, or choose another loudspeaker"
            )

    def _start_afresh(self) -> None:
        self._called = False
        self._called_s = self._clock()
        self._sound = _Sound(np.empty(0, np.float32), self.device.default_rate, latency_s=0.0)
        self._followers = ()

    def _fill(self, block: NDArray[np.float32], _length: int, _times: object, _status: object) -> None:
        self._called = True
        self._called_s = self._clock()
        sound = self._sound
        heard_at_s = self._called_s + sound.latency_s
        sound.fill(block, heard_at_s)
        for follower in self._followers:
            follower.put(Played(heard_at_s, block.mean(axis=1)))


class _Change(NamedTuple):
    """How loud a sound is to become."""

    gain: float
    step: float
    """By how much the gain may change from one sample to the next."""
    stops: bool = False
    """Whether the sound ends when it is there."""


class _Sound:
    """What is still to be played of a sound. The audio thread takes from it; its owner may ask for a change."""

    def __init__(self, samples: Samples, rate: int, latency_s: float, place: Place = MIDDLE) -> None:
        self.latency_s = latency_s
        self.first_sample_at: float | None = None
        self._samples = samples
        self._rate = rate
        self._sides = np.array(place, np.float32)
        self._buffered = round(latency_s * rate)
        """Samples that the last one has to wait for in the device's buffer."""
        self._end = len(samples)
        self._taken = 0
        """Samples that the device has asked for, those after the end included."""
        self._gain = 1.0
        self._change = _Change(1.0, step=1.0)

    def become(self, gain: float, within_s: float, stops: bool = False) -> None:
        """Change to `gain`; a sound that is stopping does not change any more."""
        if not self._change.stops:
            self._change = _Change(gain, 1 / max(1, round(within_s * self._rate)), stops)

    @property
    def over(self) -> bool:
        """Whether the last sample has been heard."""
        return self._taken >= self._end + self._buffered

    @property
    def heard_s(self) -> float:
        return min(max(0, self._taken - self._buffered), self._end) / self._rate

    def fill(self, block: NDArray[np.float32], heard_at_s: float) -> None:
        """Write the next samples into both columns of `block`, or its one, and zeros after the end."""
        if self.first_sample_at is None:
            self.first_sample_at = heard_at_s
        change = self._change
        part = self._samples[self._taken : min(self._taken + len(block), self._end)]
        if change.gain != self._gain or change.stops:
            part = self._changing(part, change)
        elif self._gain != 1:
            part = part * np.float32(self._gain)
        block[: len(part)] = part[:, np.newaxis] * (self._sides if block.shape[1] == 2 else 1)
        block[len(part) :] = 0
        self._taken += len(block)

    def _changing(self, part: Samples, change: _Change) -> Samples:
        if not len(part):
            return part
        reach = change.step * np.arange(1, len(part) + 1)
        gains = np.clip(change.gain, self._gain - reach, self._gain + reach)
        self._gain = float(gains[-1])
        if change.stops and not self._gain:
            self._end = self._taken + int(np.argmin(gains)) + 1
        return np.asarray(part * gains, np.float32)
