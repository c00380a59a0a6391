"""Reflections to questions, over twenty minutes and more."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.reports.periods import MOST
from rehearse.reports.ratios import MINUTES, Ratio, minutes_of, ratios
from tests.practised import figures


def test_less_than_twenty_minutes_are_not_measured() -> None:
    assert ratios([figures(of={"minutes": 4.9}, reflections=9, questions=1)] * 4) == []


@given(st.lists(st.floats(0, 30), max_size=200))
def test_every_stretch_is_long_enough_and_no_session_is_lost(minutes: list[float]) -> None:
    sessions = [figures(number, of={"minutes": each}) for number, each in enumerate(minutes)]
    found = ratios(sessions)
    assert all(minutes_of(each.sessions) >= MINUTES for each in found)
    assert len(found) <= MOST
    assert bool(found) == (sum(minutes[::-1]) >= MINUTES)
    if found:
        assert [each for ratio in found for each in ratio.sessions] == sessions


def test_the_ratio_pools_its_sessions() -> None:
    ratio = Ratio((figures(reflections=3, questions=1), figures(reflections=1, questions=1)))
    assert ratio.value == 2.0
    assert ratio.band[0] < 2.0 < ratio.band[1]


@pytest.mark.parametrize(("reflections", "expected"), [(0, None), (3, inf)])
def test_without_a_question_it_has_no_end_and_without_either_no_value(reflections: int, expected: float | None) -> None:
    assert Ratio((figures(reflections=reflections),)).value == expected
