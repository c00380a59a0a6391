"""Planning a talk and telling of it: what is asked, and what is not."""

from datetime import date

import pytest

from rehearse.agent import coach_lines, interview
from rehearse.agent.receiving import Receiving
from rehearse.agent.talk_questions import (
    ABOUT,
    AGAIN,
    FIRST,
    HAPPENED,
    HOT,
    HOW,
    INSTEAD,
    WHEN,
    WHOM,
    gives_up,
    planning,
    said_to,
    telling,
    whom_in,
)
from rehearse.dialogue import Silence
from tests.agent.test_loop import FakeDisplay, FakeEar, FakeMouth, reply

TODAY = date(2026, 11, 26)


def test_a_plan_is_asked_for_piece_by_piece() -> None:
    plan, mouth = planning(TODAY, {}), FakeMouth()
    ear = FakeEar(*map(reply, ("With my sister.", "Christmas", "Whoops", "On Friday", "I miss you.", "I breathe.")))
    Receiving(plan, FakeDisplay(), lambda: None).receive(mouth, ear)
    assert plan.answers == {
        WHOM: "With my sister.",
        ABOUT: "Christmas",
        WHEN: "On Friday",
        FIRST: "I miss you.",
        HOT: "I breathe.",
    }
    assert "in two weeks" in mouth.lines[3]
    assert "rehearse" in mouth.lines[-1]


@pytest.mark.parametrize("hot", ["Pause.", "Take five.", "Time out.", "Slower.", "What could I say?"])
def test_what_to_do_when_it_gets_hot_may_sound_like_a_command(hot: str) -> None:
    plan, mouth = planning(TODAY, {WHOM: "Sam", ABOUT: "the rent", WHEN: "Friday"}), FakeMouth()
    ear = FakeEar(reply("Let me try that again."), reply("Let me think."), reply(hot))
    Receiving(plan, FakeDisplay(), lambda: None).receive(mouth, ear)
    assert plan.answers == {FIRST: "Let me try that again.", HOT: hot}
    assert len(mouth.lines) == 3


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("Coach, pause.", coach_lines.PAUSED),
        ("Help.", interview.HELP_IN_OWN_WORDS),
        ("Repeat.", "what will you do"),
        ("Stop.", "You can rehearse"),
        ("Skip.", "You can rehearse"),
    ],
)
def test_there_the_coach_is_called_or_stopped(command: str, says: str) -> None:
    plan, mouth = planning(TODAY, {WHOM: "Sam", ABOUT: "the rent", WHEN: "Friday", FIRST: "Hi."}), FakeMouth()
    Receiving(plan, FakeDisplay(), lambda: None).receive(mouth, FakeEar(reply(command)))
    assert says in mouth.lines[1]


def test_what_is_known_is_not_asked() -> None:
    plan, mouth = planning(TODAY, {WHOM: "Sam", WHEN: "Friday", FIRST: "Hi."}), FakeMouth()
    Receiving(plan, FakeDisplay(), lambda: None).receive(mouth, FakeEar(reply("the rent"), reply("I leave")))
    assert len(mouth.lines) == 3
    assert plan.answers == {ABOUT: "the rent", HOT: "I leave"}


def test_without_anybody_to_talk_with_there_is_no_plan() -> None:
    plan, mouth = planning(TODAY, {}), FakeMouth()
    Receiving(plan, FakeDisplay(), lambda: None).receive(mouth, FakeEar(Silence(12), Silence(13)))
    assert len(mouth.lines) == 2


def test_a_talk_that_happened_is_told_at_length() -> None:
    told, mouth = telling("my sister", "Christmas", TODAY), FakeMouth()
    ear = FakeEar(*map(reply, ("Yes, on Sunday.", "It was warm.", "She cried.", "That's it.", "I miss you.")))
    Receiving(told, FakeDisplay(), lambda: None).receive(mouth, ear)
    assert mouth.lines[0] == "You wanted to talk with your sister about Christmas. Did it happen?"
    assert told.answers == {HAPPENED: "Yes, on Sunday.", HOW: "It was warm. She cried.", AGAIN: "I miss you."}


@pytest.mark.parametrize(
    ("instead", "ends"), [("next week", "ask you again"), ("no", "yours to decide"), ("not sure", "another time")]
)
def test_one_that_did_not_is_put_off_or_let_be(instead: str, ends: str) -> None:
    told, mouth = telling("Sam", "", TODAY), FakeMouth()
    Receiving(told, FakeDisplay(), lambda: None).receive(mouth, FakeEar(reply("Not yet."), reply(instead)))
    assert told.answers[INSTEAD] == instead
    assert ends in mouth.lines[-1]
    assert gives_up(instead) == (instead == "no")


def test_whom_as_it_is_said() -> None:
    assert whom_in("With my sister.") == "my sister"
    assert whom_in("I want to talk to Sam") == "Sam"
    assert said_to("my mum and my dad") == "your mum and your dad"
