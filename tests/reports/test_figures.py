"""What is read from a session's turns."""

from datetime import timedelta
from typing import Any

import pytest

from rehearse.practice.log import About, KeptTurn, PracticeLog
from rehearse.reports.figures import figures_of, practice_of
from tests.practice_log import entry, report
from tests.practised import BEGAN, past


def coded(text: str, *codes: tuple[str, str], **keys: Any) -> dict[str, Any]:
    """A turn whose reply has these codes, each for these words."""
    found = [
        {
            "code": code,
            "confidence": 0.9,
            "start": text.index(words),
            "end": text.index(words) + len(words),
            "text": words,
            **({"granularity": "specific", "stance": "tentative"} if code == "labels_feeling" else {}),
        }
        for code, words in codes
    ]
    return entry(text, codes=found, **keys)


@pytest.mark.parametrize(
    ("turn", "reflections", "questions"),
    [
        (coded("Hm."), 0, 0),
        (coded("You sound worn out. What happened?", ("labels_feeling", "You sound worn out")), 1, 1),
        (coded("So he left, and you felt cut off.", ("reflects", "he left"), ("labels_feeling", "cut off")), 1, 0),
        (coded("what was that like", ("explores", "what was that like")), 0, 1),
        (coded("You're exhausted?", ("labels_feeling", "You're exhausted?")), 1, 0),
        (coded("Have you told HR?", ("advises", "Have you told HR?")), 0, 0),
        (coded("Who was there? And what then?", ("explores", "what then?")), 0, 2),
    ],
)
def test_reflections_and_questions_are_counted_by_the_sentence(
    turn: dict[str, Any], reflections: int, questions: int
) -> None:
    found = figures_of(past(), [KeptTurn(0, False, turn)])
    assert (found.reflections, found.questions) == (reflections, questions)


def test_what_is_contested_counts_for_nothing() -> None:
    turn = coded("You sound worn out.", ("labels_feeling", "worn out"))
    assert figures_of(past(), [KeptTurn(0, False, turn)]).families == {"tired"}
    turn["codes"][0]["contested"] = True
    found = figures_of(past(), [KeptTurn(0, False, turn)])
    assert (found.families, found.reflections) == (frozenset(), 0)


def test_a_typed_reply_has_no_pause_and_no_share_of_talk() -> None:
    spoken = coded("Hm.")
    spoken["reply"] |= {"voiced_s": 0.5, "pause_before_s": 1.5}
    typed = figures_of(past(), [KeptTurn(0, False, entry(partner_s=2.0))])
    assert (typed.pauses_s, typed.talk_s) == ((), ())
    heard = figures_of(past(), [KeptTurn(0, False, {**spoken, "partner_s": 3.0})])
    assert (heard.pauses_s, heard.talk_s) == ((1.5,), ((1.0, 3.0),))


def test_the_first_try_stands_beside_the_last_and_counts_nowhere_else() -> None:
    advice = coded("Just quit.", ("advises", "Just quit."))
    again = coded("You sound worn out. Just quit.", ("labels_feeling", "worn out"), ("advises", "Just quit."))
    last = coded("What was it like?", ("explores", "What was it like?"))
    turns = [KeptTurn(0, True, advice), KeptTurn(0, True, again), KeptTurn(0, False, last)]
    found = figures_of(past(retries=2), turns)
    (retry,) = found.retries
    assert (retry.first.coded.text, retry.last.coded.text) == ("Just quit.", "What was it like?")
    assert (found.families, found.questions) == (frozenset(), 1)


def test_a_first_try_whose_moment_is_gone_is_no_pair() -> None:
    assert figures_of(past(retries=1), [KeptTurn(3, True, coded("Just quit."))]).retries == ()


def test_sessions_are_in_order_of_time_and_those_without_an_answer_are_counted_apart(log: PracticeLog) -> None:
    for days, turns in ((2, [entry()]), (1, [entry(), entry()]), (3, [])):
        log.add(report(*turns), About(BEGAN + timedelta(days=days)))
    found = practice_of(log, BEGAN + timedelta(days=4))
    assert [each.past.turns for each in found.sessions] == [2, 1]
    assert found.unanswered == 1
    assert {"tired", "lonely"} < set(found.families)
    assert "upset" not in found.families
