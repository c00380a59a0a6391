"""The program's own policy, for the curves: how long it holds a turn after these words, in this state of the scene."""

from collections import Counter
from dataclasses import dataclass
from random import Random

from rehearse.agent.foresight import foresee
from rehearse.agent.partner import Memory, Partner
from rehearse.audio.hold import hold_s
from rehearse.audio.own_pauses import PRIOR_S
from rehearse.feedback import code_reply
from rehearse.feedback.thoughts import whole_thought
from rehearse.scenarios.loader import find


@dataclass(frozen=True, slots=True)
class OwnPolicy:
    """Judges as the program does for somebody unknown."""

    partner: Partner
    line: str

    def hold_s(self, text_so_far: str) -> float:
        """The silence in seconds, from the last voice on, after which the turn is taken."""
        thought = foresee(self.partner, self.line, text_so_far, judge=whole_thought, coder=code_reply)
        return hold_s(thought, PRIOR_S)


def policy_for(scenario: str, state: str) -> OwnPolicy:
    """The policy for a reply in that `state`."""
    chance = Random(1)
    partner = Partner(find(scenario), chance)
    partner.go_back(Memory(state, Counter([state]), Counter(), 0, chance.getstate()))
    return OwnPolicy(partner, partner.moment.lines[0])
