"""A session's figures beside those of the sessions before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from pydantic import BaseModel, FiniteFloat

from rehearse.feedback.codes import ADVICE, Code
from rehearse.practice.report import report_of
from rehearse.practice.session import Session

if TYPE_CHECKING:
    from rehearse.practice.log import PracticeLog

MOST_SESSIONS = 20
"""What somebody did longer ago says little of how they speak now."""
FEWEST_EARLIER = 3
"""Fewer earlier sessions show no range."""
FEWEST_MINUTES = 20.0
"""How long a session MITI 4.2.1 codes; a role-play is shorter, so several are taken together."""

REFLECTIONS = frozenset({Code.REFLECTS, Code.LABELS_FEELING})
"""What MITI 4.2.1 would call a reflection, of content or of feeling."""
QUESTIONS = frozenset({Code.EXPLORES, Code.ASKS_NEED})
"""Questions that ask for more. MITI 4.2.1 counts every question, so its own ratio would come out lower."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is compared of a session."""

    measures: Mapping[str, float]
    """By name, as in `rehearse.feedback.timing.Timing`; those that are known."""
    practised_s: float
    """From the start of the first reply to the end of the last one."""
    reflections: int
    """Replies with a reflection in them; contested codes count nowhere."""
    questions: int
    advice: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A session that was kept, as far as it tells what to practise next."""

    scenario: str
    ending: str | None
    """The name of the ending that was reached."""
    completed: bool
    goes_on: int | None = None
    """Its id, where it was cut off, and is what can be taken up."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a measure was in earlier sessions."""

    sessions: int
    """How many of them have it."""
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ratios:
    """Reflections against questions and against advice, over several sessions together."""

    sessions: int
    minutes: float
    reflections: int
    questions: int
    advice: int


def figures_of(session: Session) -> Figures:
    """The figures of a session that has just ended."""
    return _figures(_Report.model_validate(report_of(session)))


def earlier_sessions(log: "PracticeLog") -> list[Figures]:
    """The last sessions in `log`, at most `MOST_SESSIONS`, in order of time. One that the safety screen ended is
    nothing to compare with.

    Raises:
        LogError: the log cannot be read.
    """
    ids = [past.id for past in log.history(newest=MOST_SESSIONS) if not past.broken_off]
    return [_figures(_Report.model_validate(report)) for report in log.reports(ids)]


def kept_sessions(log: "PracticeLog") -> list[Kept]:
    """As `earlier_sessions`: what each was, and how it ended. One that the safety screen ended is nothing to go on
    with.

    Raises:
        LogError: the log cannot be read.
    """
    newest, cut_off = log.history(newest=MOST_SESSIONS), log.cut_off()
    return [
        Kept(past.scenario, past.ending, past.completed, past.id if past == cut_off else None)
        for past in newest
        if not past.broken_off
    ]


def comparisons(earlier: Sequence[Figures]) -> dict[str, Comparison]:
    """By name of the measure, where at least `FEWEST_EARLIER` sessions have it."""
    known: dict[str, list[float]] = {}
    for each in earlier:
        for name, value in each.measures.items():
            known.setdefault(name, []).append(value)
    return {
        name: Comparison(len(values), median(values), min(values), max(values))
        for name, values in known.items()
        if len(values) >= FEWEST_EARLIER
    }


def ratios(sessions: Sequence[Figures]) -> Ratios | None:
    """All of `sessions` together; None while they are too few or too short to say anything."""
    minutes = sum(each.practised_s for each in sessions) / 60
    if len(sessions) < FEWEST_EARLIER or minutes < FEWEST_MINUTES:
        return None
    return Ratios(
        len(sessions),
        minutes,
        sum(each.reflections for each in sessions),
        sum(each.questions for each in sessions),
        sum(each.advice for each in sessions),
    )


# As much of a report as is needed here, old or new.


class _Code(BaseModel):
    code: str
    contested: bool = False


class _Reply(BaseModel):
    start_s: FiniteFloat
    end_s: FiniteFloat


class _Turn(BaseModel):
    reply: _Reply
    codes: list[_Code]


class _Report(BaseModel):
    turns: list[_Turn]
    measures: dict[str, FiniteFloat] = {}


def _figures(report: _Report) -> Figures:
    turns = report.turns
    codes = [{found.code for found in turn.codes if not found.contested} for turn in turns]
    return Figures(
        report.measures,
        max(0.0, turns[-1].reply.end_s - turns[0].reply.start_s) if turns else 0.0,
        sum(bool(each & REFLECTIONS) for each in codes),
        sum(bool(each & QUESTIONS) for each in codes),
        sum(bool(each & ADVICE) for each in codes),
    )
