"""What the coach asks about the talk itself: beforehand, to plan it, and afterwards, what has become of it."""

import re
from datetime import date

from rehearse.agent.commands import answer_in
from rehearse.agent.interview import AT_LENGTH_S, Answers, Interview, Question, yes_or_no
from rehearse.agent.journaling import in_order
from rehearse.practice.days import day_in

WHOM, ABOUT, WHEN, FIRST, HOT = "with_whom", "about", "when", "first_sentence", "when_hot"
HAPPENED, HOW, AGAIN, INSTEAD = "happened", "how_it_went", "say_again", "when_instead"

_ASK_WHOM = "Whom do you want to talk with?"
_ASK_ABOUT = "What is it about, in a few words?"
_ASK_WHEN = "Roughly when? A day will do, or say: not sure."
_WHEN_AGAIN = "For example: on Friday, in two weeks, or: not sure."
_ASK_FIRST = "What is your first sentence? Say it as you would say it to them."
_ASK_HOT = "And when it gets hot, what will you do? One thing is enough."
_PLANNED = "Good. You can rehearse just that beginning, as often as you like."
_NOT_PLANNED = "Nothing planned, then. It can wait."
_ASK_HOW = "I'm glad you tell me. How did it go? When you're done, say: that's it."
_ASK_AGAIN = "What of it would you say again?"
_ASK_INSTEAD = "That's all right. Do you still want to? Say roughly when, or: no."
_INSTEAD_AGAIN = "For example: on Friday, in two weeks, not sure, or: no."
_YES_OR_NO = "Did it happen? Say yes, or not yet."
_HELD = "You had the talk. That is what all of this is for."
_PUT_OFF = "Good. I'll ask you again after that."
_GIVEN_UP = "All right. That's yours to decide."
_LEFT = "All right, another time."
FIXED = (
    *(_ASK_WHOM, _ASK_ABOUT, _ASK_WHEN, _WHEN_AGAIN, _ASK_FIRST, _ASK_HOT, _PLANNED, _NOT_PLANNED, _ASK_HOW),
    *(_ASK_AGAIN, _ASK_INSTEAD, _INSTEAD_AGAIN, _YES_OR_NO, _HELD, _PUT_OFF, _GIVEN_UP, _LEFT),
)
"""What can be needed."""
_NOT_SURE = re.compile(
    r"(?i)\b(?:not sure|don't know|do not know|no idea|don't mind|whenever|some ?time|someday|maybe)\b"
)
_WITH = re.compile(r"(?i)^(?:with|to|it's|it is|i want to talk (?:with|to))\s+")


def planning(today: date, known: Answers, *, typed: bool = False, waiting: float = 1.0) -> Interview:
    """Whatever of a talk is not `known` yet."""
    questions = (
        Question(WHOM, _ASK_WHOM),
        Question(ABOUT, _ASK_ABOUT),
        Question(WHEN, _ASK_WHEN, reads=lambda text: _when(text, today), again=_WHEN_AGAIN),
        Question(FIRST, _ASK_FIRST, in_own_words=True),
        Question(HOT, _ASK_HOT, in_own_words=True),
    )
    in_turn = in_order(*(each for each in questions if each.name not in known))

    def script(answers: Answers) -> Question | None:
        nobody = answers.get(WHOM, known.get(WHOM)) == ""
        return None if nobody else in_turn(answers)

    def closing(answers: Answers) -> str:
        return _PLANNED if answers.get(WHOM, known.get(WHOM)) else _NOT_PLANNED

    return Interview(script, closing, typed=typed, waiting=waiting)


def telling(with_whom: str, about: str, today: date, *, typed: bool = False, waiting: float = 1.0) -> Interview:
    """What has become of a talk."""
    topic = f" about {about}" if about else ""
    did_it = f"You wanted to talk with {said_to(with_whom)}{topic}. Did it happen?"

    def script(answers: Answers) -> Question | None:
        if HAPPENED not in answers:
            return Question(HAPPENED, did_it, quotes=True, reads=yes_or_no, again=_YES_OR_NO)
        happened = yes_or_no(answers[HAPPENED])
        if happened is None:
            return None
        if happened:
            return in_order(
                Question(HOW, _ASK_HOW, at_length=True, patience_s=AT_LENGTH_S), Question(AGAIN, _ASK_AGAIN)
            )(answers)
        if INSTEAD in answers:
            return None
        return Question(INSTEAD, _ASK_INSTEAD, reads=lambda text: _when(text, today), again=_INSTEAD_AGAIN)

    def closing(answers: Answers) -> str:
        if yes_or_no(answers.get(HAPPENED, "")):
            return _HELD
        instead = answers.get(INSTEAD, "")
        if day_in(instead, today):
            return _PUT_OFF
        return _GIVEN_UP if gives_up(instead) else _LEFT

    return Interview(script, closing, typed=typed, waiting=waiting)


def gives_up(instead: str) -> bool:
    """Whether somebody who was asked for another day does not want the talk any more."""
    return answer_in(instead) is False and not _NOT_SURE.search(instead)


def whom_in(text: str) -> str:
    """Whom somebody names who was asked for it: "With my sister." is "my sister"."""
    return _WITH.sub("", text.strip()).rstrip(" .!?").removesuffix(",")


def said_to(with_whom: str) -> str:
    """As it is said to the person: "my sister" is "your sister"."""
    return re.sub(r"(?i)\bmy\b", "your", with_whom)


def _when(text: str, today: date) -> object:
    """None where it says no day, and neither that there is none."""
    unsure = _NOT_SURE.search(text) or answer_in(text) is not None
    return day_in(text, today) or (text if unsure else None)
