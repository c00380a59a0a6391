"""The front door as a statechart: events in, effects out, no I/O and no clock. Its course is drawn in `visit.py`."""

from rehearse.agent.choosing import Wish, named_in, number_in, wish_in
from rehearse.agent.commands import Command, WayOut, answer_in, asks_for_time, command_in, way_out_in
from rehearse.agent.course import COMMANDS
from rehearse.agent.desk import Desk
from rehearse.agent.effects import AtTheDoor
from rehearse.agent.events import Adjusted, Begin, CameBack, DevicesBack, DevicesLost, Event, Interrupted, LinesSpoken
from rehearse.agent.outside import STEPPED_OUT
from rehearse.agent.stepping_out import Look, SteppingOut, look
from rehearse.agent.visit import Visit, lay_out
from rehearse.dialogue import CutShort, EndOfReplies, Reply, Silence, TakenBack, Thought, Unclear
from rehearse.practice.standing import Choice, Standing

TRIGGERS = {
    Begin: "begin",
    LinesSpoken: "spoken",
    CutShort: "cut_short",
    TakenBack: "cut_short",
    Interrupted: "interrupted",
    Adjusted: "adjusted",
    DevicesLost: "devices_lost",
    DevicesBack: "devices_back",
    CameBack: "came_back",
    Unclear: "unclear",
    Silence: "silence",
    EndOfReplies: "end_of_replies",
}
MORE_MAY_COME = 0.4
"""How likely words are to be over that say nothing yet: "I'd like the"."""
_AS_A_WISH = {
    Command.GO_ON: Wish.ANY,
    Command.SKIP: Wish.ELSE,
    Command.START_OVER: Wish.AGAIN,
    Command.TRY_AGAIN: Wish.AGAIN,
}
"""What these commands come to where there is no scene."""


class Reception:
    """One visit: hello, the choice of a scene, what comes after it, goodbye."""

    def __init__(
        self,
        standing: Standing,
        *,
        introduces: bool = False,
        waiting: float = 1.0,
        screen: Look = look,
        country: str | None = None,
    ) -> None:
        """`introduces`: whether the program explains itself first. `waiting`: so many times its own length a silence
        lasts before the coach says something. `screen` and `country` as in `Conversation`."""
        self._visit = Visit()
        self._desk = Desk(self._visit, standing, introduces=introduces, waiting=waiting)
        self._screen = screen
        desk = self._desk
        self._outside = SteppingOut(desk, desk.speak, here=lambda: desk.here, country=country, scene=False)
        lay_out(self._visit, desk, self._outside)

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return self._visit.state == "finished"

    @property
    def leaves_no_trace(self) -> bool:
        """Whether nothing is to be left on the screen where it ends now, without a word."""
        return self._outside.after_abuse

    def foresee(self, text: str) -> Thought:
        """Judge the words so far; from another thread, while nothing is handled."""
        understood, _ = self._understood(text)
        return Thought(MORE_MAY_COME if understood == "reply" else 1.0)

    def handle(self, event: Event | CameBack) -> list[AtTheDoor]:
        """Take in what happened; return what is to be done about it, in order. Never raises: what makes no sense now
        changes nothing, and what was asked for is asked for again."""
        desk = self._desk
        desk.take_event()
        if isinstance(event, Silence):
            desk.silences += 1
        elif not isinstance(event, LinesSpoken):
            desk.silences = 0
        if isinstance(event, Reply | Unclear) and self._visit.state not in {"ready", "away", "finished"}:
            way_out = way_out_in(event.text) if self._visit.state == STEPPED_OUT else None
            if way_out is WayOut.PART_OF_SCENE:
                desk.restore(self._outside.go_back()[0])
                return desk.effects
            finding = None if way_out else self._screen(event.text)
            if way_out or finding:
                if finding:
                    self._outside.notice(finding, event)
                self._visit.trigger(way_out or "danger", event=event, choice=None)
                return desk.effects
        if isinstance(event, Reply):
            trigger, choice = self._understood(event.text)
        else:
            trigger, choice = TRIGGERS[type(event)], None
        self._visit.trigger(trigger, event=event, choice=choice)
        return desk.effects

    def _understood(self, text: str) -> tuple[str, Choice | None]:
        """What `text` triggers, and the choice that it names."""
        state = self._visit.state
        yes = answer_in(text)
        if state == "asking" and yes is not None:
            return "yes" if yes else "no", None
        if asks_for_time(text):
            return "time", None
        command = command_in(text, paused=True)
        if state in {"offering", "wondering"}:
            if wish := wish_in(text):
                return wish, None
            if named := self._named(text, numbers=state == "offering"):
                return "chosen", named
            if command in _AS_A_WISH:
                return _AS_A_WISH[command], None
            if yes is not None:
                return (Wish.ANY if yes else Wish.ELSE if state == "offering" else Wish.ENOUGH), None
        return COMMANDS[command] if command else "reply", None

    def _named(self, text: str, *, numbers: bool) -> Choice | None:
        offered = self._desk.offered
        number = number_in(text) if numbers else None
        if number is not None:
            return offered[number] if number < len(offered) else None
        return named_in(text, offered) or named_in(text, self._desk.standing.choices)
