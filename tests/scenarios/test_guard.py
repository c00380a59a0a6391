"""A guard holds for what it asks for, and for nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent.personas import reply_of
from rehearse.feedback.codes import Axis, Code
from rehearse.scenarios.guard import Guard, Situation
from rehearse.scenarios.heart import MOVED_BY, QUANTITIES, Heart, change_by, harms
from rehearse.scenarios.parts import Move

OWNS_THEN_ADVISES = reply_of([Code.OWNS, Code.ADVISES])


@pytest.mark.parametrize(
    ("guard", "holds"),
    [
        (Guard(any=(Code.ADVISES, Code.DENIES)), True),
        (Guard(any=(Axis.FIXING,)), True),
        (Guard(any=(Axis.LISTENING,)), False),
        (Guard(all=(Code.OWNS, Axis.FIXING)), True),
        (Guard(all=(Code.OWNS, Code.DENIES)), False),
        (Guard(none=(Axis.DEFENSIVENESS,)), True),
        (Guard(none=(Code.ADVISES,)), False),
        (Guard(first=(Code.OWNS,)), True),
        (Guard(first=(Axis.OPENNESS,)), True),
        (Guard(first=(Code.ADVISES,)), False),
        (Guard(any=(Code.OWNS,), confidence=0.9), True),
        (Guard(any=(Code.OWNS,), confidence=0.91), False),
        (Guard(none=(Code.OWNS,), confidence=0.91), True),
        (Guard(counts={Axis.FIXING: 2}), True),
        (Guard(counts={Axis.FIXING: 3}), False),
        (Guard(counts={Code.DENIES: 1}), False),
        (Guard(pause_over=2.9), True),
        (Guard(pause_over=3.0), False),
        (Guard(interrupted=True), False),
        (Guard(interrupted=False), True),
        (Guard(at_least={"trust": 6}), True),
        (Guard(at_least={"trust": 7}), False),
        (Guard(at_most={"hurt": 3, "energy": 6}), True),
        (Guard(at_most={"hurt": 2}), False),
        (Guard(visits=2), True),
        (Guard(visits=3), False),
        (Guard(any=(Code.OWNS,), visits=3), False),
    ],
)
def test_a_guard_holds_when_all_that_it_asks_for_is_so(guard: Guard, holds: bool) -> None:
    heart = Heart(trust=6, hurt=3)
    made: dict[Move, int] = {Axis.FIXING: 2, Code.ADVISES: 2}
    assert guard.holds(Situation(OWNS_THEN_ADVISES, 3.0, False, heart, made, visits=2)) is holds


@given(st.lists(st.sampled_from(sorted(Code)), max_size=40), st.booleans(), st.booleans())
def test_the_heart_stays_within_its_bounds(codes: list[Code], asked: bool, hard: bool) -> None:
    heart = Heart()
    for code in codes:
        heart = heart.moved(change_by(code, MOVED_BY, asked=asked, repeated=True, hard=hard))
        assert all(0 <= getattr(heart, quantity) <= 10 for quantity in QUANTITIES)


def test_advice_that_was_asked_for_is_an_answer() -> None:
    assert harms(change_by(Code.ADVISES, MOVED_BY, asked=False))
    assert not harms(change_by(Code.ADVISES, MOVED_BY, asked=True, repeated=True, hard=True))


@pytest.mark.parametrize(
    ("repeated", "hard", "hurt"), [(False, False, 3), (True, False, 6), (False, True, 5), (True, True, 9)]
)
def test_harm_weighs_more_when_it_is_repeated_and_when_it_is_hard(repeated: bool, hard: bool, hurt: int) -> None:
    change = change_by(Code.CONTEMPT, MOVED_BY, asked=False, repeated=repeated, hard=hard)
    assert change["hurt"] == hurt


@pytest.mark.parametrize("code", [code for code, change in MOVED_BY.items() if not harms(change)])
def test_what_helps_weighs_the_same_always(code: Code) -> None:
    assert change_by(code, MOVED_BY, asked=False, repeated=True, hard=True) == MOVED_BY[code]
