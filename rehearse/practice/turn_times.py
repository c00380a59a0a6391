"""How long people had to wait for an answer, over the turns of kept sessions: the figures of `rehearse bench turns`."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ValidationError

from rehearse.errors import SessionError
from rehearse.moments import TurnMoments
from rehearse.practice.report import FORMAT

if TYPE_CHECKING:
    from rehearse.practice.log import PracticeLog

MOMENTS = tuple(each.name for each in fields(TurnMoments))
STAGES = ("endpoint", "transcribe", "decide", "speak", "total")


@dataclass(frozen=True, slots=True)
class Spread:
    """How something that took time is spread over turns. Milliseconds.

    Percentiles by nearest rank: each is a time that some turn took, and in few turns the 95th is the slowest.
    """

    count: int
    p50: int
    p90: int
    p95: int


@dataclass(frozen=True, slots=True)
class TurnTimes:
    """Over all turns that were spoken."""

    reports: int
    """Reports with such turns in them."""
    turns: int
    moments_ms: dict[str, Spread]
    """By name, as in `TurnMoments`; those that are known of any turn."""
    stages_ms: dict[str, Spread]
    """By name, as in the report's `latency_ms`."""


def turn_times(paths: Iterable[Path]) -> TurnTimes:
    """The times of the turns in the reports at `paths`.

    Raises:
        SessionError: one of them cannot be read.
    """
    return _times(_read(path) for path in paths)


def own_turn_times(log: "PracticeLog") -> TurnTimes:
    """The times of the turns in `log`.

    Raises:
        LogError: the log cannot be read.
    """
    sessions = ([turn.entry for turn in turns if not turn.retried] for _, turns in log.all_turns())
    return _times(_Report.model_validate({"format": FORMAT, "turns": entries}) for entries in sessions)


# As much of a report as is needed here, old or new.


class _Turn(BaseModel):
    latency_ms: dict[str, int]
    moments_ms: dict[str, int] = {}

    @property
    def spoken(self) -> bool:
        """A typed reply is over as soon as it is there; a spoken one takes some silence to be."""
        return "endpoint" in self.moments_ms or self.latency_ms.get("endpoint", 0) > 0


class _Report(BaseModel):
    format: Literal["rehearse.session/1"]
    turns: list[_Turn]


def _read(path: Path) -> _Report:
    try:
        if not path.is_file():
            raise SessionError(f"there is no report {str(path)!r}; check the path")
        return _Report.model_validate_json(path.read_bytes())
    except OSError as error:
        raise SessionError(f"{path} cannot be read ({error.strerror}); check the path") from None
    except ValidationError:
        raise SessionError(f"{path} is no whole report in the format {FORMAT}; name another one") from None


def _times(reports: Iterable[_Report]) -> TurnTimes:
    spoken = [turns for report in reports if (turns := [turn for turn in report.turns if turn.spoken])]
    turns = [turn for of_a_report in spoken for turn in of_a_report]
    return TurnTimes(
        len(spoken),
        len(turns),
        _spreads(MOMENTS, [turn.moments_ms for turn in turns]),
        _spreads(STAGES, [turn.latency_ms for turn in turns]),
    )


def _spreads(names: Sequence[str], turns: Sequence[dict[str, int]]) -> dict[str, Spread]:
    taken = {name: sorted(turn[name] for turn in turns if name in turn) for name in names}
    return {name: spread_of(values) for name, values in taken.items() if values}


def spread_of(in_order: Sequence[int]) -> Spread:
    """The spread of at least one time, given in order."""
    p50, p90, p95 = (in_order[math.ceil(len(in_order) * percent / 100) - 1] for percent in (50, 90, 95))
    return Spread(len(in_order), p50, p90, p95)
