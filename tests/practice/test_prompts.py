"""Which question the journal asks."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rehearse.practice.journal import Journal
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.prompts import AT_ANY_TIME, NOT_AGAIN, Lately, lately, question_for
from rehearse.practice.talks import PlannedTalk, Talks
from rehearse.scenarios.loader import find
from tests.practice_log import entry, report

TODAY = date(2026, 11, 26)
EVERYTHING = Lately(
    question="What did you let them see?",
    hard="A hard day",
    named=("angry", "hurt"),
    vague="bad",
    talk=("Sam", TODAY + timedelta(days=3)),
)


def test_after_a_session_it_is_the_scenarios_own() -> None:
    assert question_for(EVERYTHING, TODAY) == "What did you let them see?"


def test_each_comes_in_turn_and_none_at_once_again() -> None:
    asked: list[str] = []
    for _ in range(30):
        known = Lately("What did you let them see?", "A hard day", ("angry", "hurt"), "bad", ("Sam", None), asked)
        asked.append(question_for(known, TODAY))
    assert "afraid of in it" in asked[1]
    assert "was hard for you" in asked[3]
    assert "“bad”" in asked[4]
    assert asked[5] == "Lately you have named anger and hurt. Where has there been tenderness?"
    assert all(question not in asked[max(0, place - NOT_AGAIN) : place] for place, question in enumerate(asked))


def test_a_talk_that_is_over_or_far_away_is_not_asked_about() -> None:
    for days in (-1, 40):
        assert question_for(Lately(talk=("Sam", TODAY + timedelta(days=days))), TODAY) in AT_ANY_TIME


@given(st.lists(st.sampled_from(AT_ANY_TIME), max_size=40))
def test_there_is_always_one_and_not_the_last_one(asked: list[str]) -> None:
    assert question_for(Lately(asked=asked), TODAY) not in asked[-1:]


def test_the_log_tells_what_there_is_to_ask(log: PracticeLog) -> None:
    def label(text: str, granularity: str) -> dict[str, object]:
        return {"code": "labels_feeling", "text": text, "granularity": granularity, "stance": "certain"}

    turns = [
        entry(codes=[label("You sound worn out", "specific")]),
        entry(codes=[label("You seem bad", "vague"), {"code": "explores", "text": "What happened?"}]),
        entry(codes=[{**label("You are furious", "specific"), "contested": True}]),
    ]
    scene = find("hard-day")
    low = next(state.ending for state in scene.states.values() if state.outcome == "down")
    session = log.add(report(*turns, ending=low, completed=True), About(now(), ended_at=now()))
    Talks(log.database).plan(PlannedTalk("Sam", on_day=TODAY))
    Journal(log.database).write("Words.", question="What stayed?")
    found = lately(log, {"hard-day": scene}, session=session)
    assert found == Lately(scene.question, scene.title, ("tired", "upset"), "bad", ("Sam", TODAY), ["What stayed?"])
    assert lately(log, {}).question is None
