"""`rehearse contest`: the person has the last word on what a reply did."""

from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from rehearse.agent import coach_lines
from rehearse.cli.display import IN_WORDS
from rehearse.errors import SessionError, UsageError
from rehearse.feedback.codes import MISSED, Code
from rehearse.paths import sessions_dir
from rehearse.practice.contest import KeptSession, Verdict


def contest(
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="The verdict; without it, lists them.")
    ] = None,
    *,
    session: Annotated[
        str | None, typer.Option(metavar="NAME", help="Another session than the last: its name, or a report's file.")
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Let the verdict count again.")] = False,
) -> None:
    """List what your answers were understood to do, or say which verdict you don't agree with: it is left out."""
    path = _report(session)
    kept = KeptSession(path)
    if number is None:
        if undo:
            raise UsageError("--undo goes with a verdict's number; `rehearse contest` lists them")
        _print_verdicts(Console(), path, kept.verdicts)
        return
    if not 1 <= number <= len(kept.verdicts):
        raise UsageError(f"there is no verdict {number} in {path.stem}; `rehearse contest` lists them with numbers")
    verdict = kept.verdicts[number - 1]
    kept.contest(verdict, undo=undo)
    typer.echo("All right. That one counts again." if undo else coach_lines.LEFT_OUT)


def _report(name: str | None) -> Path:
    """The last session's report, or the one called `name`."""
    if name and Path(name).suffix == ".json" and Path(name).is_file():
        return Path(name)
    reports = sorted(sessions_dir().glob("*.json"))
    if not reports:
        raise SessionError("there is no session yet; hold one first, with `rehearse practice hard-day`")
    if not name:
        return reports[-1]
    found = [report for report in reports if name in {report.stem, report.name}]
    if not found:
        raise SessionError(f"there is no session {name!r}; the last ones are {', '.join(r.stem for r in reports[-3:])}")
    return found[0]


def _print_verdicts(console: Console, path: Path, verdicts: tuple[Verdict, ...]) -> None:
    console.print(Text(path.stem, "bold"))
    if not verdicts:
        console.print("No verdicts: nothing in it that the codes know.", style="dim")
    numbered = enumerate(verdicts, start=1)
    for _, of_a_reply in groupby(numbered, key=lambda each: each[1].turn):
        for place, (number, verdict) in enumerate(of_a_reply):
            if place == 0:
                console.print(Text.assemble(("You  ", "dim"), verdict.reply))
            console.print(_line(number, verdict))


def _line(number: int, verdict: Verdict) -> Text:
    done = "left the feeling for later" if verdict.code == MISSED else IN_WORDS[Code(verdict.code)]
    words = "" if verdict.code == MISSED else f": “{verdict.words}”"
    left_out = "  left out, you don't agree" if verdict.contested else ""
    return Text.assemble(f"{number:5}  ", (f"{done}{words}", "dim strike" if left_out else ""), (left_out, "dim"))
