"""What a recording says: when the program sounds, where a clip lies in it, until when a line is spoken."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.turns.clips import Clip
from rehearse.audio.frames import SAMPLE_RATE, Samples

SOUNDING = 0.002
"""A louder sample of the loudspeaker's side is the program's: −54 dBFS, on a side that is else all zeros."""
GAP_S = 0.8
"""A shorter silence lies inside a line: the engine leaves up to half a second between two sentences."""
_SURE = 0.5
"""The least correlation with which a sound counts as found; speech 10 dB above noise has 0.95."""
_START_SLACK_S, _SLACK_S = 3.0, 0.5
"""How late a clip, and after it each of its fragments, may begin on a busy machine."""
_BLOCK = SAMPLE_RATE // 50
_PIECE = SAMPLE_RATE * 3 // 10


@dataclass(frozen=True, slots=True)
class Stretch:
    """The program sounds; in samples of the recording."""

    start: int
    end: int


def stretches(speaker: Samples, origin: int = 0, gap_s: float = GAP_S) -> list[Stretch]:
    """When the program sounds in `speaker`, whose first sample is the recording's `origin`-th."""
    loud = np.flatnonzero(np.abs(speaker) > SOUNDING)
    if not len(loud):
        return []
    breaks = np.flatnonzero(np.diff(loud) > gap_s * SAMPLE_RATE)
    starts = loud[np.concatenate([[0], breaks + 1])]
    ends = loud[np.concatenate([breaks, [len(loud) - 1]])] + 1
    return [Stretch(origin + int(start), origin + int(end)) for start, end in zip(starts, ends, strict=True)]


def place_of(sound: Samples, within: Samples) -> int | None:
    """Where `sound` begins in `within`; None where it is not."""
    if len(within) < len(sound):
        return None
    size = 1 << (len(within) + len(sound) - 1).bit_length()
    product = np.fft.irfft(np.fft.rfft(within, size) * np.conj(np.fft.rfft(sound, size)), size)
    shared: NDArray[np.float64] = product[: len(within) - len(sound) + 1]
    energy = np.concatenate([[0.0], np.cumsum(np.square(within, dtype=np.float64))])
    here = energy[len(sound) :] - energy[: -len(sound)]
    likeness = shared / np.sqrt(np.maximum(here, 1e-6) * float(np.square(sound, dtype=np.float64).sum()))
    best = int(np.argmax(likeness))
    return best if likeness[best] >= _SURE else None


def places_of(clip: Clip, microphone: Samples, origin: int) -> list[tuple[int, int]] | None:
    """Where each fragment of `clip` starts and ends in the recording, each found by itself; None where one is not.

    `microphone` is the recording from its sample `origin` on, when the clip began to be played.
    """
    slack, start_slack = round(_SLACK_S * SAMPLE_RATE), round(_START_SLACK_S * SAMPLE_RATE)
    found: list[tuple[int, int]] = []
    shift = 0
    for number, (start, end) in enumerate(clip.speech):
        begin = max(0, start + shift - slack) if number else 0
        place = place_of(clip.sound[start:end], microphone[begin : end + shift + (slack if number else start_slack)])
        if place is None:
            return None
        shift = begin + place - start
        found.append((origin + begin + place, origin + begin + place + end - start))
    return found


def followed_until(line: Samples, speaker: Samples) -> int:
    """Until which sample of `speaker` it holds `line`, both beginning with the line's first sound.

    Where the loudspeaker hiccups, and the line goes on a little later, it is followed there.
    """
    last = shift = at = 0
    while at < len(line) and at + shift < len(speaker):
        expected = line[at : at + _BLOCK]
        heard = speaker[at + shift : at + shift + _BLOCK]
        size = min(len(expected), len(heard))
        if np.sqrt(np.square(expected[:size]).mean()) >= SOUNDING:
            if _likeness(expected[:size], heard[:size]) >= _SURE:
                last = at + shift + size
            else:
                begin = max(0, at + shift - _BLOCK)
                place = place_of(line[at : at + _PIECE], speaker[begin : at + shift + _PIECE + SAMPLE_RATE])
                if place is None or len(line) - at < _PIECE:
                    return last
                shift = begin + place - at
                last = at + shift + size
        at += _BLOCK
    return last


def _likeness(expected: Samples, heard: Samples) -> float:
    return float(expected @ heard) / max(1e-9, float(np.linalg.norm(expected) * np.linalg.norm(heard)))


def from_first_sound(sound: Samples) -> Samples:
    """`sound` without what lies before its first sounding sample."""
    loud = np.flatnonzero(np.abs(sound) > SOUNDING)
    return sound[loud[0] :] if len(loud) else sound[:0]


def first_within(found: Sequence[Stretch], start: int, end: int) -> Stretch | None:
    """The first stretch that begins from `start` on and before `end`."""
    return next((each for each in found if start <= each.start < end), None)
