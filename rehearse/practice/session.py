"""A session as it is kept: its turns and how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rehearse.dialogue import Reply
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.debrief import Debrief
from rehearse.feedback.moment import Moment, Occasion, without_blame
from rehearse.feedback.timing import Timing, timing_of
from rehearse.moments import NOTHING_KNOWN, Latency, TurnMoments, latency_of

DRILL = "drill"
"""The mode of a session that was a drill, and no scene."""
WITHHELD = "(not kept)"
"""Stands, wherever a session is kept, for words that set the safety screen off and were part of the scene."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the partner and what was answered."""

    state: str
    """The state of the scenario in which the line was said."""
    line: str
    reply: Reply
    coded: CodedReply
    occasion: Occasion = field(default_factory=Occasion)
    """What the line gave occasion for."""
    partner_s: float = 0.0
    """How long the partner spoke before the reply, repetitions included; 0 where it was only shown."""
    unsaid: str = ""
    """What of the line the person did not let the partner say; `line` is what they heard."""
    moments: TurnMoments = NOTHING_KNOWN
    """From the end of the reply until the partner answered it."""

    @property
    def latency(self) -> Latency:
        """Where the time went in between."""
        return latency_of(self.moments)


Position = Mapping[str, Any]
"""Where a conversation stands, in plain JSON values: `rehearse.agent.position` makes it, and goes on from it."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """A session that was cut off, as far as it had come."""

    turns: tuple[Turn, ...]
    retried: tuple[Turn, ...]
    position: Position
    """After the last of its turns."""
    private: bool = False
    """As in `Session`."""


@dataclass(frozen=True, slots=True)
class Session:
    """All that a report needs."""

    scenario: str
    seed: int
    turns: tuple[Turn, ...]
    ending: str | None
    """The name of the ending that was reached; None where the scene stopped before one."""
    debrief: Debrief
    partner: str = ""
    """The partner's name."""
    pronoun: str | None = None
    """The partner's, where the scenario has one."""
    mode: str = "plain"
    """How it was practised: guided, plain or hard; or a drill."""
    retried: tuple[Turn, ...] = ()
    """Turns that were tried again, as they were at first. They count for nothing."""
    over: bool = True
    """Whether it has been looked back on, or played to an ending; else it was cut off, and can be gone on with."""
    counts: bool = False
    """Whether the person has said that it counts for what their coach has asked for."""
    private: bool = False
    """Whether the safety screen stepped in. The words that set it off are not kept, and the session is nobody else's
    business until the person says so."""
    broken_off: bool = False
    """Whether it ended with that: nothing is rated then, and it is over."""

    @property
    def timing(self) -> Timing:
        """The timing of its turns."""
        return timing_of([turn.reply for turn in self.turns], sum(turn.partner_s for turn in self.turns))

    @property
    def completed(self) -> bool:
        """Whether the scene was played to an ending."""
        return self.ending is not None


def turn_without_blame(turn: Turn) -> Turn:
    """The turn with nothing said of defending or of blame; see `rehearse.feedback.moment.without_blame`."""
    kept = without_blame(Moment(turn.line, turn.occasion, turn.coded))
    return replace(turn, occasion=kept.occasion, coded=kept.coded)
