"""Weighing findings against each other: the manual's decisions on hard cases that no rule can take alone."""

from collections.abc import Sequence
from dataclasses import replace

from rehearse.feedback.codes import AXES, Axis, Code
from rehearse.feedback.patterns.cue import Exchange, Finding
from rehearse.feedback.phrases import phrases

_DEFENDS = AXES[Axis.DEFENSIVENESS]
_OPENS = AXES[Axis.LISTENING] | AXES[Axis.OPENNESS] | {Code.LABELS_FEELING}
_STRIKES = frozenset({Code.COUNTERATTACKS, Code.CONTEMPT, Code.DENIES})
_TAKEN_BACK_BY_BUT = frozenset({Code.VALIDATES, Code.OWNS, Code.APPRECIATES, Code.REFLECTS, Code.LABELS_FEELING})
_HONOURS_WHAT_STANDS_BEFORE = AXES[Axis.OPENNESS] | {Code.EXPLORES, Code.STAYS_PRESENT, Code.ASKS_NEED}

_NEAR = 12
"""Two findings that begin within so many characters are about the same words."""
_NO_EXCUSE_BESIDE = AXES[Axis.LISTENING] | frozenset(
    {Code.LABELS_FEELING, Code.NAMES_OWN_FEELING, Code.SHARES, Code.TAKES_SPACE, Code.ADVISES_WITH_LEAVE}
)
"""Beside these, what led to it is told to be understood rather than to ward off blame."""
_PLAIN_EXCUSE = 0.85
"""The confidence of "I only …", "I was just …", which wards off blame whatever stands beside it."""
_SURE = 0.75
"""Findings below this are taken only where the rest of the reply leans the same way."""

_GRUDGING = phrases(
    """
    sorry (okay|all right|happy)
    how many times
    what (more|else) do you want
    i said (i am )?sorry
    happy now
    """
)
_BOUNDARY = phrases(
    """
    (not okay|not all right|not fine) with (being|that|you calling)
    rather not be (called|spoken|talked|shouted|yelled)
    (please )?do not (call|speak to|talk to|swear at|shout at|yell at) me
    say (it|that) (another|a different) way
    """
)

_FOR_THE_SAME_WORDS: dict[Code, frozenset[Code]] = {
    Code.VALIDATES: frozenset({Code.OWNS, Code.MINIMIZES, Code.DENIES, Code.CONTEMPT}),
    Code.REFLECTS: AXES[Axis.FIXING]
    | frozenset({Code.COUNTERATTACKS, Code.CONTEMPT, Code.PSEUDO_FEELING})
    | frozenset({Code.STAYS_PRESENT, Code.APPRECIATES, Code.LABELS_FEELING, Code.EXPLORES}),
    Code.EXPLORES: frozenset({Code.ASKS_NEED, Code.ADVISES, Code.CONTEMPT, Code.TAKES_SPACE}),
    Code.MINIMIZES: frozenset({Code.COUNTERATTACKS}),
    Code.ADVISES: frozenset({Code.ASKS_NEED, Code.MINIMIZES}),
    Code.EXCUSES: frozenset({Code.DENIES, Code.COUNTERATTACKS, Code.CONTEMPT, Code.WITHDRAWS})
    | frozenset({Code.SHARES, Code.NAMES_OWN_FEELING, Code.OWNS}),
    Code.COUNTERATTACKS: frozenset({Code.OWNS}),
    Code.LABELS_FEELING: frozenset({Code.CONTEMPT}),
    Code.DENIES: frozenset({Code.CONTEMPT}),
    Code.TURNS_TO_SELF: frozenset({Code.SHARES, Code.NAMES_OWN_FEELING}),
    Code.SHARES: frozenset({Code.WITHDRAWS}),
}
"""A code, and those to which it gives way where both lay claim to the same words."""
_ANYWHERE: dict[Code, frozenset[Code]] = {
    Code.WITHDRAWS: frozenset({Code.TAKES_SPACE}),
    Code.STAYS_PRESENT: frozenset({Code.TAKES_SPACE}),
    Code.ADVISES: frozenset({Code.TAKES_SPACE}),
    Code.OWNS: frozenset({Code.CONTEMPT}),
}
"""A code, and those to which it gives way wherever they stand in the reply."""


