"""How long a silence may last before the turn is taken to be over."""

import math

from rehearse.dialogue import Thought

LEFT_OPEN = 0.55
"""The odds of going on at which a turn is taken to be over. What is then cut off after all can be taken back."""
SURER = 1.25
"""The words tell more than their probability says: of the silences after those of 0.2 to 0.4 half were the end, and of
those above 0.7 nearly all (`benchmarks/turns`). Their odds to this power are nearer to what comes."""
SHORTEST_S = 0.35
"""After a thought that is surely whole. Between people the gap is 0.2 s (Stivers et al. 2009)."""
LONGEST_S = 6.0
"""Who has trailed off gets so long to find the word. No more: one who stops there waits for an answer too."""
LEAST_LIKELY = 1e-3


def hold_s(thought: Thought, long_pause_s: float, waiting: float = 1.0) -> float:
    """The silence, in seconds, after which the odds that the speaker goes on have fallen to `LEFT_OPEN`.

    `long_pause_s`: what nine in ten of the speaker's own pauses are shorter than. Pauses are taken to be exponential:
    one outlives t with the probability 0.1^(t / long_pause_s), and after a silence of t so much is left of the odds of
    going on that the words gave, ((1 − ends) / ends) ^ SURER.

    `waiting`: so many times that, as the person has asked for.
    """
    if thought.trails_off:
        return waiting * LONGEST_S
    ends = min(max(thought.ends, LEAST_LIKELY), 1 - LEAST_LIKELY)
    needed_s = long_pause_s * math.log10(((1 - ends) / ends) ** SURER / LEFT_OPEN)
    return waiting * min(LONGEST_S, max(SHORTEST_S, needed_s))
