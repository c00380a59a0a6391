"""What can happen to a conversation, or at the front door. What the person says is `rehearse.dialogue.Heard`."""

from dataclasses import dataclass

from rehearse.dialogue import CutShort, Heard, TakenBack
from rehearse.practice.standing import Standing


@dataclass(frozen=True, slots=True)
class Begin:
    """The person is ready."""

    quotes: bool = True
    """Whether whoever speaks the partner's lines can say words that were not known ahead."""
    types: bool = False
    """Whether what the person types counts as said."""


@dataclass(frozen=True, slots=True)
class LinesSpoken:
    """What was to be said has been heard to its end."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The person broke off without a word (Ctrl-C, the window was closed)."""


@dataclass(frozen=True, slots=True)
class DevicesLost:
    """What was asked for could not be done to its end, because a device has gone."""

    microphone: bool
    loudspeaker: bool
    lines_heard: int = 0
    """How many of the lines that were being spoken had been heard to their end."""


@dataclass(frozen=True, slots=True)
class DevicesBack:
    """Everything can be spoken and heard again."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Everything is spoken otherwise from now on."""

    at_bound: bool
    """It went no further than this, or not at all."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """The scene that was chosen is over, and this is where the person stands now."""

    standing: Standing


Event = Begin | LinesSpoken | Adjusted | DevicesLost | DevicesBack | TakenBack | CutShort | Interrupted | Heard
