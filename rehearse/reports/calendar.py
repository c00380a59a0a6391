"""On which days something was practised, over the last half year."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from rehearse.reports.figures import Figures
from rehearse.reports.periods import day
from rehearse.reports.plots import Calendar, Day

WEEKS = 26
LEAST_MINUTES = 1.0
"""What a practice counts for at least: one short answer was practice too."""


def calendar(sessions: Sequence[Figures], today: date) -> Calendar:
    """The last `WEEKS` weeks up to `today`."""
    begin = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    minutes: dict[date, float] = defaultdict(float)
    for each in sessions:
        minutes[each.past.began_at.date()] += max(LEAST_MINUTES, each.past.minutes)
    shown = [begin + timedelta(days=offset) for offset in range((today - begin).days + 1)]
    days = tuple(
        Day(day(when, year=True), index // 7, index % 7, minutes.get(when, 0.0)) for index, when in enumerate(shown)
    )
    months = tuple((index // 7, f"{when:%b}") for index, when in enumerate(shown) if when.day == 1)
    practised = [each for each in days if each.minutes]
    weeks = len({each.week for each in practised})
    counted = f"{len(practised)} {'day' if len(practised) == 1 else 'days'}"
    in_weeks = f"in {weeks} of the last {WEEKS} weeks"
    return Calendar(
        "When you practised",
        days,
        months,
        WEEKS,
        "A square is a day with practice, the larger the longer.",
        f"{counted} of practice {in_weeks}.",
        counted,
    )


def minutes_by_week(calendar: Calendar) -> list[float]:
    """Of its weeks, the oldest first."""
    minutes = [0.0] * calendar.weeks
    for each in calendar.days:
        minutes[each.week] += each.minutes
    return minutes
