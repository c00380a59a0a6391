"""`rehearse doctor`: what keeps a conversation by voice from going well here, and what to do about it."""

import json
from collections import Counter
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rehearse.cli.practice import Headset, Input, Model, Output
from rehearse.doctor.check import Check, Verdict
from rehearse.doctor.examination import Wishes, examine

FORMAT = "rehearse.doctor/1"

_COLOURS = {Verdict.OK: "green", Verdict.WARNING: "yellow", Verdict.FAULT: "red"}


def doctor(
    *,
    no_speech: Annotated[bool, typer.Option("--no-speech", help="Ask for no sentence.")] = False,
    input_: Input = None,
    output: Output = None,
    headset: Headset = None,
    model: Model = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """Examine sound devices, voices, weights and folders; exits with 1 if there is a fault.

    A soft tone is played, and you are asked to speak a sentence. What you say is kept nowhere.
    """
    console = Console(stderr=as_json)
    checks: list[Check] = []
    wishes = Wishes(microphone=input_, loudspeaker=output, model=model, headset=headset, speech=not no_speech)
    with console.status("Examining…"):
        for check in examine(wishes, lambda text: console.print(Text(text, "bold"))):
            checks.append(check)
            if not as_json:
                console.print(_row(check))
    count = Counter(check.verdict for check in checks)
    if as_json:
        typer.echo(json.dumps({"format": FORMAT, "checks": [asdict(check) for check in checks]}, indent=2))
    else:
        console.print(_summary(count[Verdict.FAULT], count[Verdict.WARNING]), style="bold", highlight=False)
    if count[Verdict.FAULT]:
        raise typer.Exit(1)


def _row(check: Check) -> Table:
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=7)
    row.add_column(width=18)
    row.add_column()
    row.add_row(Text(check.verdict, _COLOURS[check.verdict]), check.name, Text(check.found))
    if check.fix:
        row.add_row("", "", Text(f"→ {check.fix}", "bold"))
    return row


def _summary(faults: int, warnings: int) -> str:
    if not faults and not warnings:
        return "All is well."
    counts = [
        f"{count} {what}{'' if count == 1 else 's'}" for count, what in ((faults, "fault"), (warnings, "warning"))
    ]
    return f"{' and '.join(each for each in counts if each[0] != '0')}. What to do stands after each arrow."
