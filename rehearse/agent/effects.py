"""What a conversation wants done. The loop does it, and answers with an event where one is named here."""

from dataclasses import dataclass

from rehearse.dialogue import Cue, Floor, Line, Reply, Speaker
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.debrief import Debrief
from rehearse.feedback.moment import Occasion
from rehearse.practice.standing import Choice
from rehearse.safety.help_lines import Help


@dataclass(frozen=True, slots=True)
class Speak:
    """Say these lines, one after the other. Answered by `LinesSpoken`, or by what stopped them."""

    lines: tuple[Line, ...]
    floor: Floor = Floor.YIELDED
    cue: Cue | None = None
    """A soft sound before them."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Let a soft sound be heard, and go on."""

    cue: Cue


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
    occasion: Occasion
    reply: Reply
    coded: CodedReply
    unsaid: str = ""
    """What of the line the person had not let the partner say."""


@dataclass(frozen=True, slots=True)
class TurnUndone:
    """The last `TurnTaken` came too early: the person has gone on speaking."""


@dataclass(frozen=True, slots=True)
class TurnRetried:
    """The scene goes back to before the last turns: they are kept apart, and others take their place."""

    turns: int = 1


@dataclass(frozen=True, slots=True)
class Contested:
    """The person does not agree with what a reply was understood to do."""

    turn: int
    """Which `TurnTaken`, from 0."""
    coded: CodedReply
    """The reply, with what is contested marked."""


@dataclass(frozen=True, slots=True)
class Adjust:
    """Speak otherwise than now, until further notice; the receiver knows the bounds. Answered by `Adjusted`."""

    pace: float = 1.0
    """How many times as fast."""
    volume_db: float = 0.0
    """How much louder."""


@dataclass(frozen=True, slots=True)
class AwaitDevices:
    """Wait until what was lost can be used again. Answered by `DevicesBack`."""


@dataclass(frozen=True, slots=True)
class Show:
    """Put the debrief where it can be read; it is spoken by a `Speak` of its own."""

    debrief: Debrief


@dataclass(frozen=True, slots=True)
class Introduced:
    """The program has explained itself, or the person did not want it to: that need not be done again."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The person says that the try they come from counts for their coach."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The person wants to play this scene. Answered by `CameBack`."""

    choice: Choice


@dataclass(frozen=True, slots=True)
class OfferHelp:
    """Put where it can be read where people help; it is spoken by a `Speak` of its own."""

    there_is: Help


@dataclass(frozen=True, slots=True)
class Finish:
    """There is nothing more to do."""

    leaves_no_trace: bool = False
    """Whether nothing is to be left on the screen."""


Request = Speak | Listen | Adjust | AwaitDevices
"""What is answered by an event."""
Effect = Request | Sound | TurnTaken | TurnUndone | TurnRetried | Contested | Show | OfferHelp | Finish
"""Of a conversation."""
AtTheDoor = Request | Sound | Introduced | Counts | Chosen | OfferHelp | Finish
"""Of a reception."""


def coach_speaks(request: Request) -> bool:
    """Whether `request` is for words of the coach."""
    return isinstance(request, Speak) and request.lines[-1].speaker is Speaker.COACH
