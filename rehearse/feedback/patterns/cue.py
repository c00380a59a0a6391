"""What a rule finds, what it may look at, and the commonest kind of rule: a list of phrases."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Flag, auto
from functools import cached_property

from rehearse.feedback.clauses import Clause, Reading
from rehearse.feedback.codes import Code
from rehearse.feedback.feelings import Mention, mentions
from rehearse.feedback.partner_line import PartnerLine
from rehearse.feedback.phrases import word_list


@dataclass(frozen=True, slots=True)
class Finding:
    """A code that a rule found; `start` and `end` are offsets into the plain text."""

    code: Code
    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class Exchange:
    """A reply with the line that it answers."""

    partner: PartnerLine
    reply: Reading

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The feelings vocabulary's words in the reply."""
        return tuple(mentions(self.reply))


class Only(Flag):
    """Where a cue counts."""

    ANYWHERE = 0
    ON_PRESSING = auto()
    """Only after a complaint, a hurt or a bid."""
    ON_COMPLAINT = auto()
    """Only after a complaint or a hurt."""
    UNBLAMED = auto()
    """Only where there was no complaint."""
    ON_TELLING = auto()
    """Only after the partner told of their own day."""
    ON_REQUEST = auto()
    """Only after the partner asked for advice."""
    ASKED = auto()
    """Only in a question."""
    STATED = auto()
    """Only in what is no question."""
    WHOLE = auto()
    """Only where next to nothing else is said."""
    FREE = auto()
    """Also where a "not" stands before it in the clause: the phrases bring their own."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Phrases that earn a code."""

    code: Code
    confidence: float
    words: re.Pattern[str]
    only: Only = Only.ANYWHERE
    unless: re.Pattern[str] | None = None
    """Words that, anywhere in the same clause, undo it."""


def find(cues: Iterable[Cue], exchange: Exchange) -> Iterator[Finding]:
    """What `cues` find in the reply; the evidence runs from the phrase to the end of its clause."""
    reply = exchange.reply
    for cue in cues:
        if not _applies(cue.only, exchange.partner):
            continue
        for match in cue.words.finditer(reply.text):
            first, last = reply.clause_at(match.start()), reply.clause_at(match.end() - 1)
            if _counts(cue, match, first, last, reply):
                yield Finding(cue.code, match.start(), max(match.end(), last.end), cue.confidence)


def _applies(only: Only, partner: PartnerLine) -> bool:
    return (
        (Only.ON_PRESSING not in only or partner.pressing)
        and (Only.ON_COMPLAINT not in only or partner.complaint)
        and (Only.UNBLAMED not in only or not partner.complaint)
        and (Only.ON_TELLING not in only or partner.tells)
        and (Only.ON_REQUEST not in only or partner.asks_advice)
    )


def _counts(cue: Cue, match: re.Match[str], first: Clause, last: Clause, reply: Reading) -> bool:
    asks = first.asks or last.asks
    if (Only.ASKED in cue.only and not asks) or (Only.STATED in cue.only and asks):
        return False
    if Only.WHOLE in cue.only and not _stands_alone(match, reply):
        return False
    if cue.unless and cue.unless.search(reply.text, first.start, max(first.end, last.end)):
        return False
    if reply.anothers(match.start(), match.end()):
        return False
    return Only.FREE in cue.only or not reply.negated(match.start())


_ADDS_NOTHING = word_list(
    """
    okay yeah no oh well fine sure right look so and but . ? just babe love honey hey then man mate god i am
    is
    """
)


_NEXT_TO_NOTHING = 100
"""No more characters than this stand around what is said alone."""


def _stands_alone(match: re.Match[str], reply: Reading) -> bool:
    rest = reply.text[: match.start()] + reply.text[match.end() :]
    return len(rest) <= _NEXT_TO_NOTHING and _ADDS_NOTHING.issuperset(rest.split())
