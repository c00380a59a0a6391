"""How long a silence is waited for: longer the likelier more is to come, and the longer the speaker's pauses are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.hold import LONGEST_S, SHORTEST_S, hold_s
from rehearse.dialogue import Thought

CHANCE, LONG_S, WAITING = st.floats(0, 1), st.floats(0.5, 4), st.floats(0.5, 5)


def test_a_thought_that_is_surely_whole_is_answered_at_once() -> None:
    assert hold_s(Thought(1.0), 4.0) == SHORTEST_S


def test_who_trails_off_has_time_whatever_is_likely() -> None:
    assert hold_s(Thought(1.0, trails_off=True), 0.5) == LONGEST_S


@pytest.mark.parametrize(("ends", "seconds"), [(0.5, 0.467), (0.2, 1.822), (0.05, 3.345)])
def test_the_odds_of_going_on_fall_with_the_silence(ends: float, seconds: float) -> None:
    assert hold_s(Thought(ends), 1.8) == pytest.approx(seconds, abs=0.001)


@given(CHANCE, CHANCE, LONG_S)
def test_the_likelier_it_is_over_the_shorter(one: float, other: float, long_s: float) -> None:
    holds = [hold_s(Thought(ends), long_s) for ends in sorted((one, other))]
    assert LONGEST_S >= holds[0] >= holds[1] >= SHORTEST_S


@given(CHANCE, LONG_S, LONG_S)
def test_the_longer_the_speakers_own_pauses_the_longer(ends: float, one: float, other: float) -> None:
    shorter, longer = sorted((one, other))
    assert hold_s(Thought(ends), shorter) <= hold_s(Thought(ends), longer)


@given(st.builds(Thought, CHANCE, st.booleans()), LONG_S, WAITING, WAITING)
def test_who_asks_for_more_time_is_never_given_less(thought: Thought, long_s: float, one: float, other: float) -> None:
    shorter, longer = sorted((one, other))
    assert hold_s(thought, long_s, shorter) <= hold_s(thought, long_s, longer)


@given(st.builds(Thought, CHANCE, st.booleans()), LONG_S, WAITING)
def test_every_hold_is_widened_alike(thought: Thought, long_s: float, waiting: float) -> None:
    assert hold_s(thought, long_s, waiting) == pytest.approx(waiting * hold_s(thought, long_s))
