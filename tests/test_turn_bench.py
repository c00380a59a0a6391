"""The bench of turn-taking: its plan stays what it is, and its measures measure."""

import json
import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.turns.clips import Clip
from benchmarks.turns.figures import Share, percentile
from benchmarks.turns.hearing import Stretch, followed_until, place_of, places_of, stretches
from benchmarks.turns.live import cut_offs, voice_to_voice_s
from benchmarks.turns.offline import at_delay, ideal_curve, timer_curve
from benchmarks.turns.plan import Kind, Lengths, Pause, PlannedClip, checksum, length, plan
from benchmarks.turns.silences import LEAD_S, Silence
from benchmarks.turns.talk import Played
from benchmarks.turns.words import assigned, recall, words_of
from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.scenarios.loader import find
from tests.conftest import ROOT

PLAN = "9ed2df8e67a15aef553966ca0b7b7f872b1372c359ac4cb801fe14041b85e273"


@pytest.fixture(scope="module")
def planned() -> list[PlannedClip]:
    return plan()


def noise(seconds: float, seed: int) -> Samples:
    return (np.random.default_rng(seed).standard_normal(round(seconds * SAMPLE_RATE)) * 0.1).astype(np.float32)


def test_the_plan_is_the_one_that_was_published(planned: list[PlannedClip]) -> None:
    assert checksum(planned) == PLAN


def test_there_are_enough_replies_pauses_and_whole_thoughts(planned: list[PlannedClip]) -> None:
    pauses = [pause for clip in planned for pause in clip.pauses]
    assert len(planned) >= 130
    assert len(pauses) >= 120
    assert sum(clip.whole_thought for clip in planned) >= 40
    assert {pause.kind for pause in pauses} == set(Kind)
    assert all(0.2 <= pause.seconds <= 5 for pause in pauses)
    assert max(len(clip.pauses) for clip in planned) <= 3


def test_every_reply_answers_a_state_of_a_shipped_scenario(planned: list[PlannedClip]) -> None:
    scenarios = {name: find(name) for name in {clip.scenario for clip in planned}}
    for clip in planned:
        assert scenarios[clip.scenario].states[clip.state].ending is None
        assert all(fragment.strip() == fragment and fragment for fragment in clip.fragments)


def test_no_reply_was_trained_on(planned: list[PlannedClip]) -> None:
    lines = (ROOT / "training" / "replies.jsonl").read_text(encoding="utf-8").splitlines()
    trained = {" ".join(words_of(json.loads(line)["reply"])) for line in lines}
    assert [clip.text for clip in planned if len(clip.text) > 40 and " ".join(words_of(clip.text)) in trained] == []


@pytest.mark.parametrize(("seconds", "outlasting"), [(0.3, 0.556), (0.6, 0.217), (1.6, 0.05)])
def test_published_lengths_outlast_a_timer_as_often_as_published(seconds: float, outlasting: float) -> None:
    assert length(Lengths.PUBLISHED, outlasting) == pytest.approx(seconds)


@given(st.floats(0, 1), st.floats(0, 1))
def test_both_spreads_order_pauses_alike(one: float, other: float) -> None:
    for lengths in Lengths:
        assert 0.2 <= length(lengths, one) <= 5
        assert (length(lengths, one) <= length(lengths, other)) or one <= other


def test_wilson_is_honest_about_few() -> None:
    low, high = Share(0, 20).interval
    assert low == 0
    assert high == pytest.approx(0.161, abs=0.001)
    assert Share(0, 0).interval == (0, 1)
    assert Share(5, 10).interval == pytest.approx((0.237, 0.763), abs=0.001)


def test_a_percentile_of_what_never_came_is_infinite() -> None:
    assert percentile([0.1, 0.2, math.inf], 95) == math.inf
    assert percentile([0.1, 0.2, math.inf], 50) == 0.2


def clip_of(*seconds: float, kinds: tuple[bool, ...] = ()) -> Clip:
    """A clip whose fragments and pauses last so long, by turns."""
    speech, at = [], 0
    for number, each in enumerate(seconds):
        if number % 2 == 0:
            speech.append((at, at + round(each * SAMPLE_RATE)))
        at += round(each * SAMPLE_RATE)
    sound = noise(sum(seconds), 1)
    for before, after in pairwise(speech):
        sound[before[1] : after[0]] = 0
    pauses = tuple(
        Pause(Kind.CLAUSE, alone, pause) for alone, pause in zip(kinds or (True,) * 9, seconds[1::2], strict=False)
    )
    planned = PlannedClip("a", "hard-day", "tells", "flite slt", ("x",) * len(speech), pauses)
    return Clip(planned, sound, tuple(speech))


