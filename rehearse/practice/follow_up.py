"""What has become of a planned talk: when that is asked, and what an answer changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from rehearse.practice.days import day_in
from rehearse.practice.talks import PlannedTalk

UNTIL_ASKED_DAYS = 7
"""A talk without a day is asked about after so many; and what was asked in vain, once more after so many."""
TIMES_ASKED = 2


def to_ask_about(talks: Iterable[PlannedTalk], asked: Mapping[int, Sequence[date]], today: date) -> PlannedTalk | None:
    """The talk whose time has passed and that is to be asked about today: the one that has waited longest.

    `asked`: the days on which it was asked about each, by its id. Those before the talk's day do not count: it was
    put off since.
    """
    due = [talk for talk in talks if talk.happened is None and _is_due(talk, asked.get(talk.id, ()), today)]
    return min(due, key=lambda talk: (_day(talk), talk.id), default=None)


def answered(
    talk: PlannedTalk, *, happened: bool, how: str = "", again: str = "", when: str = "", at: datetime
) -> PlannedTalk:
    """The talk with what was said about it: `happened` in their words too ("Yes, on Sunday" is `when`), or when it is
    to be instead. Where it has not happened and no day is named it stays open."""
    today = at.date()
    if happened:
        day = day_in(when, today, past=True)
        on = day if day and day <= today else min(talk.on_day or today, today)
        return replace(talk, happened=True, happened_on=on, how_it_went=how, say_again=again, answered_at=at)
    day = day_in(when, today)
    return replace(talk, on_day=day if day and day >= today else talk.on_day, answered_at=at)


def given_up(talk: PlannedTalk, at: datetime) -> PlannedTalk:
    """The talk, which they do not want to have any more."""
    return replace(talk, happened=False, answered_at=at)


def _day(talk: PlannedTalk) -> date:
    if talk.on_day:
        return talk.on_day
    planned = talk.planned_at.date() if talk.planned_at else date.min
    return planned + timedelta(days=UNTIL_ASKED_DAYS)


def _is_due(talk: PlannedTalk, asked: Sequence[date], today: date) -> bool:
    since = sorted(day for day in asked if day > _day(talk))
    if len(since) >= TIMES_ASKED or today <= _day(talk):
        return False
    return not since or today >= since[-1] + timedelta(days=UNTIL_ASKED_DAYS)
