"""What passes between the rooms: who said what, and when. Small frozen values, no behaviour.

Times are seconds since the session began, on the clock that its frames keep.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Speaker(StrEnum):
    """Who speaks a line; each has a voice of their own."""

    PARTNER = "partner"
    COACH = "coach"


@dataclass(frozen=True, slots=True)
class Line:
    """Something that the program says."""

    text: str
    speaker: Speaker
    mood: str = "neutral"
    """How the line is meant, in one word of the scenario; voices may use it for pace."""
    private: bool = False
    """Whether it quotes the person: such a line is spoken, and its sound is never stored."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How lines were said."""

    waited_ms: int
    """Until the first sample went out."""
    seconds: float
    """How long they were; 0 where they were only shown."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a recognizer made of an utterance."""

    text: str
    confidence: float
    """Mean probability of the decoded tokens, 0–1."""
    rejected: str | None = None
    """Why the words are not to be trusted ("repetition", "phantom", "silence", "unclear"), or None when they are."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Where the time went between the end of a reply and the first sample of the answer. Milliseconds."""

    endpoint: int = 0
    """From the true end of speech until the turn was taken to be over."""
    transcribe: int = 0
    """From there until the text was known."""
    decide: int = 0
    """From there until the partner's line was chosen."""
    speak: int = 0
    """From there until the line's first sample was handed to the output."""

    @property
    def total(self) -> int:
        """The whole wait of the person."""
        return self.endpoint + self.transcribe + self.decide + self.speak


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person answered."""

    text: str
    start_s: float
    end_s: float
    pause_before_s: float = 0.0
    """Silence between the partner's last word and the first of the reply."""
    interrupted: bool = False
    """Whether the person took the floor before the partner had finished."""
    confidence: float = 1.0
    """The recognizer's, 0–1; typed words have 1."""
    latency: Latency = field(default_factory=Latency)
    """What is known of it when the reply is handed over: `endpoint` and `transcribe`."""
    voiced_s: float | None = None
    """How much of it was voice, in seconds; None where it was typed."""
    backchannels: int | None = None
    """How often the person said something short ("mm-hm") while the partner spoke; None where that was not heard."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something was said, and it could not be understood."""

    reason: str
    """As in `Transcript.rejected`."""
    text: str = ""
    """What the recognizer made of it; shown, never acted on."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing was said for as long as the listener was asked to wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class EndOfReplies:
    """There is nobody left to answer: the recordings or the typed lines have run out."""


Heard = Reply | Unclear | Silence | EndOfReplies
"""Everything that listening can come to."""
