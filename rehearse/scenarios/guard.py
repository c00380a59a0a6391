"""When a rule or a variant of a line holds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Self

from pydantic import Field, model_validator

from rehearse.feedback.codes import AXES, Axis, Code, CodedReply
from rehearse.scenarios.heart import Heart, Level, Quantity, within
from rehearse.scenarios.parts import Move, Part

NO_REPLY = CodedReply("", ())


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a guard can look at."""

    coded: CodedReply = NO_REPLY
    """The reply that was just heard."""
    pause_before_s: float = 0.0
    interrupted: bool = False
    heart: Heart = field(default_factory=Heart)
    """As the reply has left it."""
    made: Mapping[Move, int] = field(default_factory=dict)
    """In how many replies of the session, this one included, each move was made."""
    visits: int = 1
    """How often the state has been entered."""


class Guard(Part):
    """All keys that are given must hold together."""

    any: tuple[Move, ...] = ()
    all: tuple[Move, ...] = ()
    none: tuple[Move, ...] = ()
    first: tuple[Move, ...] = ()
    """The reply begins with one of these: what stands first in it."""
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Only what the coder is at least so sure of counts for the four above."""
    counts: dict[Move, Annotated[int, Field(ge=1, le=60)]] = Field(default_factory=dict)
    """So many replies of the session, this one included, made that move."""
    pause_over: Annotated[float, Field(ge=0, le=60)] | None = None
    """The person was silent for longer than so many seconds before the reply."""
    interrupted: bool | None = None
    """Whether the reply came in while the partner still spoke."""
    at_least: dict[Quantity, Level] = Field(default_factory=dict)
    at_most: dict[Quantity, Level] = Field(default_factory=dict)
    visits: Annotated[int, Field(ge=0, le=100)] = 0
    """The state has been entered at least so often."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_dump(exclude_defaults=True, exclude={"confidence"}):
            raise ValueError("`when` is empty; give any, all, none, visits or another condition, or leave `when` out")
        return self

    @property
    def asks_for_a_move(self) -> bool:
        """Whether it holds for some replies and not for any."""
        return bool(self.any or self.all or self.first)

    def holds(self, situation: Situation) -> bool:
        """Whether this is such a situation."""
        return (
            situation.visits >= self.visits
            and (self.pause_over is None or situation.pause_before_s > self.pause_over)
            and (self.interrupted is None or situation.interrupted == self.interrupted)
            and within(situation.heart, self.at_least, self.at_most)
            and all(situation.made.get(move, 0) >= times for move, times in self.counts.items())
            and self._holds_for(situation.coded)
        )

    def _holds_for(self, coded: CodedReply) -> bool:
        if not (self.any or self.all or self.none or self.first):
            return True
        sure = [found for found in coded.stated if found.confidence >= self.confidence]
        codes = {found.code for found in sure}
        begins = min((found.start for found in sure), default=0)
        leading = {found.code for found in sure if found.start == begins}
        return (
            (not self.any or any(is_made(move, codes) for move in self.any))
            and all(is_made(move, codes) for move in self.all)
            and not any(is_made(move, codes) for move in self.none)
            and (not self.first or any(is_made(move, leading) for move in self.first))
        )


def is_made(move: Move, codes: Collection[Code]) -> bool:
    """Whether a reply with these codes made `move`."""
    return not AXES[move].isdisjoint(codes) if isinstance(move, Axis) else move in codes
