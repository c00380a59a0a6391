"""`rehearse bench`: how fast the program is, on this machine and with this person."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from rehearse.cli.own_log import own_log
from rehearse.errors import SessionError
from rehearse.practice.turn_times import Spread, TurnTimes, own_turn_times, turn_times

app = typer.Typer(help="How fast the program is.", no_args_is_help=True)

_IN_WORDS = {
    "provisional": "first taken for a possible end",
    "endpoint": "taken to be over",
    "text": "words known",
    "decision": "answer chosen",
    "sound": "answer heard",
}
_STAGES_IN_WORDS = {
    "endpoint": "until it was taken to be over",
    "transcribe": "until its words were known",
    "decide": "until the answer was chosen",
    "speak": "until the answer was heard",
    "total": "all together",
}


@app.callback()
def bench() -> None:
    """How fast the program is."""


@app.command()
def turns(
    reports: Annotated[
        list[Path] | None, typer.Argument(metavar="[REPORT]...", help="Reports; without them, your own sessions.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """Print how long an answer took, from the end of a spoken reply on: percentiles over its turns."""
    if reports:
        times = turn_times(reports)
    else:
        with own_log() as log:
            times = own_turn_times(log)
    if not times.turns:
        where = "these reports" if reports else "your sessions"
        raise SessionError(f"there is no spoken turn in {where}; hold one by voice first, with `rehearse practice`")
    if as_json:
        typer.echo(json.dumps(asdict(times), indent=2))
    else:
        _print(Console(), times)


def _print(console: Console, times: TurnTimes) -> None:
    console.print(f"Spoken turns: {times.turns}, reports: {times.reports}. Milliseconds.", highlight=False)
    table = Table(box=None, header_style="dim")
    table.add_column()
    for heading in ("turns", "p50", "p90", "p95"):
        table.add_column(heading, justify="right")
    _add_rows(table, "After the end of speech", _IN_WORDS, times.moments_ms)
    _add_rows(table, "Stage by stage", _STAGES_IN_WORDS, times.stages_ms)
    console.print(table)


def _add_rows(table: Table, heading: str, in_words: dict[str, str], spreads: dict[str, Spread]) -> None:
    if spreads:
        table.add_row(heading, style="bold")
    for name, spread in spreads.items():
        table.add_row(f"  {in_words[name]}", *map(str, (spread.count, spread.p50, spread.p90, spread.p95)))
