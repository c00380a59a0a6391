"""The silences that voice activity finds in the clips, each told by what it truly is: a pause inside the thought, the
end of the reply, or a gap that the voice itself leaves at a comma.
"""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.turns.clips import CACHE, Clip, in_room
from benchmarks.turns.plan import Pause
from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.turn_taking import TurnSettings
from rehearse.audio.voice_activity import Silero, VoiceActivity

LEAD_S, TAIL_S = 0.6, 4.0
"""Silence, or noise, before and after a clip. A silence that lasts to the end of it counts as without end."""
MINIMUM_VOICED_S = TurnSettings().minimum_voiced_s
"""Before so much voice no turn has begun that could be taken."""
PROVISIONAL_S = 0.2
"""A shorter silence ends no turn at any delay that is looked at."""
PRE_ROLL_S = TurnSettings().pre_roll_s


@dataclass(frozen=True, slots=True)
class Silence:
    """No voice for at least `PROVISIONAL_S`, after at least `MINIMUM_VOICED_S` of it. Seconds into the sound heard."""

    clip: Clip
    noise: str
    begins_s: float
    """When the last voiced frame before it ended."""
    lasts_s: float
    """Until a voice is found again; infinite at the end."""
    voiced_s: float
    """How much voice there was before it."""
    pause: int | None
    """Which of the clip's pauses it is, if any."""

    @property
    def is_end(self) -> bool:
        """Whether the reply is over."""
        return math.isinf(self.lasts_s)

    @property
    def true_end_s(self) -> float:
        """When the clip's speech really ended."""
        return LEAD_S + self.clip.seconds

    def kind(self) -> Pause | None:
        """The pause that was planned here."""
        return None if self.pause is None else self.clip.planned.pauses[self.pause]

    def heard(self, at_s: float) -> Samples:
        """What had been heard of the reply, from the pre-roll until `at_s` after the silence began."""
        sound = in_room(self.clip, self.noise, LEAD_S, TAIL_S)
        return sound[round((LEAD_S - PRE_ROLL_S) * SAMPLE_RATE) : round((self.begins_s + at_s) * SAMPLE_RATE)]


def silences(clips: Sequence[Clip], noise: str) -> list[Silence]:
    """All silences of `clips` in that noise."""
    return [
        found for clip in clips for found in _in_clip(clip, noise, _probabilities(in_room(clip, noise, LEAD_S, TAIL_S)))
    ]


def _in_clip(clip: Clip, noise: str, probabilities: NDArray[np.float32]) -> Iterator[Silence]:
    activity = VoiceActivity()
    voiced = [activity(float(probability)) for probability in probabilities]
    heard_s = 0.0
    end = 0
    for frame, voice in enumerate([*voiced, True]):
        silent_s = (frame - end) * FRAME_S
        if not voice:
            continue
        if heard_s and silent_s >= PROVISIONAL_S:
            if heard_s < MINIMUM_VOICED_S:
                heard_s = 0.0  # a click
            else:
                begins_s = end * FRAME_S
                lasts_s = math.inf if frame == len(voiced) else silent_s
                yield Silence(clip, noise, begins_s, lasts_s, heard_s, _pause_at(clip, begins_s, silent_s, lasts_s))
        heard_s += FRAME_S
        end = frame + 1


def _pause_at(clip: Clip, begins_s: float, silent_s: float, lasts_s: float) -> int | None:
    """The planned pause that shares most time with the silence."""
    if math.isinf(lasts_s):
        return None
    gaps = [
        (LEAD_S + before[1] / SAMPLE_RATE, LEAD_S + after[0] / SAMPLE_RATE) for before, after in pairwise(clip.speech)
    ]
    shared = [min(begins_s + silent_s, end) - max(begins_s, start) for start, end in gaps]
    return int(np.argmax(shared)) if shared and max(shared) > 0 else None


def _probabilities(sound: Samples, folder: Path = CACHE / "probabilities") -> NDArray[np.float32]:
    """Silero's of every frame; kept on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(sound.tobytes()).hexdigest()[:24]}.npy"
    if path.exists():
        known: NDArray[np.float32] = np.load(path)
        return known
    silero = Silero()
    frames = sound[: len(sound) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    found = np.array([silero(frame) for frame in frames], np.float32)
    np.save(path, found)
    return found
