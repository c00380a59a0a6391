"""Years of practice in few enough points."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from rehearse.reports.figures import Figures
from rehearse.reports.periods import MOST, periods
from tests.practised import BEGAN, figures


def sessions_on(*days: int) -> list[Figures]:
    return [figures(of={"began_at": BEGAN + timedelta(days=day)}) for day in days]


def test_few_sessions_stand_one_by_one() -> None:
    kind, shown = periods(sessions_on(0, 0, 5))
    assert (kind, [period.name for period in shown]) == ("session", ["3 May", "3 May", "8 May"])


def test_the_year_is_said_where_there_are_two() -> None:
    assert [period.name for period in periods(sessions_on(0, 365))[1]] == ["3 May 2026", "3 May 2027"]


def test_many_are_taken_together_by_the_calendar() -> None:
    assert periods(sessions_on(*[0] * 30))[0] == "day"
    kind, shown = periods(sessions_on(*range(60)))
    assert (kind, shown[0].name, len(shown[1].sessions)) == ("week", "27 Apr 2026", 7)
    assert periods(sessions_on(*range(0, 600, 2)))[1][0].name == "May 2026"
    assert periods(sessions_on(*range(0, 1500, 5)))[1][0].name == "Apr to Jun 2026"
    assert periods(sessions_on(*range(0, 4000, 10)))[1][0].name == "2026"


@given(st.lists(st.integers(0, 9000), max_size=120).map(sorted))
def test_no_session_is_lost_and_none_shown_twice(days: list[int]) -> None:
    sessions = sessions_on(*days)
    _, shown = periods(sessions)
    assert len(shown) <= MOST
    together = [each for period in shown for each in period.sessions]
    assert together == sessions[len(sessions) - len(together) :]
    assert len(together) == len(sessions) or (days[-1] - days[0]) > 365 * (MOST - 2)
