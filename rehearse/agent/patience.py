"""How long is waited for somebody who says nothing."""

from rehearse.agent.partner import Mode

PATIENCE_S = (12.0, 13.0, 18.0, 25.0)
"""Seconds of silence until a soft sound, until the partner waits in words, until the coach offers help, and until the
scene rests. Long: searching for words is part of the practice. After that nothing is said any more."""

SHORTEST_PATIENCE_S = 8.0
"""In hard practice all of them are shorter by a third, and none is shorter than this: nobody is hurried."""

OUTSIDE_PATIENCE_S = PATIENCE_S[-1]
"""How long the coach waits for one of the ways out, where somebody may be in danger."""

OBJECTION_PATIENCE_S = 5.0
"""How long the coach waits, after the debrief, for somebody who does not agree."""


def patience_s(silences: int, mode: Mode = Mode.PLAIN) -> float:
    """How long to wait after so many silences in a row."""
    patience = PATIENCE_S[min(silences, len(PATIENCE_S) - 1)]
    return max(SHORTEST_PATIENCE_S, patience * 2 / 3) if mode is Mode.HARD else patience
