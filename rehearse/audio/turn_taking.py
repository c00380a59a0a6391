"""When the person's turn begins, pauses and ends. No clock but the frames fed, no device, no model.

       pre-roll │ voiced … voiced │ silence … silence │
                ▲                 ▲      ▲            ▲
       SpeechStarted.at_s   end_s ┘      paused       TurnEnded   (SpeechResumed: a voice again in between)

What there is `so_far` at the pause, `TurnEnded` will carry unless speech resumes: transcribe it in the silence.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, Samples, Utterance
from rehearse.audio.voice_activity import VoiceActivity

LONGEST_S = 180.0
"""A turn may last so long."""


@dataclass(frozen=True, slots=True)
class TurnSettings:
    """How turns are told apart. All in seconds, and rounded up to whole frames."""

    pre_roll_s: float = 0.4
    """Sound kept from before the first voiced frame: Silero was 330 ms late at the 90th percentile."""
    minimum_voiced_s: float = 0.16
    """Less voice than this is a click. With Silero's own `min_speech_duration_ms`, 0.25 s, a crisp "stop" is lost: it
    finds 0.2 s of voice in it."""
    pause_s: float = 0.16
    """Silence after which the turn may be over; as much of it stays in the utterance."""
    hold_s: float = 1.2
    """Silence after which the turn is over where nobody looks at the words (`rehearse/audio/hold.py`)."""
    longest_s: float = LONGEST_S
    """A turn is over after this, speech or not: in babble no voice activity detector finds an end."""


CUTTABLE_S = 0.5
"""A pause in which a long utterance may be cut: voice activity may be 0.3 s late."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody speaks, and it is more than a cough."""

    at_s: float
    """When the first voiced frame began."""


@dataclass(frozen=True, slots=True)
class SpeechResumed:
    """It was a breath; what there was `so_far` at the pause is void."""

    at_s: float
    """When the voiced frame began."""
    after_s: float
    """How long the silence was."""


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The turn is over."""

    utterance: Utterance
    """All that was said in it."""


Decision = SpeechStarted | SpeechResumed | TurnEnded
"""What a frame can lead to."""


@dataclass(slots=True)
class _Turn:
    """A turn under way; frames are counted from the first one fed."""

    first: int
    """The first voiced frame."""
    end: int = 0
    """One past the last voiced frame."""
    voiced: int = 0
    paused: bool = False
    pauses: list[int] = field(default_factory=list)
    """One past the last frame of the utterance as it was at each pause that was long enough to cut there."""


class TurnTaker:
    """Finds the turns in a stream of frames; `feed` it every frame, in order."""

    def __init__(self, settings: TurnSettings | None = None) -> None:
        self._settings = settings or TurnSettings()
        self._voice = VoiceActivity()
        self._fed = 0
        self._origin_s = 0.0
        """When the first frame fed would have begun, had nothing but frames moved the clock."""
        self._kept: list[Samples] = []
        """The last frames fed: the pre-roll, and all since when a turn is under way."""
        self._turn: _Turn | None = None
        self.hold_s = self._settings.hold_s
        """The silence that ends this turn. May be set at any time; the next turn has the settings' again."""

    @property
    def now_s(self) -> float:
        """When the last frame fed ended, on the session's clock."""
        return self._at(self._fed)

    @property
    def in_speech(self) -> bool:
        """Whether a turn is under way, or a sound that may become one."""
        return self._turn is not None

    @property
    def paused(self) -> bool:
        """Whether a turn is under way that may be over."""
        return self._turn is not None and self._turn.paused

    @property
    def so_far(self) -> Utterance:
        """All that was said in the turn that is under way."""
        assert self._turn, "nobody speaks"
        return self._utterance(self._turn)

    def feed(self, frame: Samples, probability: float) -> Decision | None:
        """Take the next 512 samples and how likely they are to hold speech (0 to 1); say what follows."""
        self._fed += 1
        self._kept.append(frame)
        decision: Decision | None = None
        if self._voice(probability):
            decision = self._on_voice()
        else:
            self._on_silence()
        if self._turn and self._is_over(self._turn):
            decision = TurnEnded(self._end(self._turn))
        if self._turn is None:
            self._keep(_frames(self._settings.pre_roll_s))
        return decision

    def reset(self, now_s: float | None = None) -> None:
        """Drop the turn under way. Time goes on, from `now_s` where it has passed without frames being fed.

        The pre-roll stays, unless it is not what was heard just now.
        """
        if now_s is not None and abs(now_s - self.now_s) >= FRAME_S:
            self._origin_s += now_s - self.now_s
            self._kept.clear()
        self._turn = None
        self._keep(_frames(self._settings.pre_roll_s))
        self.hold_s = self._settings.hold_s

    def cut_off(self) -> None:
        """Drop the turn under way and the pre-roll: what is fed next does not follow on from them."""
        self._kept.clear()
        self.reset()

    def _on_voice(self) -> SpeechStarted | SpeechResumed | None:
        began = self._fed - 1
        turn = self._turn = self._turn or _Turn(first=began)
        silent_from = turn.end
        turn.end = self._fed
        turn.voiced += 1
        if turn.voiced == _frames(self._settings.minimum_voiced_s):
            return SpeechStarted(self._at(turn.first))
        if turn.paused:
            turn.paused = False
            if began - silent_from >= _frames(CUTTABLE_S):
                turn.pauses.append(silent_from + _frames(self._settings.pause_s))
            return SpeechResumed(self._at(began), (began - silent_from) * FRAME_S)
        return None

    def _on_silence(self) -> None:
        turn = self._turn
        if turn is None or turn.paused or self._fed - turn.end < _frames(self._settings.pause_s):
            return
        if self._is_speech(turn):
            turn.paused = True
        else:
            self._turn = None

    def _is_speech(self, turn: _Turn) -> bool:
        return turn.voiced >= _frames(self._settings.minimum_voiced_s)

    def _is_over(self, turn: _Turn) -> bool:
        held = (self._fed - turn.end) * FRAME_S >= self.hold_s - 1e-9
        too_long = self._fed - turn.first >= _frames(self._settings.longest_s)
        return self._is_speech(turn) and (held or too_long)

    def _end(self, turn: _Turn) -> Utterance:
        utterance = self._utterance(turn)
        self._keep(self._too_late_for(turn))
        self._turn = None
        self.hold_s = self._settings.hold_s
        return utterance

    def _utterance(self, turn: _Turn) -> Utterance:
        first_kept = self._fed - len(self._kept)
        return Utterance(
            samples=np.concatenate(self._kept[: len(self._kept) - self._too_late_for(turn)]),
            start_s=self._at(turn.first),
            end_s=self._at(turn.end),
            voiced_s=turn.voiced * FRAME_S,
            pauses=tuple((pause - first_kept) * FRAME_SAMPLES for pause in turn.pauses),
        )

    def _too_late_for(self, turn: _Turn) -> int:
        """How many frames were fed after the utterance, which ends with `pause_s` of silence."""
        return max(0, self._fed - turn.end - _frames(self._settings.pause_s))

    def _keep(self, frames: int) -> None:
        del self._kept[: max(0, len(self._kept) - frames)]

    def _at(self, frame: int) -> float:
        return self._origin_s + frame * FRAME_S


def _frames(seconds: float) -> int:
    return math.ceil(seconds / FRAME_S - 1e-9)
