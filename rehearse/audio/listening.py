"""Hearing a person: frames in; a reply out while they are listened to, and who has the floor while a line plays."""

import math
from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np

from rehearse.audio.cues import Cues
from rehearse.audio.early_transcription import EarlyTranscription
from rehearse.audio.frames import FRAME_S, FrameSource, Samples, Utterance, joined
from rehearse.audio.hold import hold_s
from rehearse.audio.overhearing import Overheard, Overhearing
from rehearse.audio.own_pauses import OwnPauses
from rehearse.audio.phantoms import is_backchannel, is_sigh
from rehearse.audio.transcriber import SegmentDecoder
from rehearse.audio.turn_taking import LONGEST_S, SpeechResumed, SpeechStarted, TurnEnded, TurnTaker
from rehearse.audio.voice_activity import ONSET, SpeechProbability
from rehearse.audio.words_over_a_line import Spotter, WordsOverALine
from rehearse.dialogue import (
    Cue,
    EndOfReplies,
    Floor,
    Foresee,
    Heard,
    Reply,
    Silence,
    Speaker,
    Thought,
    Transcript,
    Unclear,
)
from rehearse.errors import DeviceLost
from rehearse.moments import TurnMoments

RESUMED_WITHIN_S = 1.0
"""Who goes on speaking so soon after the answer has begun had not finished."""
CUT_OFF_HOLD_S = 4.0
"""How long is waited, when a lost microphone is back, for who was speaking when it went to go on."""
KEEP_UP_S = 10.0
"""How often what is said without a pause is looked through for what can be transcribed already."""
THINKING_AFTER_S = 1.0
"""Somebody whose words are still being looked at so long after the last of them is told so."""


NextTyped = Callable[[bool], str | None]
"""(whether it has to be for the program) → the next line typed, if there is one. Never waits."""