def test_the_timer_cuts_off_what_lasts_longer_and_the_ideal_only_what_stands_alone() -> None:
    clip = clip_of(1.0, 0.7, 1.0, 2.2, 1.0, kinds=(True, False))
    found = [
        Silence(clip, "clean", LEAD_S + 1.0, 0.7, 1.0, 0),
        Silence(clip, "clean", LEAD_S + 2.7, 2.2, 2.0, 1),
        Silence(clip, "clean", LEAD_S + 5.9, math.inf, 3.0, None),
    ]
    timer = {point.setting: point for point in timer_curve(found, [clip])}
    assert timer[0.6].cut_off["all"].count == 2
    assert timer[1.0].cut_off["all"].count == 1
    assert timer[2.5].cut_off["all"].count == 0
    assert timer[0.6].delays_s == [pytest.approx(0.608)]
    ideal = {point.setting: point for point in ideal_curve(found, [clip])}
    assert ideal[0.6].cut_off["all"].count == 1
    assert ideal[1.0].cut_off["all"].count == 0
    assert at_delay(list(timer.values()), 0.608) == pytest.approx(1.0)


def test_a_start_inside_a_pause_is_a_cut_off_and_ends_the_measuring_of_the_answer() -> None:
    clip = clip_of(1.0, 2.0, 1.0)
    speech = [(16_000 + start, 16_000 + end) for start, end in clip.speech]
    silent_from, end = speech[0][1], speech[-1][1]
    patient = Played(clip, speech, "clean", True, True, answer=Stretch(end + 8_000, end + 90_000))
    hasty = replace(patient, cut_in=[Stretch(silent_from + 9_600, end - 100)])
    speaking_already = replace(patient, cut_in=[Stretch(silent_from - 1_000, end)])
    assert [cut for _, _, cut in cut_offs([patient, hasty, speaking_already])] == [False, True]
    assert voice_to_voice_s([patient, hasty]) == [0.5]


def test_stretches_bridge_the_gaps_inside_a_line() -> None:
    speaker = np.zeros(5 * SAMPLE_RATE, np.float32)
    speaker[1000:2000] = speaker[8000:9000] = speaker[60_000:61_000] = 0.1
    assert stretches(speaker, origin=10) == [Stretch(1010, 9010), Stretch(60_010, 61_010)]


def test_a_clip_is_found_to_the_sample_in_noise() -> None:
    clip = clip_of(0.8, 0.5, 0.6)
    heard = noise(6, 2) * 0.3
    heard[20_000 : 20_000 + len(clip.sound)] += clip.sound
    assert places_of(clip, heard, 100) == [(20_100 + start, 20_100 + end) for start, end in clip.speech]
    assert place_of(clip.sound, noise(6, 3)) is None


def test_a_line_is_followed_until_it_stops_also_over_a_hiccup() -> None:
    line = noise(4, 4)
    cut = line.copy()
    cut[32_000:] = noise(4, 5)[32_000:]
    assert followed_until(line, cut) == pytest.approx(32_000, abs=330)
    late = np.concatenate([line[:16_000], np.zeros(1000, np.float32), line[16_000:]])
    assert followed_until(line, late) == pytest.approx(len(late), abs=330)


def test_replies_go_to_the_clips_whose_words_they_hold() -> None:
    said = ["You sound tired, um, and I see why.", "What happened then?", "I would tell him."]
    replies = ["you sound tired", "and I see why", "I'd tell him"]
    assert assigned(said, replies) == [replies[:2], [], replies[2:]]
    assert recall(said[0], "You sound tired and I see why") == 1
    assert recall(said[0], "You sound") == pytest.approx(2 / 7)


def test_nothing_here_is_longer_than_it_should_be() -> None:
    folder = Path(ROOT / "benchmarks" / "turns")
    assert all(len(path.read_text(encoding="utf-8").splitlines()) < 400 for path in folder.glob("*.py"))
