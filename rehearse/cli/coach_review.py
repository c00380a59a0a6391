"""`rehearse coach review`, `correct` and `agreement`: what a coach makes of what clients have shared."""

import sys
import time
import webbrowser
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from rehearse.errors import CoachError, UsageError
from rehearse.feedback.codes import Code
from rehearse.paths import coach_dir, private

if TYPE_CHECKING:
    from rehearse.coach.opening import Received

Option = typer.Option
FEW = 10
"""With fewer verdicts judged, a share says next to nothing."""


def review(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="What has come; taken in first.")
    ] = None,
    *,
    out: Annotated[Path | None, Option("--out", metavar="FOLDER", help="Where to write the pages.")] = None,
    watch: Annotated[Path | None, Option("--watch", metavar="FOLDER", help="Take in what comes there, too.")] = None,
    latest_first: Annotated[bool, Option("--latest-first", help="List clients by their newest share.")] = False,
    open_: Annotated[bool, Option("--open", help="Show it in your browser.")] = False,
) -> None:
    """Write a page for your practice and one for each client: what they practised, and what they chose to show."""
    from rehearse.coach.own_practice import own_inbox
    from rehearse.coach.watching import SECONDS
    from rehearse.coach.watching import watch as look

    if watch is not None and not watch.is_dir():
        raise UsageError(f"there is no folder {watch}; make it, or name the one into which files come")
    inbox, folder = own_inbox(), _folder(out)
    refused = take_in(inbox, files or ())
    _write(inbox, folder, latest_first=latest_first)
    if open_ and not webbrowser.open((folder / _practice()).resolve().as_uri()):
        typer.echo("No browser could be started; open that file yourself.")
    if watch is not None:
        typer.echo(f"Watching {watch}; Ctrl-C ends it.")

        def take(new: list[Path]) -> None:
            take_in(inbox, new)
            _write(inbox, folder, latest_first=latest_first)

        try:
            look(watch, take, lambda: time.sleep(SECONDS))
        except KeyboardInterrupt:
            return
    if refused:
        raise typer.Exit(1)


def take_in(inbox: "Received", files: Sequence[Path], *, show: bool = False) -> int:
    """Take in these files and say of each what became of it; how many were refused. `show`: also what is new in it."""
    from rehearse.coach.preview import lines_of

    refused = 0
    for path in files:
        try:
            taken = inbox.take_in(path)
        except CoachError as error:
            refused += 1
            print(f"rehearse: {path}: not taken, as {error}", file=sys.stderr)  # noqa: T201
            continue
        typer.echo(f"{path}: {taken.says}")
        if taken.body is not None and show:
            typer.echo("\n".join(lines_of(taken.body)))
        if taken.withdrawn_by:
            _drop_pages(taken.withdrawn_by)
    return refused


def correct(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="Their name, or the beginning of their key.")],
    session: Annotated[str, typer.Argument(metavar="SESSION", help="As their page names it.")],
    reply: Annotated[int, typer.Argument(metavar="REPLY", min=1, help="Its number, from 1.")],
    code: Annotated[Code, typer.Argument(metavar="CODE", help="What does not hold.")],
    *,
    instead: Annotated[Code | None, Option("--instead", metavar="CODE", help="What you hear.")] = None,
    missed: Annotated[bool, Option("--missed", help="The program did not give CODE, and you hear it.")] = False,
    confirm: Annotated[bool, Option("--confirm", help="The program gave CODE, and so do you.")] = False,
    note: Annotated[str | None, Option("--note", metavar="TEXT", help="A word to your client.")] = None,
    undo: Annotated[bool, Option("--undo", help="Take back what you said of CODE.")] = False,
) -> None:
    """Say that a code does not hold; your client hears of it with your next assignment. Or that it does."""
    from rehearse.coach.caseload import find, records
    from rehearse.coach.judgements import Finding, judged
    from rehearse.coach.own_practice import own_inbox, own_judgements

    if sum([missed, confirm, undo]) > 1 or (instead and (missed or confirm or undo)):
        raise UsageError("--instead, --missed, --confirm and --undo exclude each other; leave all but one out")
    if note and (confirm or undo):
        raise UsageError("a note goes with a correction; leave --note out")
    judgements, at = own_judgements(), datetime.now(UTC)
    record = find(list(records(own_inbox("correct").shares())), client)
    if undo:
        ref = record.session(session).ref
        found = next((each for each in judgements.of(record.client) if each.of[1:] == (ref, reply - 1, code)), None)
        if found is None:
            raise CoachError(f"you have said nothing of {code} there; their page shows what you have said")
        judgements.take_back(found)
        typer.echo("Taken back." + (" They have been told already: write them a line." if found.sent else ""))
        return
    finding = Finding.MISSED if missed else Finding.RIGHT if confirm else Finding.WRONG
    judgements.put(judged(record, session, reply - 1, code, finding, at, instead=instead, note=note))
    if confirm:
        typer.echo("Noted. `rehearse coach agreement` counts it.")
        return
    waiting = len(judgements.waiting(record.client))
    typer.echo(
        f"Noted. {_counted(waiting, 'correction')} for {record.called} will go with `rehearse coach assign … "
        f"--for {record.short}`."
    )


