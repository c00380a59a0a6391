"""The rules: precise where they find something, deaf to indirect wording.

They (`patterns/`) know nothing of each other; their findings are weighed against each other (`weighing.py`), and
the strongest evidence of each code is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from rehearse.feedback.clauses import read
from rehearse.feedback.codes import Code, Evidence
from rehearse.feedback.partner_line import read_partner
from rehearse.feedback.patterns.advising import find_advising
from rehearse.feedback.patterns.attacking import find_attacking
from rehearse.feedback.patterns.cue import Exchange, Finding
from rehearse.feedback.patterns.defending import find_defending
from rehearse.feedback.patterns.exploring import find_exploring
from rehearse.feedback.patterns.instructing import find_instructions
from rehearse.feedback.patterns.labeling import find_labeling
from rehearse.feedback.patterns.minimizing import find_minimizing
from rehearse.feedback.patterns.openness import find_openness
from rehearse.feedback.patterns.reflecting import find_reflections
from rehearse.feedback.patterns.supporting import find_supporting
from rehearse.feedback.patterns.withdrawing import find_withdrawing
from rehearse.feedback.tokens import Span
from rehearse.feedback.weighing import weigh

_RULES = (
    find_labeling,
    find_exploring,
    find_reflections,
    find_supporting,
    find_advising,
    find_instructions,
    find_minimizing,
    find_openness,
    find_defending,
    find_withdrawing,
    find_attacking,
)


SURE = 0.8
"""Of findings with this confidence about four in five are right, of others two in five (train and dev part)."""
MOST = 0.7
"""The share of a reply's words that is most of what was said."""


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """What the rules found in a reply."""

    words: int
    """Of the reply."""
    clauses: tuple[Span, ...]
    """Where each clause of the reply begins and ends, in characters, without the marks around it."""
    evidence: tuple[Evidence, ...]
    """The strongest finding of each code once all were weighed, in order of their place in the reply."""
    considered: Mapping[Code, float]
    """The highest confidence with which a rule proposed each code, before weighing."""

    @property
    def features(self) -> list[float]:
        """What the encoder reads of it: for each code its confidence after weighing, then before, 0 where not found."""
        weighed = {found.code: found.confidence for found in self.evidence}
        return [weighed.get(code, 0.0) for code in Code] + [self.considered.get(code, 0.0) for code in Code]

    @property
    def support(self) -> list[tuple[bool, bool, bool, bool]]:
        """What the calibration reads of it: for each code, whether it was found, found surely, found surely in most of
        what was said; and whether it was not, while another code was found surely in most of what was said.
        """
        found = {each.code: each for each in self.evidence}
        sure = {code for code, each in found.items() if each.confidence >= SURE}
        most = {code for code in sure if len(found[code].text.split()) >= MOST * self.words}
        return [(code in found, code in sure, code in most, code not in found and bool(most)) for code in Code]


def find_by_rules(partner: str, reply: str) -> RuleFindings:
    """What the rules find in `reply`, said in answer to `partner`'s line ("" when there is none)."""
    reading = read(reply)
    if not reading.clauses:
        return RuleFindings(0, (), (), {})
    exchange = Exchange(read_partner(partner), reading)
    found = [finding for rule in _RULES for finding in rule(exchange)]
    considered: dict[Code, float] = {}
    for finding in found:
        considered[finding.code] = max(finding.confidence, considered.get(finding.code, 0.0))
    strongest: dict[Code, Finding] = {}
    for finding in weigh(found, exchange):
        known = strongest.get(finding.code)
        if known is None or finding.confidence > known.confidence:
            strongest[finding.code] = finding
    evidence = []
    for finding in strongest.values():
        start, end = reading.plain.said(finding.start, finding.end)
        evidence.append(Evidence(finding.code, finding.confidence, start, end, reply[start:end]))
    in_order = sorted(evidence, key=lambda found: (found.start, found.end, found.code))
    clauses = tuple(reading.plain.said(clause.start, clause.end) for clause in reading.clauses)
    return RuleFindings(len(reply.split()), clauses, tuple(in_order), considered)
