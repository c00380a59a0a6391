"""The coder: what a reply did, and the words that earned each code.

The rules (`patterns/`) know nothing of each other; their findings are weighed against each other (`weighing.py`), and
the strongest evidence of each code is kept.
"""

from rehearse.errors import TooLong
from rehearse.feedback.clauses import read
from rehearse.feedback.codes import Code, CodedReply, Evidence
from rehearse.feedback.language import ENGLISH, language_of
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

MOST_CHARACTERS = 100_000
"""About two hours of speech: longer than any turn, and coded within a few seconds."""


def code_reply(partner: str, reply: str) -> CodedReply:
    """Find the codes of `reply`, said in answer to `partner`'s line ("" when there is none).

    Only English is coded; the language of any other reply is returned in place of codes.

    Raises:
        TooLong: one of them has more than `MOST_CHARACTERS`.
    """
    for name, text in (("partner's line", partner), ("reply", reply)):
        if len(text) > MOST_CHARACTERS:
            raise TooLong(
                f"the {name} has {len(text):,} characters, more than anybody says in one turn; "
                f"give at most {MOST_CHARACTERS:,}, or split it into turns"
            )
    language = language_of(reply)
    if language != ENGLISH:
        return CodedReply(reply, (), language=language)
    reading = read(reply)
    if not reading.clauses:
        return CodedReply(reply, ())
    exchange = Exchange(read_partner(partner), reading)
    found = [finding for rule in _RULES for finding in rule(exchange)]
    strongest: dict[Code, Finding] = {}
    for finding in weigh(found, exchange):
        known = strongest.get(finding.code)
        if known is None or finding.confidence > known.confidence:
            strongest[finding.code] = finding
    evidence = []
    for finding in strongest.values():
        start, end = reading.plain.said(finding.start, finding.end)
        evidence.append(Evidence(finding.code, finding.confidence, start, end, reply[start:end]))
    return CodedReply(reply, tuple(sorted(evidence, key=lambda found: (found.start, found.end, found.code))))
