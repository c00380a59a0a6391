"""A finer word is offered for a vague one, and fits what the partner had told."""

import pytest

from rehearse.feedback.codes import Code
from rehearse.feedback.debrief import debrief
from rehearse.feedback.feelings import vocabulary
from rehearse.feedback.finer_words import finer_word, is_specific
from rehearse.feedback.moment import Moment, Occasion
from tests.coding import coded


def named(said: str, *, feels: tuple[str, ...] = (), line: str = "What a day.", carries: str = "feeling") -> Moment:
    return Moment(line, Occasion(frozenset({carries}), feels), coded(Code.LABELS_FEELING, text=said))


FEELS = ("overlooked", "worn down", "let down")


def test_the_scenarios_words_come_first() -> None:
    offer = finer_word("she", [named("You sound stressed.", feels=FEELS, line="I was so scared.")])
    assert offer == "You said “stressed”; from what she told you, it could have been overlooked or worn down."


def test_without_them_the_line_says_which_family() -> None:
    assert finer_word("he", [named("You sound upset.", line="I was so scared.")]) == (
        "You said “upset”; from what he told you, it could have been afraid or scared."
    )


def test_without_a_feeling_in_the_line_the_vague_words_family_is_left() -> None:
    assert finer_word("Kim", [named("You sound tired.")]) == (
        "You said “tired”; from what Kim told you, it could have been exhausted or worn out."
    )
    assert finer_word("Kim", [named("You sound stressed.")]) is None


@pytest.mark.parametrize("said", ["You sound overlooked.", "You sound stressed, maybe lonely."])
def test_a_precise_word_needs_no_finer_one(said: str) -> None:
    assert finer_word("she", [named(said, feels=FEELS)]) is None


def test_a_word_that_was_used_already_is_not_offered() -> None:
    moments = [named("You sound stressed.", feels=FEELS), named("You must have felt so overlooked.")]
    offer = finer_word("she", moments)
    assert offer is not None
    assert "overlooked" not in offer
    assert "worn down or let down" in offer


def test_a_line_without_a_feeling_gives_no_occasion() -> None:
    assert finer_word("she", [named("You sound stressed.", feels=FEELS, carries="nothing")]) is None


def test_the_coach_says_it_once_and_only_where_there_is_time() -> None:
    moments = [named("You sound stressed.", feels=FEELS), named("You seem upset.", feels=("hopeful",))]
    result = debrief("Kim", moments, pronoun="they")
    assert result.finer_word
    assert "they told you" in result.finer_word
    assert [line for line in result.spoken if "could have been" in line] == [result.finer_word]


def test_only_what_someone_feels_precisely_is_specific() -> None:
    assert is_specific("worn down")
    assert not any(map(is_specific, ["upset", "stressed", "humiliating", "attacked", "table", ""]))


def test_no_family_that_is_offered_is_thin() -> None:
    for family in vocabulary().families:
        assert not family.offers or sum(map(is_specific, family.words)) >= 8, family.name
