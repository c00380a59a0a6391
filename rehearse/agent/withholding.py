"""Words that set the safety screen off, and were part of the scene: the partner reacts to them, and nothing is kept."""

from dataclasses import replace

from rehearse.agent.effects import TurnTaken
from rehearse.feedback.codes import CodedReply, Evidence
from rehearse.feedback.moment import Moment, Occasion
from rehearse.practice.session import WITHHELD


def unjudged(turn: TurnTaken) -> TurnTaken:
    """The turn without its words, and with nothing said of them."""
    reply = replace(turn.reply, text=WITHHELD)
    return replace(turn, occasion=Occasion(), reply=reply, coded=CodedReply(WITHHELD, ()))


def without_words(coded: CodedReply) -> CodedReply:
    """What the reply did, for the partner, who remembers it and may quote it."""
    return replace(coded, text=WITHHELD, evidence=_without(coded.evidence), unsure=_without(coded.unsure))


def is_withheld(moment: Moment) -> bool:
    """Whether its words are not kept."""
    return moment.coded.text == WITHHELD


def _without(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(replace(found, text="") for found in evidence)
