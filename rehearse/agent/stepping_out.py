"""Stepping out of every role, when somebody may be in danger: fixed words, two ways out, and nothing goes on by itself.

Its course is drawn in `outside.py`. Each method that takes `EventData` is what a transition does, called once the new
state has been entered.
"""

from collections.abc import Callable
from typing import Any, Protocol

from transitions import EventData

from rehearse.agent.effects import Finish, OfferHelp
from rehearse.agent.outside import STEPPED_OUT
from rehearse.agent.patience import OUTSIDE_PATIENCE_S
from rehearse.agent.talk import Place
from rehearse.dialogue import Floor, Reply, Unclear
from rehearse.safety import Finding, Screen
from rehearse.safety.finding import ABUSE
from rehearse.safety.plain import plain
from rehearse.safety.texts import SteppingOut as Words
from rehearse.safety.texts import country_of, ended, stepping_out
from rehearse.scenarios.schema import Scenario

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


def not_suggested(scenario: Scenario, screen: Look) -> Look:
    """`screen`, but for the words that the scene itself suggests: whoever says those says what the coach has said."""
    states = scenario.states.values()
    suggested = {
        plain(say).text for state in states for say in (*state.answers, *(i.say for i in state.instead.values()))
    }
    return lambda said: None if plain(said).text in suggested else screen(said)


def look(said: str) -> Finding | None:
    """The screen by its patterns alone: for conversations that are given no other."""
    return Screen().look(said)


class SteppingOut:
    """The coach outside the scene, and what was found."""

    def __init__(
        self,
        stage: Stage,
        say: Say,
        *,
        here: Callable[[], Place],
        country: str | None,
        scene: bool,
        again: bool = False,
    ) -> None:
        """`here`: where it stood when the present event came. `country`: that the person has chosen, if any. `scene`:
        whether there is one to go on with. `again`: whether something was found before it was cut off; what that was is
        kept nowhere, so it is taken for abuse."""
        self._stage = stage
        self._say = say
        self._here = here
        self._country = country_of(country)
        self._scene = scene
        self._finding: Finding
        self._said_by: Reply | Unclear
        self._left_at: Place
        self._words: Words
        self.stepped_out = again
        """Whether anything was found."""
        self.broken_off = False
        """Whether it ends with that, unless the person leads back."""
        self.after_abuse = again
        """Whether any of it was abuse: nobody is told to take blame then."""

    def notice(self, finding: Finding, said_by: Reply | Unclear) -> None:
        """Something was found: the trigger "danger" comes next."""
        self._finding, self._said_by = finding, said_by

    def step_out(self, _: EventData) -> None:
        """Stop whatever it is, and say what was heard and where people help."""
        here = self._here()
        if here.state != STEPPED_OUT:
            self._left_at = here
        self.stepped_out = self.broken_off = True
        self.after_abuse |= self._finding.kind in ABUSE
        self._words = stepping_out(self._finding, self._country, in_a_scene=self._scene)
        self._stage.effects.append(OfferHelp(self._words.help))
        self._say(*self._words.first)

    def listen(self, _: EventData) -> None:
        """Wait for one of the ways out."""
        self._stage.listen_for(OUTSIDE_PATIENCE_S)

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
        self.broken_off = False
        return self._left_at, self._said_by

    def part(self, _: EventData) -> None:
        """They want to end here."""
        self._say(ended(), floor=Floor.KEPT)

    def finish(self, _: EventData) -> None:
        """End, without looking back."""
        self._stage.effects.append(Finish())

    def leaves_at_once(self, _: EventData) -> bool:
        """Whether to stop the program is to leave: after abuse, nothing is to be found to be gone on with."""
        return self.after_abuse

    def leave(self, _: EventData) -> None:
        """End at once."""
        self.broken_off = True
        self._stage.effects.append(Finish(leaves_no_trace=self.after_abuse))
