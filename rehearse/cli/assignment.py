"""`rehearse assignment`: what a coach has asked for."""

import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from rehearse.cli.own_log import found, own_log
from rehearse.errors import AudioFileError, CoachError
from rehearse.paths import coach_dir, data_dir
from rehearse.practice.standing import IN_WORDS, Assigned
from rehearse.traces import mark

if TYPE_CHECKING:
    from rehearse.coach.assignments import Standing
    from rehearse.coach.formats import Assignment
    from rehearse.practice.log import PracticeLog

app = typer.Typer(help="What your coach has asked you to practise.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="ID", help="As `rehearse assignment list` shows it.")]


def open_assignments(log: "PracticeLog") -> list[Assigned]:
    """What is open, as `rehearse.practice.standing` says it; the nearest last day first.

    Raises:
        LogError: the log cannot be read.
    """
    if not any((data_dir() / "coach" / "assignments").glob("*")):
        return []  # what signatures take is not loaded for those who have no coach
    from rehearse.coach.own import own_standings

    found = [each for each in own_standings(log, date.today()) if each.open]
    found.sort(key=lambda each: (each.assignment.until or date.max, each.assignment.made_at))
    return [_assigned(each) for each in found]


@app.command()
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What your coach has sent you.")],
    *,
    trust: Annotated[bool, typer.Option("--trust", help="You have compared the coach's key words.")] = False,
) -> None:
    """Add an assignment. The first from a coach asks you to compare six words with them."""
    from rehearse.coach.assignments import read
    from rehearse.coach.correcting import take
    from rehearse.coach.keys import client_key
    from rehearse.coach.known_coaches import KnownCoaches
    from rehearse.coach.own import own_assignments

    known, assignments, today = KnownCoaches(coach_dir()), own_assignments(), date.today()
    try:
        incoming = read(file)
        assignments.check(incoming, today)
        assignment = incoming.assignment
        if not known.knows(assignment.coach) and (trust or _compared(assignment, known)):
            known.meet(assignment.coach, datetime.now(UTC))
        new = assignments.add(incoming, known, today)
    except CoachError as error:
        raise type(error)(f"{file.name} was not taken: {error}") from None
    corrected: list[str] = []
    if new and assignment.corrections:
        try:
            with own_log() as log:
                corrected += take(log, client_key(coach_dir()), assignment)
        except BaseException:
            assignments.remove(assignment)  # so that adding it again takes them
            raise
    if not new:
        typer.echo("You have this one already; nothing has changed.")
        return
    console = Console()
    _tell(console, assignment)
    for said in corrected:
        console.print(said, markup=False, highlight=False)
    console.print(f"  rehearse practice {_how(assignment)}", highlight=False)
    console.print("Your tries stay with you. When one is to count, say so: `rehearse assignment count`.", style="dim")


@app.command("list")
def list_() -> None:
    """List what your coach has asked for, and how far you have come."""
    from rehearse.coach.own import own_assignments, own_standings

    console = Console()
    with own_log() as log:
        standings = own_standings(log, date.today())
    if not standings:
        console.print("Nothing yet. A coach's file is added with `rehearse assignment add FILE`.", highlight=False)
    for each in standings:
        assignment = each.assignment
        console.print(f"[bold]{assignment.id[:6]}[/]  {assignment.scenario}, {_state(each)}", highlight=False)
        console.print(f"        {assignment.coach.name}: {assignment.note}", markup=False, highlight=False)
        if each.open:
            console.print(f"        rehearse practice {_how(assignment)}", style="dim", highlight=False)
    assignments = own_assignments()
    assignments.all()
    for name in assignments.damaged:
        console.print(f"{name} is damaged, and counts for nothing; have it sent again.", style="yellow", markup=False)


@app.command()
def remove(id_: Id) -> None:
    """Remove an assignment, with the scene that came with it."""
    from rehearse.coach.own import own_assignments

    assignments = own_assignments()
    assignment = assignments.find(id_)
    assignments.remove(assignment)
    typer.echo(f"Removed: {assignment.scenario}, from {assignment.coach.name}. Your sessions stay.")


