"""`rehearse commands`: what can be said to the program, and how."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from rehearse.agent.commands import wordings

SHOWN = 4
"""How many ways to say a command the table shows."""


def commands(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with every way to say them.")] = False,
) -> None:
    """List what you can say at any moment, also while somebody speaks."""
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in wordings()], ensure_ascii=False, indent=2))
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading, style in (("command", "bold"), ("what it does", None), ("say", None), ("say with “coach”", "dim")):
        table.add_column(heading, style=style)
    for each in wordings():
        name = each.command.replace("_", " ")
        table.add_row(name, each.does, ", ".join(each.always[:SHOWN]), ", ".join(each.addressed[:SHOWN]))
    console = Console()
    console.print(table)
    console.print(
        "\nThe whole of what you say has to be a command, with or without “please”: it is never taken out of a reply. "
        "“Coach” goes first or last, and is not needed in a pause. Everything can also be typed.\n"
        "“Hold on” and “let me think” give you time.",
        style="dim",
        highlight=False,
    )
