"""Two sentences: what went better, and what to practise next."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.codes import Axis
from rehearse.practice.log import Past
from rehearse.practice.today import ForToday
from rehearse.reports.in_brief import BEFORE, LATELY, in_brief, lately_and_before
from tests.practised import past
from tests.scenes import LIBRARY

FINE = {"labels": 4, "granular": 4, "listening": 6, "fixing": 1, "defensive": 0, "occasions": 2}


def practised(*times: tuple[int, dict[str, Any]]) -> list[Past]:
    each = [known for count, known in times for _ in range(count)]
    return [past(number, **known) for number, known in enumerate(each)]


def test_nothing_practised() -> None:
    assert in_brief([]) == (
        "Nothing has been practised yet.",
        "`rehearse practice hard-day` is a good place to begin.",
    )


def test_one_session_shows_no_change_and_still_says_what_is_next() -> None:
    better, following = in_brief(practised((1, {**FINE, "listening": 1})))
    assert better == "You have begun; it takes a few more sessions until a change can be seen."
    assert following == (
        "Practise next: listening; say back what you heard, or ask for more "
        "(lately in 1 of 9 replies, which is little to go by)."
    )


def test_a_clear_change_is_stated() -> None:
    rarely = {**FINE, "labels": 1, "granular": 1}
    better, following = in_brief(practised((10, {**rarely, "listening": 1, "fixing": 6}), (10, rarely)))
    assert better == "You held back fixing more often: in 80 of 90 replies lately, 30 of 90 before."
    assert following == "Practise next: naming the feeling that you hear (lately in 10 of 90 replies)."


def test_a_change_that_may_be_chance_is_said_to_be_uncertain() -> None:
    better, _ = in_brief(practised((2, {**FINE, "listening": 3}), (2, {**FINE, "listening": 4})))
    assert better == (
        "You may have listened more often, but it can still be chance: in 8 of 18 replies lately, 6 of 18 before."
    )


def test_a_clear_drop_comes_next_whatever_else_has_room() -> None:
    better, following = in_brief(
        practised(
            (10, {**FINE, "labels": 0, "granular": 0}), (10, {**FINE, "labels": 0, "granular": 0, "listening": 1})
        )
    )
    assert better == "No skill has shown more often lately than before; harder scenes alone can do that."
    assert following.endswith("(lately in 10 of 90 replies, 60 of 90 before).")


def test_what_went_better_and_has_the_most_room_is_named_once() -> None:
    _, following = in_brief(practised((10, {**FINE, "listening": 0}), (10, {**FINE, "listening": 3})))
    assert following == "Practise next: the same again; it is still what has the most room."


def test_a_skill_without_occasion_is_no_weakness() -> None:
    known = {**FINE, "defensive": None, "occasions": None}
    _, following = in_brief(practised((4, known)))
    assert following == (
        "Practise next: staying open when something is held against you; there has been no occasion lately."
    )


def test_who_shows_everything_goes_on_to_something_harder() -> None:
    assert in_brief(practised((4, FINE)))[1].startswith("Practise next: a harder scene.")


def test_what_is_proposed_for_today_is_what_comes_next() -> None:
    scene = LIBRARY["hard-day"]
    proposed = ForToday(scene, "plain", "It's 3 days since listening.", Axis.LISTENING)
    _, following = in_brief(practised((4, {**FINE, "labels": 0, "granular": 0})), proposed)
    assert following == (
        f"Practise next: “{scene.title}”, for listening (lately in 12 of 18 replies). It's 3 days since listening."
    )
    nothing_known = {**FINE, "defensive": None, "occasions": None}
    proposed = ForToday(scene, "plain", "Your coach has asked for it.", Axis.DEFENSIVENESS, from_coach=True)
    _, following = in_brief(practised((4, nothing_known)), proposed)
    assert following == f"Practise next: “{scene.title}”, for staying open. Your coach has asked for it."


@pytest.mark.parametrize("count", [0, 1, 2, 5, 19, 20, 60])
def test_lately_is_never_more_than_half(count: int) -> None:
    lately, before = lately_and_before(range(count))
    assert len(lately) == min(LATELY, max(1, count // 2), count)
    assert len(before) == min(BEFORE, count - len(lately))
    assert [*before, *lately] == list(range(count))[-len(before) - len(lately) :]


COUNTS = st.one_of(st.none(), st.integers(0, 9))


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS, st.integers(0, 9)), max_size=30))
def test_whatever_was_practised_there_are_two_sentences_that_judge_nobody(counts: list[Any]) -> None:
    sessions = [
        past(
            number,
            labels=labels,
            granular=None if labels is None else labels // 2,
            listening=listening,
            fixing=fixing if listening is not None else None,
            defensive=None if occasions is None else min(defensive, occasions),
            occasions=occasions,
        )
        for number, (labels, listening, fixing, occasions, defensive) in enumerate(counts)
    ]
    for sentence in in_brief(sessions):
        assert sentence.endswith(".")
        assert not {"bad", "poor", "fail", "wrong", "score"} & set(sentence.replace("“bad”", "").lower().split())
