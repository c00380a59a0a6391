"""The conversation as a statechart: events in, effects out, no I/O and no clock. Its course is drawn in `course.py`."""

from rehearse.agent.commands import Command, answer_in, asks_for_time, command_in, objects
from rehearse.agent.course import COMMANDS, Course, On, lay_out
from rehearse.agent.effects import Effect, Speak
from rehearse.agent.events import Adjusted, Begin, DevicesBack, DevicesLost, Event, Interrupted, LinesSpoken
from rehearse.agent.foresight import Coder, Judge, foresee
from rehearse.agent.guiding import Guiding
from rehearse.agent.obeying import Obeying
from rehearse.agent.partner import Mode
from rehearse.agent.position import position_of, take_up
from rehearse.agent.talk import Talk, coach_speaks
from rehearse.dialogue import CutShort, EndOfReplies, Reply, Silence, TakenBack, Thought, Unclear
from rehearse.feedback.debrief import Debrief
from rehearse.feedback.language import ENGLISH, language_of
from rehearse.feedback.thoughts import whole_thought
from rehearse.practice.session import CutOff, Position
from rehearse.scenarios.schema import Scenario


class Conversation:
    """One role-play from the briefing to the debrief."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int,
        coder: Coder,
        judge: Judge = whole_thought,
        hears_objections: bool = True,
        waiting: float = 1.0,
        mode: Mode = Mode.PLAIN,
        talks: type[Talk] = Talk,
        cut_off: CutOff | None = None,
    ) -> None:
        """`hears_objections`: whether it listens once more after the debrief, for "I don't agree". `waiting`: so many
        times its own length a silence lasts before somebody says something. `cut_off`: what it goes on with.

        Raises:
            SessionError: what was cut off does not fit the scenario.
        """
        self.scenario = scenario
        self.seed = seed
        self.mode: str = mode
        """As in `rehearse.practice.session.Session`."""
        self._judge = judge
        self._course = Course()
        self._talk = talks(
            scenario,
            self._course,
            seed=seed,
            coder=coder,
            hears_objections=hears_objections,
            waiting=waiting,
            mode=mode,
        )
        self.cut_off = cut_off
        if cut_off:
            take_up(self._talk, cut_off)
        lay_out(self._course, self._talk, Obeying(self._talk), Guiding(self._talk), self._lay_out)

    def _lay_out(self, on: On, obeying: Obeying) -> None:
        """Where the course differs from that of a scene."""

    @property
    def ending(self) -> str | None:
        """The name of the ending the scene has reached, if it has."""
        return self._talk.partner.moment.ending

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return self._course.state == "finished"

    @property
    def counts(self) -> bool:
        """Whether the person has said that this try counts for their coach."""
        return self._talk.counts

    @property
    def position(self) -> Position:
        """Where it stands after a turn, to be gone on from another time."""
        return position_of(self._talk)

    def debrief(self) -> Debrief:
        """What can be said of the replies so far."""
        return self._talk.debrief()

    def foresee(self, text: str) -> Thought:
        """Judge the words so far of the reply to the partner's line; from another thread, while nothing is handled.

        What they do is found out too, so that it is known when the reply is over.
        """
        asked = self._course.state == "asking" and answer_in(text) is not None
        if asked or command_in(text, paused=self._alone_with_the_coach):
            return Thought(1.0)
        return foresee(self._talk.partner, self._talk.heard, text, judge=self._judge, coder=self._talk.coder)

    def handle(self, event: Event) -> list[Effect]:
        """Take in what happened; return what is to be done about it, in order.

        Raises:
            transitions.MachineError: the event makes no sense now, which is a fault of the caller.
        """
        talk = self._talk
        talk.take_event()
        if isinstance(event, Silence):
            talk.silences += 1
        elif not isinstance(event, LinesSpoken):
            talk.silences = 0
        self._course.trigger(self._trigger_of(event), event=event)
        return talk.effects

    @property
    def _alone_with_the_coach(self) -> bool:
        return self._course.state in {"waiting", "paused", "asking", "reviewing"}

    def _trigger_of(self, event: Event) -> str:
        match event:
            case Begin():
                return "begin"
            case LinesSpoken():
                return "spoken"
            case TakenBack():
                return "taken_back"
            case CutShort():
                return "cut_short"
            case Interrupted():
                return "interrupted"
            case Adjusted():
                return "adjusted"
            case DevicesLost():
                return "devices_lost"
            case DevicesBack():
                return "devices_back"
            case Unclear():
                return "unclear"
            case Silence():
                return "silence"
            case EndOfReplies():
                return "end_of_replies"
            case Reply(text=text):
                return self._trigger_of_words(text)

    def _trigger_of_words(self, text: str) -> str:
        state = self._course.state
        if state == "asking" and (answer := answer_in(text)) is not None:
            return "yes" if answer else "no"
        if asks_for_time(text):
            return "time"
        command = command_in(text, paused=self._alone_with_the_coach)
        if command is Command.CONTEST and state == "waiting":
            command = command_in(text)  # an answer after a long silence may well disagree with the partner
        if state == "reviewing" and objects(text):
            command = Command.CONTEST
        if command is Command.SKIP and self._leads_on:
            return "spoken"
        if command:
            return COMMANDS[command]
        return "reply" if language_of(text) == ENGLISH else "unclear"

    @property
    def _leads_on(self) -> bool:
        """Whether what is being said can be left for what comes after it."""
        request = self._talk.here.request
        return coach_speaks(request) or (isinstance(request, Speak) and self.ending is not None)
