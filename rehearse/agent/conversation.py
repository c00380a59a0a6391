"""The conversation as a statechart: events in, effects out, no I/O and no clock. Its course is drawn in `course.py`."""

from rehearse.agent.coach_lines import coach
from rehearse.agent.commands import Command, WayOut, answer_in, asks_for_time, command_in, objects, way_out_in
from rehearse.agent.course import COMMANDS, Course, On, lay_out
from rehearse.agent.effects import Effect, Speak, coach_speaks
from rehearse.agent.events import Adjusted, Begin, DevicesBack, DevicesLost, Event, Interrupted, LinesSpoken
from rehearse.agent.foresight import Coder, Judge, foresee
from rehearse.agent.guiding import Guiding
from rehearse.agent.misheard import probably_misheard
from rehearse.agent.obeying import IN_THE_SCENE, Obeying
from rehearse.agent.outside import STEPPED_OUT
from rehearse.agent.partner import Mode
from rehearse.agent.position import position_of, take_up
from rehearse.agent.stepping_out import Look, SteppingOut, look, not_suggested
from rehearse.agent.talk import Talk
from rehearse.dialogue import CutShort, EndOfReplies, Reply, Silence, TakenBack, Thought, Unclear
from rehearse.feedback.debrief import NO_DEBRIEF, Debrief
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
        screen: Look = look,
        country: str | None = None,
    ) -> None:
        """`hears_objections`: whether it listens once more after the debrief, for "I don't agree". `waiting`: so many
        times its own length a silence lasts before somebody says something. `cut_off`: what it goes on with. `screen`
        looks at all that the person says. `country`: where they are (ISO 3166-1), if they have said so.

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
        self._screen = not_suggested(scenario, screen)
        self._outside = SteppingOut(
            self._talk,
            lambda *texts, **how: self._talk.speak(*map(coach, texts), **how),
            here=lambda: self._talk.here,
            country=country,
            scene=True,
            again=cut_off is not None and cut_off.private,
        )
        self._talk.blameless = self.after_abuse
        self.cut_off = cut_off
        if cut_off:
            take_up(self._talk, cut_off)
        lay_out(self._course, self._talk, Obeying(self._talk), Guiding(self._talk), self._outside, self._lay_out)

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

    @property
    def stepped_out(self) -> bool:
        """Whether the screen has found something: what was said is nobody else's business then."""
        return self._outside.stepped_out

    @property
    def broken_off(self) -> bool:
        """Whether it ends, or has ended, with that: there is no debrief then, and it is not gone on with."""
        return self._outside.broken_off

    @property
    def after_abuse(self) -> bool:
        """Whether there was abuse in it: nothing is said of defending or of blame then, and nothing is left on the
        screen where somebody leaves at once."""
        return self._outside.after_abuse

    def debrief(self) -> Debrief:
        """What can be said of the replies so far."""
        return NO_DEBRIEF if self.broken_off else self._talk.debrief()

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
        if isinstance(event, Begin):
            talk.types, talk.partner.quotes = event.types, event.quotes
        if self.broken_off and self._course.state == "aside" and isinstance(event, Reply | Unclear):
            self._course.state = STEPPED_OUT  # what is said into words that came in between of that
        talk.take_event()
        if isinstance(event, Silence):
            talk.silences += 1
        elif not isinstance(event, LinesSpoken):
            talk.silences = 0
        if isinstance(event, Reply | Unclear) and self._course.state not in {"ready", "finished"}:
            way_out = way_out_in(event.text) if self._course.state == STEPPED_OUT else None
            if way_out is WayOut.PART_OF_SCENE:
                return self._go_back()
            if way_out is WayOut.LEAVE or (self.after_abuse and way_out_in(event.text) is WayOut.LEAVE):
                self._course.trigger(WayOut.LEAVE, event=event)
                return talk.effects
            if finding := self._screen(event.text):
                self._outside.notice(finding, event)
                self._course.trigger("danger", event=event)
                talk.blameless = self.after_abuse
                return talk.effects
        self._course.trigger(self._trigger_of(event), event=event)
        return talk.effects

    def _go_back(self) -> list[Effect]:
        """It was part of the scene: on at the same moment, with the reply taken as the reply. The partner answers it;
        it is neither judged nor kept."""
        talk = self._talk
        place, event = self._outside.go_back()
        open_floor = place.state in IN_THE_SCENE - {"moving_on"} and not talk.at_an_ending() and talk.said is not None
        if isinstance(event, Reply) and open_floor and self._trigger_of_words(event.text) == "reply":
            self._course.state = "listening"
            self._course.trigger("reply", event=event, withheld=True)
        else:
            talk.restore(place)
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
                trigger = self._trigger_of_words(text)
                return "unclear" if trigger == "reply" and probably_misheard(event) else trigger

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
