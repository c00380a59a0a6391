"""Words that were probably misheard: who said them is asked again, and nobody answers what was not said."""

from rehearse.dialogue import Reply

LEAST_CONFIDENCE = 0.5
"""The recognizer's mean probability of a token below which a reply counts as misheard. Measured by
`benchmarks/misheard.py`: of 103 replies in noise 3 of 13 misheard ones lie below it, and 1 of 90 heard well."""


def probably_misheard(reply: Reply) -> bool:
    """Whether the recognizer was too unsure of `reply` for anybody to act on it. Typed words are sure."""
    return reply.confidence < LEAST_CONFIDENCE
