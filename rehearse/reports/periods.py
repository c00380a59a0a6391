"""Years of practice as few enough points: sessions one by one, or all those of a week, a month, a quarter or a year."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from rehearse.reports.figures import Figures

T = TypeVar("T")

MOST = 24
"""As many points as can be told apart in a small plot."""


@dataclass(frozen=True, slots=True)
class Period:
    """Sessions that are shown as one point."""

    name: str
    """Such as "3 May" or "May 2026"."""
    sessions: tuple[Figures, ...]


def periods(sessions: Sequence[Figures]) -> tuple[str, list[Period]]:
    """`sessions`, which are in order of time, as at most `MOST` periods, and what one of them is: "session", "week", …

    Periods in which nothing was practised are left out.
    """
    if len(sessions) <= MOST:
        years = {_day_of(each).year for each in sessions}
        return "session", [Period(day(_day_of(each), year=len(years) > 1), (each,)) for each in sessions]
    kind, shown = spans(sessions, _day_of)
    return kind, [Period(name, group) for name, group in shown]


def spans(
    items: Sequence[T], day_of: Callable[[T], date], *, smallest: str = "day"
) -> tuple[str, list[tuple[str, tuple[T, ...]]]]:
    """`items`, which are in order of time, as at most `MOST` spans with their names, and what one of them is.

    `smallest`: what it is at least, such as "week" for items that are sums of weeks.
    """
    names = [kind for kind, _, _ in _KINDS]
    for kind, begin_of, name_of in _KINDS[names.index(smallest) :]:
        shown = [(name_of(begin), group) for begin, group in _grouped(items, day_of, begin_of)]
        if len(shown) <= MOST:
            return kind, shown
    return kind, shown[-MOST:]


def day(when: date, *, year: bool = False) -> str:
    """Such as "3 May"."""
    return f"{when.day} {when:%b %Y}" if year else f"{when.day} {when:%b}"


def _grouped(
    items: Sequence[T], day_of: Callable[[T], date], begin_of: Callable[[date], date]
) -> list[tuple[date, tuple[T, ...]]]:
    return [(begin, tuple(group)) for begin, group in groupby(items, lambda each: begin_of(day_of(each)))]


def _day_of(session: Figures) -> date:
    return session.past.began_at.date()


def _month(when: date) -> date:
    return when.replace(day=1)


def _quarter(when: date) -> date:
    return when.replace(month=when.month - (when.month - 1) % 3, day=1)


_KINDS: tuple[tuple[str, Callable[[date], date], Callable[[date], str]], ...] = (
    ("day", lambda when: when, lambda when: day(when, year=True)),
    ("week", lambda when: when - timedelta(days=when.weekday()), lambda begin: day(begin, year=True)),
    ("month", _month, lambda begin: f"{begin:%b %Y}"),
    (
        "quarter",
        _quarter,
        lambda begin: f"{begin:%b} to {_quarter(begin + timedelta(days=92)) - timedelta(days=1):%b %Y}",
    ),
    ("year", lambda when: when.replace(month=1, day=1), lambda begin: str(begin.year)),
)
