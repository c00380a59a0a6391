"""A room without devices in which the microphone hears the loudspeaker, faster than real time."""

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

import numpy as np
import soxr

from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.microphone import Microphone
from tests.fake_stream import HEADSET, FakeStream

RATE = HEADSET.default_rate
BLOCK = 512
FRAME_BLOCKS = FRAME_SAMPLES * RATE // SAMPLE_RATE // BLOCK
"""Blocks of the device in a frame: 3."""


@dataclass(frozen=True, slots=True)
class Way:
    """How sound comes from the loudspeaker to the microphone."""

    echo_db: float = -20.0
    delay_s: float = 0.2
    """From the loudspeaker's callback until the microphone's."""
    drift_ppm: float = 0.0
    """By how much the microphone's clock is faster."""
    wander_s: float = 0.0
    """How far it goes to and fro beside, within 40 s."""
    reverberation_s: float = 0.25
    """Until a sound has died away by 60 dB."""
    noise_db: float = -65.0


class EchoingRoom:
    """A loudspeaker, a microphone, and a person who may say something."""

    def __init__(self, way: Way | None = None) -> None:
        self.now_s = 100.0
        self.way = way or Way()
        self._out, self._in = FakeStream(), FakeStream()
        self.loudspeaker = Loudspeaker(HEADSET, self._out.open, lambda: self.now_s)
        self.microphone = Microphone(HEADSET, self._in.open, lambda: self.now_s)
        self._random = np.random.default_rng(1)
        self._answer = self._impulse_response()
        self._size = 1 << (len(self._answer) + BLOCK).bit_length()
        self._answer_spectrum = np.fft.rfft(self._answer, self._size)
        self._dry = np.zeros(len(self._answer), np.float32)
        self._air = np.zeros(2 * RATE, np.float32)
        """What came out of the loudspeaker, with the room's answer, lately."""
        self._blocks = 0
        self._person: Samples = np.empty(0, np.float32)

    def __enter__(self) -> Self:
        self._stack = ExitStack()
        self._stack.enter_context(self.microphone)
        self._stack.enter_context(self.loudspeaker)
        self.pass_frame()  # what the resampler holds back
        self.pass_frame()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def say(self, samples: Samples) -> None:
        """The person begins to say `samples` (16 kHz)."""
        self._person = soxr.resample(samples, SAMPLE_RATE, RATE)

    def frame(self) -> Samples:
        """Let a frame's time go by, and read it."""
        self.pass_frame()
        return self.microphone.read()

    def pass_frame(self) -> None:
        """Let a frame's time go by without reading."""
        for _ in range(FRAME_BLOCKS):
            self._pass_block()

    def _pass_block(self) -> None:
        self.now_s += BLOCK / RATE
        self._blocks += 1
        self._dry = np.concatenate([self._dry, self._out.take(BLOCK)[:, 0]])[-len(self._answer) - BLOCK :]
        wet = np.fft.irfft(np.fft.rfft(self._dry, self._size) * self._answer_spectrum)[: len(self._dry)]
        self._air = np.concatenate([self._air, wet[-BLOCK:].astype(np.float32)])[-2 * RATE :]
        heard = 10 ** (self.way.echo_db / 20) * self._delayed()
        heard += 10 ** (self.way.noise_db / 20) * self._random.standard_normal(BLOCK)
        said, self._person = self._person[:BLOCK], self._person[BLOCK:]
        heard[: len(said)] += said
        self._in.bring(heard.astype(np.float32))

    def _delayed(self) -> Samples:
        seconds = (self._blocks * BLOCK + np.arange(BLOCK)) / RATE
        late_s = self.way.delay_s + self.way.drift_ppm * 1e-6 * seconds
        late_s += self.way.wander_s * np.sin(2 * np.pi * seconds / 40)
        at = len(self._air) - BLOCK + np.arange(BLOCK) - late_s * RATE
        first = int(at[0])
        near = self._air[first : first + BLOCK + 2]
        return np.interp(at - first, np.arange(len(near)), near).astype(np.float32)

    def _impulse_response(self) -> Samples:
        length = round(self.way.reverberation_s * RATE)
        tail = self._random.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
        tail *= 0.35 / np.linalg.norm(tail)
        tail[0] += 1
        return np.asarray(tail / np.linalg.norm(tail), np.float32)