KeepSound = Callable[[float, Samples], None]
"""Given when a reply began, on the session's clock, and how it sounded: 16 kHz."""


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
        answers: Spotter | None = None,
        cues: Cues | None = None,
        typed: NextTyped = lambda _: None,
        waiting: float = 1.0,
        keep_sound: KeepSound | None = None,
    ) -> None:
        """`busy` is told what is going on, and None when a reply has been heard. `worker` transcribes, one thing at a
        time. `own_pauses` learns from what is said.

        `overhears`: the source hears the person while a line plays, and does not hear the line. `commands`
        knows what stops any line, said over it; `answers` also what answers a question.

        `cues` says that an answer takes long, and when a source that hears the loudspeaker may be hearing a cue: that
        is not kept. What is `typed` counts as said. `waiting`: so many times longer a silence may last.
        `keep_sound` is given how each reply sounded; where it is None, that is kept nowhere.
        """
        self._source = source
        self._speech_probability = speech_probability
        self._turns = turns
        self._early = EarlyTranscription(decoder, self._foreseen, worker)
        self._words = WordsOverALine(worker, commands, answers)
        self._foresee: Foresee
        self._busy = busy
        self._own_pauses = own_pauses
        self.overhears = overhears
        self._cues = cues
        self._typed = typed
        self._waiting = waiting
        self._keep_sound = keep_sound
        self._overhearing = self._over_line = Overhearing()
        self._silent_from_s = self._silent_until_s = 0.0
        """The silence under way: as long as nobody speaks, one `listen` goes on with that of the one before."""
        self._floor = Floor.KEPT
        """Whose turn it is, or was, while the last line played."""
        self._given: tuple[Utterance, ...] = ()
        """What the last reply was made of; whoever takes their turn back goes on from there."""
        self._has_floor = False
        """Whether a turn that began while a line played goes on into the next `listen`."""
        self._line_over_s = -1.0
        """When the last line was over, or as far as it has come."""
        self._cut_off: tuple[Utterance, ...] = ()
        """What had been said of a reply when the microphone was lost; the next `listen` goes on from there."""
        self._begun = False
        """Whether what was said before the pause under way has been given to the worker."""
        self._thinking = False
        """Whether it was told that what was said before the pause under way takes long."""
        self._silent_since_s = 0.0
        """When what was last begun to be transcribed had ended."""
        self._kept_up_s = 0.0
        """When a pause was last, or what was said so far was last given to the worker."""

    def close(self) -> None:
        """Give up what is being transcribed."""
        self._early.close()

    def catch_up(self, behind: Callable[[], bool]) -> None:
        """Let what was said to nobody go by, as long as there is some `behind`: who counts frames counts these too."""
        while behind():
            self._read()
        self._turns.cut_off()

    # While a line plays.

    def line_begins(self, speaker: Speaker, floor: Floor) -> None:
        """From now on a line of `speaker` plays."""
        if self._floor is Floor.ASKING:  # what answers one question does not answer the next
            self._words.forget()
        self._floor = floor
        self._line_began_s = self._source.now_s
        before = self._over_line
        # Backchannels to the coach are not counted.
        self._over_line = self._overhearing if speaker is Speaker.PARTNER else Overhearing()
        if self._line_began_s == self._line_over_s:
            self._over_line.go_on_from(before)
        self._has_floor = False
        self._turns.reset(self._line_began_s)

    def pass_frame(self) -> Overheard | Reply | None:
        """Let one frame go by while the line plays; say what, if anything, is to stop it."""
        frame, probability = self._read()
        # A microphone that hears the loudspeaker keeps nothing of the line, or it would be taken for an answer.
        decision = self._turns.feed(frame if self.overhears else np.zeros_like(frame), probability)
        overheard = self._over_line.feed(probability)
        self._line_over_s = self._source.now_s
        if isinstance(decision, SpeechStarted) and self._takes_back(decision):
            self._own_pauses.add(decision.at_s - self._given[-1].end_s)
            self._over_line.forget()
            self._has_floor = True
            return Overheard.GOES_ON
        if overheard and self.overhears and self._takes_the_floor(overheard):
            self._over_line.line_over(answered_after_s=0.0)
            self._given = ()
            self._has_floor = True
            return Overheard.FLOOR
        return self._typed_reply(self._typed(True)) or self._command(overheard)

    @property
    def undecided(self) -> bool:
        """Whether somebody speaks over the line of whom it is not known yet what they want."""
        return self.overhears and self._over_line.undecided

    def _takes_the_floor(self, overheard: Overheard) -> bool:
        if self._floor is Floor.ASKING:  # there are no backchannels to a question; the transcript will tell
            return self._turns.in_speech
        return overheard is Overheard.FLOOR and self._floor in {Floor.YIELDED, Floor.ANSWERING}

    def _takes_back(self, speech: SpeechStarted) -> bool:
        """Whether this is more of the reply that the line answers."""
        if not (self.overhears and self._given and self._floor in {Floor.ANSWERING, Floor.CLOSING}):
            return False
        length_s = self._given[-1].end_s - self._given[0].start_s
        return speech.at_s - self._line_began_s <= RESUMED_WITHIN_S * self._waiting and length_s < LONGEST_S

    def _command(self, overheard: Overheard | None = None) -> Reply | None:
        """What was said over the line, if it was for the program. A word that was `overheard` is looked at."""
        if overheard is Overheard.WORD:
            self._words.look(self._over_line, self._source.now_s, asked=self._floor is Floor.ASKING)
        if spotted := self._words.spotted():
            word, text = spotted
            self._over_line.forget()
            word.overhearing.backchannels = word.backchannels
            self._drop_the_turn()
            return Reply(text, word.start_s, word.end_s)
        return None

    def _command_after_the_line(self, probability: float) -> Reply | None:
        """One that was still being said as the line ended, where its beginning was not kept; or still looked at."""
        being_said = not self.overhears and self._over_line.undecided
        return self._command(self._over_line.feed(probability) if being_said else None)

    def _read(self) -> tuple[Samples, float]:
        """The next frame, and how likely it holds speech. A cue that comes back to the microphone is taken out of it
        where nobody speaks."""
        frame = self._source.read()
        self._words.feed(frame)
        probability = self._speech_probability(frame)
        cue = self._cues is not None and self._cues.in_frame() and not self.overhears
        return (np.zeros_like(frame) if cue and probability < ONSET else frame), probability

    def _typed_reply(self, text: str | None) -> Reply | None:
        """`text` as if it were said now; whatever else is being said is dropped for it."""
        if not text:
            return None
        now_s = self._source.now_s
        self._drop_the_turn()
        self._given = ()
        return Reply(text, now_s, now_s, pause_before_s=max(0.0, now_s - self._silent_from_s))

    def _drop_the_turn(self) -> None:
        self._turns.reset(self._source.now_s)
        if self._begun:
            self._early.void()
            self._begun = False
        self._cut_off = ()

    # While somebody is listened to.

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        """Wait for a reply and transcribe it.

        Raises:
            DeviceLost: the source is. What has been said by then belongs to the reply that the next call hears.
        """
        if not self._source.begin_reply():
            return EndOfReplies()
        began_s = self._source.now_s
        cut_off, self._cut_off = self._cut_off, ()
        earlier = cut_off or (self._given if self._has_floor else ())
        self._given = ()
        if began_s != self._silent_until_s and not earlier:
            self._silent_from_s = began_s
        if not self._has_floor and not self._comes_in():
            self._turns.reset(began_s)
        self._has_floor = self._thinking = False
        self._busy("Listening…")
        if cut_off:
            said = self._said(began_s, CUT_OFF_HOLD_S, earlier, foresee, gives_up=True)
            began_s = cut_off[0].start_s
        else:
            said = self._said(began_s, patience_s, earlier, foresee)
        while said and not isinstance(said, Reply) and (cut_off or not earlier) and self._was_nothing(said, began_s):
            began_s = self._source.now_s if cut_off else began_s
            said = self._said(began_s, patience_s, (), foresee)
        self._busy(None)
        if isinstance(said, Reply):
            return said
        if self.overhears and not earlier:
            self._overhearing.line_over(said[0].start_s - began_s if said else None)
        self._given = said
        if said:
            return self._understood(said)
        self._silent_until_s = self._source.now_s
        return Silence(self._silent_until_s - began_s)

    def _comes_in(self) -> bool:
        """Whether somebody speaks who began as the line was ending: that is their answer, from its first word on; where
        the line was heard too, as far as it was over by then. What has fallen silent again was a backchannel."""
        return (self.overhears or self._over_line.undecided) and self._turns.in_speech and not self._turns.paused

    def _said(
        self,
        began_s: float,
        patience_s: float,
        earlier: tuple[Utterance, ...],
        foresee: Foresee,
        *,
        gives_up: bool = False,
    ) -> tuple[Utterance, ...] | Reply:
        """What is said in one turn, after what was said `earlier` in it; empty where nothing is. Or what is typed.

        `gives_up`: there may be no more than what was said `earlier`.
        """
        self._show_that_it_listens()
        said = earlier
        if gives_up and not self._begun:
            self._begin_transcription(said, foresee)
        try:
            while True:
                frame, probability = self._read()
                if told := self._typed_reply(self._typed(False)) or self._command_after_the_line(probability):
                    return told
                decision = self._turns.feed(frame, probability)
                if isinstance(decision, SpeechResumed):
                    self._own_pauses.add(decision.after_s)
                if isinstance(decision, TurnEnded):
                    said = (*said, decision.utterance)
                    self._words.forget()
                elif not self._source.goes_on:
                    self._use_the_pause(said, foresee)
                    self._keep_up(said)
                if self._turns.in_speech or self._source.goes_on:
                    continue
                silent = self._source.now_s - began_s >= patience_s
                if said != earlier or (gives_up and silent):
                    self._endpoint_ms = self._ms_since(said[-1].end_s)
                    if not self._begun:
                        self._begin_transcription(said, foresee)
                    self._begun = False
                    return said
                if not earlier and silent:
                    return ()
        except DeviceLost:  # the source, or what lets a soft sound be heard
            self._cut_off = (*said, self._turns.so_far) if self._turns.in_speech else said
            self._turns.cut_off()
            raise

    def _use_the_pause(self, said: tuple[Utterance, ...], foresee: Foresee) -> None:
        """Transcribe in the silence; what comes out says how long it is waited for more. Speech makes it void."""
        turns = self._turns
        if turns.paused and not self._begun:
            self._begin_transcription((*said, turns.so_far), foresee)
            turns.hold_s = math.inf
        elif self._begun and turns.in_speech and not turns.paused:
            self._early.void()
            self._begun = False
            self._show_that_it_listens()
        if self._begun and self._early.ready:
            turns.hold_s = hold_s(self._early.result().then, self._own_pauses.long_s, self._waiting)
        elif self._begun and turns.now_s - self._silent_since_s >= THINKING_AFTER_S * self._waiting:
            self._say_that_it_takes_long()

    def _show_that_it_listens(self) -> None:
        if self._thinking:
            self._thinking = False
            self._busy("Listening…")

    def _say_that_it_takes_long(self) -> None:
        if not self._thinking:
            self._thinking = True
            self._busy("Thinking…")
            if self._cues:
                self._cues.play(Cue.THINKING)

    def _keep_up(self, said: tuple[Utterance, ...]) -> None:
        """Of who speaks long without a pause, transcribe what can be while they speak."""
        if not self._turns.in_speech or self._turns.paused:
            self._kept_up_s = self._source.now_s
        elif self._source.now_s - self._kept_up_s >= KEEP_UP_S:
            self._kept_up_s = self._source.now_s
            self._early.speaking(joined((*said, self._turns.so_far)))

    def _begin_transcription(self, said: tuple[Utterance, ...], foresee: Foresee) -> None:
        self._silent_since_s = said[-1].end_s
        self._provisional_ms = self._ms_since(self._silent_since_s)
        self._foresee = foresee
        self._early.begin(joined(said))
        self._begun = True

    def _foreseen(self, transcript: Transcript) -> Thought:
        if transcript.rejected == "deaf":
            return Thought(1.0)
        return self._foresee(transcript.text)

    def _understood(self, said: tuple[Utterance, ...]) -> Heard:
        first, last = said[0], said[-1]
        understood = self._early.result()
        transcript = understood.transcript
        if transcript.rejected:
            return Unclear(transcript.rejected, transcript.text)
        if self._keep_sound:
            self._keep_sound(first.start_s, joined(said).samples)
        overheard, self._overhearing = self._overhearing, Overhearing()
        return Reply(
            text=transcript.text,
            start_s=first.start_s,
            end_s=last.end_s,
            pause_before_s=max(0.0, first.start_s - self._silent_from_s),
            interrupted=self.overhears and overheard.interrupted,
            voiced_s=sum(each.voiced_s for each in said),
            backchannels=overheard.backchannels if self.overhears else None,
            confidence=transcript.confidence,
            moments=TurnMoments(
                provisional=self._provisional_ms,
                endpoint=self._endpoint_ms,
                text=self._provisional_ms + round((understood.text_s - understood.begun_s) * 1000),
            ),
        )

    def _was_nothing(self, said: tuple[Utterance, ...], line_over_s: float) -> bool:
        """Whether there was no answer in what was `said`: a breath, a noise, or a last "mm-hm" to the line."""
        if not self.overhears and said[-1].end_s - line_over_s < FRAME_S:  # and nothing of it was kept
            return True
        transcript = self._early.result().transcript
        if said[0].start_s < line_over_s and self._floor is not Floor.ASKING and is_backchannel(transcript.text):
            self._overhearing.forget()
            self._overhearing.backchannels += 1
            return True
        return transcript.rejected == "silence" or is_sigh(transcript.text, sum(each.voiced_s for each in said))

    def _ms_since(self, moment_s: float) -> int:
        return round((self._source.now_s - moment_s) * 1000)
