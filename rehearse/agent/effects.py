"""What a conversation wants done. The loop does it, and answers with an event where one is named here."""

from dataclasses import dataclass

from rehearse.dialogue import Line, Reply
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.debrief import Debrief


@dataclass(frozen=True, slots=True)
class Speak:
    """Say these lines, one after the other. Answered by `LinesSpoken`."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Listen:
    """Hear what the person says. Answered by one of `rehearse.dialogue.Heard`."""

    patience_s: float
    """After so long without a word: `Silence`."""


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """A reply was understood, and the partner has made up their mind about it."""

    state: str
    line: str
    reply: Reply
    coded: CodedReply


@dataclass(frozen=True, slots=True)
class Show:
    """Put the debrief where it can be read; it is spoken by a `Speak` of its own."""

    debrief: Debrief


@dataclass(frozen=True, slots=True)
class Finish:
    """There is nothing more to do."""


Effect = Speak | Listen | TurnTaken | Show | Finish
