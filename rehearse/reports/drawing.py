"""Where everything in a plot stands: its marks, bands and words as coordinates, for the template to write as SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rehearse.reports.plots import Calendar, Line, Mark, PairPlot, Plot
from rehearse.reports.uncertainty import Band

WIDTH, HEIGHT = 340, 150
LEFT, RIGHT, TOP, BOTTOM = 38, 12, 12, 24
NAMED_RIGHT = 64
"""Where lines have their names at their ends."""
GUIDED_RIGHT = 34
"""Where guides have."""
BESIDE = 4
"""How far marks that stand alone stand beside those of another line."""
NEAREST = 13
"""Between two names at the ends of lines."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark."""

    x: float
    y: float
    said: str
    whisker: Band | None = None
    """From, to, of the band of a mark that stands alone."""
    height: float = 0.0
    """Of a bar."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line with its bands and marks."""

    name: str
    shape: str
    paths: tuple[str, ...]
    bands: tuple[str, ...]
    spots: tuple[Spot, ...]
    gaps: tuple[Spot, ...]
    name_y: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A plot, ready to be written."""

    lines: tuple[DrawnLine, ...]
    ticks: tuple[tuple[float, str], ...]
    guides: tuple[tuple[float, str], ...]
    ends: tuple[tuple[float, str, str], ...]
    """Below the axis: where, which end of the text stands there, the text."""
    right: float
    """Where the plot ends."""
    bar: float
    """The width of a bar."""
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


def drawn(plot: Plot) -> Drawn:
    """A plot with anything in it."""
    named = len(plot.lines) > 1 and not plot.stacked
    right = WIDTH - (NAMED_RIGHT if named else GUIDED_RIGHT if plot.guides else RIGHT)
    marks = plot.lines[0].marks
    step = (right - LEFT) / len(marks)
    xs = [LEFT + step * (index + 0.5) for index in range(len(marks))]
    lines = [_line(plot, line, xs, BESIDE * number if named else 0) for number, line in enumerate(plot.lines)]
    if named:
        lines = _apart(lines)
    ends: tuple[tuple[float, str, str], ...] = ((xs[0], "middle", marks[0].name),)
    if len(marks) > 1:
        ends = ((LEFT, "start", marks[0].name), (right, "end", marks[-1].name))
    return Drawn(
        tuple(lines),
        tuple((_y(plot, value), label) for value, label in plot.ticks),
        tuple((_y(plot, value), label) for value, label in plot.guides),
        ends,
        right,
        min(0.7 * step, 26),
    )


def _y(plot: Plot, value: float) -> float:
    low, high = plot.ticks[0][0], plot.ticks[-1][0]
    share = (min(max(value, low), high) - low) / (high - low)
    return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)


def _line(plot: Plot, line: Line, xs: Sequence[float], beside: float) -> DrawnLine:
    runs = list(_runs(line.marks))
    alone = {run[0] for run in runs if len(run) == 1}
    spots, gaps = [], []
    for index, mark in enumerate(line.marks):
        said = f"{mark.name}: {mark.said}"
        if mark.value is None:
            gaps.append(Spot(round(xs[index], 1), HEIGHT - BOTTOM, said))
            continue
        y, whisker = _y(plot, mark.value), None
        if mark.band and (index in alone or plot.stacked):
            whisker = _y(plot, mark.band[0]), _y(plot, mark.band[1])
        x = xs[index] + (beside if index in alone else 0)
        spots.append(Spot(round(x, 1), y, said, whisker, round(HEIGHT - BOTTOM - y, 1)))
    values = [[(xs[index], _y(plot, line.marks[index].value or 0.0)) for index in run] for run in runs]
    paths = [_path(_steps(run) if plot.in_steps else run) for run in values if len(run) > 1]
    bands = [_band(plot, line, xs, run) for run in runs if len(run) > 1 and line.marks[run[0]].band]
    return DrawnLine(
        line.name,
        line.shape,
        () if plot.stacked else tuple(paths),
        () if plot.stacked else tuple(bands),
        tuple(spots),
        tuple(gaps),
        spots[-1].y if spots else HEIGHT,
    )


def _runs(marks: Sequence[Mark]) -> Iterator[list[int]]:
    """The marks that follow each other without a gap."""
    run: list[int] = []
    for index, mark in enumerate(marks):
        if mark.value is not None:
            run.append(index)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _steps(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    corners = [points[0]]
    for (_, before), (x, y) in pairwise(points):
        corners += [(x, before), (x, y)]
    return corners


def _band(plot: Plot, line: Line, xs: Sequence[float], run: Sequence[int]) -> str:
    bands = [(xs[index], line.marks[index].band or (0.0, 0.0)) for index in run]
    upper = [(x, _y(plot, high)) for x, (_, high) in bands]
    lower = [(x, _y(plot, low)) for x, (low, _) in reversed(bands)]
    return f"{_path([*upper, *lower])}Z"


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _apart(lines: Sequence[DrawnLine]) -> list[DrawnLine]:
    """Names at the ends of lines, none over another."""
    moved: dict[str, float] = {}
    lowest = HEIGHT - BOTTOM - NEAREST * (len(lines) - 1)
    y = float(TOP)
    for line in sorted(lines, key=lambda each: each.name_y):
        y = min(max(y, line.name_y), lowest)
        moved[line.name] = y
        y, lowest = y + NEAREST, lowest + NEAREST
    return [replace(line, name_y=moved[line.name]) for line in lines]


# Pairs, a row each.

ROW = 40


@dataclass(frozen=True, slots=True)
class DrawnPair:
    """Two shares on one row."""

    name: str
    y: float
    first: Spot
    last: Spot


@dataclass(frozen=True, slots=True)
class DrawnPairs:
    """Rows of two shares."""

    pairs: tuple[DrawnPair, ...]
    ticks: tuple[tuple[float, str], ...]
    width: int
    height: int


def drawn_pairs(plot: PairPlot) -> DrawnPairs:
    """Pairs with their bands: the first above the last."""
    left, right = 10, WIDTH - 14

    def x(share: float) -> float:
        return round(left + share * (right - left), 1)

    def spot(share: float, band: Band, y: float, said: str) -> Spot:
        return Spot(x(share), y, said, (x(band[0]), x(band[1])))

    rows = []
    for index, pair in enumerate(plot.pairs):
        y = TOP + ROW * index + 10
        rows.append(
            DrawnPair(
                pair.name,
                y,
                spot(pair.first, pair.first_band, y + 9, f"{pair.name}, at first: {pair.said[0]}"),
                spot(pair.last, pair.last_band, y + 19, f"{pair.name}, again: {pair.said[1]}"),
            )
        )
    height = TOP + ROW * len(rows) + BOTTOM
    return DrawnPairs(
        tuple(rows), tuple((x(at), label) for at, label in ((0, "0%"), (0.5, "50%"), (1, "100%"))), WIDTH, height
    )


# The calendar, a column a week.

CELL = 12
FULL_MINUTES = 20
"""A day that fills its square; less practice makes a smaller one, by its area."""


@dataclass(frozen=True, slots=True)
class DrawnCalendar:
    """Squares in columns of weeks."""

    squares: tuple[tuple[float, float, float, str], ...]
    """Left, top, side, and what it says."""
    dots: tuple[tuple[float, float], ...]
    """Days without practice."""
    months: tuple[tuple[float, str], ...]
    width: int
    height: int
    left: int
    top: int
    cell: int = CELL


def drawn_calendar(calendar: Calendar) -> DrawnCalendar:
    """A column a week, Monday on top."""
    left, top = 28, 16
    squares, dots = [], []
    for day in calendar.days:
        x, y = left + CELL * (day.week + 0.5), top + CELL * (day.weekday + 0.5)
        if day.minutes:
            side = max(3.5, (CELL - 1) * min(1.0, day.minutes / FULL_MINUTES) ** 0.5)
            squares.append(
                (
                    round(x - side / 2, 1),
                    round(y - side / 2, 1),
                    round(side, 1),
                    f"{day.name}: {day.minutes:.0f} minutes",
                )
            )
        else:
            dots.append((x, y))
    months = tuple((left + CELL * week, name) for week, name in calendar.months)
    return DrawnCalendar(
        tuple(squares), tuple(dots), months, left + CELL * calendar.weeks + 8, top + 7 * CELL + 4, left, top
    )
