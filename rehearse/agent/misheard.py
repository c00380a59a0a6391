"""What was not heard as it was said: who said it is asked again or told why, and nobody answers what was not said."""

from transitions import EventData

from rehearse.dialogue import Reply, Unclear

LEAST_CONFIDENCE = 0.5
"""The recognizer's mean probability of a token below which a reply counts as misheard. Measured by
`benchmarks/misheard.py`: of 103 replies in noise 3 of 13 misheard ones lie below it, and 1 of 90 heard well."""


def probably_misheard(reply: Reply) -> bool:
    """Whether the recognizer was too unsure of `reply` for anybody to act on it. Typed words are sure."""
    return reply.confidence < LEAST_CONFIDENCE


def is_muted(data: EventData) -> bool:
    """Whether nothing can be heard at all: a condition of the machines."""
    return bool(data.kwargs["event"] == Unclear("muted"))
