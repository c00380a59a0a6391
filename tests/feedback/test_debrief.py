"""The debrief: strengths first, in the person's own words; honest about what there was no occasion for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.codes import Code
from rehearse.feedback.debrief import Alternative, Moment, Rating, debrief
from tests.coding import coded

INSTEAD = {
    "fixing": Alternative("That sounds rough.", "It stays with them."),
    "advises": Alternative("Do you want ideas?", "It asks first."),
    "defensiveness": Alternative("You're right.", "It opens the door."),
    "missed": Alternative("You sound worn out.", "It names it."),
}


def moment(*codes: Code, carries: str = "feeling", text: str = "some words", line: str = "What a day.") -> Moment:
    return Moment(line, frozenset({carries}), coded(*codes, text=text), INSTEAD)


def test_without_occasion_nothing_is_rated() -> None:
    result = debrief("Kim", [moment(carries="nothing")])
    assert {result.labeling.rating, result.listening.rating, result.defensiveness.rating} == {Rating.NOT_RATED}


def test_defensiveness_needs_a_complaint_a_hurt_or_a_bid() -> None:
    assert debrief("Kim", [moment(Code.WITHDRAWS)]).defensiveness.rating is Rating.NOT_RATED
    assert debrief("Kim", [moment(Code.WITHDRAWS, carries="hurt")]).defensiveness.rating is Rating.NOT_YET
    assert debrief("Kim", [moment(Code.OWNS, carries="complaint")]).defensiveness.rating is Rating.STRONG


def test_listening_that_is_outweighed_by_fixing_is_not_strong() -> None:
    listened = [moment(Code.REFLECTS)] * 2
    assert debrief("Kim", listened).listening.rating is Rating.STRONG
    assert debrief("Kim", [*listened, moment(Code.ADVISES, Code.EXPLORES)] * 2).listening.rating is Rating.STRONG
    assert debrief("Kim", [moment(Code.ADVISES, Code.EXPLORES)] * 2).listening.rating is Rating.SOME


def test_a_precise_word_counts_as_granular() -> None:
    result = debrief("Kim", [moment(Code.LABELS_FEELING, text="you sound overlooked")])
    assert (result.labeling.count, result.labeling.granular) == (1, 1)
    result = debrief("Kim", [moment(Code.LABELS_FEELING, text="you sound upset")])
    assert (result.labeling.count, result.labeling.granular) == (1, 0)


def test_strengths_come_first_and_quote_the_person() -> None:
    result = debrief("Kim", [moment(Code.ADVISES), moment(Code.LABELS_FEELING, text="you sound worn out")])
    assert "“you sound worn out.”" in result.strengths[0]
    assert result.spoken[0] == result.strengths[0]
    assert result.spoken[-1] == result.try_next


def test_nobody_leaves_without_a_strength() -> None:
    assert debrief("Kim", []).strengths
    assert debrief("Kim", [moment(Code.CONTEMPT, carries="hurt")]).strengths


def test_the_gravest_moment_is_the_one_to_try_again() -> None:
    moments = [
        moment(Code.ADVISES, text="you should rest", line="I'm so tired."),
        moment(Code.DENIES, carries="hurt", text="that's not true", line="You forgot me."),
    ]
    result = debrief("Kim", moments)
    for words in ("“You forgot me”", "“that's not true”", "“You're right.”", "It opens the door."):
        assert words in result.try_next
    assert [each.could_say for each in result.instead_of] == ["You're right.", "Do you want ideas?"]


def test_a_code_of_its_own_is_looked_up_before_its_axis() -> None:
    (found,) = debrief("Kim", [moment(Code.MINIMIZES)]).instead_of
    assert found.could_say == "That sounds rough."


def test_a_reply_that_did_nothing_missed_the_feeling() -> None:
    assert debrief("Kim", [moment()]).instead_of[0].could_say == "You sound worn out."
    assert debrief("Kim", [moment(carries="nothing")]).instead_of == ()


def test_advice_that_was_asked_for_is_right() -> None:
    result = debrief("Kim", [moment(Code.ADVISES, carries="asks_advice")])
    assert (result.listening.fixing, result.instead_of) == (0, ())
    result = debrief("Kim", [moment(Code.MINIMIZES, carries="asks_advice")])
    assert result.listening.fixing == 1


@pytest.mark.parametrize("words", ["a" * 300, "long words " * 40])
def test_long_quotations_are_shortened(words: str) -> None:
    assert len(debrief("Kim", [moment(Code.REFLECTS, text=words)]).strengths[0]) < 200


@given(
    st.lists(
        st.builds(
            lambda codes, carries: moment(*codes, carries=carries),
            st.sets(st.sampled_from(list(Code)), max_size=4),
            st.sampled_from(["feeling", "hurt", "complaint", "bid", "asks_advice", "good_news", "nothing"]),
        ),
        max_size=15,
    )
)
def test_it_can_be_spoken_in_a_minute(moments: list[Moment]) -> None:
    words = sum(len(line.split()) for line in debrief("Kim", moments).spoken)
    assert words <= 150
