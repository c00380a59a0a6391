"""The loop that does what a conversation wants done, with whatever speaks, hears and shows."""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import Protocol

from rehearse.agent.conversation import Conversation
from rehearse.agent.effects import (
    Adjust,
    AwaitDevices,
    Contested,
    Effect,
    Finish,
    Listen,
    OfferHelp,
    Show,
    Sound,
    Speak,
    TurnRetried,
    TurnTaken,
    TurnUndone,
)
from rehearse.agent.events import Adjusted, Begin, DevicesBack, DevicesLost, Event, Interrupted, LinesSpoken
from rehearse.dialogue import Cue, Floor, Foresee, Heard, Line, Reply, Speaker, Spoken
from rehearse.errors import DeviceLost
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.debrief import Debrief
from rehearse.feedback.moment import code_without_blame
from rehearse.moments import answered, decided
from rehearse.practice.session import Position, Session, Turn, turn_without_blame
from rehearse.safety.help_lines import Help


class Mouth(Protocol):
    """Whatever says lines."""

    def say(self, lines: Sequence[Line], floor: Floor, cue: Cue | None = None) -> Spoken:
        """Say `lines`, all of one speaker, after `cue`; return when they are heard, or stopped as `floor` lets."""

    def cue(self, cue: Cue) -> None:
        """Let a soft sound be heard; nobody waits for its end."""

    def adjust(self, pace: float, volume_db: float) -> bool:
        """Speak so many times as fast as now, and so much louder; return whether it went no further."""


class Ear(Protocol):
    """Whatever hears replies."""

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        """Wait for a reply, at most `patience_s` without a word. `foresee` may be asked whether it is over."""


class Devices(Protocol):
    """The sound devices that mouth and ear need, where they need any."""

    def lost(self) -> tuple[bool, bool]:
        """Whether the microphone has gone, and whether the loudspeaker has."""

    def await_back(self) -> None:
        """Return when both are there again."""


class Display(Protocol):
    """Whatever shows what was said. Everything heard and spoken passes here."""

    def said(self, line: Line) -> None:
        """A line is about to be spoken."""

    def sounded(self, cue: Cue) -> None:
        """A soft sound is about to be heard."""

    def heard(self, heard: Heard) -> None:
        """Something was heard, or nothing was."""

    def coded(self, coded: CodedReply) -> None:
        """A reply was understood to do this."""

    def undone(self) -> None:
        """What was coded last was not all of the reply: the person has gone on with it."""

    def debriefed(self, debrief: Debrief) -> None:
        """The scene is over."""

    def helped(self, there_is: Help) -> None:
        """Somebody may be in danger: where people help."""

    def cleared(self) -> None:
        """Nothing of all this is to be left to be seen."""


class Keeper(Protocol):
    """Whatever keeps a session as it goes."""

    def keep(self, session: Session, position: Position) -> None:
        """A turn has been taken, undone, tried again or contested, or the safety screen has stepped in: this is what
        there is now. It raises nothing."""


