"""`rehearse progress`: what changed, in the terminal or as a page."""

import tempfile
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from rehearse.cli.assignment import open_assignments
from rehearse.cli.own_log import own_log
from rehearse.scenarios.loader import playable
from rehearse.traces import PAGE
from rehearse.whole_files import check_writable, replacing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.reports.figures import Practice
    from rehearse.reports.plots import Line, Plot

_BARS = "▁▂▃▄▅▆▇█"
_GAP = "·"
_FIGURES_WIDTH = 62
"""Of the table without its bars."""


def progress(
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page, with plots, that prints well.")
    ] = None,
    *,
    open_: Annotated[bool, typer.Option("--open", help="Make the page and show it in your browser.")] = False,
) -> None:
    """Show what changed in what you practised, and what to practise next."""
    from rehearse.practice.log import now
    from rehearse.practice.today import for_today
    from rehearse.reports.figures import practice_of

    if html:
        check_writable(html)
    with own_log() as log:
        practice = practice_of(log, at := now())
        if practice.sessions:
            proposed = for_today(log, [*playable().values()], at.date(), open_assignments(log))
            practice = replace(practice, proposed=proposed)
    if html or open_:
        _write_page(practice, html, open_=open_)
    else:
        _print(Console(), practice)


def _write_page(practice: "Practice", path: Path | None, *, open_: bool) -> None:
    from rehearse.reports.progress_page import progress_page

    # Not under the data folder: what is forgotten there is to be gone.
    path = path or Path(tempfile.mkdtemp(prefix=PAGE)) / "progress.html"
    with replacing(path) as temporary:
        temporary.write_text(progress_page(practice), encoding="utf-8")
    typer.echo(f"Your progress is in {path}. It holds your words: delete it when you are done.")
    if open_ and not webbrowser.open(path.resolve().as_uri()):
        typer.echo("No browser could be started; open that file yourself.")


def _print(console: Console, practice: "Practice") -> None:
    from rehearse.reports.in_brief import in_brief
    from rehearse.reports.progress_page import range_of
    from rehearse.reports.the_talk import shown_talks

    sessions = practice.sessions
    for sentence in in_brief([each.past for each in sessions], practice.proposed):
        console.print(sentence, style="bold", markup=False, highlight=False)
    for talk in shown_talks(practice)[:1]:
        told = f"The talk itself: {talk.title}. {talk.when} {talk.practised}"
        console.print(told.rstrip(), markup=False, highlight=False)
    if sessions:
        console.print(f"\n{range_of(practice)}", style="dim", highlight=False)
        console.print(_table(practice, periods=max(8, console.width - _FIGURES_WIDTH)))
        console.print(
            f"{_GAP} no occasion. In brackets: where the true figure lies 95 times in 100. "
            "`rehearse progress --open` shows the plots.",
            style="dim",
            markup=False,
            highlight=False,
        )


def _table(practice: "Practice", periods: int) -> Table:
    """A row a line of a plot, with bars for its newest `periods`."""
    from rehearse.reports.calendar import calendar, minutes_by_week
    from rehearse.reports.small_multiples import small_multiples
    from rehearse.reports.trying_again import trying_again

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("", "", "lately", "before"):
        table.add_column(heading, no_wrap=True)
    for plot in small_multiples(practice.sessions, practice.families):
        for line in plot.lines:
            values = [mark.value for mark in line.marks[-periods:]]
            table.add_row(
                _row_name(plot, line),
                bars(values, plot.ticks[0][0], plot.ticks[-1][0]),
                line.lately.in_short if line.lately else "",
                line.before.in_short if line.before else "",
            )
    again = trying_again(practice.sessions)
    for pair in again.pairs:
        first, last = pair.figures
        table.add_row(f"Again: {pair.name}", "", last, f"{first} at first")
    minutes = minutes_by_week(shown := calendar(practice.sessions, practice.at.date()))
    table.add_row(
        "Weeks", bars([each or None for each in minutes[-periods:]], 0.0, max([1.0, *minutes])), shown.in_short
    )
    return table


def _row_name(plot: "Plot", line: "Line") -> str:
    if plot.stacked and line is not plot.lines[0]:
        return f"  {line.name}"
    return plot.title if plot.stacked or len(plot.lines) == 1 else line.name.capitalize()


def bars(values: "Sequence[float | None]", low: float, high: float) -> str:
    """A character a value, the taller the nearer to `high`; what is None as a gap."""
    return "".join(_GAP if value is None else _BARS[_height((value - low) / (high - low))] for value in values)


def _height(share: float) -> int:
    return min(len(_BARS) - 1, max(0, int(share * len(_BARS))))
