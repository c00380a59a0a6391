"""Both answers to a moment, told side by side."""

from rehearse.feedback.codes import MISSED, Code
from rehearse.feedback.moment import Moment, Occasion
from rehearse.feedback.second_tries import DID, TriedAgain, tried_again
from tests.coding import coded


def moment(*codes: Code, answer: str, carries: str = "feeling") -> Moment:
    return Moment("What a day.", Occasion(frozenset({carries})), coded(*codes), answer)


def told(first: Moment, second: Moment) -> TriedAgain:
    (found,) = tried_again("Kim", [(0, first)], [second], pronoun="she")
    return found


def test_it_says_what_each_did_and_what_was_answered() -> None:
    first = moment(Code.ADVISES, answer="Right. I suppose.")
    found = told(first, moment(Code.LABELS_FEELING, answer="Yes. You know what it was?"))
    assert found.says == (
        "You tried one moment twice. The first time you offered a plan, and Kim said, “Right. I suppose.” "
        "The second time you named the feeling, and she said, “Yes. You know what it was?”"
    )


def test_the_same_answer_is_told_once() -> None:
    found = told(moment(Code.REFLECTS, answer="Yes."), moment(Code.EXPLORES, answer="Yes."))
    assert found.says.endswith("The second time you asked for more. Both times Kim said, “Yes.”")


def test_what_helped_stands_beside_what_did_not() -> None:
    both = moment(Code.VALIDATES, Code.ADVISES, answer="Hm.")
    assert told(both, moment(answer="Well.")).first.did == "said that it made sense and offered a plan"


def test_a_reply_that_did_nothing_is_told_kindly() -> None:
    found = told(moment(answer="Hm."), moment(answer="Well.", carries="nothing"))
    assert (found.first.did, found.second.did) == ("left the feeling alone", "said something else")


def test_advice_that_was_asked_for_is_no_plan_out_of_place() -> None:
    found = told(moment(Code.ADVISES, answer="Yes.", carries="asks_advice"), moment(answer="Hm."))
    assert found.first.did == DID[Code.ADVISES_WITH_LEAVE]


def test_what_came_out_better_goes_first_and_what_has_no_answer_is_left_out() -> None:
    good, bad = moment(Code.REFLECTS, answer="Yes."), moment(Code.ADVISES, answer="No.")
    found = tried_again("Kim", [(0, good), (1, bad), (2, bad)], [bad, good, moment(Code.REFLECTS, answer="")])
    assert [each.turn for each in found] == [1, 0]


def test_every_code_can_be_told() -> None:
    assert set(DID) == set(Code)
    assert MISSED not in DID
