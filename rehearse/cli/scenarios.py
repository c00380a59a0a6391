"""`rehearse scenarios`: what there is to practise, and whether a file holds together."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from rehearse.cli import writing
from rehearse.cli.simulation import simulate
from rehearse.errors import ScenarioError
from rehearse.scenarios import loader
from rehearse.scenarios.schema import Scenario

app = typer.Typer(help="What there is to practise.", no_args_is_help=True)
app.command()(simulate)
app.command()(writing.new)
app.command()(writing.graph)
app.command()(writing.test)
app.command()(writing.preview)
app.command()(writing.schema)


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """List the scenarios."""
    scenes = list(_all_that_hold_together())
    if as_json:
        rows = [
            {
                "id": scene.id,
                "title": scene.title,
                "summary": scene.summary,
                "partner": scene.partner.name,
                "level": scene.level,
                "minutes": scene.minutes,
                "themes": list(scene.themes),
                "trains": [str(axis) for axis in scene.trains],
                "states": len(scene.states),
                "endings": sorted(scene.endings),
            }
            for scene in scenes
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("name", "level", "about", "trains"):
        table.add_column(heading, style="bold" if heading == "name" else None)
    for scene in scenes:
        table.add_row(scene.id, str(scene.level or ""), scene.summary, ", ".join(scene.trains))
    Console().print(table)


@app.command()
def validate(files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scenario files.")]) -> None:
    """Check scenario files: prints FILE:LINE: what is wrong, what to write."""
    broken = False
    for path in files:
        try:
            scene = loader.load(path)
        except ScenarioError as error:
            broken = True
            typer.echo(str(error), err=True)
        else:
            typer.echo(f"{path}: holds together, {len(scene.states)} states, {len(scene.endings)} endings")
    if broken:
        raise typer.Exit(1)


def _all_that_hold_together() -> Iterator[Scenario]:
    """A file of one's own that is broken is named, and is no reason to list nothing."""
    for path in loader.available().values():
        try:
            yield loader.load(path)
        except ScenarioError as error:
            typer.echo(str(error), err=True)
