"""What is said of a session when it is over: strengths first, one thing to try, in the person's own words.

It takes at most a minute when spoken. What the coder is unsure of is asked, not stated (`doubt.py`), and what the
person has contested is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rehearse.feedback.codes import AXES, MISSED, Axis
from rehearse.feedback.doubt import question
from rehearse.feedback.finer_words import finer_word
from rehearse.feedback.moment import Moment, against, gravity, missed
from rehearse.feedback.praise import strengths
from rehearse.feedback.quoting import quote, quoted_sentence, shortened
from rehearse.feedback.ratings import (
    Defensiveness,
    Labeling,
    Listening,
    rate_defensiveness,
    rate_labeling,
    rate_listening,
    ratings_in_words,
)
from rehearse.feedback.second_tries import TriedAgain, tried_again

SPOKEN_WORDS = 135
"""A minute at 150 words, less what the coach asks after it."""
REASON_CHARACTERS, REASON_WORDS = 160, 28
"""The longest reason that is still one sentence by ear."""


@dataclass(frozen=True, slots=True)
class InsteadOf:
    """A moment that could have gone otherwise."""

    said: str
    could_say: str
    why: str
    turn: int
    """Which moment, from 0."""
    verdict: str
    """What it hangs on: a code, or `MISSED`."""


@dataclass(frozen=True, slots=True)
class Debrief:
    """The whole of it."""

    labeling: Labeling
    listening: Listening
    defensiveness: Defensiveness
    strengths: tuple[str, ...]
    try_next: str
    """About the first of `instead_of`, where there is one."""
    instead_of: tuple[InsteadOf, ...]
    finer_word: str | None = None
    """A precise word for a vague one that was used."""
    question: str | None = None
    """What only the person can decide."""
    tried_again: tuple[TriedAgain, ...] = ()
    """Moments that were answered twice, the most telling first."""

    @property
    def spoken(self) -> tuple[str, ...]:
        """What the coach says aloud: at most `SPOKEN_WORDS` words, one strength and the thing to try at any rate."""
        first, *more = self.strengths
        ratings = ratings_in_words(self.labeling, self.listening, self.defensiveness)
        twice = self.tried_again[0].says if self.tried_again else None
        lines = [first, *more, twice, ratings, self.finer_word, self.question, self.try_next]
        for dropped in (self.finer_word, ratings, *reversed(more), self.question, twice):
            if sum(len(line.split()) for line in lines if line) > SPOKEN_WORDS:
                lines.remove(dropped)
        return tuple(line for line in lines if line)


def debrief(
    partner: str,
    moments: Sequence[Moment],
    *,
    pronoun: str | None = None,
    first_tries: Sequence[tuple[int, Moment]] = (),
) -> Debrief:
    """What can be said of `moments` to the person who answered them; `partner` is the partner's name.

    `first_tries`: first answers that were given at some of them (from 0). They are told of, and count for nothing.
    """
    turning_points = [(turn, moment) for turn, moment in enumerate(moments) if against(moment) or missed(moment)]
    turning_points.sort(key=lambda point: gravity(point[1]), reverse=True)  # among equals, what came first
    alternatives = [found for turn, moment in turning_points if (found := _instead_of(turn, moment))]
    praised = strengths(partner, moments)
    return Debrief(
        rate_labeling(moments),
        rate_listening(moments),
        rate_defensiveness(moments),
        praised or (_for_being_there(partner, moments),),
        _try_next(partner, moments, alternatives),
        tuple(alternatives[:3]),
        finer_word(pronoun or partner, moments),
        question(
            moments,
            gravest=gravity(turning_points[0][1]) if turning_points else -1,
            praised=bool(praised),
        ),
        tried_again(partner, first_tries, moments, pronoun=pronoun),
    )


NO_DEBRIEF = Debrief(rate_labeling(()), rate_listening(()), rate_defensiveness(()), (), "", ())
"""Where nothing is to be said: nothing is rated, and there is neither a strength nor a thing to try."""


def _for_being_there(partner: str, moments: Sequence[Moment]) -> str:
    """Nobody leaves without a strength."""
    if moments:
        return f"You stayed in the conversation with {partner} and kept answering. That's where it begins."
    return "You came to practise. That's where it begins."


def _instead_of(turn: int, moment: Moment) -> InsteadOf | None:
    instead = moment.occasion.instead
    for found in against(moment):
        axis = Axis.DEFENSIVENESS if found.code in AXES[Axis.DEFENSIVENESS] else Axis.FIXING
        for way in (found.code, axis, MISSED):
            if way in instead:
                return InsteadOf(found.text, instead[way].say, instead[way].why, turn, found.code)
    if missed(moment) and MISSED in instead:
        return InsteadOf(moment.coded.text, instead[MISSED].say, instead[MISSED].why, turn, MISSED)
    return None


def _try_next(partner: str, moments: Sequence[Moment], alternatives: Sequence[InsteadOf]) -> str:
    if alternatives:
        found = alternatives[0]
        why = shortened(found.why, REASON_CHARACTERS, REASON_WORDS)
        return (
            f"One thing to try. When {partner} said, {quote(moments[found.turn].line)}, you said, {quote(found.said)}. "
            f"You could have said, {quoted_sentence(found.could_say)} {why}"
        )
    if moments:
        return "One thing to try: the same scene again, in other words. It won't go quite the same way."
    return "One thing to try: stay for one answer, in whatever words come."
