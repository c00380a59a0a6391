"""Pressing after a no: words that go past it, however kindly they are said ("you could just kiss me and we'd see").

The coder judges what a reply does by itself, and much pressing sounds like warmth. Where the partner has said no, it is
what it is: a suggestion pressed on them, whatever else is said with it.
"""

import re
from dataclasses import replace

from rehearse.feedback.codes import HELPING, Code, CodedReply, Evidence

CONFIDENCE = 0.95

_PRESSES = re.compile(
    r"\b(?:"
    + "|".join(
        (
            r"(?:oh |aw |ah )?come on(?! (?:in|over|then,? lean))",
            r"go on,? (?:just|one|please|then,? just)",
            r"just (?:a (?:little|bit|quick|small)|(?:one|a single) (?:kiss|time|more|go)|once|this (?:once"
            r"|one time)|try|relax|let me|for (?:me|a bit))",
            r"one kiss",
            r"(?:one|a) (?:little|quick|small|tiny|wee) (?:kiss|one|bit)",
            r"(?:and|then)? ?(?:we'd|we would|we'll|we could|we can|let's|let us) (?:just )?see(?: (?:where"
            r"|what|how|if))?",
            r"see (?:where it (?:goes|leads|takes)|what happens|how (?:it|you) (?:go(?:es)?|feel))",
            r"you (?:could|can|might|should) (?:at least|just|still|always|even)",
            r"(?:can't|cannot|can not|couldn't|why can't|why don't) (?:we|you|i) (?:just|at least|even)",
            r"you(?:'ll| will|'d| would| might) (?:like|enjoy|love|want) it",
            r"you(?:'ll| will|'d| might) (?:get|be) in the mood",
            r"you(?: know you| do) want (?:to|it|me)",
            r"if you (?:really )?(?:loved|love|cared|wanted|fancied) (?:me|us)",
            r"you owe me",
            r"don't be (?:like that|so|such)",
            r"what's the (?:harm|big deal|problem)",
            r"(?:it )?won't (?:hurt|kill you|take long)",
            r"(?:i'll|i will) be (?:quick|gentle|so good)",
            r"it's been (?:weeks|months|ages|so long)",
            r"why not(?! a cup)",
            r"(?:pretty )?please (?:just|let me|for me)",
            r"are you sure(?: you (?:don't|won't))",
            r"(?:maybe|perhaps) (?:later|after(?:wards)?|in a (?:bit|while)|you'll) (?:\w+ ){0,4}(?:more"
            r"|mood|want|go further|see|change)",
            r"(?:a bit|a little|something|anything) more(?: than (?:that|this|a hug|the hug))",
            r"change your mind",
        )
    )
    + r")\b",
    re.IGNORECASE,
)
_HEEDS = re.compile(
    r"\b(?:don't|do not|won't|will not|wouldn't|never|not|no need to|needn't|didn't|shouldn't have)\b[^.,;!?]{0,30}$"
    r"|\b(?:sorry|was wrong|my fault)\b[^.;!?]{0,40}$",
    re.IGNORECASE,
)
"""Before such words: they are taken back, or denied ("I won't say come on", "sorry I said you could just …")."""


def pressing_in(reply: str) -> tuple[int, int] | None:
    """Where in `reply` somebody is pressed, as character offsets; None where nobody is."""
    said = reply.replace("’", "'")
    return next((found.span() for found in _PRESSES.finditer(said) if not _HEEDS.search(said[: found.start()])), None)


def after_a_no(coded: CodedReply) -> CodedReply:
    """What a reply did, where the partner had said no: whoever presses advises, and nothing said with it helps."""
    span = pressing_in(coded.text)
    if span is None:
        return coded
    kept = [found for found in coded.evidence if found.code not in HELPING and found.code is not Code.ADVISES]
    pressing = Evidence(Code.ADVISES, CONFIDENCE, *span, coded.text[slice(*span)])
    evidence = sorted((*kept, pressing), key=lambda found: (found.start, found.end, found.code))
    return replace(coded, evidence=tuple(evidence))
