"""`rehearse scenarios`: what there is to practise, and whether a file holds together."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from rehearse.cli.simulation import simulate
from rehearse.errors import ScenarioError
from rehearse.scenarios import loader

app = typer.Typer(help="What there is to practise.", no_args_is_help=True)
app.command()(simulate)


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """List the scenarios."""
    scenes = [loader.load(path) for path in loader.library().values()]
    if as_json:
        rows = [
            {
                "id": scene.id,
                "title": scene.title,
                "summary": scene.summary,
                "partner": scene.partner.name,
                "trains": [str(axis) for axis in scene.trains],
                "states": len(scene.states),
                "endings": sorted(scene.endings),
            }
            for scene in scenes
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("name", "about", "trains"):
        table.add_column(heading, style="bold" if heading == "name" else None)
    for scene in scenes:
        table.add_row(scene.id, scene.summary, ", ".join(scene.trains))
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
