"""Days as people say them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.practice.days import day_in

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Friday", date(2026, 11, 27)),
        ("Thursday", date(2026, 12, 3)),
        ("this weekend", date(2026, 11, 28)),
        ("Tomorrow evening.", date(2026, 11, 27)),
        ("the day after tomorrow", date(2026, 11, 28)),
        ("tonight", THURSDAY),
        ("in two weeks", date(2026, 12, 10)),
        ("in about a month", date(2026, 12, 26)),
        ("in a couple of days", date(2026, 11, 28)),
        ("next week", date(2026, 12, 3)),
        ("2027-01-05", date(2027, 1, 5)),
        ("the 5th of January", date(2027, 1, 5)),
        ("December 24", date(2026, 12, 24)),
        ("2027-02-30", None),
        ("not sure", None),
        ("", None),
    ],
)
def test_a_day_to_come(text: str, day: date | None) -> None:
    assert day_in(text, THURSDAY) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Yes, on Sunday.", date(2026, 11, 22)),
        ("Thursday", date(2026, 11, 19)),
        ("yesterday", date(2026, 11, 25)),
        ("two days ago", date(2026, 11, 24)),
        ("the 5th of November", date(2026, 11, 5)),
    ],
)
def test_a_day_that_has_been(text: str, day: date) -> None:
    assert day_in(text, THURSDAY, past=True) == day


WEEKDAYS = st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])


@given(WEEKDAYS, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_weekday_lies_within_a_week_on_the_side_that_is_meant(name: str, today: date) -> None:
    to_come, been = day_in(name, today), day_in(name, today, past=True)
    assert to_come
    assert been
    assert timedelta(0) < to_come - today <= timedelta(days=7)
    assert timedelta(0) < today - been <= timedelta(days=7)
    assert f"{to_come:%A}" == f"{been:%A}" == name


@given(st.text())
def test_nothing_that_is_said_breaks_it(text: str) -> None:
    day_in(text, THURSDAY)
