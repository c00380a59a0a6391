"""The conversation as a statechart: events in, effects out, no I/O and no clock.

ready ─begin▶ briefing ─spoken▶ speaking ─spoken▶ listening ─reply▶ speaking … ─spoken▶ debriefing
                                      └ cut short,  │   ▲ │
                                        taken back ─│─┘ │ spoken          pause ▶ paused ─go on▶ speaking
       unclear, silence, hint, repeat, don't agree  ▼   │
                                                prompting

debriefing ─spoken▶ reviewing ─don't agree▶ yielding ─spoken▶ finished
    │                   ├ repeat ▶ debriefing
    │                   └ anything else, or nothing ▶ finished
    └ spoken, and nothing to contest or nobody to do it ▶ finished
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from transitions import EventData

from rehearse.agent import coach_lines
from rehearse.agent.commands import Command, command_in, objects
from rehearse.agent.course import Course, machine_of
from rehearse.agent.effects import Contested, Effect, Finish, Listen, Show, Sound, Speak, TurnTaken, TurnUndone
from rehearse.agent.events import Begin, Event, Interrupted, LinesSpoken
from rehearse.agent.foresight import Coder, Judge, foresee
from rehearse.agent.partner import Memory, Partner
from rehearse.dialogue import Cue, CutShort, EndOfReplies, Floor, Line, Reply, Silence, TakenBack, Thought, Unclear
from rehearse.feedback.codes import HELPING, MISSED, Code
from rehearse.feedback.debrief import Debrief, debrief
from rehearse.feedback.language import ENGLISH, NO_WORDS, language_of
from rehearse.feedback.moment import Alternative, Moment, Occasion, verdicts
from rehearse.feedback.thoughts import whole_thought
from rehearse.scenarios.schema import Scenario, State

PATIENCE_S = (12.0, 13.0, 18.0, 25.0)
"""Seconds of silence until a soft sound, until the partner waits in words, until the coach offers help, and until the
scene rests. Long: searching for words is part of the practice. After that nothing is said any more."""

OBJECTION_PATIENCE_S = 5.0
"""How long the coach waits, after the debrief, for somebody who does not agree."""

_Do = Callable[[EventData], None]
_If = Callable[[EventData], bool]

_HEARD = ("reply", "unclear", "silence", "end_of_replies")
_COMMANDS = {command: f"command_{command}" for command in Command}


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
    ) -> None:
        """`hears_objections`: whether it listens once more after the debrief, for "I don't agree"."""
        self.scenario = scenario
        self.seed = seed
        self._coder = lru_cache(maxsize=8)(coder)  # what was foreseen need not be coded again
        self._judge = judge
        self._chance = Random(seed)  # noqa: S311  variety, not secrecy
        self._partner = Partner(scenario, self._chance)
        self._said: Line | None = None
        self._heard = ""
        """What of that line the person has heard."""
        self._before: _Before | None = None
        """What the last reply has changed, as long as it may turn out not to have been over."""
        self._silences = 0
        self._unclear = 0
        self._moments: list[Moment] = []
        self._hears_objections = hears_objections
        self._effects: list[Effect] = []
        self._course = Course()
        self._lay_out_course()

    def _lay_out_course(self) -> None:
        machine = machine_of(self._course)

        def on(trigger: str, source: str, dest: str | None, do: _Do, if_: _If | None = None) -> None:
            machine.add_transition(trigger, source, dest, conditions=if_, after=do)

        on("begin", "ready", "briefing", self._brief)
        on("spoken", "briefing", "listening", self._listen_for_the_first_word, if_=self._person_begins)
        on("spoken", "briefing", "speaking", self._speak_next)
        on("spoken", "speaking", "debriefing", self._conclude, if_=self._at_an_ending)
        on("spoken", "speaking", "listening", self._listen)
        on("spoken", "prompting", "listening", self._listen)
        on("spoken", "waiting", None, self._listen)
        on("spoken", "paused", None, self._listen)
        on("cut_short", "speaking", "listening", self._listen_to_who_cut_short)
        on("cut_short", "prompting", "listening", self._listen)
        on("cut_short", "waiting", None, self._listen)
        on("cut_short", "paused", None, self._listen)
        on("taken_back", "speaking", "listening", self._undo_the_turn)
        on("taken_back", "prompting", "listening", self._forget_what_was_unclear)
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
        on("silence", "listening", None, self._be_there, if_=self._nth_silence(1))
        on("silence", "listening", "prompting", self._wait_in_words, if_=self._nth_silence(2))
        on("silence", "listening", "prompting", self._offer_help, if_=self._nth_silence(3))
        on("silence", "listening", "waiting", self._wait)
        on("silence", "waiting", None, self._listen)
        on("silence", "paused", None, self._listen)
        on("interrupted", "*", "finished", self._finish)
        for open_floor in ("listening", "waiting", "paused"):
            on("end_of_replies", open_floor, "debriefing", self._conclude_unheard)
        for over in (Command.HINT, Command.CONTEST):  # after the last line there is nothing to answer any more
            on(_COMMANDS[over], "speaking", "debriefing", self._conclude, if_=self._at_an_ending)
        for anywhere in ("listening", "waiting", "paused", "speaking", "prompting"):
            on(_COMMANDS[Command.STOP], anywhere, "debriefing", self._conclude)
            on(_COMMANDS[Command.PAUSE], anywhere, "paused", self._pause)
            on(_COMMANDS[Command.GO_ON], anywhere, "speaking", self._speak_again)
            on(_COMMANDS[Command.REPEAT], anywhere, "speaking", self._speak_again)
            back = None if anywhere == "paused" else "prompting"
            on(_COMMANDS[Command.HINT], anywhere, back, self._give_hint)
            on(_COMMANDS[Command.CONTEST], anywhere, back, self._leave_out_the_last)
        on(_COMMANDS[Command.STOP], "briefing", "debriefing", self._conclude)
        on(_COMMANDS[Command.PAUSE], "briefing", "paused", self._pause)
        on(_COMMANDS[Command.REPEAT], "briefing", None, self._brief)
        on(_COMMANDS[Command.STOP], "debriefing", "finished", self._show_and_finish)
        for command in _COMMANDS.values():  # a line that was stopped for nothing else is said again, or is left
            on(command, "briefing", "speaking", self._speak_next)
            on(command, "debriefing", None, self._conclude)
            on(command, "yielding", "finished", self._show_and_finish)

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

    def foresee(self, text: str) -> Thought:
        """Judge the words so far of the reply to the partner's line; from another thread, while nothing is handled.

        What they do is found out too, so that it is known when the reply is over.
        """
        if command_in(text, paused=self._alone_with_the_coach):
            return Thought(1.0)
        return foresee(self._partner, self._heard, text, judge=self._judge, coder=self._coder)

    def handle(self, event: Event) -> list[Effect]:
        """Take in what happened; return what is to be done about it, in order.

        Raises:
            transitions.MachineError: the event makes no sense now, which is a fault of the caller.
        """
        self._effects = []
        if not isinstance(event, Silence | LinesSpoken):
            self._silences = 0
        if isinstance(event, LinesSpoken | CutShort):
            self._before = None
        self._course.trigger(self._trigger_of(event), event=event)
        return self._effects

    # What the transitions do. Each is called once the new state has been entered.

    def _brief(self, _: EventData) -> None:
        self._speak(coach_lines.coach(self.scenario.briefing), coach_lines.coach(coach_lines.HOW_TO), floor=Floor.KEPT)

    def _speak_next(self, _: EventData) -> None:
        self._said = self._partner.say()
        self._say_the_line(Floor.YIELDED)

    def _listen_for_the_first_word(self, data: EventData) -> None:
        self._said = self._partner.say()
        self._listen(data)

    def _speak_again(self, data: EventData) -> None:
        if self._said:
            self._say_the_line(Floor.YIELDED)
        else:
            self._speak_next(data)

    def _say_the_line(self, floor: Floor) -> None:
        assert self._said
        self._heard = self._said.text
        if not self._heard:  # the person begins, and the briefing says with what
            self._speak(coach_lines.coach(self.scenario.briefing))
            return
        if self.ending is not None:
            floor = Floor.CLOSING if floor is Floor.ANSWERING else Floor.KEPT
        self._speak(self._said, floor=floor)

    def _listen(self, _: EventData) -> None:
        self._effects.append(Listen(PATIENCE_S[min(self._silences, len(PATIENCE_S) - 1)]))

    def _listen_to_who_cut_short(self, data: EventData) -> None:
        assert self._said
        self._heard = _beginning(self._said.text, data.kwargs["event"].heard)
        self._listen(data)

    def _forget_what_was_unclear(self, data: EventData) -> None:
        self._unclear = max(0, self._unclear - 1)
        self._listen(data)

    def _be_there(self, data: EventData) -> None:
        self._effects.append(Sound(Cue.STILL_LISTENING))
        self._listen(data)

    def _react(self, data: EventData) -> None:
        reply: Reply = data.kwargs["event"]
        state, said, occasion = self._partner.state, self._said, _occasion(self._partner.moment)
        assert said is not None
        coded = self._coder(self._heard, reply.text)
        before = _Before(self._partner.remember(), said, self._heard, self._unclear)
        self._moments.append(Moment(self._heard, occasion, coded))
        self._unclear = 0
        self._partner.hear(coded, pause_before_s=reply.pause_before_s, interrupted=reply.interrupted)
        unsaid = said.text.removeprefix(self._heard).strip()
        self._effects.append(TurnTaken(state, self._heard, occasion, reply, coded, unsaid))
        self._said = self._partner.say()
        self._say_the_line(Floor.ANSWERING)
        self._before = before

    def _undo_the_turn(self, data: EventData) -> None:
        before = self._before
        assert before, "only what answers a reply can be taken back"
        self._partner.go_back(before.scene)
        self._said, self._heard, self._unclear = before.said, before.heard, before.unclear
        self._moments.pop()
        self._effects.append(TurnUndone())
        self._listen(data)

    def _ask_again(self, data: EventData) -> None:
        heard = data.kwargs["event"]
        if isinstance(heard, Reply) and language_of(heard.text) != NO_WORDS:
            self._speak(coach_lines.coach(coach_lines.ENGLISH_PLEASE), floor=Floor.ANSWERING)
            return
        wording = coach_lines.NOT_UNDERSTOOD[min(self._unclear, len(coach_lines.NOT_UNDERSTOOD) - 1)]
        self._unclear += 1
        self._speak(coach_lines.coach(wording), floor=Floor.ANSWERING)

    def _wait_in_words(self, _: EventData) -> None:
        self._speak(self._partner.wait() or coach_lines.coach(coach_lines.TAKE_YOUR_TIME))

    def _give_hint(self, _: EventData) -> None:
        self._speak(coach_lines.hint(self._partner.moment.hint))

    def _offer_help(self, _: EventData) -> None:
        self._speak(coach_lines.coach(coach_lines.OFFER_HELP))

    def _wait(self, _: EventData) -> None:
        self._speak(coach_lines.coach(coach_lines.WAITING), cue=Cue.PAUSED)

    def _pause(self, _: EventData) -> None:
        self._speak(coach_lines.coach(coach_lines.PAUSED))

    def _stay_paused(self, _: EventData) -> None:
        self._speak(coach_lines.coach(coach_lines.STILL_THERE))

    def _conclude(self, _: EventData) -> None:
        objection = (coach_lines.coach(coach_lines.ANY_OBJECTION),) if self._can_be_contested() else ()
        self._speak(*map(coach_lines.verdict, self.debrief().spoken), *objection, floor=Floor.KEPT)

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
        self._speak(coach_lines.coach(coach_lines.LEFT_OUT), floor=Floor.KEPT)

    def _show_and_finish(self, _: EventData) -> None:
        self._effects += [Show(self.debrief()), Finish()]

    def _finish(self, _: EventData) -> None:
        self._effects.append(Finish())

    def _speak(self, *lines: Line, floor: Floor = Floor.YIELDED, cue: Cue | None = None) -> None:
        self._effects.append(Speak(lines, floor, cue))

    # Guards. Silences taper: nothing, the partner's words, the coach's help, a pause.

    def _at_an_ending(self, _: EventData) -> bool:
        return self.ending is not None

    def _person_begins(self, _: EventData) -> bool:
        return self._partner.waits_to_be_spoken_to

    def _can_be_contested(self, _: EventData | None = None) -> bool:
        return self._hears_objections and bool(self.debrief().instead_of)

    @property
    def _alone_with_the_coach(self) -> bool:
        return self._course.state in {"waiting", "paused", "reviewing"}

    def _nth_silence(self, number: int) -> _If:
        return lambda _: self._silences == number

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
            case Unclear():
                return "unclear"
            case Silence():
                self._silences += 1
                return "silence"
            case EndOfReplies():
                return "end_of_replies"
            case Reply(text=text):
                state = self._course.state
                command = command_in(text, paused=self._alone_with_the_coach)
                if command is Command.CONTEST and state == "waiting":
                    command = command_in(text)  # an answer after a long silence may well disagree with the partner
                if state == "reviewing" and objects(text):
                    command = Command.CONTEST
                if command:
                    return _COMMANDS[command]
                return "reply" if language_of(text) == ENGLISH else "unclear"


@dataclass(frozen=True, slots=True)
class _Before:
    """What a reply changes, as it was before."""

    scene: Memory
    said: Line
    heard: str
    unclear: int


def _beginning(text: str, share: float) -> str:
    """About so much of `text`, in whole words: never none of it, as something was heard."""
    heard = round(len(text) * share)
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    return text[: next((end for end in reversed(ends) if end <= heard), ends[0])]


def _occasion(state: State) -> Occasion:
    alternatives = {str(way): Alternative(each.say, each.why) for way, each in state.instead.items()}
    return Occasion(frozenset(state.carries), state.feels, alternatives)
