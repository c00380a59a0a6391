"""What the coder is not sure of. It is never stated; where much hangs on it, the coach asks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rehearse.feedback.codes import HELPING, Code, Evidence
from rehearse.feedback.moment import Moment, against, gravity, missed
from rehearse.feedback.quoting import quote

THIS_OR_THAT = {
    Code.LABELS_FEELING: "a guess at a feeling or something else",
    Code.NAMES_OWN_FEELING: "a feeling of your own or an opinion",
    Code.PSEUDO_FEELING: "a feeling or a judgement",
    Code.REFLECTS: "what you had heard or a thought of your own",
    Code.EXPLORES: "an open question or a check of the facts",
    Code.VALIDATES: "understanding or only agreement",
    Code.STAYS_PRESENT: "keeping company or moving on",
    Code.ASKS_NEED: "a question about what would help or advice",
    Code.APPRECIATES: "something you value or politeness",
    Code.ADVISES: "advice or just a thought",
    Code.ADVISES_WITH_LEAVE: "advice or just a thought",
    Code.MINIMIZES: "comfort or playing it down",
    Code.TURNS_TO_SELF: "a way of understanding or a turn to yourself",
    Code.OWNS: "taking your part or being polite",
    Code.SHARES: "something of yourself or an opinion",
    Code.TAKES_SPACE: "asking for a break or leaving",
    Code.DENIES: "turning it down or setting a fact straight",
    Code.EXCUSES: "an excuse or simply how it was",
    Code.COUNTERATTACKS: "a request or a reproach",
    Code.CONTEMPT: "a warm joke or a jab",
    Code.WITHDRAWS: "a pause or pulling back",
}
"""What else the words could have been, by the code that they may have earned."""


def question(moments: Sequence[Moment], *, gravest: int, praised: bool) -> str | None:
    """The one thing to ask: about a moment graver than any that is stated, or a strength where none is.

    `gravest` is the gravity of the moment that is stated, -1 where there is none.
    """
    doubted = [(weight, found) for moment in moments for weight, found in _against_or_missed(moment)]
    weight, found = max(doubted, key=lambda each: each[0], default=(-1, None))
    if found is None or weight <= gravest:
        found = None if praised else next(_strengths(moments), None)
    return f"I wasn't sure whether {quote(found.text)} was {THIS_OR_THAT[found.code]}. You decide." if found else None


def _against_or_missed(moment: Moment) -> Iterator[tuple[int, Evidence]]:
    """What would be graver if the doubtful were stated, and what keeps the reply from having missed the feeling."""
    for found in _unsure(moment):
        stated = replace(moment, coded=replace(moment.coded, evidence=(*moment.coded.evidence, found)))
        if len(against(stated)) > len(against(moment)):
            yield gravity(stated), found
        elif not missed(moment) and missed(replace(moment, coded=replace(moment.coded, unsure=()))):
            yield 0, found


def _strengths(moments: Iterable[Moment]) -> Iterator[Evidence]:
    return (found for moment in moments for found in _unsure(moment) if found.code in HELPING)


def _unsure(moment: Moment) -> tuple[Evidence, ...]:
    return tuple(found for found in moment.coded.unsure if found.code not in moment.coded.contested)
