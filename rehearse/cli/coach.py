"""`rehearse coach`: what a coach does with the program. Its files travel by any channel; there is no account."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rehearse.agent.partner import Mode
from rehearse.cli import coach_data, coach_review
from rehearse.cli.coach_review import take_in
from rehearse.errors import UsageError
from rehearse.feedback.codes import Axis
from rehearse.paths import coach_dir

if TYPE_CHECKING:
    from rehearse.coach.judgements import Judgement, Judgements

app = typer.Typer(help="For coaches: assign practice, and read what clients share.", no_args_is_help=True)

Option = typer.Option


@app.command()
def init(
    name: Annotated[str | None, Option("--name", help="Your name, as your clients know you.")] = None,
) -> None:
    """Make your keys, once. Your clients' files can be read with them alone: keep a backup."""
    from rehearse.coach.keys import COACH_FILE, make_coach_keys, words_of_coach

    keys = make_coach_keys(coach_dir(), _asked("Your name, as your clients know you", name, "--name"))
    typer.echo(f"Your keys are in {coach_dir() / COACH_FILE}. Keep a copy of that file where only you can get at it.")
    typer.echo(f"Your key words: {words_of_coach(keys.coach)}")
    typer.echo("Read them to a client who adds your first assignment: their program shows them the same six.")


@app.command()
def words() -> None:
    """Show your key words, to read to a client."""
    from rehearse.coach.keys import coach_keys, words_of_coach

    typer.echo(words_of_coach(coach_keys(coach_dir()).coach))


@app.command()
def assign(
    scenario: Annotated[
        str | None, typer.Argument(metavar="[SCENARIO]", help="A scene's name, or your own scene's file.")
    ] = None,
    *,
    note: Annotated[str | None, Option("--note", help="What to do and what for, in your words.")] = None,
    skill: Annotated[Axis | None, Option("--skill", help="The skill in focus.")] = None,
    times: Annotated[int, Option("--times", min=1, max=100, help="How often.")] = 1,
    until: Annotated[datetime | None, Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="The last day.")] = None,
    mode: Annotated[Mode | None, Option("--mode", help="How hard.")] = None,
    good_try: Annotated[str | None, Option("--good-try", help="What a good try looks like.")] = None,
    voice_note: Annotated[Path | None, Option("--voice-note", metavar="FILE", help="Your note, spoken.")] = None,
    cohort: Annotated[str | None, Option("--cohort", metavar="NAME", help="The group that it is for.")] = None,
    corrections: Annotated[
        Path | None, Option("--corrections", metavar="FILE.json", help="Codes that you see otherwise.")
    ] = None,
    for_: Annotated[
        str | None, Option("--for", metavar="CLIENT", help="Whom it is for: what you see otherwise goes along.")
    ] = None,
    out: Annotated[Path | None, Option("--out", metavar="FILE", help="Where to write it.")] = None,
) -> None:
    """Write an assignment: one small file, which you send to your client as you like."""
    from rehearse.coach.assigning import Task, corrections_in, make, write
    from rehearse.coach.assignments import ENDING
    from rehearse.coach.keys import coach_keys
    from rehearse.coach.opening import open_assigned
    from rehearse.coach.own_practice import own_judgements

    keys, judgements = coach_keys(coach_dir()), own_judgements()
    waiting = _waiting_for(for_, judgements) if for_ else ()
    named = _asked("Which scene (`rehearse scenarios list` shows them)", scenario, "SCENARIO")
    task = Task(
        scenario=named,
        note=_asked("What is your client to do, and what for", note, "--note"),
        skill=skill,
        mode=mode.value if mode else None,
        times=times,
        until=until.date() if until else None,
        good_try=good_try,
        voice_note=voice_note,
        cohort=cohort,
        corrections=[*(corrections_in(corrections) if corrections else ()), *(each.correction for each in waiting)],
    )
    assignment = make(task, keys.coach, datetime.now(UTC))
    path = out or Path(f"practice-{assignment.id[:4]}{ENDING}")
    write(assignment, keys, path, open_assigned(coach_dir(), keys))
    if waiting:
        judgements.went(waiting, assignment.id)
    typer.echo(f"Written to {path}. Send it as an attachment; it is signed, and can be read by whoever has it.")
    if waiting:
        typer.echo(f"What you see otherwise goes along: {len(waiting)}. Send it to nobody else.")
    elif not for_ and any(each.waits for each in judgements.all):
        typer.echo("There are corrections that wait; `--for CLIENT` sends a client theirs along.")


@app.command()
def receive(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files that end in .rehearse-share.")],
) -> None:
    """Take in what clients have shared, in any order and as often as you like, and show what is new."""
    from rehearse.coach.own_practice import own_inbox

    if take_in(own_inbox(), files, show=True):
        raise typer.Exit(1)


def _waiting_for(client: str, judgements: "Judgements") -> "Sequence[Judgement]":
    """What that client is still to be told, of what they have shown and not withdrawn."""
    from rehearse.coach.caseload import find, records
    from rehearse.coach.own_practice import own_inbox

    record = find(list(records(own_inbox("correct").shares())), client)
    shown = {session.ref for session in record.sessions}
    return [each for each in judgements.waiting(record.client) if each.ref in shown]


def _asked(question: str, given: str | None, option: str) -> str:
    if given is not None:
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(f"{option} is missing, and there is nobody at a keyboard to ask")
    answer: str = typer.prompt(question)
    return answer


for _command in (
    coach_review.review,
    coach_review.correct,
    coach_review.agreement,
    coach_data.export,
    coach_data.cohort,
):
    app.command()(_command)