def weigh(found: Sequence[Finding], exchange: Exchange) -> list[Finding]:
    """The findings that stand."""
    standing = _without_taken_back(found, exchange)
    standing = _with_leave(standing, exchange)
    standing = _by_leaning(standing)
    standing = [finding for finding in standing if not _gives_way(finding, standing)]
    return [finding for finding in standing if not _decided_against(finding, standing, exchange)]


def _without_taken_back(found: Sequence[Finding], exchange: Exchange) -> list[Finding]:
    """Drop what a "but" takes back, unless what follows it listens or opens."""
    standing = list(found)
    clauses = exchange.reply.clauses
    for place, clause in enumerate(clauses):
        if clause.opens_with != "but":
            continue
        sentence = exchange.reply.sentence_of(clause)
        # "I hear you. But …" takes back the sentence before it.
        taken = sentence if sentence[0] != clause else exchange.reply.sentence_of(clauses[max(0, place - 1)])
        after = range(clause.start, sentence[-1].end)
        if any(f.code in _HONOURS_WHAT_STANDS_BEFORE and f.start in after for f in found):
            continue
        before = range(taken[0].start, clause.start)
        standing = [f for f in standing if not (f.code in _TAKEN_BACK_BY_BUT and f.start in before)]
    return standing


def _with_leave(found: Sequence[Finding], exchange: Exchange) -> list[Finding]:
    """Advice that the partner asked for is advice with leave."""
    if not exchange.partner.asks_advice:
        return list(found)
    return [replace(f, code=Code.ADVISES_WITH_LEAVE) if f.code is Code.ADVISES else f for f in found]


def _by_leaning(found: Sequence[Finding]) -> list[Finding]:
    """Unsure findings stand only in a reply that does not otherwise lean the other way."""
    sure = {f.code for f in found if f.confidence >= _SURE}
    opens, defends = bool(sure & _OPENS), bool(sure & _DEFENDS)

    def stands(finding: Finding) -> bool:
        against = (finding.code in _DEFENDS and opens) or (finding.code in _OPENS and defends and not opens)
        return finding.confidence >= _SURE or not against

    return [finding for finding in found if stands(finding)]


def _gives_way(finding: Finding, found: Sequence[Finding]) -> bool:
    """Whether another finding has the better claim."""
    rivals = _FOR_THE_SAME_WORDS.get(finding.code, frozenset())
    stronger = _ANYWHERE.get(finding.code, frozenset())
    return any(f.code in stronger or (f.code in rivals and _claims(f, finding)) for f in found)


def _claims(one: Finding, other: Finding) -> bool:
    """Whether `one` lays claim to the words that `other` begins with."""
    begins_within = one.start <= other.start < one.end
    begins_soon_after = other.start < one.start < min(other.start + _NEAR, other.end)
    return begins_within or begins_soon_after


def _decided_against(finding: Finding, found: Sequence[Finding], exchange: Exchange) -> bool:
    """Whether one of the manual's decisions on the whole reply rules the finding out."""
    sure = {f.code for f in found if f.confidence >= _SURE}
    match finding.code:
        case Code.ADVISES:
            # After a complaint, advice beside a blow is part of the blow.
            return exchange.partner.complaint and bool(sure & _STRIKES)
        case Code.COUNTERATTACKS:
            return finding.confidence < _SURE and any(f.code is Code.ADVISES for f in found)
        case Code.EXCUSES:
            # What led to it, told before it is owned, is context; told after, it takes some of it back.
            owned_later = any(f.code is Code.OWNS and f.start > finding.start for f in found)
            left_anyway = finding.confidence <= _SURE and Code.WITHDRAWS in sure
            opens = finding.confidence < _PLAIN_EXCUSE and bool(sure & _NO_EXCUSE_BESIDE)
            return owned_later or left_anyway or opens or exchange.partner.asks_only or _draws_boundary(exchange)
        case Code.DENIES:
            return _draws_boundary(exchange)
        case Code.OWNS:
            return _GRUDGING.search(exchange.reply.text) is not None or _draws_boundary(exchange)
        case _:
            return False


def _draws_boundary(exchange: Exchange) -> bool:
    """Whether the reply calmly asks not to be insulted, which is no defensiveness."""
    return _BOUNDARY.search(exchange.reply.text) is not None
