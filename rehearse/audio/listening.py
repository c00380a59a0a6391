"""Hearing a person: frames in; a reply out while they are listened to, and who has the floor while a line plays."""

import math
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Protocol

from rehearse.audio.early_transcription import EarlyTranscription
from rehearse.audio.frames import Samples, Utterance, joined
from rehearse.audio.hold import hold_s
from rehearse.audio.overhearing import Overheard, Overhearing
from rehearse.audio.own_pauses import OwnPauses
from rehearse.audio.phantoms import is_sigh
from rehearse.audio.transcriber import SegmentDecoder
from rehearse.audio.turn_taking import SpeechResumed, SpeechStarted, TurnEnded, TurnTaker
from rehearse.audio.voice_activity import SpeechProbability
from rehearse.dialogue import EndOfReplies, Floor, Foresee, Heard, Reply, Silence, Speaker, Thought, Transcript, Unclear
from rehearse.moments import TurnMoments

RESUMED_WITHIN_S = 1.0
"""Who goes on speaking so soon after the answer has begun had not finished."""


class Spotter(Protocol):
    """Knows a few phrases when it hears them."""

    def spot(self, samples: Samples) -> str | None:
        """Which phrase is all that is said in `samples` (16 kHz), or None; quickly."""


class FrameSource(Protocol):
    """Whatever delivers frames: a microphone, or recordings."""

    @property
    def now_s(self) -> float:
        """The session's clock, which the frames keep."""

    @property
    def goes_on(self) -> bool:
        """Whether the reply under way is known to have more to it."""

    def begin_reply(self) -> bool:
        """A reply is waited for from now on; False where nobody is left to give one."""

    def read(self) -> Samples:
        """The next frame; takes a frame's time."""