class Rehearsal:
    """One conversation, held with a mouth and an ear and shown on a display.

    What has been said so far can be had as a `Session` at any moment, also after an error or Ctrl-C.
    """

    def __init__(self, conversation: Conversation, display: Display, keeper: Keeper | None = None) -> None:
        """`keeper` has kept a turn before the partner answers it."""
        self._conversation = conversation
        self._display = display
        self._keeper = keeper
        cut_off = conversation.cut_off
        self._turns: list[Turn] = [*cut_off.turns] if cut_off else []
        self._retried: list[Turn] = [*cut_off.retried] if cut_off else []
        self._before_s = self._turns[-1].reply.end_s if self._turns else 0.0
        """How long the session had been before it was cut off, less what the ear had heard before this."""
        self._looked_back = False
        self._decide_ms = 0
        self._answering = False
        """Whether the next lines are the partner's answer to the last turn."""
        self._partner_s = 0.0
        """How long the partner has spoken since the last turn."""
        self._replies: list[Reply] = []
        """What was heard since then: commands, and at last the turn's own reply."""

    @property
    def session(self) -> Session:
        """What has happened so far."""
        conversation = self._conversation
        partner = conversation.scenario.partner
        blameless = conversation.after_abuse
        return Session(
            scenario=conversation.scenario.id,
            seed=conversation.seed,
            mode=conversation.mode,
            turns=tuple(map(turn_without_blame, self._turns) if blameless else self._turns),
            retried=tuple(map(turn_without_blame, self._retried) if blameless else self._retried),
            ending=conversation.ending,
            debrief=conversation.debrief(),
            partner=partner.name,
            pronoun=partner.pronoun,
            over=self._looked_back or conversation.ending is not None or conversation.broken_off,
            counts=conversation.counts,
            private=conversation.stepped_out,
            broken_off=conversation.broken_off,
        )

    @property
    def leaves_no_trace(self) -> bool:
        """Whether nothing is to be left on the screen where it ends now, without a word."""
        return self._conversation.after_abuse

    def hold(
        self,
        mouth: Mouth,
        ear: Ear,
        devices: Devices | None = None,
        *,
        quotes: bool = True,
        began_s: float = 0.0,
        types: bool = False,
    ) -> None:
        """Go through the conversation to its end. Where there are `devices`, one that goes is waited for. `quotes`:
        whether the mouth can say the partner's lines that were not known ahead. `began_s`: what the ear's clock says
        now. `types`: whether the ear also takes what is typed.

        Raises:
            DeviceLost: mouth or ear has lost one, and there are no `devices`.
            KeyboardInterrupt: the person pressed Ctrl-C; the conversation is over then.
        """
        self._before_s -= began_s
        try:
            effects: deque[Effect] = deque(self._handle(Begin(quotes, types)))
            while effects:
                if answer := self._do(effects.popleft(), mouth, ear, devices):
                    if isinstance(answer, DevicesLost):
                        effects.clear()  # the conversation knows where it was
                    effects.extend(self._handle(answer))
        except KeyboardInterrupt:
            self._conversation.handle(Interrupted())
            raise

    def _handle(self, event: Event) -> list[Effect]:
        started = perf_counter()
        effects = self._conversation.handle(event)
        self._decide_ms = round((perf_counter() - started) * 1000)
        return effects

    def _do(self, effect: Effect, mouth: Mouth, ear: Ear, devices: Devices | None) -> Event | None:
        if devices is None:
            return self._done(effect, mouth, ear)
        try:
            if isinstance(effect, AwaitDevices):
                devices.await_back()
                return DevicesBack()
            return self._done(effect, mouth, ear)
        except DeviceLost as lost:
            return DevicesLost(*devices.lost(), lines_heard=lost.lines_heard)

    def _done(self, effect: Effect, mouth: Mouth, ear: Ear) -> Event | None:
        done = self._do_it(effect, mouth, ear)
        changed = isinstance(effect, TurnTaken | TurnUndone | TurnRetried | Contested)
        stopped = isinstance(effect, OfferHelp | Finish) and self._conversation.broken_off
        if self._keeper and (changed or (stopped and (self._turns or self._retried))):
            self._keeper.keep(self.session, self._conversation.position)
        return done

    def _do_it(self, effect: Effect, mouth: Mouth, ear: Ear) -> Event | None:
        match effect:
            case TurnTaken(state, line, occasion, reply, coded, unsaid):
                moments = decided(reply.moments, self._decide_ms)
                reply = _with_all_overheard(reply, self._replies)
                self._replies.clear()
                self._turns.append(Turn(state, line, reply, coded, occasion, self._partner_s, unsaid, moments))
                self._partner_s = 0.0
                self._answering = True
                self._display.coded(code_without_blame(coded) if self._conversation.after_abuse else coded)
            case TurnUndone():
                undone = self._turns.pop()
                self._replies.append(undone.reply)
                self._partner_s = undone.partner_s
                self._display.undone()
            case TurnRetried(turns):
                self._retried += self._turns[-turns:]
                del self._turns[-turns:]
                self._replies.clear()
                self._partner_s = 0.0
            case Contested(turn, coded):
                self._turns[turn] = replace(self._turns[turn], coded=coded)
            case Speak(lines, floor, cue):
                return self._speak(lines, floor, cue, mouth)
            case Sound(cue):
                self._display.sounded(cue)
                mouth.cue(cue)
            case Listen(patience_s):
                return self._hear(ear.listen(patience_s, self._conversation.foresee))
            case Adjust(pace, volume_db):
                return Adjusted(mouth.adjust(pace, volume_db))
            case Show(debrief):
                self._looked_back = True
                self._display.debriefed(debrief)
            case OfferHelp(there_is):
                self._display.helped(there_is)
            case Finish(leaves_no_trace=True):
                self._display.cleared()
            case AwaitDevices() | Finish():
                pass
        return None

    def _hear(self, heard: Heard) -> Heard:
        self._display.heard(heard)
        if isinstance(heard, Reply):
            heard = replace(heard, start_s=self._before_s + heard.start_s, end_s=self._before_s + heard.end_s)
            self._replies.append(heard)
        return heard

    def _speak(self, lines: Sequence[Line], floor: Floor, cue: Cue | None, mouth: Mouth) -> Event:
        if cue:
            self._display.sounded(cue)
        for line in lines:
            self._display.said(line)
        spoken = mouth.say(lines, floor, cue)
        if lines[-1].speaker is Speaker.PARTNER:
            self._partner_s += spoken.seconds
        if self._answering and lines[-1].speaker is Speaker.PARTNER:
            self._answering = False
            last = self._turns[-1]
            self._turns[-1] = replace(last, moments=answered(last.moments, spoken.waited_ms))
        if isinstance(spoken.ended_by, Reply):
            return self._hear(spoken.ended_by)
        return spoken.ended_by or LinesSpoken()


def _with_all_overheard(reply: Reply, heard: Sequence[Reply]) -> Reply:
    """`reply` with what was overheard before any of `heard`: a command in between is no turn of its own."""
    known = [each.backchannels for each in heard if each.backchannels is not None]
    return replace(
        reply,
        backchannels=sum(known) if known else reply.backchannels,
        interrupted=any(each.interrupted for each in heard),
    )
