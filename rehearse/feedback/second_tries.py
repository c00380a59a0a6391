"""Moments that were answered twice: what each answer did, and what the partner said to it.

Figures are made of the second answers alone; here both stand side by side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rehearse.feedback.codes import HELPING, Code, Evidence
from rehearse.feedback.moment import Moment, advised_when_asked, against, gravity, missed
from rehearse.feedback.quoting import quoted_sentence, shortened

ANSWER_CHARACTERS, ANSWER_WORDS = 60, 12
"""So much of a partner's line is enough to know it by; there are two of them."""

DID: Mapping[Code, str] = {
    Code.LABELS_FEELING: "named the feeling",
    Code.NAMES_OWN_FEELING: "said what you felt",
    Code.PSEUDO_FEELING: "put a judgement as a feeling",
    Code.REFLECTS: "gave back what you'd heard",
    Code.EXPLORES: "asked for more",
    Code.VALIDATES: "said that it made sense",
    Code.STAYS_PRESENT: "stayed, without solving anything",
    Code.ASKS_NEED: "asked what was needed",
    Code.APPRECIATES: "said what you value",
    Code.ADVISES: "offered a plan",
    Code.ADVISES_WITH_LEAVE: "gave the advice that was asked for",
    Code.MINIMIZES: "played it down",
    Code.TURNS_TO_SELF: "told a story of your own",
    Code.OWNS: "took your part of it",
    Code.SHARES: "showed something of yourself",
    Code.TAKES_SPACE: "asked for a break",
    Code.DENIES: "rejected it",
    Code.EXCUSES: "gave reasons",
    Code.COUNTERATTACKS: "pushed back",
    Code.CONTEMPT: "sounded a little sharp",
    Code.WITHDRAWS: "pulled back",
}
"""What a reply did, after "you"."""


@dataclass(frozen=True, slots=True)
class Try:
    """One answer."""

    said: str
    did: str
    """After "you"."""
    answer: str
    """What the partner said to it."""


@dataclass(frozen=True, slots=True)
class TriedAgain:
    """A moment that was answered twice."""

    turn: int
    """Which moment, from 0."""
    first: Try
    second: Try
    says: str
    """Both, as the coach tells it."""


def tried_again(
    partner: str, firsts: Sequence[tuple[int, Moment]], moments: Sequence[Moment], *, pronoun: str | None = None
) -> tuple[TriedAgain, ...]:
    """`firsts` beside those of `moments` that took their places; what came out better goes first.

    `firsts`: at which turn, from 0, and the first answer there. Where the partner has not answered yet, there is
    nothing to put side by side.
    """
    pairs = [(turn, first, moments[turn]) for turn, first in firsts if first.answer and moments[turn].answer]
    pairs.sort(key=lambda pair: _trouble(pair[2]) - _trouble(pair[1]))
    return tuple(_told(partner, pronoun or partner, turn, _try(first), _try(second)) for turn, first, second in pairs)


def _try(moment: Moment) -> Try:
    return Try(moment.coded.text, _did(moment), moment.answer)


def _did(moment: Moment) -> str:
    """The first thing that helped, and the gravest that did not, in the order in which they were said."""
    helped = [found for found in moment.coded.stated if found.code in HELPING or _asked_for(moment, found)]
    told = sorted((*helped[:1], *against(moment)[:1]), key=lambda found: found.start)
    if told:
        return " and ".join(DID[Code.ADVISES_WITH_LEAVE if _asked_for(moment, found) else found.code] for found in told)
    return "left the feeling alone" if missed(moment) else "said something else"


def _asked_for(moment: Moment, found: Evidence) -> bool:
    return found.code is Code.ADVISES_WITH_LEAVE or (found.code is Code.ADVISES and advised_when_asked(moment))


def _told(partner: str, she: str, turn: int, first: Try, second: Try) -> TriedAgain:
    said, said_then = (
        quoted_sentence(shortened(each.answer, ANSWER_CHARACTERS, ANSWER_WORDS)) for each in (first, second)
    )
    says = f"You tried one moment twice. The first time you {first.did}"
    if first.answer == second.answer:
        says += f". The second time you {second.did}. Both times {partner} said, {said}"
    else:
        again = f"{second.did} again" if second.did == first.did else second.did
        says += f", and {partner} said, {said} The second time you {again}, and {she} said, {said_then}"
    return TriedAgain(turn, first, second, says)


def _trouble(moment: Moment) -> int:
    return 2 * gravity(moment) + missed(moment)
