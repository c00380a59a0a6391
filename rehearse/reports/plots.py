"""What a plot says, before it is drawn: its marks with their bands, and the same in words for who cannot see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rehearse.reports.uncertainty import Band

Shape = Literal["circle", "square"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A period in a plot."""

    name: str
    """Of the period."""
    value: float | None
    """None: there was no occasion, or it is not known; a gap."""
    said: str
    """The value in words, with its band."""
    band: Band | None = None
    figure: str = ""
    """The same in short, where `said` has more than one figure."""

    @property
    def in_short(self) -> str:
        """For where there is little room."""
        return self.figure or self.said


@dataclass(frozen=True, slots=True)
class Line:
    """Something that changes from period to period."""

    name: str
    marks: tuple[Mark, ...]
    lately: Mark | None = None
    """Over the newest sessions together…"""
    before: Mark | None = None
    """…and over those before them; None where there are none."""
    shape: Shape = "circle"
    """Filled circles on a solid line, or open squares on a dashed one: told apart without colour."""

    @property
    def known(self) -> list[Mark]:
        """Those that are no gap."""
        return [mark for mark in self.marks if mark.value is not None]

    @property
    def change(self) -> str:
        """Lately and before, in words."""
        lately = f"lately {self.lately.said}" if self.lately else ""
        return f"{lately}; before {self.before.said}." if self.before else f"{lately}."


@dataclass(frozen=True, slots=True)
class Table:
    """What a plot shows, in figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Lines over the same periods."""

    key: str
    title: str
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    """Of the axis of values, from the lowest to the highest; values beyond are drawn at its end."""
    about: str
    """What the values are."""
    note: str = ""
    """What is said below it, where that is not how the lines stand lately and before."""
    guides: tuple[tuple[float, str], ...] = ()
    period: str = "session"
    stacked: bool = False
    """Draw the first line as bars, and the second one as the part of them that is filled."""
    in_steps: bool = False
    """Draw a line that stays as it is until it changes."""

    @property
    def caption(self) -> str:
        """How it stands."""
        if self.note:
            return self.note
        if len(self.lines) == 1 or self.stacked:
            return _capital(self.lines[0].change)
        return " ".join(f"{_capital(line.name)}: {line.change}" for line in self.lines)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(line.known for line in self.lines)

    @property
    def description(self) -> str:
        """For who cannot see it."""
        said = [self.about]
        for line in self.lines:
            if known := line.known:
                first, last = known[0], known[-1]
                gaps = [mark for mark in line.marks if mark.value is None]
                said.append(
                    f"{line.name}: {first.said} ({first.name})"
                    + (f" to {last.said} ({last.name})" if last is not first else "")
                    + f", {_counted(len(known), self.period)}"
                    + (f", {gaps[0].said} in {len(gaps)}" if gaps else "")
                    + "."
                )
        return " ".join(said)

    @property
    def table(self) -> Table:
        """A row a period, a column a line."""
        rows = zip(*(line.marks for line in self.lines), strict=True)
        return Table(
            (self.period, *(line.name for line in self.lines)),
            tuple((marks[0].name, *(mark.said for mark in marks)) for marks in rows),
        )


@dataclass(frozen=True, slots=True)
class Pair:
    """How often something showed at first and at last."""

    name: str
    first: float
    last: float
    first_band: Band
    last_band: Band
    said: tuple[str, str]
    figures: tuple[str, str]
    """The same in short."""


@dataclass(frozen=True, slots=True)
class PairPlot:
    """Shares at first beside shares at last."""

    title: str
    pairs: tuple[Pair, ...]
    about: str
    caption: str

    @property
    def description(self) -> str:
        """For who cannot see it."""
        return " ".join([self.about, *(f"{pair.name}: {pair.said[0]}, then {pair.said[1]}." for pair in self.pairs)])

    @property
    def table(self) -> Table:
        """A row a pair."""
        return Table(("", "at first", "again"), tuple((pair.name, *pair.said) for pair in self.pairs))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar."""

    name: str
    week: int
    """From 0, the oldest."""
    weekday: int
    """From 0, Monday."""
    minutes: float
    """0: nothing was practised."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of the last weeks."""

    title: str
    days: tuple[Day, ...]
    months: tuple[tuple[int, str], ...]
    """The weeks in which a month begins."""
    weeks: int
    about: str
    caption: str
    in_short: str
    """The same in short."""

    @property
    def practised(self) -> list[Day]:
        """The days on which something was."""
        return [day for day in self.days if day.minutes]

    @property
    def description(self) -> str:
        """For who cannot see it."""
        return f"{self.about} {self.caption}"

    @property
    def table(self) -> Table:
        """A row a day of practice."""
        return Table(("day", "minutes"), tuple((day.name, f"{day.minutes:.0f}") for day in self.practised))


def percent(rate: float, band: Band | None = None) -> str:
    """Such as "40% (25–57%)"."""
    return f"{rate:.0%}" + (f" ({100 * band[0]:.0f}–{band[1]:.0%})" if band else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def nice_top(values: Sequence[float], least: float = 1.0) -> float:
    """The end of an axis that begins at 0: a round number not below any of `values`."""
    highest = max([least, *values])
    step: float = 10 ** (len(str(int(highest))) - 1)
    return next(top for factor in (1, 2, 3, 4, 5, 6, 8, 10, 20) if (top := factor * step) >= highest)
