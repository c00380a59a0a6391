"""Weighing findings against each other: the manual's decisions on hard cases that no rule can take alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rehearse.feedback.codes import AXES, Axis, Code
from rehearse.feedback.patterns.cue import Exchange, Finding
from rehearse.feedback.phrases import phrases

_OPEN = AXES[Axis.LISTENING] | AXES[Axis.OPENNESS] | {Code.LABELS_FEELING}
_DEFENDS = AXES[Axis.DEFENSIVENESS]
_TAKEN_BACK_BY_BUT = frozenset({Code.VALIDATES, Code.OWNS, Code.APPRECIATES, Code.REFLECTS, Code.LABELS_FEELING})
_KEEPS_WHAT_STANDS_BEFORE = AXES[Axis.OPENNESS] | {Code.EXPLORES, Code.STAYS_PRESENT, Code.ASKS_NEED}
_NEAR = 12
"""Two findings that begin within so many characters are about the same words."""
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


def weigh(found: Sequence[Finding], exchange: Exchange) -> list[Finding]:
    """The findings that stand."""
    kept = _without_taken_back(found, exchange)
    kept = _with_leave(kept, exchange)
    kept = _by_leaning(kept)
    return [finding for finding in kept if not _yields(finding, kept, exchange)]


def _without_taken_back(found: Sequence[Finding], exchange: Exchange) -> list[Finding]:
    """Drop what a "but" takes back, unless what follows it listens or owns."""
    standing = list(found)
    for clause in exchange.reply.clauses:
        if clause.opens_with != "but":
            continue
        sentence = exchange.reply.sentence_of(clause)
        previous = [other for other in exchange.reply.clauses if other.sentence == clause.sentence - 1]
        start = sentence[0].start if sentence[0] != clause else previous[0].start if previous else clause.start
        if any(f.code in _KEEPS_WHAT_STANDS_BEFORE and clause.start <= f.start < sentence[-1].end for f in found):
            continue
        standing = [f for f in standing if not (f.code in _TAKEN_BACK_BY_BUT and start <= f.start < clause.start)]
    return standing


def _with_leave(found: Iterable[Finding], exchange: Exchange) -> list[Finding]:
    """Advice that the partner asked for is advice with leave."""
    if not exchange.partner.asks_advice:
        return list(found)
    return [replace(f, code=Code.ADVISES_WITH_LEAVE) if f.code is Code.ADVISES else f for f in found]


def _by_leaning(found: Sequence[Finding]) -> list[Finding]:
    """Unsure findings stand only in a reply that does not otherwise lean the other way."""
    opens = any(f.code in _OPEN and f.confidence >= _SURE for f in found)
    defends = any(f.code in _DEFENDS and f.confidence >= _SURE for f in found)
    return [
        f
        for f in found
        if f.confidence >= _SURE or not ((f.code in _DEFENDS and opens) or (f.code in _OPEN and defends and not opens))
    ]


def _yields(finding: Finding, found: Sequence[Finding], exchange: Exchange) -> bool:
    """Whether `finding` gives way to another one."""
    codes = {f.code for f in found}
    rivals = _GIVES_WAY_TO.get(finding.code, frozenset())
    if any(f.code in rivals and _claims(f, finding) for f in found):
        return True
    if finding.code is Code.WITHDRAWS:
        return Code.TAKES_SPACE in codes
    if finding.code is Code.ADVISES:
        strikes = {Code.COUNTERATTACKS, Code.CONTEMPT, Code.DENIES}
        struck = any(f.code in strikes and f.confidence >= _SURE for f in found)
        return (exchange.partner.complaint and struck) or Code.TAKES_SPACE in codes
    if finding.code is Code.COUNTERATTACKS and finding.confidence < _SURE:
        return Code.ADVISES in codes
    if finding.code is Code.EXCUSES:
        # What led to it, told before it is owned, is context; told after, it takes some of it back.
        return any(f.code is Code.OWNS and f.start > finding.start for f in found)
    if finding.code is Code.OWNS:
        return Code.CONTEMPT in codes or _GRUDGING.search(exchange.reply.text) is not None
    return False


_GIVES_WAY_TO: dict[Code, frozenset[Code]] = {
    Code.VALIDATES: frozenset({Code.OWNS, Code.MINIMIZES, Code.DENIES, Code.CONTEMPT}),
    Code.REFLECTS: frozenset(
        {
            Code.COUNTERATTACKS,
            Code.ADVISES,
            Code.STAYS_PRESENT,
            Code.APPRECIATES,
            Code.LABELS_FEELING,
            Code.EXPLORES,
            Code.MINIMIZES,
            Code.CONTEMPT,
            Code.PSEUDO_FEELING,
        }
    ),
    Code.EXPLORES: frozenset({Code.ASKS_NEED, Code.ADVISES, Code.CONTEMPT}),
    Code.ADVISES: frozenset({Code.ASKS_NEED, Code.MINIMIZES}),
    Code.EXCUSES: frozenset(
        {
            Code.DENIES,
            Code.COUNTERATTACKS,
            Code.SHARES,
            Code.NAMES_OWN_FEELING,
            Code.OWNS,
            Code.CONTEMPT,
            Code.WITHDRAWS,
        }
    ),
    Code.COUNTERATTACKS: frozenset({Code.OWNS}),
    Code.LABELS_FEELING: frozenset({Code.CONTEMPT}),
    Code.DENIES: frozenset({Code.CONTEMPT}),
    Code.TURNS_TO_SELF: frozenset({Code.SHARES, Code.NAMES_OWN_FEELING}),
    Code.STAYS_PRESENT: frozenset({Code.TAKES_SPACE}),
}
"""A code, and those to which it gives way where both lay claim to the same words."""


def _claims(one: Finding, other: Finding) -> bool:
    """Whether `one` lays claim to the words that `other` begins with."""
    return one.start <= other.start < one.end or (
        other.start < one.start < other.start + _NEAR and one.start < other.end
    )