def agreement() -> None:
    """Show how often you agree with the program's verdicts, code by code, over what you have judged."""
    from rehearse.coach.judgements import agreement as agreement_of
    from rehearse.coach.own_practice import own_judgements
    from rehearse.feedback.reliability import measured
    from rehearse.reports.plots import percent
    from rehearse.reports.uncertainty import Share, wilson

    found = agreement_of(own_judgements().all)
    console = Console()
    if not found:
        console.print("You have judged nothing yet. A client's page has a command beside each reply.", highlight=False)
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("verdict")
    for name in ("you agree", "95% of the time within", "the coders agreed", "you heard it besides"):
        table.add_column(name, justify="right")
    for code, each in found.items():
        share = Share(each.right, each.given)
        low_high = percent(share.rate, wilson(share)) if share.rate is not None else "–"
        coders = f"{measured()['written']['codes'][code]['precision']:.0%}"
        table.add_row(code, f"{each.right} of {each.given}" if each.given else "–", low_high, coders, f"{each.missed}")
    all_ = Share(sum(each.right for each in found.values()), sum(each.given for each in found.values()))
    console.print(table)
    if all_.rate is not None:
        band = wilson(all_)
        console.print(
            f"Together: {all_.times} of {all_.of}. The true share lies between {band[0]:.0%} and {band[1]:.0%}, "
            f"95 times in 100.{_how_little(all_.of)}",
            highlight=False,
        )
    console.print(
        "This holds for what you have judged. To look only at what seems wrong makes the program out worse than it is: "
        "judge every verdict of a transcript, those that hold with --confirm. Whoever sees the program's verdict first "
        "tends to agree with it. “You heard it besides” has no share: nobody counts what neither of you heard.",
        style="dim",
        highlight=False,
    )


def _how_little(judged: int) -> str:
    if judged < FEW:
        return (
            f" {_counted(judged, 'verdict')} judged: that tells next to nothing yet, and nothing about a single code."
        )
    if judged < 10 * FEW:
        return " That is enough for an impression of all codes together, and little for a single one."
    return ""


def _write(inbox: "Received", folder: Path, *, latest_first: bool) -> None:
    from rehearse.coach.caseload import records
    from rehearse.coach.own_practice import own_assigned, own_judgements
    from rehearse.reports.review.pages import Review
    from rehearse.reports.review.writing import write_review

    known = list(records(inbox.shares()))
    review = Review(
        known, own_assigned(), own_judgements().all, datetime.now().astimezone(), damaged=len(inbox.damaged)
    )
    write_review(review, folder, latest_first=latest_first)
    typer.echo(
        f"{_counted(len(known), 'client')}: {folder / _practice()}. The pages hold what your clients have told "
        "you, and are not encrypted; delete them when you are done."
    )


def _practice() -> str:
    from rehearse.reports.review.pages import PRACTICE

    return PRACTICE


def _folder(out: Path | None) -> Path:
    return private(out if out is not None else coach_dir() / "review")


def _drop_pages(client: str) -> None:
    """Delete what the review says of somebody who has withdrawn something, until it is made anew."""
    from rehearse.reports.review.pages import PRACTICE, page_name

    pages = [coach_dir() / "review" / name for name in (page_name(client), PRACTICE)]
    if any(path.exists() for path in pages):
        for path in pages:
            path.unlink(missing_ok=True)
        typer.echo("Their page is deleted, too; `rehearse coach review` makes it anew without it.")
    typer.echo("What you have printed, exported or written to another folder you have to delete yourself.")


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
