"""Hearing a reply: frames in, a reply out."""

from collections.abc import Callable
from time import perf_counter
from typing import Protocol

import numpy as np

from rehearse.audio.frames import Samples, Utterance
from rehearse.audio.overhearing import Overhearing
from rehearse.audio.transcriber import Transcriber
from rehearse.audio.turn_taking import TurnEnded, TurnTaker
from rehearse.audio.voice_activity import SpeechProbability
from rehearse.dialogue import EndOfReplies, Heard, Latency, Reply, Silence, Speaker, Unclear


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
        transcriber: Transcriber,
        busy: Callable[[str | None], None],
        *,
        overhears: bool = False,
    ) -> None:
        """`busy` is told what is going on, and None when a reply has been heard.

        `overhears`: the source hears the person while the partner speaks, and does not hear the partner.
        """
        self._source = source
        self._speech_probability = speech_probability
        self._turns = turns
        self._transcriber = transcriber
        self._busy = busy
        self._overhearing = Overhearing() if overhears else None
        self._silent_from_s = self._silent_until_s = 0.0
        """The silence under way: as long as nobody speaks, one `listen` goes on with that of the one before."""

    def pass_frame(self, speaker: Speaker) -> None:
        """Let one frame go by while `speaker` speaks. It stays in the pre-roll: whoever answers before the last word
        is over is heard from the first one."""
        frame = self._source.read()
        probability = self._speech_probability(frame)
        self._turns.overhear(frame)
        if self._overhearing and speaker is Speaker.PARTNER:
            self._overhearing.feed(probability)

    def listen(self, patience_s: float) -> Heard:
        """Wait for a reply and transcribe it."""
        if not self._source.begin_reply():
            return EndOfReplies()
        began_s = self._source.now_s
        if began_s != self._silent_until_s:
            self._silent_from_s = began_s
        self._busy("Listening…")
        utterances, decided_s = self._utterances(began_s, patience_s)
        if self._overhearing:
            self._overhearing.line_over(utterances[0].start_s - began_s if utterances else None)
        if not utterances:
            self._busy(None)
            self._silent_until_s = self._source.now_s
            return Silence(self._silent_until_s - began_s)
        self._busy("Understanding…")
        heard = self._understood(utterances, decided_s)
        self._busy(None)
        return heard

    def _understood(self, utterances: list[Utterance], decided_s: float) -> Heard:
        first, last = utterances[0], utterances[-1]
        started = perf_counter()
        voiced_s = sum(each.voiced_s for each in utterances)
        transcript = self._transcriber.transcribe(np.concatenate([each.samples for each in utterances]), voiced_s)
        if transcript.rejected:
            return Unclear(transcript.rejected, transcript.text)
        overheard = self._overhearing
        self._overhearing = Overhearing() if overheard else None
        return Reply(
            text=transcript.text,
            start_s=first.start_s,
            end_s=last.end_s,
            pause_before_s=max(0.0, first.start_s - self._silent_from_s),
            interrupted=overheard is not None and overheard.interrupted,
            voiced_s=voiced_s,
            backchannels=overheard.backchannels if overheard else None,
            confidence=transcript.confidence,
            latency=Latency(
                endpoint=round((decided_s - last.end_s) * 1000),
                transcribe=round((perf_counter() - started) * 1000),
            ),
        )

    def _utterances(self, began_s: float, patience_s: float) -> tuple[list[Utterance], float]:
        """What is said in one turn, and when it was taken to be over: one utterance as a rule, several where the
        source is known to go on."""
        utterances: list[Utterance] = []
        decided_s = began_s
        self._turns.reset(began_s)
        while True:
            frame = self._source.read()
            decision = self._turns.feed(frame, self._speech_probability(frame))
            if isinstance(decision, TurnEnded):
                utterances.append(decision.utterance)
                decided_s = self._source.now_s
            quiet = not self._turns.in_speech and not self._source.goes_on
            if quiet and (utterances or self._source.now_s - began_s >= patience_s):
                return utterances, decided_s
