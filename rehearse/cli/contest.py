"""`rehearse contest`: the person has the last word on what a reply did."""

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from rehearse.agent import coach_lines
from rehearse.cli.display import IN_WORDS
from rehearse.cli.own_log import found, own_log
from rehearse.errors import UsageError
from rehearse.feedback.codes import MISSED, Code
from rehearse.practice.contest import KeptSession, Verdict


def contest(
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="The verdict; without it, lists them.")
    ] = None,
    *,
    session: Annotated[
        str | None, typer.Option(metavar="ID", help="Another session than the last: its number, or a report's file.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Let the verdict count again.")] = False,
) -> None:
    """List what your answers were understood to do, or say which verdict you don't agree with: it is left out."""
    if session and Path(session).suffix == ".json" and Path(session).is_file():
        _contest(KeptSession.in_file(Path(session)), number, undo=undo)
        return
    with own_log() as log:
        _contest(KeptSession.in_log(log, found(log, session).id), number, undo=undo)


def _contest(kept: KeptSession, number: int | None, *, undo: bool) -> None:
    if number is None:
        if undo:
            raise UsageError("--undo goes with a verdict's number; `rehearse contest` lists them")
        _print_verdicts(Console(), kept)
        return
    if not 1 <= number <= len(kept.verdicts):
        raise UsageError(f"there is no verdict {number} in {kept.name}; `rehearse contest` lists them with numbers")
    kept.contest(kept.verdicts[number - 1], undo=undo)
    typer.echo("All right. That one counts again." if undo else coach_lines.LEFT_OUT)


def _print_verdicts(console: Console, kept: KeptSession) -> None:
    console.print(Text(kept.name, "bold"))
    if not kept.verdicts:
        console.print("No verdicts: nothing in it that the codes know.", style="dim")
    numbered = enumerate(kept.verdicts, start=1)
    for _, of_a_reply in groupby(numbered, key=lambda each: each[1].turn):
        for place, (number, verdict) in enumerate(of_a_reply):
            if place == 0:
                console.print(Text.assemble(("You  ", "dim"), verdict.reply))
            console.print(_line(number, verdict))


def _line(number: int, verdict: Verdict) -> Text:
    done = "left the feeling for later" if verdict.code == MISSED else IN_WORDS[Code(verdict.code)]
    words = "" if verdict.code == MISSED else f": “{verdict.words}”"
    who = f"your {verdict.contested_by} doesn't" if verdict.contested_by else "you don't"
    left_out = f"  left out, {who} agree" if verdict.contested else ""
    return Text.assemble(f"{number:5}  ", (f"{done}{words}", "dim strike" if left_out else ""), (left_out, "dim"))
