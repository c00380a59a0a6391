"""Where things stand in a plot: gaps stay gaps, and what is less certain has a wider band."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rehearse.reports.calendar import WEEKS, calendar, minutes_by_week
from rehearse.reports.drawing import HEIGHT, LEFT, NEAREST, WIDTH, drawn, drawn_calendar
from rehearse.reports.plots import Line, Mark, Plot, nice_top
from tests.practised import BEGAN, figures

PERCENTS = ((0.0, "0%"), (1.0, "100%"))


def mark(value: float | None) -> Mark:
    return Mark("3 May", value, "said", None if value is None else (value / 2, (1 + value) / 2))


def plot(*lines: list[float | None]) -> Plot:
    drawn_lines = tuple(Line(f"line {number}", tuple(map(mark, line))) for number, line in enumerate(lines))
    return Plot("key", "Title", drawn_lines, PERCENTS, "About.", "Note.")


def test_nothing_is_drawn_across_a_gap() -> None:
    (line,) = drawn(plot([0.2, 0.4, None, 0.6, None, 0.1, 0.2, 0.3])).lines
    assert [path.count(" ") for path in line.paths] == [2, 3]
    assert len(line.bands) == 2
    assert len(line.gaps) == 2
    assert [spot.whisker is not None for spot in line.spots] == [False, False, True, False, False, False]


def test_what_is_beyond_the_axis_is_drawn_at_its_end() -> None:
    (line,) = drawn(plot([5.0, -5.0])).lines
    inside = drawn(plot([1.0, 0.0])).lines[0]
    assert [spot.y for spot in line.spots] == [spot.y for spot in inside.spots]


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=24))
def test_everything_lies_within_the_drawing(values: list[float | None]) -> None:
    found = drawn(plot(values, values[::-1]))
    for line in found.lines:
        for spot in (*line.spots, *line.gaps):
            assert LEFT <= spot.x <= found.right <= WIDTH
            assert 0 <= spot.y <= HEIGHT
        for path in (*line.paths, *line.bands):
            assert all(0 <= float(number) <= WIDTH for number in re.findall(r"[\d.-]+", path))
    one, other = sorted(line.name_y for line in found.lines)
    assert round(other - one, 6) >= NEAREST or not all(line.spots for line in found.lines)


def test_steps_stay_until_they_rise() -> None:
    steps = drawn(replace(plot([0.0, 1.0]), in_steps=True)).lines[0].paths[0]
    assert steps.count("L") == 2


@given(st.lists(st.floats(0, 9999), max_size=9))
def test_an_axis_reaches_beyond_its_values(values: list[float]) -> None:
    top = nice_top(values, 2)
    assert top >= max([2, *values])
    assert top <= 2 * max([2, *values]) or top <= 4


def test_longer_practice_makes_a_larger_square() -> None:
    sessions = [figures(days, of={"minutes": minutes}) for days, minutes in ((0, 2.0), (1, 20.0), (2, 90.0))]
    shown = calendar(sessions, BEGAN.date())
    assert [day.minutes for day in shown.practised] == [2.0]
    later = drawn_calendar(calendar(sessions, sessions[-1].past.began_at.date()))
    short, full, long = (side for _, _, side, _ in later.squares)
    assert short < full == long
    assert later.squares[0][3] == "3 May 2026: 2 minutes"


def test_a_week_has_the_minutes_of_its_days() -> None:
    sessions = [figures(days, of={"minutes": 5.0}) for days in (0, 1, 2)]
    assert minutes_by_week(calendar(sessions, sessions[-1].past.began_at.date()))[WEEKS - 2 :] == [5.0, 10.0]
