"""What can happen to a conversation. What the person says arrives as `rehearse.dialogue.Heard`."""

from dataclasses import dataclass

from rehearse.dialogue import CutShort, Heard, TakenBack


@dataclass(frozen=True, slots=True)
class Begin:
    """The person is ready."""


@dataclass(frozen=True, slots=True)
class LinesSpoken:
    """What was to be said has been heard to its end."""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The person broke off without a word (Ctrl-C, the window was closed)."""


@dataclass(frozen=True, slots=True)
class DevicesLost:
    """Sound devices have gone, in the middle of whatever was being done."""

    microphone: bool
    loudspeaker: bool


@dataclass(frozen=True, slots=True)
class DevicesBack:
    """There is a microphone and a loudspeaker again."""


Event = Begin | LinesSpoken | TakenBack | CutShort | Interrupted | DevicesLost | DevicesBack | Heard