@app.command()
def count(
    session: Annotated[str | None, typer.Argument(metavar="[SESSION]", help="Another than the last.")] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="It does not count after all.")] = False,
) -> None:
    """Say that a session counts for what your coach has asked. The others stay yours."""
    from rehearse.coach.counting import mark
    from rehearse.coach.own import own_standings

    with own_log() as log:
        past = found(log, session)
        mark(log, past.id, counts=not undo)
        standings = [each for each in own_standings(log, date.today()) if each.assignment.scenario == past.scenario]
    counts = "does not count any more" if undo else "counts"
    typer.echo(f"Session {past.id}, {past.scenario}, {counts}.")
    for each in standings:
        typer.echo(f"For {each.assignment.coach.name}: {_state(each)}.")
    if past.private and not undo:
        typer.echo(f"It is private. Your coach sees it only if you name it: rehearse share --session {past.id}")
    if not standings and not undo:
        typer.echo("No assignment asks for this scene; it is marked all the same.")


@app.command()
def hear(
    id_: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Another than the newest with a spoken note.")
    ] = None,
) -> None:
    """Hear your coach's spoken note."""
    from rehearse.audio.files import read_audio
    from rehearse.audio.frames import SAMPLE_RATE
    from rehearse.cli.hearing import play
    from rehearse.coach.own import own_assignments

    assignments = own_assignments()
    asked = [assignments.find(id_)] if id_ else assignments.all()
    spoken = [(each.coach.name, each.voice_note) for each in asked if each.voice_note]
    if not spoken:
        where = "in it" if id_ else "in any of your assignments"
        raise CoachError(f"there is no spoken note {where}; `rehearse assignment list` shows what is written")
    name, note = spoken[-1]
    with tempfile.TemporaryDirectory(prefix=mark()) as folder:
        path = Path(folder) / f"note.{note.media}"
        path.write_bytes(note.sound)
        try:
            samples = read_audio(path)
        except AudioFileError:
            raise CoachError(
                f"the note of {name} cannot be played; ask them for another, or write it to a file with "
                "`rehearse assignment voice`"
            ) from None
    play(samples, SAMPLE_RATE)


@app.command()
def voice(id_: Id, file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")]) -> None:
    """Write the coach's spoken note to a file, to be heard with any player."""
    from rehearse.coach.own import own_assignments
    from rehearse.whole_files import replacing

    note = own_assignments().find(id_).voice_note
    if note is None:
        raise CoachError("there is no spoken note in it; `rehearse assignment list` shows the written one")
    path = file.with_suffix(f".{note.media}")
    with replacing(path) as temporary:
        temporary.write_bytes(note.sound)
    typer.echo(f"The note is in {path}")


@app.command()
def register() -> None:
    """Let a double click on an assignment add it, on a desktop that knows the XDG standards."""
    from rehearse.coach.desktop import register as register_ending

    typer.echo(register_ending())


def _compared(assignment: "Assignment", known: object) -> bool:
    """Whether somebody is there who has compared the words."""
    from rehearse.coach.keys import words_of_coach

    if sys.stdin is None or not sys.stdin.isatty():
        return False
    typer.echo(f"This is your first assignment from {assignment.coach.name}. Ask them, on the telephone or in person,")
    typer.echo(f"for their key words. Are they these?\n\n    {words_of_coach(assignment.coach)}\n")
    return typer.confirm("The same six words?")


def _tell(console: Console, assignment: "Assignment") -> None:
    console.print(f"From {assignment.coach.name}:", style="bold", markup=False, highlight=False)
    console.print(assignment.note, markup=False, highlight=False)
    if assignment.skill:
        console.print(f"In focus: {IN_WORDS[assignment.skill]}.", highlight=False)
    if assignment.good_try:
        console.print(f"A good try: {assignment.good_try}", markup=False, highlight=False)
    times = "Once" if assignment.times == 1 else f"{assignment.times} times"
    until = f", by {assignment.until:%-d %B %Y}" if assignment.until else ""
    console.print(f"{times}{until}.", highlight=False)
    if assignment.voice_note:
        console.print(f"They have spoken a note, too: rehearse assignment hear {assignment.id[:6]}", highlight=False)


def _how(assignment: "Assignment") -> str:
    return assignment.scenario + (f" --mode {assignment.mode}" if assignment.mode else "")


def _assigned(each: "Standing") -> Assigned:
    asked = each.assignment
    words = " ".join(asked.note.split())
    return Assigned(
        asked.scenario,
        each.done,
        asked.times,
        words,
        asked.skill,
        asked.mode,
        asked.until,
        spoken=asked.voice_note is not None,
    )


def _state(each: "Standing") -> str:
    until = each.assignment.until
    done = f"{each.done} of {each.assignment.times} done"
    if each.open:
        return f"{done}, open until {until:%-d %B}" if until else f"{done}, open"
    return f"{done}, finished" if each.done >= each.assignment.times else f"{done}, over since {until:%-d %B}"
