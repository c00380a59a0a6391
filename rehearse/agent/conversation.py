"""The conversation as a statechart: events in, effects out, no I/O and no clock.

ready ─begin▶ briefing ─spoken▶ speaking ─spoken▶ listening ─reply▶ speaking … ─spoken▶ debriefing
                                                  │   ▲
     unclear, silence, hint, repeat, don't agree  ▼   │ spoken          pause ▶ paused ─go on▶ speaking
                                               prompting

debriefing ─spoken▶ reviewing ─don't agree▶ yielding ─spoken▶ finished
    │                   ├ repeat ▶ debriefing
    │                   └ anything else, or nothing ▶ finished
    └ spoken, and nothing to contest or nobody to do it ▶ finished
"""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from transitions import EventData, Machine

from rehearse.agent import coach_lines
from rehearse.agent.commands import Command, command_in, objects
from rehearse.agent.effects import Contested, Effect, Finish, Listen, Show, Speak, TurnTaken
from rehearse.agent.events import Begin, Event, Interrupted, LinesSpoken
from rehearse.agent.partner import Partner
from rehearse.dialogue import EndOfReplies, Line, Reply, Silence, Unclear
from rehearse.feedback.codes import HELPING, MISSED, Code, CodedReply
from rehearse.feedback.debrief import Debrief, debrief
from rehearse.feedback.language import ENGLISH, NO_WORDS, language_of
from rehearse.feedback.moment import Alternative, Moment, Occasion, verdicts
from rehearse.scenarios.schema import Scenario, State

Coder = Callable[[str, str], CodedReply]
"""(the partner's line, the reply) → what the reply did."""

PATIENCE_S = 15.0
"""How long a silence may last before anything happens. Long: searching for words is part of the practice."""

OBJECTION_PATIENCE_S = 5.0
"""How long the coach waits, after the debrief, for somebody who does not agree."""

_Do = Callable[[EventData], None]
_If = Callable[[EventData], bool]

_HEARD = ("reply", "unclear", "silence", "end_of_replies")
_COMMANDS = {command: f"command_{command}" for command in Command}


class _Course:
    """The machine's model, apart from `Conversation`, whose methods share names with triggers."""

    state: str
    trigger: Callable[..., bool]


