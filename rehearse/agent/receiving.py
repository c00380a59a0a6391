"""The loop that does what a reception wants done, with whatever speaks, hears and shows."""

from collections import deque
from collections.abc import Callable
from typing import Protocol

from rehearse.agent.effects import (
    Adjust,
    AtTheDoor,
    AwaitDevices,
    Chosen,
    Counts,
    Finish,
    Introduced,
    Listen,
    OfferHelp,
    Sound,
    Speak,
)
from rehearse.agent.events import Adjusted, Begin, CameBack, DevicesBack, DevicesLost, Event, LinesSpoken
from rehearse.agent.loop import Devices, Display, Ear, Mouth
from rehearse.dialogue import Reply, Thought
from rehearse.errors import DeviceLost
from rehearse.practice.standing import Choice


class Coach(Protocol):
    """What the coach says of themself, and makes of what is said: a reception, or an interview."""

    def handle(self, event: Event | CameBack) -> list[AtTheDoor]:
        """Take in what happened; return what is to be done about it, in order."""

    def foresee(self, text: str) -> Thought:
        """Judge the words so far."""


class Receiving:
    """One visit, held with a mouth and an ear and shown on a display. They may be others after each scene."""

    def __init__(
        self,
        reception: Coach,
        display: Display,
        introduced: Callable[[], None],
        counts: Callable[[], None] = lambda: None,
        *,
        types: bool = False,
    ) -> None:
        """`introduced` is called once the program has explained itself, if it has to; `counts` when the person says
        that the last scene counts for their coach. `types`: whether what is typed reaches the ear."""
        self._reception = reception
        self._display = display
        self._introduced = introduced
        self._counts = counts
        self._next: Event | CameBack = Begin(types=types)

    def receive(self, mouth: Mouth, ear: Ear, devices: Devices | None = None) -> Choice | None:
        """Go on until a scene is chosen, or the visit is over (None). Where there are `devices`, one that goes is
        waited for.

        Raises:
            DeviceLost: mouth or ear has lost one, and there are no `devices`.
        """
        effects: deque[AtTheDoor] = deque(self._reception.handle(self._next))
        while effects:
            effect = effects.popleft()
            if isinstance(effect, Chosen):
                return effect.choice
            if answer := self._do(effect, mouth, ear, devices):
                if isinstance(answer, DevicesLost):
                    effects.clear()  # the reception knows where it was
                effects.extend(self._reception.handle(answer))
        return None

    def came_back(self, event: CameBack) -> None:
        """The scene is over: `receive` goes on with that."""
        self._next = event

    def _do(self, effect: AtTheDoor, mouth: Mouth, ear: Ear, devices: Devices | None) -> Event | None:
        try:
            return self._done(effect, mouth, ear, devices)
        except DeviceLost as lost:
            if devices is None:
                raise
            return DevicesLost(*devices.lost(), lines_heard=lost.lines_heard)

    def _done(self, effect: AtTheDoor, mouth: Mouth, ear: Ear, devices: Devices | None) -> Event | None:
        match effect:
            case Speak(lines, floor, cue):
                if cue:
                    self._display.sounded(cue)
                for line in lines:
                    self._display.said(line)
                ended_by = mouth.say(lines, floor, cue).ended_by
                if isinstance(ended_by, Reply):
                    self._display.heard(ended_by)
                return ended_by or LinesSpoken()
            case Sound(cue):
                self._display.sounded(cue)
                mouth.cue(cue)
            case Listen(patience_s):
                heard = ear.listen(patience_s, self._reception.foresee)
                self._display.heard(heard)
                return heard
            case Adjust(pace, volume_db):
                return Adjusted(mouth.adjust(pace, volume_db))
            case AwaitDevices() if devices:
                devices.await_back()
                return DevicesBack()
            case Introduced():
                self._introduced()
            case Counts():
                self._counts()
            case OfferHelp(there_is):
                self._display.helped(there_is)
            case Finish(leaves_no_trace=True):
                self._display.cleared()
        return None
