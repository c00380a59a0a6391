"""Weighing findings against each other: the manual's decisions on hard cases that no rule can take alone."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

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
    standing = _by_better_claim(standing)
    return _by_decision(standing, exchange)


def _without_taken_back(found: Sequence[Finding], exchange: Exchange) -> list[Finding]:
    """Drop what a "but" takes back, unless what follows it listens or opens."""
    reply = exchange.reply
    honours = sorted(f.start for f in found if f.code in _HONOURS_WHAT_STANDS_BEFORE)
    taken_back_until: dict[int, int] = {}
    for place, clause in enumerate(reply.clauses):
        if clause.opens_with != "but":
            continue
        sentence = reply.sentence_of(clause)
        if bisect_left(honours, clause.start) < bisect_left(honours, sentence[-1].end):
            continue
        # "I hear you. But …" takes back the sentence before it.
        taken = clause if sentence[0] != clause else reply.clauses[max(0, place - 1)]
        taken_back_until[taken.sentence] = clause.start

    def stands(finding: Finding) -> bool:
        sentence = reply.clause_at(finding.start).sentence
        return finding.code not in _TAKEN_BACK_BY_BUT or finding.start >= taken_back_until.get(sentence, 0)

    return [finding for finding in found if stands(finding)]


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


def _by_better_claim(found: Sequence[Finding]) -> list[Finding]:
    """Drop what gives way to another finding."""
    claims: dict[Code, _Claims] = {}
    for code in {f.code for f in found}:
        of_code = sorted((f for f in found if f.code is code), key=lambda f: f.start)
        claims[code] = _Claims([f.start for f in of_code], list(accumulate((f.end for f in of_code), max)))

    def gives_way(finding: Finding) -> bool:
        rivals = _FOR_THE_SAME_WORDS.get(finding.code, frozenset())
        stronger = _ANYWHERE.get(finding.code, frozenset())
        return bool(stronger & claims.keys()) or any(claims[code].reach(finding) for code in rivals & claims.keys())

    return [finding for finding in found if not gives_way(finding)]


@dataclass(frozen=True, slots=True)
class _Claims:
    """The words to which a code lays claim, in order: a long reply has thousands of findings."""

    starts: list[int]
    until: list[int]
    """How far the claim reaches of the finding that begins there, or of one before it."""

    def reach(self, other: Finding) -> bool:
        """Whether one of them covers the beginning of `other`, or begins soon after it."""
        after = bisect_right(self.starts, other.start)
        begins_within = after > 0 and other.start < self.until[after - 1]
        begins_soon_after = after < bisect_left(self.starts, min(other.start + _NEAR, other.end))
        return begins_within or begins_soon_after


def _by_decision(found: Sequence[Finding], exchange: Exchange) -> list[Finding]:
    """Drop what one of the manual's decisions on the whole reply rules out."""
    partner = exchange.partner
    sure = {f.code for f in found if f.confidence >= _SURE}
    advises = any(f.code is Code.ADVISES for f in found)
    owned_last = max((f.start for f in found if f.code is Code.OWNS), default=-1)
    draws_boundary = _BOUNDARY.search(exchange.reply.text) is not None  # it calmly asks not to be insulted
    grudging = _GRUDGING.search(exchange.reply.text) is not None

    def ruled_out(finding: Finding) -> bool:
        match finding.code:
            case Code.ADVISES:
                # After a complaint, advice beside a blow is part of the blow.
                return partner.complaint and bool(sure & _STRIKES)
            case Code.COUNTERATTACKS:
                return finding.confidence < _SURE and advises
            case Code.EXCUSES:
                # What led to it, told before it is owned, is context; told after, it takes some of it back.
                owned_later = owned_last > finding.start
                left_anyway = finding.confidence <= _SURE and Code.WITHDRAWS in sure
                opens = finding.confidence < _PLAIN_EXCUSE and bool(sure & _NO_EXCUSE_BESIDE)
                return owned_later or left_anyway or opens or partner.asks_only or draws_boundary
            case Code.DENIES:
                return draws_boundary
            case Code.OWNS:
                return grudging or draws_boundary
            case _:
                return False

    return [finding for finding in found if not ruled_out(finding)]
