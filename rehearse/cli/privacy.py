"""`rehearse privacy`: what is stored where and how long, what never leaves, and deleting."""

import json
import os
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rehearse.errors import SettingsDamaged, UsageError
from rehearse.paths import data_dir, settings_file
from rehearse.settings import Settings
from rehearse.stored import OTHER, Part, stored, tidy

app = typer.Typer(help="What is stored where and how long; deleting it.", invoke_without_command=True)

FEW = 4
"""Of so many files the folder is shown."""
NEVER = (
    "None of it leaves this machine. After set-up no connection is opened: none for updates, statistics or faults, and "
    "none to whoever made this.",
    "Your voice is dropped once it has been transcribed. What quotes you is spoken from memory, and never stored.",
    "Out goes only what you send yourself: a share for your coach, of which you see every line first; what you export "
    "or move; a log on a server, if you have named one.",
    "It cannot see to what other programs keep: backups, a terminal's history, a browser, and the files that you had "
    "written elsewhere (--report, --say-to, --html, export). A disk may keep what was overwritten.",
)


@app.callback()
def privacy(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """Show what is stored on this machine, where and how long, and what never leaves it."""
    if context.invoked_subcommand is not None:
        return
    from rehearse.practice.own import FILE, URL_VARIABLE, is_encrypted

    parts = stored(_settings())
    encrypted, on_server = is_encrypted(data_dir() / FILE), URL_VARIABLE in os.environ
    if as_json:
        shown = [
            {
                "name": part.name,
                "bytes": part.size,
                "files": len(part.files),
                "paths": [*map(str, part.paths)],
                "holds": part.holds,
                "kept": part.kept,
            }
            for part in parts
        ]
        typer.echo(json.dumps({"encrypted": encrypted, "on_server": on_server, "parts": shown}, indent=2))
        return
    console = Console()
    if any(part.paths for part in parts):
        console.print("Stored on this machine, in files that other accounts on it cannot read:\n")
        console.print(_table(parts))
        console.print(_about_the_log(encrypted=encrypted, on_server=on_server), style="bold", highlight=False)
    else:
        console.print("Nothing is stored on this machine yet.", style="bold")
    for paragraph in NEVER:
        console.print(f"\n{paragraph}", highlight=False)
    console.print("\nTo delete a part: rehearse privacy delete log. All: --everything.", style="dim", highlight=False)


@app.command()
def delete(
    parts: Annotated[
        list[str] | None, typer.Argument(metavar="[PART]...", help="As `rehearse privacy` names them.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--everything", help="All of them.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Delete parts of what is stored, for good. Private files are overwritten first."""
    from rehearse.practice.own import URL_VARIABLE

    there = {part.name: part for part in stored(_settings()) if part.name != OTHER}
    if everything == bool(parts):
        raise UsageError(f"say which: {', '.join(there)}, or --everything")
    if unknown := set(parts or ()) - there.keys():
        raise UsageError(f"there is no part {sorted(unknown)[0]!r}; there are {', '.join(there)}")
    chosen = [part for part in there.values() if part.paths and (everything or part.name in (parts or ()))]
    if not chosen:
        typer.echo("There is nothing of that.")
        return
    for part in chosen:
        typer.echo(f"{part.name}: {part.holds}")
    what = " and ".join(filter(None, (", ".join(part.name for part in chosen[:-1]), chosen[-1].name)))
    if not yes and not typer.confirm(f"Delete {what} ({_size(sum(part.size for part in chosen))}), for good?"):
        return
    for part in chosen:
        for link in part.delete():
            typer.echo(f"{link} was a link; what it led to is still there.")
    tidy()
    typer.echo(f"Deleted: {what}.")
    if URL_VARIABLE in os.environ and "log" in {part.name for part in chosen} | set(parts or ()):
        typer.echo("Your log on the server is still there: rehearse data forget --everything")


def _settings() -> Settings:
    try:
        return Settings.load(settings_file())
    except SettingsDamaged:  # they can be deleted here
        return Settings()


def _table(parts: list[Part]) -> Table:
    table = Table.grid(padding=(0, 2, 1, 0))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for part in parts:
        if part.paths:
            places = part.paths if len(part.paths) < FEW else sorted({path.parent for path in part.paths})
            where = "\n".join(map(str, places))
            told = Text.assemble(part.holds, f" {part.kept}", (f"\n{where}", "dim"))
            table.add_row(part.name, _size(part.size), told)
    return table


def _about_the_log(*, encrypted: bool, on_server: bool) -> str:
    if on_server:
        return "Your log is on a server that you have named (REHEARSE_DATABASE_URL); who runs that can read it."
    if encrypted:
        return "Your log is encrypted with your passphrase."
    return (
        "Your log is not encrypted: who has this disk, and no encryption of all of it in the way, can read it. "
        "`rehearse setup --passphrase` encrypts it."
    )


def _size(count: int) -> str:
    for unit, bytes_ in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= bytes_:
            return f"{count / bytes_:.1f} {unit}"
    return f"{count} B"
