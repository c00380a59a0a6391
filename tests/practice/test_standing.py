"""Where somebody stands, and what they are offered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.practice.earlier import Kept
from rehearse.practice.standing import Assigned, standing
from rehearse.scenarios.schema import Scenario
from tests.scenes import LIBRARY

SCENES = [LIBRARY["hard-day"], LIBRARY["closeness"]]
HARD_DAY_LOW = next(state.ending for state in SCENES[0].states.values() if state.outcome == "down")
HARD_DAY_UP = next(state.ending for state in SCENES[0].states.values() if state.outcome == "up")


def ids(scenes: list[Scenario], kept: list[Kept], *assignments: Assigned) -> list[str]:
    return [choice.id for choice in standing(scenes, kept, assignments).choices]


def test_who_has_done_nothing_yet_begins_with_the_easiest() -> None:
    assert ids(SCENES[::-1], []) == ["hard-day", "closeness"]


@pytest.mark.parametrize(
    ("kept", "first"),
    [
        (Kept("hard-day", None, completed=False), "hard-day"),
        (Kept("hard-day", HARD_DAY_LOW, completed=True), "hard-day"),
        (Kept("hard-day", HARD_DAY_UP, completed=True), "closeness"),
        (Kept("no-longer-there", None, completed=False), "hard-day"),
    ],
)
def test_what_comes_first_follows_from_the_last_session(kept: Kept, first: str) -> None:
    assert ids(SCENES, [kept])[0] == first


@pytest.mark.parametrize(("goes_on", "why"), [(7, "You could go on with it."), (None, "You could begin it again.")])
def test_only_what_was_cut_off_is_gone_on_with(goes_on: int | None, why: str) -> None:
    kept = Kept("hard-day", None, completed=False, goes_on=goes_on)
    first, second = standing(SCENES, [kept]).choices
    assert (first.why, first.goes_on, second.goes_on) == (why, goes_on, None)
    assigned = standing(SCENES, [kept], [Assigned("hard-day", 0, 3)]).choices
    assert [choice.goes_on for choice in assigned] == [None, None]


def test_what_a_coach_has_asked_for_comes_before_everything() -> None:
    here = standing(SCENES, [Kept("hard-day", None, completed=False)], [Assigned("closeness", 2, 3)])
    assert here.says == "You have one practice open from your coach: Missing us, 2 of 3 done."
    assert [choice.id for choice in here.choices] == ["closeness", "hard-day"]


@pytest.mark.parametrize(
    ("note", "spoken"),
    [
        ("Name the feeling first", "They say: Name the feeling first."),
        ("Wait. Then name it.", "They say: Wait. Then name it."),
        (f"Wait. {'word ' * 60}.", "They say: Wait."),
        ("word " * 60, f"They say: {' '.join(['word'] * 40)} …"),
    ],
)
def test_what_is_open_is_said_in_the_coachs_words(note: str, spoken: str) -> None:
    assert standing(SCENES, [], [Assigned("closeness", 0, 3, note)]).says.endswith(spoken)


def test_it_is_as_hard_as_the_coach_has_said() -> None:
    here = standing(
        SCENES, [], [Assigned("closeness", mode="hard"), Assigned("closeness", mode="guided"), Assigned("hard-day")]
    )
    assert {choice.id: choice.mode for choice in here.choices if choice.mode} == {"closeness": "hard"}


def test_a_spoken_note_is_offered() -> None:
    here = standing(SCENES, [], [Assigned("closeness", 0, 3, "Slowly.", spoken=True), Assigned("hard-day")])
    assert here.says.endswith("They say: Slowly. To hear it from them, run: rehearse assignment hear.")
    assert "To hear" not in standing(SCENES, [], [Assigned("hard-day"), Assigned("closeness", spoken=True)]).says


@given(
    st.lists(st.builds(Kept, st.sampled_from([*LIBRARY, "gone"]), st.none() | st.text(max_size=5), st.booleans())),
    st.lists(st.builds(Assigned, st.sampled_from([*LIBRARY, "gone"]), st.just(1), st.just(3)), max_size=3),
)
def test_every_scene_is_offered_once(kept: list[Kept], assignments: list[Assigned]) -> None:
    assert sorted(ids([*LIBRARY.values()], kept, *assignments)) == sorted(LIBRARY)