class Listener:
    """An ear: voice activity, turn-taking and transcription on one source of frames."""

    def __init__(
        self,
        source: FrameSource,
        speech_probability: SpeechProbability,
        turns: TurnTaker,
        decoder: SegmentDecoder,
        busy: Callable[[str | None], None],
        worker: Executor,
        *,
        own_pauses: OwnPauses,
        overhears: bool = False,
        commands: Spotter | None = None,
    ) -> None:
        """`busy` is told what is going on, and None when a reply has been heard. `worker` transcribes, one thing at a
        time. `own_pauses` learns from what is said.

        `overhears`: the source hears the person while a line plays, and does not hear the line. `commands`
        knows what stops any line, said over it.
        """
        self._source = source
        self._speech_probability = speech_probability
        self._turns = turns
        self._worker = worker
        self._early = EarlyTranscription(decoder, self._foreseen, worker)
        self._spotted: Future[str | None] | None = None
        """A short word over a line that is being looked at."""
        self._foresee: Foresee
        self._busy = busy
        self._own_pauses = own_pauses
        self._overhears = overhears
        self._commands = commands
        self._overhearing = Overhearing()
        self._silent_from_s = self._silent_until_s = 0.0
        """The silence under way: as long as nobody speaks, one `listen` goes on with that of the one before."""
        self._given: tuple[Utterance, ...] = ()
        """What the last reply was made of; whoever takes their turn back goes on from there."""
        self._has_floor = False
        """Whether a turn that began while a line played goes on into the next `listen`."""
        self._transcribing = False
        """Whether what was said before the pause under way is being transcribed."""

    def close(self) -> None:
        """Give up what is being transcribed."""
        self._early.close()

    # While a line plays.

    def line_begins(self, speaker: Speaker, floor: Floor) -> None:
        """From now on a line of `speaker` plays."""
        self._floor = floor
        self._spotted = None
        self._line_began_s = self._source.now_s
        self._over_line = self._overhearing if speaker is Speaker.PARTNER else Overhearing()
        self._turns.reset(self._line_began_s)

    def pass_frame(self) -> Overheard | Reply | None:
        """Let one frame go by while the line plays; say what, if anything, is to stop it."""
        frame = self._source.read()
        probability = self._speech_probability(frame)
        decision = self._turns.feed(frame, probability)
        overheard = self._over_line.feed(probability)
        if isinstance(decision, SpeechStarted) and self._goes_on(decision):
            self._own_pauses.add(decision.at_s - self._given[-1].end_s)
            self._over_line.forget()
            self._has_floor = True
            return Overheard.GOES_ON
        if overheard is Overheard.FLOOR and self._overhears and self._floor is not Floor.KEPT:
            self._over_line.line_over(answered_after_s=0.0)
            self._given = ()
            self._has_floor = True
            return Overheard.FLOOR
        if overheard is Overheard.WORD and self._commands:
            word = self._turns.latest(self._over_line.stretch_s)
            self._spotted = self._worker.submit(self._commands.spot, word)
        return self._command()

    @property
    def undecided(self) -> bool:
        """Whether somebody speaks over the line of whom it is not known yet what they want."""
        return self._overhears and self._over_line.undecided

    def _goes_on(self, speech: SpeechStarted) -> bool:
        """Whether this is more of the reply that the line answers."""
        in_time = speech.at_s - self._line_began_s <= RESUMED_WITHIN_S
        return in_time and self._overhears and self._floor is Floor.ANSWERING and bool(self._given)

    def _command(self) -> Reply | None:
        """What was said over the line, if it was for the program."""
        if not self._spotted or not self._spotted.done():
            return None
        text, self._spotted = self._spotted.result(), None
        if text is None:
            return None
        now_s = self._source.now_s
        reply = Reply(text, now_s - self._over_line.stretch_s, now_s)
        self._over_line.forget()
        self._turns.reset(now_s)
        return reply

    # While somebody is listened to.

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        """Wait for a reply and transcribe it."""
        if not self._source.begin_reply():
            return EndOfReplies()
        began_s = self._source.now_s
        earlier = self._given if self._has_floor else ()
        if began_s != self._silent_until_s and not earlier:
            self._silent_from_s = began_s
        if not self._has_floor and not (self._overhears and self._turns.in_speech):
            self._turns.reset(began_s)
        self._has_floor = False
        self._busy("Listening…")
        said = self._said(began_s, patience_s, earlier, foresee)
        while said and not earlier and self._was_nothing(said):
            said = self._said(began_s, patience_s, (), foresee)
        if self._overhears and not earlier:
            self._overhearing.line_over(said[0].start_s - began_s if said else None)
        if not said:
            self._busy(None)
            self._given = ()
            self._silent_until_s = self._source.now_s
            return Silence(self._silent_until_s - began_s)
        self._given = said
        heard = self._understood(said)
        self._busy(None)
        return heard

    def _said(
        self, began_s: float, patience_s: float, earlier: tuple[Utterance, ...], foresee: Foresee
    ) -> tuple[Utterance, ...]:
        """What is said in one turn, after what was said `earlier` in it; empty where nothing is."""
        said = earlier
        while True:
            frame = self._source.read()
            decision = self._turns.feed(frame, self._speech_probability(frame))
            if isinstance(decision, SpeechResumed):
                self._own_pauses.add(decision.after_s)
            if isinstance(decision, TurnEnded):
                said = (*said, decision.utterance)
            elif not self._source.goes_on:
                self._use_the_pause(said, foresee)
            if self._turns.in_speech or self._source.goes_on:
                continue
            if said != earlier:
                self._endpoint_ms = self._ms_since(said[-1].end_s)
                if not self._transcribing:
                    self._begin_transcription(said, foresee)
                self._transcribing = False
                return said
            if not earlier and self._source.now_s - began_s >= patience_s:
                return ()

    def _use_the_pause(self, said: tuple[Utterance, ...], foresee: Foresee) -> None:
        """Transcribe in the silence; what comes out says how long it is waited for more. Speech makes it void."""
        turns = self._turns
        if turns.paused and not self._transcribing:
            self._begin_transcription((*said, turns.so_far), foresee)
            turns.hold_s = math.inf
        elif self._transcribing and not turns.paused:
            self._early.void()
            self._early.speaking(joined((*said, turns.so_far)))
            self._transcribing = False
        if self._transcribing and self._early.ready:
            turns.hold_s = hold_s(self._early.result().then, self._own_pauses.long_s)

    def _begin_transcription(self, said: tuple[Utterance, ...], foresee: Foresee) -> None:
        self._provisional_ms = self._ms_since(said[-1].end_s)
        self._foresee = foresee
        self._early.begin(joined(said))
        self._transcribing = True

    def _foreseen(self, transcript: Transcript) -> Thought:
        return self._foresee(transcript.text)

    def _understood(self, said: tuple[Utterance, ...]) -> Heard:
        first, last = said[0], said[-1]
        understood = self._early.result()
        transcript = understood.transcript
        if transcript.rejected:
            return Unclear(transcript.rejected, transcript.text)
        overheard, self._overhearing = self._overhearing, Overhearing()
        return Reply(
            text=transcript.text,
            start_s=first.start_s,
            end_s=last.end_s,
            pause_before_s=max(0.0, first.start_s - self._silent_from_s),
            interrupted=self._overhears and overheard.interrupted,
            voiced_s=sum(each.voiced_s for each in said),
            backchannels=overheard.backchannels if self._overhears else None,
            confidence=transcript.confidence,
            moments=TurnMoments(
                provisional=self._provisional_ms,
                endpoint=self._endpoint_ms,
                text=self._provisional_ms + round((understood.text_s - understood.begun_s) * 1000),
            ),
        )

    def _was_nothing(self, said: tuple[Utterance, ...]) -> bool:
        """Whether there was no word in what was `said`: only a breath, or a noise."""
        transcript = self._early.result().transcript
        return transcript.rejected == "silence" or is_sigh(transcript.text, joined(said).voiced_s)

    def _ms_since(self, moment_s: float) -> int:
        return round((self._source.now_s - moment_s) * 1000)
