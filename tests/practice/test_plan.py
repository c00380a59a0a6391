"""What comes next follows from what was practised: by rules that hold for any history."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.codes import Axis
from rehearse.feedback.ratings import Rating
from rehearse.practice.plan import HARDEST, SKILLS, SPACING_DAYS, Plan, Practised, next_practice
from rehearse.scenarios.schema import Scenario
from tests.scenes import LIBRARY

DAY = date(2026, 3, 1)
AXES_OF_LEVEL = [Axis.LABELING, Axis.LISTENING, Axis.DEFENSIVENESS]
SCENES = [
    LIBRARY["hard-day"].model_copy(
        update={"id": f"{axis}-{level}-{copy}", "title": f"{axis} {level} {copy}", "level": level, "trains": (axis,)}
    )
    for level in range(1, HARDEST + 1)
    for axis in AXES_OF_LEVEL
    for copy in "ab"
]
LEVELS = {scene.id: scene.level or 1 for scene in SCENES}
TRAINS = {scene.id: scene.trains[0] for scene in SCENES}


def practised(name: str, day: int, rating: Rating = Rating.STRONG, **more: str) -> Practised:
    """A session of the scene `name`, in which what it trains was rated."""
    return Practised(name, LEVELS[name], DAY + timedelta(day), {TRAINS[name]: rating}, **more)  # type: ignore[arg-type]


def plan(earlier: Sequence[Practised], day: int) -> Plan:
    return next_practice(SCENES, earlier, DAY + timedelta(day))


SESSION = st.builds(
    Practised,
    st.sampled_from(sorted(LEVELS)),
    st.just(1),
    st.integers(0, 60).map(lambda day: DAY + timedelta(day)),
    st.dictionaries(st.sampled_from(AXES_OF_LEVEL), st.sampled_from(Rating)),
    st.sampled_from(["up", "level", "down", None]),
    st.sampled_from(["guided", "plain", "hard", "drill"]),
).map(lambda each: Practised(each.scenario, LEVELS[each.scenario], each.when, each.ratings, each.outcome, each.mode))
HISTORY = st.lists(SESSION, max_size=25).map(lambda sessions: sorted(sessions, key=lambda each: each.when))


@given(HISTORY, st.integers(60, 90))
def test_difficulty_rises_only_where_the_skill_held_in_two_different_scenes(history: list[Practised], day: int) -> None:
    found = plan(history, day)
    strong_in = {
        each.scenario
        for each in history
        if each.ratings.get(found.skill) is Rating.STRONG and each.level >= LEVELS[found.scenario.id] - 1
    }
    assert LEVELS[found.scenario.id] == 1 or len(strong_in) >= 2


@given(HISTORY, st.integers(60, 90))
def test_no_scene_comes_three_times_in_a_row(history: list[Practised], day: int) -> None:
    found = plan(history, day)
    assert [each.scenario for each in history[-2:]] != [found.scenario.id] * 2


@given(HISTORY, st.integers(60, 90))
def test_it_says_why_in_one_sentence_and_trains_what_it_says(history: list[Practised], day: int) -> None:
    found = plan(history, day)
    assert found.reason.count(". ") == 0
    assert found.reason.endswith(".")
    assert SKILLS[found.skill].intersection(found.scenario.trains)
    assert plan(history, day) == found


@given(HISTORY, st.sampled_from(sorted(LEVELS)))
def test_after_a_scene_that_ended_low_twice_it_is_easier(history: list[Practised], name: str) -> None:
    low = [practised(name, 61 + day, Rating.NOT_YET, outcome="down") for day in range(2)]
    before = [each for each in history if each.scenario != name]
    found = plan([*before, *low], 63)
    assert LEVELS[found.scenario.id] < LEVELS[name] or LEVELS[found.scenario.id] == 1
    assert found.mode == "guided"
    assert "hard twice" in found.reason


@pytest.mark.parametrize("rating", [Rating.SOME, Rating.NOT_YET])
def test_strong_twice_in_the_same_scene_is_not_enough(rating: Rating) -> None:
    name = "labeling-1-a"
    both = [practised(name, 0), practised(name, 1)]
    assert LEVELS[plan(both, 2).scenario.id] == 1
    assert LEVELS[plan([*both, practised("labeling-1-b", 2, rating)], 3).scenario.id] == 1
    found = plan([*both, practised("labeling-1-b", 2)], 5)
    assert found.skill is not Axis.LABELING or LEVELS[found.scenario.id] == 2


def test_what_was_strong_with_hints_or_in_a_drill_does_not_hold_yet() -> None:
    for mode in ("guided", "drill"):
        both = [practised("labeling-1-a", 0, mode=mode), practised("labeling-1-b", 0, mode=mode)]
        everything_else = [practised("listening-1-a", 1), practised("defensiveness-1-a", 1)]
        found = plan([*both, *everything_else], 1)
        assert (found.skill, LEVELS[found.scenario.id]) == (Axis.LABELING, 1)


def test_a_skill_comes_back_after_longer_and_longer() -> None:
    """The others are practised every day, and are never due."""
    history, day, gaps = list[Practised](), 0, list[int]()
    last = 0
    while day < 70:
        for axis in (Axis.LISTENING, Axis.DEFENSIVENESS):
            history.append(practised(f"{axis}-5-{'ab'[day % 2]}", day))
        if day == 0:
            history.append(practised("labeling-5-a", 0))
        elif plan(history, day).skill is Axis.LABELING and "since" in plan(history, day).reason:
            gaps.append(day - last)
            last = day
            history.append(practised(f"labeling-5-{'ab'[len(gaps) % 2]}", day))
        day += 1
    assert gaps[:5] == [*SPACING_DAYS, SPACING_DAYS[-1]]


def test_where_it_was_not_strong_it_comes_back_tomorrow() -> None:
    history = [practised("labeling-1-a", 0, Rating.SOME)]
    others = [practised("listening-1-a", 0), practised("defensiveness-1-a", 0)]
    assert "since naming feelings" in plan([*others, *history], 1).reason


def test_who_has_done_nothing_begins_at_the_beginning() -> None:
    found = plan([], 0)
    assert (LEVELS[found.scenario.id], found.mode) == (1, "plain")
    assert found.reason == "A good place to begin with naming feelings."


def test_with_one_scene_alone_it_is_that_one() -> None:
    (only, *_) = [scene for scene in SCENES if scene.level == HARDEST]
    assert next_practice([only], [practised(only.id, 0)] * 3, DAY).scenario == only


def test_without_a_scene_there_is_nothing_to_plan() -> None:
    with pytest.raises(ValueError, match="no scenario"):
        next_practice([], [], DAY)


def test_the_library_leads_from_the_first_level_to_the_last() -> None:
    """Somebody who is strong in everything they are given, every day."""
    scenes: list[Scenario] = [*LIBRARY.values()]
    history: list[Practised] = []
    for day in range(60):
        scene = next_practice(scenes, history, DAY + timedelta(day)).scenario
        ratings = {axis: Rating.STRONG for axis, trains in SKILLS.items() if trains.intersection(scene.trains)}
        history.append(Practised(scene.id, scene.level or 1, DAY + timedelta(day), ratings, "up"))
    assert history[0].level == 1
    assert {each.level for each in history} == {1, 2, 3, 4, 5}
    assert len({each.scenario for each in history}) >= 15
