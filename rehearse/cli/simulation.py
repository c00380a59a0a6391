"""`rehearse scenarios simulate`: a scenario played a great many times by made-up people."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from rehearse.agent.simulation import LOOP, Simulation, values
from rehearse.agent.simulation import simulate as play_all
from rehearse.scenarios.loader import find


def simulate(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A name, or the path of a file.")],
    sessions: Annotated[int, typer.Option(min=1, max=100_000, help="Of each persona.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Makes it repeatable.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """Let a listener, a beginner, a fixer, a defender, a withdrawer and chance play a scenario a great many times."""
    scene = find(scenario)
    result = play_all(scene, sessions=sessions, seed=seed)
    worth = values(scene, sessions=min(sessions, 1000), seed=seed)
    if as_json:
        typer.echo(json.dumps({"scenario": scene.id, **asdict(result), "values": worth}, indent=2))
        return
    console = Console()
    _print_personas(console, result)
    _print_faults(console, result)
    _print_values(console, worth)


def _print_personas(console: Console, result: Simulation) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("persona", "outcome", "replies", "out of patience", "endings"):
        table.add_column(heading)
    for tally in result.tallies:
        endings = ", ".join(f"{name} {100 * times / result.sessions:.0f}%" for name, times in tally.endings.items())
        table.add_row(
            tally.persona,
            f"{tally.outcome:+.2f}",
            f"{tally.replies:.1f}",
            f"{100 * tally.out_of_patience:.0f}%",
            endings,
        )
    console.print(table)


def _print_faults(console: Console, result: Simulation) -> None:
    everyone = result.sessions * len(result.tallies)
    found = [
        ("Nobody came to", ", ".join(result.unvisited)),
        ("No ending", ", ".join(result.unreached)),
        ("Nothing left to say, so the scene ended, in", _counted(result.dead_ends, everyone)),
        ("One more line was wanted in", _counted(result.worn_out, everyone)),
        (f"Entered {LOOP} times or more in a session", _counted(result.loops, everyone)),
        ("Said twice", " / ".join(result.repeated)),
    ]
    for what, where in found:
        if where:
            console.print(f"{what}: {where}")


def _print_values(console: Console, worth: dict[str, float]) -> None:
    best_first = sorted(worth.items(), key=lambda each: -each[1])
    console.print("From there on, at random: " + ", ".join(f"{state} {value:+.2f}" for state, value in best_first))


def _counted(states: dict[str, int], of: int) -> str:
    return ", ".join(f"{state} ({100 * times / of:.1f}%)" for state, times in states.items())
