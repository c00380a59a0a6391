"""A session as it is kept: its turns and how it ended."""

from dataclasses import dataclass, field, replace

from rehearse.dialogue import Reply
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.debrief import Debrief
from rehearse.feedback.moment import Moment, Occasion, without_blame
from rehearse.feedback.timing import Timing, timing_of
from rehearse.moments import NOTHING_KNOWN, Latency, TurnMoments, latency_of


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
    retried: tuple[Turn, ...] = ()
    """Turns that were tried again, as they were at first. They count for nothing."""
    private: bool = False
    """Whether the safety screen stepped in. The words that set it off are not kept, and the session is nobody else's
    business until the person says so."""
    broken_off: bool = False
    """Whether it ended with that: nothing is rated then."""

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
