"""The debrief: strengths first, in the person's own words; honest about what there was no occasion for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.codes import AXES, MISSED, Axis, Code, CodedReply, Evidence
from rehearse.feedback.debrief import SPOKEN_WORDS, Debrief, debrief
from rehearse.feedback.doubt import THIS_OR_THAT
from rehearse.feedback.moment import Alternative, Moment, Occasion
from rehearse.feedback.ratings import Rating
from tests.coding import coded

INSTEAD = {
    "fixing": Alternative("That sounds rough.", "It stays with them."),
    "advises": Alternative("Do you want ideas?", "It asks first."),
    "defensiveness": Alternative("You're right.", "It opens the door."),
    "missed": Alternative("You sound worn out.", "It names it."),
}


def moment(*codes: Code, carries: str = "feeling", text: str = "some words", line: str = "What a day.") -> Moment:
    return Moment(line, Occasion(frozenset({carries}), instead=INSTEAD), coded(*codes, text=text))


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


def test_a_label_that_leaves_room_to_say_no_counts_as_tentative() -> None:
    labels = ["maybe you're sad", "you're sad", "you feel left out?"]
    result = debrief("Kim", [moment(Code.LABELS_FEELING, text=text) for text in labels])
    assert (result.labeling.count, result.labeling.tentative) == (3, 2)
    assert "twice as a guess" in " ".join(result.spoken)


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


@pytest.mark.parametrize("advice", [Code.ADVISES, Code.ADVISES_WITH_LEAVE])
def test_advice_that_was_asked_for_is_right_and_a_strength(advice: Code) -> None:
    result = debrief("Kim", [moment(advice, carries="asks_advice")])
    assert (result.listening.fixing, result.instead_of) == (0, ())
    assert result.strengths == ("Kim had asked for advice, and you gave some: that was the time for it.",)
    assert debrief("Kim", [moment(Code.ADVISES)]).strengths != result.strengths


def test_advice_that_was_asked_for_takes_nothing_from_listening() -> None:
    listened = [moment(Code.REFLECTS)]
    result = debrief("Kim", [*listened, *[moment(Code.ADVISES_WITH_LEAVE, carries="asks_advice")] * 3])
    assert result.listening == debrief("Kim", listened).listening


def test_playing_it_down_is_fixing_also_where_advice_was_asked_for() -> None:
    result = debrief("Kim", [moment(Code.MINIMIZES, carries="asks_advice")])
    assert result.listening.fixing == 1


@pytest.mark.parametrize("words", ["a" * 300, "long words " * 40, "I a " * 60])
def test_long_quotations_are_shortened(words: str) -> None:
    (strength,) = debrief("Kim", [moment(Code.REFLECTS, text=words)]).strengths
    assert len(strength) < 200
    assert len(strength.split()) <= 32


# What the coder is unsure of.


def unsure(code: Code, *stated: Code, carries: str = "feeling", text: str = "you could ring him") -> Moment:
    sure = moment(*stated, carries=carries, text=text)
    return replace(sure, coded=replace(sure.coded, unsure=(Evidence(code, 0.4, 0, len(text), text),)))


def test_what_is_unsure_is_counted_nowhere() -> None:
    for code in Code:
        with_, without = debrief("Kim", [unsure(code)]), debrief("Kim", [moment(text="you could ring him")])
        assert figures(with_) == figures(without)
        assert with_.strengths == without.strengths


def test_where_the_moment_to_try_hangs_on_it_the_coach_asks() -> None:
    result = debrief("Kim", [unsure(Code.ADVISES, Code.EXPLORES)])
    asked = "I wasn't sure whether “you could ring him” was advice or just a thought. You decide."
    assert result.question == asked
    assert asked in result.spoken
    assert result.instead_of == ()


def test_a_doubt_that_is_graver_than_what_is_sure_is_asked_and_a_lesser_one_is_not() -> None:
    fixed = moment(Code.ADVISES)
    assert debrief("Kim", [fixed, unsure(Code.EXCUSES, Code.OWNS, carries="hurt")]).question
    assert debrief("Kim", [fixed, unsure(Code.MINIMIZES, Code.EXPLORES)]).question is None


def test_a_reply_that_perhaps_named_the_feeling_is_not_said_to_have_missed_it() -> None:
    result = debrief("Kim", [unsure(Code.LABELS_FEELING)])
    assert result.instead_of == ()
    assert result.question
    assert "a guess at a feeling" in result.question


def test_a_strength_that_hangs_on_it_is_asked_about_only_where_none_is_sure() -> None:
    assert debrief("Kim", [unsure(Code.OWNS, carries="nothing")]).question
    assert debrief("Kim", [unsure(Code.OWNS, carries="nothing"), moment(Code.REFLECTS)]).question is None


def test_there_are_words_for_every_doubt() -> None:
    assert set(THIS_OR_THAT) == set(Code)


# What the person has contested.


def contested(of: Moment, *verdicts: str) -> Moment:
    return replace(of, coded=replace(of.coded, contested=frozenset(verdicts)))


def figures(result: Debrief) -> tuple[object, ...]:
    return (result.labeling, result.listening, result.defensiveness)


def test_a_contested_verdict_is_neither_counted_nor_named() -> None:
    denied = moment(Code.DENIES, carries="hurt", text="that's not true")
    result = debrief("Kim", [contested(denied, Code.DENIES)])
    assert (result.defensiveness.count, result.instead_of) == (0, ())
    praised = moment(Code.OWNS, text="my fault")
    assert "my fault" not in " ".join(debrief("Kim", [contested(praised, Code.OWNS)]).strengths)


def test_that_nothing_was_done_can_be_contested_too() -> None:
    assert debrief("Kim", [moment()]).instead_of[0].verdict == MISSED
    assert debrief("Kim", [contested(moment(), MISSED)]).instead_of == ()


SOME_CODES = st.sets(st.sampled_from(list(Code)), max_size=4)
CARRIES = st.sampled_from(["feeling", "hurt", "complaint", "bid", "asks_advice", "good_news", "nothing"])
WORDS = st.sampled_from(
    ["so", "a", "you sound", "stressed", "upset?", "worn down.", "I", "because", "it's", "not really", "maybe", "Rick!"]
)
SAID = st.lists(WORDS, min_size=1, max_size=70).map(" ".join)
EVIDENCE = SOME_CODES.flatmap(
    lambda codes: SAID.map(lambda said: tuple(Evidence(code, 0.9, 0, len(said), said) for code in sorted(codes)))
)
MOMENTS = st.lists(
    st.builds(
        lambda line, carries, feels, evidence, unsure, say, why: Moment(
            line,
            Occasion(frozenset({carries}), tuple(feels), {way: Alternative(say, why) for way in INSTEAD}),
            CodedReply(evidence[0].text if evidence else "yes", evidence, unsure),
        ),
        SAID,
        CARRIES,
        st.lists(st.sampled_from(["overlooked", "worn down", "left out"]), max_size=3),
        EVIDENCE,
        EVIDENCE,
        SAID,
        SAID,
    ),
    max_size=12,
)


@given(MOMENTS, MOMENTS)
def test_it_is_spoken_in_a_minute(moments: list[Moment], first: list[Moment]) -> None:
    both = [replace(each, answer="All right. But that's not it, if you want to know.") for each in (*moments, *first)]
    moments, first = both[: len(moments)], both[len(moments) :][: len(moments)]
    result = debrief("Kim", moments, pronoun="she", first_tries=[*enumerate(first)])
    assert sum(len(line.split()) for line in result.spoken) <= SPOKEN_WORDS <= 150
    assert result.spoken[0] == result.strengths[0]
    assert result.spoken[-1] == result.try_next


@given(MOMENTS)
def test_a_skill_is_rated_if_and_only_if_there_was_occasion(moments: list[Moment]) -> None:
    result = debrief("Kim", moments)
    carried = {each for moment in moments for each in moment.carries}
    assert (result.labeling.rating is Rating.NOT_RATED) == (not carried - {"asks_advice", "nothing"})
    assert (result.defensiveness.rating is Rating.NOT_RATED) == (not carried & {"hurt", "complaint", "bid"})
    assert carried - {"nothing"} or result.listening.rating is Rating.NOT_RATED


@given(MOMENTS, st.data())
def test_a_contested_code_counts_as_if_it_had_not_been_found_and_changes_nothing_else(
    moments: list[Moment], data: st.DataObject
) -> None:
    if not (found := [(turn, code) for turn, each in enumerate(moments) for code in each.coded.codes]):
        return
    turn, code = data.draw(st.sampled_from(sorted(found)))
    before, coded_reply = debrief("Kim", moments), moments[turn].coded
    without = replace(coded_reply, evidence=tuple(each for each in coded_reply.evidence if each.code != code))
    after = debrief("Kim", [*moments[:turn], contested(moments[turn], code), *moments[turn + 1 :]])
    left = debrief("Kim", [*moments[:turn], replace(moments[turn], coded=without), *moments[turn + 1 :]])
    assert figures(after) == figures(left)
    assert after.strengths == left.strengths
    assert (turn, code) not in {(each.turn, each.verdict) for each in after.instead_of}
    if code not in AXES[Axis.DEFENSIVENESS]:
        assert after.defensiveness == before.defensiveness
    if code not in AXES[Axis.LABELING]:
        assert after.labeling == before.labeling
