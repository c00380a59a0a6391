"""Stepping out of every role, when somebody may be in danger: fixed words, two ways out, and nothing goes on by itself.

Its course is drawn in `outside.py`. Each method that takes `EventData` is what a transition does, called once the new
state has been entered.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from transitions import EventData

from rehearse.agent.effects import Finish, OfferHelp, TurnTaken
from rehearse.agent.outside import STEPPED_OUT
from rehearse.agent.talk import PATIENCE_S, Place
from rehearse.dialogue import Floor, Reply, Unclear
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.moment import Occasion
from rehearse.safety import Finding, Screen
from rehearse.safety.finding import ABUSE
from rehearse.safety.texts import SteppingOut as Words
from rehearse.safety.texts import country_of, ended, stepping_out

Look = Callable[[str], Finding | None]
"""Looks at what a person has said (`rehearse.safety.Screen.look`)."""


class Stage(Protocol):
    """Whatever is stepped out of."""

    effects: list[Any]
    silences: int

    def listen_for(self, patience_s: float) -> None:
        """Wait so long for the person."""

    def restore(self, place: Place) -> None:
        """Go on from there."""


Say = Callable[..., None]
"""(*texts, floor, cue): in the coach's voice."""


WITHHELD = "(not kept)"
"""Stands in every report for words that set the screen off, also where they were part of the scene."""


def unjudged(turn: TurnTaken) -> TurnTaken:
    """The turn without its words, and with nothing said of them."""
    reply = replace(turn.reply, text=WITHHELD)
    return replace(turn, occasion=Occasion(), reply=reply, coded=CodedReply(WITHHELD, ()))


def look(said: str) -> Finding | None:
    """The screen by its patterns alone: for conversations that are given no other."""
    return Screen().look(said)


class SteppingOut:
    """The coach outside the scene, and what was found."""

    def __init__(self, stage: Stage, say: Say, *, here: Callable[[], Place], country: str | None, scene: bool) -> None:
        """`here`: where it stood when the present event came. `country`: that the person has chosen, if any. `scene`:
        whether there is one to go on with."""
        self._stage = stage
        self._say = say
        self._here = here
        self._country = country_of(country)
        self._scene = scene
        self._finding: Finding
        self._said_by: Reply | Unclear
        self._left_at: Place
        self._words: Words
        self.stepped_out = False
        """Whether anything was found."""
        self.ended = False
        """Whether it has ended with that."""
        self.after_abuse = False
        """Whether any of it was abuse: nobody is told to take blame then."""

    def notice(self, finding: Finding, said_by: Reply | Unclear) -> None:
        """Something was found: the trigger "danger" comes next."""
        self._finding, self._said_by = finding, said_by

    def step_out(self, _: EventData) -> None:
        """Stop whatever it is, and say what was heard and where people help."""
        here = self._here()
        if here.state != STEPPED_OUT:
            self._left_at = here
        self.stepped_out = True
        self.after_abuse |= self._finding.kind in ABUSE
        self._words = stepping_out(self._finding, self._country, in_a_scene=self._scene)
        self._stage.effects.append(OfferHelp(self._words.help))
        self._say(*self._words.first)

    def listen(self, _: EventData) -> None:
        """Wait for one of the ways out."""
        self._stage.listen_for(PATIENCE_S[-1])

    def say_again(self, _: EventData) -> None:
        """Where people help, and the ways out."""
        self._say(*self._words.again)

    def wait(self, data: EventData) -> None:
        """Nothing is said: once more, and then it is waited."""
        if self._stage.silences == 1:
            self.say_again(data)
        else:
            self.listen(data)

    def go_back(self) -> tuple[Place, Reply | Unclear]:
        """Where it was, and what was said there: it was part of the scene."""
        return self._left_at, self._said_by

    def part(self, _: EventData) -> None:
        """They want to end here."""
        self.ended = True
        self._say(ended(), floor=Floor.KEPT)

    def finish(self, _: EventData) -> None:
        """End, without looking back."""
        self.ended = True
        self._stage.effects.append(Finish())

    def leave(self, _: EventData) -> None:
        """End at once."""
        self.ended = True
        self._stage.effects.append(Finish(leaves_no_trace=self.after_abuse))
