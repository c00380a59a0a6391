"""The program's own policy, for the curves: how long it holds a turn after these words, in this state of the scene."""

from dataclasses import dataclass
from random import Random

from rehearse.agent.foresight import foresee
from rehearse.agent.partner import Partner
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
    partner = Partner(find(scenario), Random(1), start=state)
    return OwnPolicy(partner, partner.moment.known_lines[0])
