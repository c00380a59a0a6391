"""`rehearse journal`: what somebody says or writes for themselves."""

import json
import shlex
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text as Shown

from rehearse.agent.journaling import ENTRY, journaling
from rehearse.cli.asking import Keep, Say, ask, ask_on
from rehearse.cli.own_log import own_log
from rehearse.errors import OutputError, SessionError, UnknownScenario, UsageError
from rehearse.paths import data_dir
from rehearse.scenarios.loader import find
from rehearse.scenarios.schema import Scenario
from rehearse.stage import Cast
from rehearse.traces import mark, wipe

if TYPE_CHECKING:
    from rehearse.practice.journal import JournalEntry
    from rehearse.practice.log import PracticeLog

app = typer.Typer(help="Your journal: spoken or written, for yourself alone.", invoke_without_command=True)

JUST_NOW = timedelta(hours=1)
"""An entry that is begun so soon after a session's beginning is about that session."""

Id = Annotated[int, typer.Argument(metavar="ID", help="Its number, as in `rehearse journal list`.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]


@app.callback()
def journal(
    context: typer.Context,
    *,
    text: Annotated[bool, typer.Option("--text", help="Type instead of speaking.")] = False,
    question: Annotated[str | None, typer.Option(help="What to write about; by itself one that fits.")] = None,
    session: Annotated[
        int | None, typer.Option(metavar="ID", help="The session that it is about (0: the last one).")
    ] = None,
) -> None:
    """Speak for a minute or five, with a question that fits, and have it written down. Nobody sees it but you."""
    if context.invoked_subcommand is not None:
        if text or question or session is not None:
            raise UsageError("--text, --question and --session are for a new entry; leave them out before a command")
        return
    write(text=text, question=question, session=session)


def write(*, text: bool, question: str | None = None, session: int | None = None) -> None:
    """Ask, and keep what is said."""
    with own_log() as log:
        about = _session(log, session)
        asked = question or _fitting(log, about)
        ask(
            lambda typed, waiting: journaling(asked, typed=typed, waiting=waiting),
            _keeping(log, asked, about),
            Console(),
            text=text,
        )


def write_here(cast: Cast, console: Console, *, typed: bool, waiting: float) -> None:
    """At the front door, where there are a mouth and an ear: about the session that has just been, or of anything."""
    with own_log() as log:
        last = log.last()
        about = last.id if last and datetime.now(UTC) - last.began_at < JUST_NOW else None
        asked = _fitting(log, about)
        interview = journaling(asked, typed=typed, waiting=waiting)
        ask_on(cast, interview, _keeping(log, asked, about), console, typed=typed)


def _keeping(log: "PracticeLog", question: str, session: int | None) -> Keep:
    def keep(answers: dict[str, str]) -> Say | None:
        from rehearse.practice.journal import Journal

        if not (words := answers.get(ENTRY, "").strip()):
            return None
        id_ = Journal(log.database).write(words, question=question, session=session)
        return lambda: _say(f"Kept as entry {id_}, for you alone: `rehearse journal edit {id_}` changes it.")

    return keep


@app.command("list")
def list_(*, session: Annotated[int | None, typer.Option(metavar="ID")] = None, as_json: AsJson = False) -> None:
    """List the entries, with their first words."""
    from rehearse.practice.journal import Journal

    with own_log() as log:
        entries = Journal(log.database).entries(session=session)
    if as_json:
        typer.echo(json.dumps([_plain(entry) for entry in entries], ensure_ascii=False, indent=2))
        return
    if not entries:
        typer.echo("Nothing yet. `rehearse journal` begins one by voice, `rehearse journal --text` typed.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis")
    for entry in entries:
        seen = "(for your coach) " if entry.for_coach else ""
        words = Shown.assemble((seen, "dim"), _line(entry.text))
        table.add_row(str(entry.id), f"{entry.written_at:%Y-%m-%d %H:%M}", words)
    Console().print(table)


@app.command()
def show(entry: Id, *, as_json: AsJson = False) -> None:
    """Show an entry."""
    from rehearse.practice.journal import Journal

    with own_log() as log:
        found = Journal(log.database).entry(entry)
    if as_json:
        typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
        return
    console = Console()
    about = f", after session {found.session}" if found.session else ""
    seen = "your coach may see it" if found.for_coach else "for you alone"
    console.print(f"{found.written_at:%A %d %B %Y, %H:%M}{about}; {seen}", style="dim", highlight=False)
    if found.question:
        console.print(Shown(found.question, "italic"))
    console.print(Shown(f"\n{found.text}"))


@app.command()
def edit(entry: Id) -> None:
    """Change an entry in your editor ($VISUAL, $EDITOR)."""
    from rehearse.practice.forgetting import sweep
    from rehearse.practice.journal import Journal

    with own_log() as log:
        book = Journal(log.database)
        before = book.entry(entry).text
        after = _edited(before)
        if not after:
            raise UsageError(f"nothing is left of entry {entry}; to delete it: rehearse journal delete {entry}")
        if after == before:
            typer.echo("Nothing changed.")
            return
        book.edit(entry, after)
        sweep(log.database)
    typer.echo(f"Entry {entry} is changed.")


@app.command()
def search(words: Annotated[list[str], typer.Argument(metavar="WORD...")], *, as_json: AsJson = False) -> None:
    """Find entries that hold all of these words, or their stems."""
    from rehearse.practice.journal import Journal
    from rehearse.practice.searching import Source
    from rehearse.practice.searching import search as find_words

    with own_log() as log:
        found = [each.id for each in find_words(log.database, " ".join(words)) if each.source is Source.JOURNAL]
        entries = [Journal(log.database).entry(id_) for id_ in found]
    if as_json:
        typer.echo(json.dumps([_plain(entry) for entry in entries], ensure_ascii=False, indent=2))
        return
    if not entries:
        typer.echo("No entry holds all of these words.")
    for entry in entries:
        Console().print(Shown.assemble((f"{entry.id}  {entry.written_at:%Y-%m-%d}  ", "dim"), _line(entry.text)))


@app.command()
def delete(entry: Id, *, yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False) -> None:
    """Delete an entry for good."""
    from rehearse.practice.forgetting import sweep
    from rehearse.practice.journal import Journal

    with own_log() as log:
        book = Journal(log.database)
        found = book.entry(entry)
        if not yes and not typer.confirm(f"Delete “{_line(found.text)[:60]}”, for good?"):
            return
        book.forget(entry)
        sweep(log.database)
    typer.echo(f"Entry {entry} is deleted.")


@app.command()
def share(entry: Id, *, no_more: Annotated[bool, typer.Option("--no-more", help="Take that back.")] = False) -> None:
    """Let your coach see this one entry. No other is seen by anybody but you."""
    from rehearse.practice.journal import Journal

    with own_log() as log:
        Journal(log.database).choose_for_coach(entry, chosen=not no_more)
    typer.echo(f"Entry {entry} is for you alone." if no_more else f"Your coach may see entry {entry}.")


def _session(log: "PracticeLog", session: int | None) -> int | None:
    if session == 0:
        last = log.last()
        if last is None:
            raise SessionError("there is no session yet; leave --session out")
        return last.id
    return log.past(session).id if session else None


def _fitting(log: "PracticeLog", session: int | None) -> str:
    from rehearse.practice.prompts import lately, question_for

    past = log.past(session) if session else log.last()
    scenes: dict[str, Scenario] = {}
    if past:
        with suppress(UnknownScenario):  # one's own talk, or a scenario that has gone
            scenes[past.scenario] = find(past.scenario)
    return question_for(lately(log, scenes, session=session), datetime.now().date())


def _edited(text: str) -> str:
    """`text` as it comes back from the editor. The file lies in the data folder, which nobody else can read."""
    editor = environ.get("VISUAL") or environ.get("EDITOR") or "nano"
    with tempfile.TemporaryDirectory(dir=data_dir(), prefix=mark()) as folder:
        path = Path(folder) / "entry.txt"
        path.write_text(text + "\n", encoding="utf-8")
        try:
            status = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
        except OSError as error:
            raise OutputError(f"the editor {editor!r} does not start ({error.strerror}); set EDITOR to yours") from None
        if status:
            raise OutputError(f"the editor {editor!r} ended with status {status}; nothing is changed")
        after = path.read_text(encoding="utf-8", errors="replace").strip()
        wipe(path)
    return after


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(entry: "JournalEntry") -> dict[str, object]:
    edited = entry.edited_at.isoformat() if entry.edited_at else None
    return {**asdict(entry), "written_at": entry.written_at.isoformat(), "edited_at": edited}


def _say(text: str) -> None:
    Console().print(text, style="dim", soft_wrap=True, markup=False, highlight=False)
