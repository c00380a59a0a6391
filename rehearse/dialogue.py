"""What passes between the rooms: who said what, and when. Small frozen values, no behaviour.

Times are seconds since the session began, on the clock that its frames keep.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rehearse.moments import NOTHING_KNOWN, TurnMoments


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
    pace: float = 1.0
    """How fast, times the voice's own rate; a voice that has no such setting takes its own."""


class Cue(StrEnum):
    """A soft sound that says something without words."""

    LISTENING = "listening"
    """It is the person's turn."""
    GOT_IT = "got it"
    """What was asked for is done, and has no sound of its own."""
    NOT_CAUGHT = "not caught"
    """Something was said, and was not understood."""
    THINKING = "thinking"
    """The answer takes longer than usual."""
    STILL_LISTENING = "still listening"
    """A silence goes on, and is welcome to."""
    PAUSED = "paused"
    """The scene rests."""
    MICROPHONE_LOST = "microphone lost"
    """Nothing can be heard any more."""
    BACK = "back"
    """What was lost is there again."""


class Floor(StrEnum):
    """Whose turn it is while a line is spoken. Commands stop any line."""

    KEPT = "kept"
    """Speech does not stop it."""
    YIELDED = "yielded"
    """Whoever speaks takes the floor."""
    ASKING = "asking"
    """As `YIELDED`; and a word as short as "yes" is an answer."""
    ANSWERING = "answering"
    """As `YIELDED`; and whoever goes on speaking as it begins had not finished, and takes their turn back."""
    CLOSING = "closing"
    """As `KEPT`; and whoever goes on speaking as it begins takes their turn back: the scene was not over."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The reply was not over: the person has gone on with it."""


@dataclass(frozen=True, slots=True)
class CutShort:
    """The person has taken the floor while a line was spoken."""

    heard: float
    """How much of it they had heard by then: 0–1."""


@dataclass(frozen=True, slots=True)
class Thought:
    """What can be told of a reply that has paused: whether there is more to come."""

    ends: float
    """How likely it is to be over: 0–1."""
    trails_off: bool = False
    """Whether its last words say that there is more, or ask for time ("because", "um", "let me think")."""


Foresee = Callable[[str], Thought]
"""Judges the words so far of the reply that is being given."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a recognizer made of an utterance."""

    text: str
    confidence: float
    """Mean probability of the decoded tokens, 0–1."""
    rejected: str | None = None
    """Why the words are not to be trusted ("repetition", "phantom", "silence", "unclear"), or why there are none
    ("deaf": speech cannot be transcribed just now; "hung": that of this utterance has not come back); None where they
    are."""


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
    moments: TurnMoments = NOTHING_KNOWN
    """When it was taken to be over, and its words were known."""
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


@dataclass(frozen=True, slots=True)
class Spoken:
    """How lines were said."""

    waited_ms: int
    """Until the first sample was heard, or, where nobody listens, was handed over."""
    seconds: float
    """How much of them was heard; 0 where they were only shown."""
    ended_by: TakenBack | CutShort | Reply | None = None
    """What stopped them, a command being a `Reply`; None where they were said to their end."""


Heard = Reply | Unclear | Silence | EndOfReplies
"""Everything that listening can come to."""
