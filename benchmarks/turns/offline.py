"""False cut-offs against delay, without the program: the silence timer, and any policy that sees the words so far.

A pause is cut off falsely when the turn would be taken before a voice is found again. Each pause counts by itself:
what a cut-off turn would have led to is not played out. The delay is from the true last sample of the reply until the
turn is taken, and its median is over all replies. A policy decides at a provisional endpoint, after 0.2 s of silence,
from what Whisper hears in the reply so far, and not before that is transcribed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from math import ceil, inf
from typing import Any, Protocol

from benchmarks.turns.clips import NOISES, Clip
from benchmarks.turns.figures import Share, finite, percentile
from benchmarks.turns.plan import Kind
from benchmarks.turns.silences import PROVISIONAL_S, Silence, silences
from benchmarks.turns.transcripts import Timed, Transcripts
from rehearse.audio.frames import FRAME_S

DELAYS_S = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.2, 1.5, 2.0, 2.5, 3.0)
SCALES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)


class Policy(Protocol):
    """How long to hold the turn, from the words so far."""

    def hold_s(self, text_so_far: str) -> float:
        """The silence in seconds, from the last voice on, after which the turn is taken."""
        ...


PolicyFor = Callable[[str, str], Policy]
"""(the scenario's name, the state's) → the policy for a reply there."""
Hold = Callable[[Silence], float]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a curve."""

    setting: float
    """The timer's delay in seconds, or by what the policy's holds were multiplied."""
    delays_s: list[float]
    """At the true ends; infinite where no end was found."""
    cut_off: dict[str, Share]
    """False cut-offs of all pauses, by kind, by noise, and where the words so far could stand alone."""
    own_gaps: Share
    """Of the gaps that the voices leave by themselves inside a fragment, of 0.2 s and more: not in `cut_off`."""

    def entry(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "setting": self.setting,
            "delay_ms": {f"p{each}": finite(percentile(self.delays_s, each) * 1000) for each in (50, 90)},
            "false_cut_offs": {name: share.entry() for name, share in self.cut_off.items()},
            "own_gaps": self.own_gaps.entry(),
        }


def all_silences(clips: Sequence[Clip], noises: Sequence[str] = tuple(NOISES)) -> list[Silence]:
    """Of every clip in every noise."""
    return [each for noise in noises for each in silences(clips, noise)]


def timer_curve(found: Sequence[Silence], clips: Sequence[Clip]) -> list[Point]:
    """The plain silence timer."""
    return [_point(delay_s, found, clips, lambda _, s=delay_s: s) for delay_s in DELAYS_S]  # type: ignore[misc]


def ideal_curve(found: Sequence[Silence], clips: Sequence[Clip]) -> list[Point]:
    """What it is worth to know whether the words so far can stand alone: waiting without limit where they cannot, a
    silence timer where they can. Only a policy that also tells apart what can stand alone does better."""

    def hold(silence: Silence, delay_s: float) -> float:
        pause = silence.kind()
        return delay_s if silence.is_end or pause is None or pause.stands_alone else inf

    return [_point(delay_s, found, clips, lambda each, s=delay_s: hold(each, s)) for delay_s in DELAYS_S]  # type: ignore[misc]


def policy_curve(
    found: Sequence[Silence],
    clips: Sequence[Clip],
    policy_for: PolicyFor,
    transcripts: Transcripts,
    decode_s: float | None = None,
) -> list[Point]:
    """A policy, with its holds multiplied by each of `SCALES`. `decode_s`: what transcribing takes; as measured if
    None."""
    heard = {id(each): _heard(each, transcripts) for each in found}

    def hold(silence: Silence, scale: float) -> float:
        so_far = heard[id(silence)]
        planned = silence.clip.planned
        ready_s = PROVISIONAL_S + (so_far.seconds if decode_s is None else decode_s)
        return max(ready_s, scale * policy_for(planned.scenario, planned.state).hold_s(so_far.text))

    return [_point(scale, found, clips, lambda each, by=scale: hold(each, by)) for scale in SCALES]  # type: ignore[misc]


def load_policy(name: str) -> PolicyFor:
    """What `module:factory` names, such as `rehearse.agent.holding:policy_for`."""
    module, _, factory = name.partition(":")
    found: PolicyFor = getattr(import_module(module), factory)
    return found


def _heard(silence: Silence, transcripts: Transcripts) -> Timed:
    return transcripts.of(silence.heard(_whole_frames(PROVISIONAL_S)), silence.voiced_s)


def _point(setting: float, found: Sequence[Silence], clips: Sequence[Clip], hold: Hold) -> Point:
    taken_after = [_whole_frames(hold(each)) for each in found]
    taken = [after_s <= each.lasts_s and after_s < inf for each, after_s in zip(found, taken_after, strict=True)]
    ends = {
        (each.clip.planned.name, each.noise): each.begins_s + after_s - each.true_end_s
        for each, after_s in zip(found, taken_after, strict=True)
        if each.is_end
    }
    noises = sorted({each.noise for each in found}, key=list(NOISES).index)
    delays_s = [ends.get((clip.planned.name, noise), inf) for clip in clips for noise in noises]
    # A pause in which no silence was found, because it is short or drowned in noise, is one that was not cut off.
    cut = {
        (each.clip.planned.name, each.noise, each.pause)
        for each, fires in zip(found, taken, strict=True)
        if fires and each.pause is not None
    }
    pauses = [
        (pause, noise, (clip.planned.name, noise, number) in cut)
        for clip in clips
        for noise in noises
        for number, pause in enumerate(clip.planned.pauses)
    ]
    own = [fires for each, fires in zip(found, taken, strict=True) if each.pause is None and not each.is_end]
    cut_off = {
        "all": _share([was for _, _, was in pauses]),
        **{kind.value: _share([was for pause, _, was in pauses if pause.kind is kind]) for kind in Kind},
        "could stand alone": _share([was for pause, _, was in pauses if pause.stands_alone]),
        **{noise: _share([was for _, where, was in pauses if where == noise]) for noise in noises},
    }
    return Point(setting, delays_s, cut_off, _share(own))


def _share(cut: Sequence[bool]) -> Share:
    return Share(sum(cut), len(cut))


def _whole_frames(seconds: float) -> float:
    if seconds == inf:
        return inf
    return ceil(seconds / FRAME_S - 1e-9) * FRAME_S


def beside(point: Point, timer: Sequence[Point]) -> float:
    """What the silence timer cuts off where its median delay is that of `point`."""
    return round(at_delay(timer, percentile(point.delays_s, 50)), 4)


def at_delay(curve: Sequence[Point], delay_s: float) -> float:
    """The share of pauses that `curve` cuts off where its median delay is `delay_s`, between two points by
    proportion; at its ends the nearest point's."""
    points = sorted((percentile(point.delays_s, 50), point.cut_off["all"].value) for point in curve)
    if delay_s <= points[0][0]:
        return points[0][1]
    for (low_s, low), (high_s, high) in pairwise(points):
        if delay_s <= high_s:
            return low + (high - low) * (delay_s - low_s) / (high_s - low_s)
    return points[-1][1]
