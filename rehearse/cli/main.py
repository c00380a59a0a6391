"""The command `rehearse`."""

import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Annotated

import typer

from rehearse import __version__
from rehearse.cli import (
    about,
    assignment,
    bench,
    coach,
    coaching_practice,
    commands,
    contest,
    data,
    demo,
    devices,
    doctor,
    drill,
    feedback,
    front,
    history,
    journal,
    plan,
    practice,
    privacy,
    progress,
    resuming,
    scenarios,
    settings,
    setup,
    share,
    talk,
    today,
    voices,
)
from rehearse.errors import RehearseError
from rehearse.paths import data_dir
from rehearse.traces import sweep

app = typer.Typer(
    help="Practise a hard conversation aloud before having it for real. Nothing leaves this machine.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("practice")(practice.practice)
app.command("about")(about.about)
app.command("drill")(drill.drill)
app.command("plan")(plan.plan)
app.command("today")(today.today)
app.command("resume")(resuming.resume)
app.command("history")(history.history)
app.command("show")(history.show)
app.command("progress")(progress.progress)
app.command("demo")(demo.demo)
app.command("commands")(commands.commands)
app.command("devices")(devices.devices)
app.command("doctor")(doctor.doctor)
app.command("settings")(settings.settings)
app.command("setup")(setup.setup)
app.command("feedback")(feedback.feedback)
app.command("contest")(contest.contest)
app.add_typer(scenarios.app, name="scenarios")
app.add_typer(voices.app, name="voices")
app.add_typer(data.app, name="data")
app.add_typer(journal.app, name="journal")
app.add_typer(talk.app, name="talk")
app.add_typer(bench.app, name="bench")
app.add_typer(assignment.app, name="assignment")
coach.app.command("audit")(coaching_practice.audit)
coach.app.add_typer(coaching_practice.app, name="database")
app.add_typer(coach.app, name="coach")
app.add_typer(share.app, name="share")
app.add_typer(privacy.app, name="privacy")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rehearse {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Come in: by voice, else by keyboard, else the demo plays."""
    with suppress(OSError):  # a folder that cannot be read is the business of whoever needs it
        sweep(data_dir())
    if context.invoked_subcommand is None:
        front.start()


def run() -> None:
    """Run the command line; what went wrong becomes one line on stderr and an exit status."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show “ is no reason to stop
    try:
        app()
    except RehearseError as error:
        _fail(str(error), error.exit_status)
    except OSError as error:
        _fail(f"{error}; check that path and its permissions", 1)


def _fail(message: str, status: int) -> None:
    print(f"rehearse: {message}", file=sys.stderr)  # noqa: T201
    sys.exit(status)
