"""Whether a reply that has paused is over, judged by its words and by what the scene can answer at this moment."""

from collections.abc import Callable
from dataclasses import replace

from rehearse.agent.partner import Partner
from rehearse.dialogue import Thought
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.language import ENGLISH, language_of

Coder = Callable[[str, str], CodedReply]
"""(the partner's line, the reply) → what the reply did."""
Judge = Callable[[str, str], Thought]
"""(the partner's line, the reply so far) → whether its words are a whole thought."""

UNANSWERABLE = 0.8
"""How much less likely the end of a reply is to which the present state has no answer of its own."""


def foresee(partner: Partner, line: str, text: str, *, judge: Judge, coder: Coder) -> Thought:
    """Judge the words so far, `text`, of a reply to `line`, in the state in which the `partner` is."""
    thought = judge(line, text)
    if thought.trails_off or language_of(text) != ENGLISH or partner.understands(coder(line, text)):
        return thought
    return replace(thought, ends=thought.ends * UNANSWERABLE)
