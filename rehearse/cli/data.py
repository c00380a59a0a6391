"""`rehearse data`: what is kept belongs to the person: to take along, to read elsewhere, to forget."""

import os
from datetime import datetime
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rehearse.cli.own_log import PASSPHRASE_VARIABLE, at_keyboard, own_log
from rehearse.errors import LogError, UsageError
from rehearse.paths import coach_dir, data_dir, sessions_dir

if TYPE_CHECKING:
    from rehearse.practice.log import PracticeLog

app = typer.Typer(help="Your data: export, move, forget.", no_args_is_help=True)

Encrypt = Annotated[
    bool, typer.Option("--passphrase", help=f"Encrypted; {PASSPHRASE_VARIABLE}_ARCHIVE or you are asked.")
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD")]


@app.command()
def export(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write it.")]) -> None:
    """Write everything as JSON and Markdown, for you and for other programs."""
    from rehearse.practice.exporting import export as write_all

    with own_log() as log:
        count = write_all(log, folder)
    typer.echo(f"{_sessions(count)} written to {folder}, with the journal and planned talks.")


@app.command()
def forget(
    sessions: Annotated[list[int] | None, typer.Argument(metavar="[ID]...", help="Sessions, by number.")] = None,
    *,
    since: Day = None,
    until: Day = None,
    everything: Annotated[bool, typer.Option("--everything", help="All of it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask.")] = False,
) -> None:
    """Forget sessions, those of a span of days, or everything: for good, down to the bytes of the file."""
    from rehearse.practice.forgetting import forget_everything, forget_sessions

    ways = [bool(sessions), bool(since or until), everything]
    if sum(ways) != 1:
        raise UsageError("say which: numbers of sessions, --since and --until with days, or --everything")
    with own_log() as log:
        ids = sessions or _in_span(log, since, until)
        if not everything and not ids:
            typer.echo("No session began in that time.")
            return
        what = "everything: sessions, journal and planned talks" if everything else _sessions(len(ids))
        if not yes and not typer.confirm(f"Forget {what}, for good?"):
            return
        done = forget_everything(log, sessions_dir()) if everything else forget_sessions(log, ids, sessions_dir())
    also = f", and {done.entries} journal entries" if done.entries else ""
    typer.echo(f"Forgotten: {_sessions(done.sessions)}{also}.")


@app.command()
def move(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The archive to write.")],
    *,
    encrypt: Encrypt = False,
) -> None:
    """Write one file with everything, to take to another machine: `rehearse data receive` there brings it in."""
    from rehearse.practice.moving import pack

    words = _archive_passphrase(new=True) if encrypt else None
    with own_log() as log:
        count = pack(log.database, data_dir(), target, words)
    typer.echo(f"{_sessions(count)} in {target}. On the other machine: rehearse data receive {target.name}")


@app.command()
def receive(
    archive: Annotated[Path, typer.Argument(metavar="FILE", help="An archive of `rehearse data move`.")],
) -> None:
    """Bring an archive in; what is here already stays, and nothing is kept twice."""
    from rehearse.coach.inbox import drop_withdrawn
    from rehearse.practice.moving import unpack
    from rehearse.practice.own import is_encrypted

    words = _archive_passphrase(new=False) if is_encrypted(archive) else None
    with own_log() as log:
        count = unpack(archive, log.database, data_dir(), words)
    drop_withdrawn(coach_dir() / "received")
    typer.echo(f"{_sessions(count)} brought in.")


@app.command()
def recover() -> None:
    """Save what can be saved of a damaged practice log. The damaged file is kept beside it."""
    from rehearse.practice.own import FILE
    from rehearse.practice.salvage import salvage

    path = data_dir() / FILE
    if not path.exists():
        raise LogError(f"there is no practice log at {path}; nothing is lost")
    saved_at = path.with_name("practice-recovered.db")
    saved_at.unlink(missing_ok=True)
    found = salvage(path, saved_at, _passphrase_of(path))
    aside = path.with_name(f"practice-damaged-{datetime.now():%Y-%m-%d-%H%M%S}.db")
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    saved_at.rename(path)
    typer.echo(
        f"Saved: {_sessions(found.sessions)} with {found.turns} turns, {found.entries} journal entries. "
        f"The damaged file is {aside}"
    )


@app.command()
def sweep() -> None:
    """Take traces of what was deleted out of the file."""
    from rehearse.practice.forgetting import sweep as sweep_out

    with own_log() as log:
        sweep_out(log.database)
    typer.echo("Done.")


def _in_span(log: "PracticeLog", since: datetime | None, until: datetime | None) -> list[int]:
    days = [(past.id, past.began_at.date()) for past in log.history()]
    first, last = since and since.date(), until and until.date()
    return [id_ for id_, day in days if (first is None or day >= first) and (last is None or day <= last)]


def _archive_passphrase(*, new: bool) -> str:
    if given := os.environ.get(f"{PASSPHRASE_VARIABLE}_ARCHIVE"):
        return given
    if not at_keyboard():
        raise LogError(f"the archive needs a passphrase; set {PASSPHRASE_VARIABLE}_ARCHIVE, or come to a terminal")
    asked: str = typer.prompt("Passphrase of the archive", hide_input=True, confirmation_prompt=new)
    return asked


def _passphrase_of(damaged: Path) -> str | None:
    """That of a log which may be encrypted, or only damaged where it begins."""
    from rehearse.practice.own import is_encrypted

    if not is_encrypted(damaged):
        return None
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is None and at_keyboard():
        given = getpass("Its passphrase (Enter, if it never had one): ")
    return given or None


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"