class Conversation:
    """One role-play from the briefing to the debrief."""

    def __init__(self, scenario: Scenario, *, seed: int, coder: Coder, hears_objections: bool = True) -> None:
        """`hears_objections`: whether it listens once more after the debrief, for "I don't agree"."""
        self.scenario = scenario
        self.seed = seed
        self._coder = coder
        self._chance = Random(seed)  # noqa: S311  variety, not secrecy
        self._partner = Partner(scenario, self._chance)
        self._said: Line | None = None
        self._silences = 0
        self._unclear = 0
        self._moments: list[Moment] = []
        self._hears_objections = hears_objections
        self._effects: list[Effect] = []
        self._course = _Course()
        self._lay_out_course()

    def _lay_out_course(self) -> None:
        machine = Machine(
            model=self._course,
            states=[
                "ready",
                "briefing",
                "speaking",
                "listening",
                "prompting",
                "waiting",
                "paused",
                "debriefing",
                "reviewing",
                "yielding",
                "finished",
            ],
            initial="ready",
            queued=True,
            auto_transitions=False,
            send_event=True,
        )

        def on(trigger: str, source: str, dest: str | None, do: _Do, if_: _If | None = None) -> None:
            machine.add_transition(trigger, source, dest, conditions=if_, after=do)

        on("begin", "ready", "briefing", self._brief)
        on("spoken", "briefing", "speaking", self._speak_next)
        on("spoken", "speaking", "debriefing", self._conclude, if_=self._at_an_ending)
        on("spoken", "speaking", "listening", self._listen)
        on("spoken", "prompting", "listening", self._listen)
        on("spoken", "waiting", None, self._listen)
        on("spoken", "paused", None, self._listen)
        on("spoken", "debriefing", "reviewing", self._listen_for_objection, if_=self._can_be_contested)
        on("spoken", "debriefing", "finished", self._show_and_finish)
        on("spoken", "yielding", "finished", self._show_and_finish)
        on(_COMMANDS[Command.CONTEST], "reviewing", "yielding", self._leave_out_what_was_named)
        on(_COMMANDS[Command.REPEAT], "reviewing", "debriefing", self._conclude)
        for anything_else in (*_HEARD, *_COMMANDS.values()):
            on(anything_else, "reviewing", "finished", self._show_and_finish)
        on("reply", "listening", "speaking", self._react)
        on("reply", "waiting", "speaking", self._react)
        on("reply", "paused", None, self._stay_paused)
        on("unclear", "listening", "prompting", self._ask_again)
        on("unclear", "waiting", "prompting", self._ask_again)
        on("unclear", "paused", None, self._listen)
        on("silence", "listening", None, self._listen, if_=self._nth_silence(1))
        on("silence", "listening", "prompting", self._wait_in_words, if_=self._nth_silence(2))
        on("silence", "listening", "prompting", self._give_hint, if_=self._nth_silence(3))
        on("silence", "listening", "waiting", self._wait)
        on("silence", "waiting", None, self._listen)
        on("silence", "paused", None, self._listen)
        on("interrupted", "*", "finished", self._finish)
        for open_floor in ("listening", "waiting", "paused"):
            on("end_of_replies", open_floor, "debriefing", self._conclude_unheard)
            on(_COMMANDS[Command.STOP], open_floor, "debriefing", self._conclude)
            on(_COMMANDS[Command.PAUSE], open_floor, "paused", self._pause)
            on(_COMMANDS[Command.GO_ON], open_floor, "speaking", self._speak_again)
            on(_COMMANDS[Command.REPEAT], open_floor, "speaking", self._speak_again)
            on(_COMMANDS[Command.HINT], open_floor, "prompting", self._give_hint)
            back = None if open_floor == "paused" else "prompting"
            on(_COMMANDS[Command.CONTEST], open_floor, back, self._leave_out_the_last)

    @property
    def ending(self) -> str | None:
        """The name of the ending the scene has reached, if it has."""
        return self._partner.moment.ending

    @property
    def finished(self) -> bool:
        """Whether nothing more will come."""
        return self._course.state == "finished"

    def debrief(self) -> Debrief:
        """What can be said of the replies so far."""
        partner = self.scenario.partner
        return debrief(partner.name, self._moments, pronoun=partner.pronoun)

    def handle(self, event: Event) -> list[Effect]:
        """Take in what happened; return what is to be done about it, in order.

        Raises:
            transitions.MachineError: the event makes no sense now, which is a fault of the caller.
        """
        self._effects = []
        if not isinstance(event, Silence | LinesSpoken):
            self._silences = 0
        self._course.trigger(self._trigger_of(event), event=event)
        return self._effects

    # What the transitions do. Each is called once the new state has been entered.

    def _brief(self, _: EventData) -> None:
        self._speak(coach_lines.coach(self.scenario.briefing), coach_lines.coach(coach_lines.HOW_TO))

    def _speak_next(self, _: EventData) -> None:
        self._said = self._partner.say()
        self._speak(self._said)

    def _speak_again(self, data: EventData) -> None:
        if self._said:
            self._speak(self._said)

    def _listen(self, _: EventData) -> None:
        self._effects.append(Listen(PATIENCE_S))

    def _react(self, data: EventData) -> None:
        reply: Reply = data.kwargs["event"]
        state, said, occasion = self._partner.state, self._said, _occasion(self._partner.moment)
        assert said is not None
        coded = self._coder(said.text, reply.text)
        self._moments.append(Moment(said.text, occasion, coded))
        self._unclear = 0
        self._partner.hear(coded)
        self._effects.append(TurnTaken(state, said.text, occasion, reply, coded))
        self._speak_next(data)

    def _ask_again(self, data: EventData) -> None:
        heard = data.kwargs["event"]
        if isinstance(heard, Reply) and language_of(heard.text) != NO_WORDS:
            self._speak(coach_lines.coach(coach_lines.ENGLISH_PLEASE))
            return
        wording = coach_lines.NOT_UNDERSTOOD[min(self._unclear, len(coach_lines.NOT_UNDERSTOOD) - 1)]
        self._unclear += 1
        self._speak(coach_lines.coach(wording))

    def _wait_in_words(self, _: EventData) -> None:
        self._speak(self._partner.wait() or coach_lines.coach(coach_lines.TAKE_YOUR_TIME))

    def _give_hint(self, _: EventData) -> None:
        self._speak(coach_lines.hint(self._partner.moment.hint))

    def _wait(self, _: EventData) -> None:
        self._speak(coach_lines.coach(coach_lines.WAITING))

    def _pause(self, _: EventData) -> None:
        self._speak(coach_lines.coach(coach_lines.PAUSED))

    def _stay_paused(self, _: EventData) -> None:
        self._speak(coach_lines.coach(coach_lines.STILL_THERE))

    def _conclude(self, _: EventData) -> None:
        objection = (coach_lines.coach(coach_lines.ANY_OBJECTION),) if self._can_be_contested() else ()
        self._speak(*map(coach_lines.verdict, self.debrief().spoken), *objection)

    def _conclude_unheard(self, data: EventData) -> None:
        self._hears_objections = False
        self._conclude(data)

    def _listen_for_objection(self, _: EventData) -> None:
        self._effects.append(Listen(OBJECTION_PATIENCE_S))

    def _leave_out_the_last(self, _: EventData) -> None:
        for turn, moment in reversed(list(enumerate(self._moments))):
            said = [verdict for verdict in verdicts(moment) if verdict not in moment.coded.contested]
            harder = [verdict for verdict in said if verdict == MISSED or Code(verdict) not in HELPING]
            if said:
                self._leave_out(turn, *(harder or said))
                return
        self._speak(coach_lines.coach(coach_lines.NOTHING_SAID_YET))

    def _leave_out_what_was_named(self, _: EventData) -> None:
        named = self.debrief().instead_of[0]
        self._leave_out(named.turn, named.verdict)

    def _leave_out(self, turn: int, *contested: str) -> None:
        coded = self._moments[turn].coded
        coded = replace(coded, contested=coded.contested.union(contested))
        self._moments[turn] = replace(self._moments[turn], coded=coded)
        self._effects.append(Contested(turn, coded))
        self._speak(coach_lines.coach(coach_lines.LEFT_OUT))

    def _show_and_finish(self, _: EventData) -> None:
        self._effects += [Show(self.debrief()), Finish()]

    def _finish(self, _: EventData) -> None:
        self._effects.append(Finish())

    def _speak(self, *lines: Line) -> None:
        self._effects.append(Speak(lines))

    # Guards. Silences taper: nothing, the partner's words, the coach's help, a pause.

    def _at_an_ending(self, _: EventData) -> bool:
        return self.ending is not None

    def _can_be_contested(self, _: EventData | None = None) -> bool:
        return self._hears_objections and bool(self.debrief().instead_of)

    def _nth_silence(self, number: int) -> _If:
        return lambda _: self._silences == number

    def _trigger_of(self, event: Event) -> str:
        match event:
            case Begin():
                return "begin"
            case LinesSpoken():
                return "spoken"
            case Interrupted():
                return "interrupted"
            case Unclear():
                return "unclear"
            case Silence():
                self._silences += 1
                return "silence"
            case EndOfReplies():
                return "end_of_replies"
            case Reply(text=text):
                state = self._course.state
                command = command_in(text, paused=state in {"waiting", "paused", "reviewing"})
                if command is Command.CONTEST and state == "waiting":
                    command = command_in(text)  # an answer after a long silence may well disagree with the partner
                if state == "reviewing" and objects(text):
                    command = Command.CONTEST
                if command:
                    return _COMMANDS[command]
                return "reply" if language_of(text) == ENGLISH else "unclear"


def _occasion(state: State) -> Occasion:
    alternatives = {str(way): Alternative(each.say, each.why) for way, each in state.instead.items()}
    return Occasion(frozenset(state.carries), state.feels, alternatives)
