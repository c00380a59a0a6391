"""The unit of everything heard: float32 mono at 16 kHz, in frames of 512 samples (32 ms)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
"""Samples a second of everything that is heard; what Whisper and Silero were trained on."""
FRAME_SAMPLES = 512
"""Samples in a frame; Silero's window at 16 kHz."""
FRAME_S = FRAME_SAMPLES / SAMPLE_RATE
"""Seconds in a frame: 0.032."""
VOICE_RATE = 24_000
"""Samples a second of everything that is spoken."""

Samples = NDArray[np.float32]
"""Mono sound, one float32 a sample, −1 to 1."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One stretch of speech with its pre-roll."""

    samples: Samples
    """16 kHz."""
    start_s: float
    """When the speech itself began, on the session's clock."""
    end_s: float
    """When it ended."""
    voiced_s: float
    """How much of it was speech."""
    pauses: tuple[int, ...] = ()
    """Where `samples` ended at each pause after which speech went on, in samples from their beginning, rising. Only of
    pauses long enough to cut the sound there: half a second, as voice activity may be 0.3 s late."""


class FrameSource(Protocol):
    """Whatever delivers frames: a microphone, or recordings."""

    @property
    def now_s(self) -> float:
        """The session's clock, which the frames keep."""

    @property
    def goes_on(self) -> bool:
        """Whether the reply under way is known to have more to it."""

    def begin_reply(self) -> bool:
        """A reply is waited for from now on; False where nobody is left to give one."""

    def read(self) -> Samples:
        """The next frame; takes a frame's time."""


def joined(said: Sequence[Utterance]) -> Utterance:
    """What was `said` in several goes, as one, with a pause between each and the next."""
    pauses: list[int] = []
    length = 0
    for each in said:
        pauses += [length] if length else []
        pauses += [length + pause for pause in each.pauses]
        length += len(each.samples)
    return Utterance(
        samples=np.concatenate([each.samples for each in said]),
        start_s=said[0].start_s,
        end_s=said[-1].end_s,
        voiced_s=sum(each.voiced_s for each in said),
        pauses=tuple(pauses),
    )


def frames_of(samples: Samples) -> Iterator[Samples]:
    """Cut `samples` (16 kHz) into frames; the last is filled up with zeros."""
    for start in range(0, len(samples), FRAME_SAMPLES):
        frame = samples[start : start + FRAME_SAMPLES]
        if len(frame) < FRAME_SAMPLES:
            frame = np.pad(frame, (0, FRAME_SAMPLES - len(frame)))
        yield frame
