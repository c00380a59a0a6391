"""`rehearse today`: one practice of a few minutes, and why; and reminders for one's own calendar."""

import secrets
from collections.abc import Collection
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text as Shown

from rehearse.agent.partner import Mode
from rehearse.agent.talk_questions import said_to
from rehearse.cli.assignment import open_assignments
from rehearse.cli.keeping import OwnKeeping
from rehearse.cli.own_log import own_log
from rehearse.cli.practice import ByVoice, by_keyboard, by_voice
from rehearse.cli.talk import due, was_asked
from rehearse.errors import UsageError
from rehearse.practice.standing import IN_WORDS
from rehearse.scenarios.loader import playable
from rehearse.whole_files import replacing

if TYPE_CHECKING:
    from rehearse.practice.today import ForToday

EVERY_WEEK = "mon,thu"
EVENING = "19:00"


def today(
    *,
    start: Annotated[bool, typer.Option("--start", help="Begin at once.")] = False,
    text: Annotated[bool, typer.Option("--text", help="With --start: type instead of speaking.")] = False,
    calendar: Annotated[
        Path | None, typer.Option(metavar="FILE.ics", help="Write reminders for your calendar instead.")
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DAYS", help=f"With --calendar: “{EVERY_WEEK}”, or “daily”.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="HH:MM", help=f"With --calendar: when; by itself {EVENING}.")
    ] = None,
    summary: Annotated[str | None, typer.Option(help="With --calendar: what it says; by itself “Practice”.")] = None,
) -> None:
    """Propose one practice of a few minutes, and say why."""
    if calendar is None and (on or at or summary):
        raise UsageError("--on, --at and --summary go with --calendar; add `--calendar FILE.ics`")
    if calendar and (start or text):
        raise UsageError("--calendar writes a file and starts nothing; leave --start and --text out")
    if calendar:
        _write_reminders(calendar, on or EVERY_WEEK, at or EVENING, summary)
        return
    found = _proposed(Console())
    if start:
        _begin(found, typed=text)


def _proposed(console: Console) -> "ForToday":
    from rehearse.practice.proposals import Proposal, Proposals
    from rehearse.practice.today import for_today

    day = datetime.now().date()
    with own_log() as log:
        if talk := due(log, day):
            was_asked(log, talk, day)
            about = f" about {talk.about}" if talk.about else ""
            console.print(
                Shown(f"You wanted to talk with {said_to(talk.with_whom)}{about}. Did it happen?"),
                Shown(f"  rehearse talk tell {talk.id}\n"),
                sep="\n",
            )
        found = for_today(log, [*playable().values()], day, open_assignments(log))
        Proposals(log.database).keep(Proposal(day, found.scenario.id, found.mode, found.why))
    scene = found.scenario
    length = f"about {scene.minutes} minutes" if scene.minutes else "a few minutes"
    console.print(Shown.assemble((scene.title, "bold"), (f"  with {scene.partner.name}, {length}", "dim")))
    what = IN_WORDS[found.skill]
    console.print(Shown(found.why if what in found.why else f"{found.why} It is for {what}."))
    mode = "" if found.mode == "plain" else f" --mode {found.mode}"
    console.print(f"  rehearse practice {scene.id}{mode}", highlight=False)
    return found


def _begin(found: "ForToday", *, typed: bool) -> None:
    from rehearse.practice.proposals import Proposals

    day, seed, scene = datetime.now().date(), secrets.randbelow(2**31), found.scenario
    mode = Mode(found.mode)
    keeper = OwnKeeping(Console(), mode=mode, medium="typed" if typed else "voice")
    try:
        if typed:
            by_keyboard(scene, seed, mode, keeper)
        else:
            by_voice(scene, seed, mode, keeper, ByVoice())
    finally:
        if keeper.session is not None:
            with own_log() as log:
                Proposals(log.database).came_of_it(day, scene.id, keeper.session)


def _write_reminders(path: Path, on: str, at: str, summary: str | None) -> None:
    from rehearse.practice.reminders import SUMMARY, reminders

    days, moment = _days(on), _time(at)
    written = reminders(days, moment, datetime.now().astimezone(), summary=summary or SUMMARY)
    with replacing(path) as temporary:
        temporary.write_bytes(written)
    typer.echo(f"Written: {path}. Open it with your calendar; it says “{summary or SUMMARY}” and nothing else.")


def _days(on: str) -> Collection[str]:
    from rehearse.practice.reminders import WEEKDAYS

    if on.strip().lower() == "daily":
        return WEEKDAYS
    days = {each.strip().lower()[:3] for each in on.split(",")}
    if not days <= set(WEEKDAYS):
        raise UsageError(f"{on!r} are no days of the week; write for example --on mon,thu, or --on daily")
    return days


def _time(at: str) -> time:
    try:
        return datetime.strptime(at, "%H:%M").time()
    except ValueError:
        raise UsageError(f"{at!r} is no time of the day; write for example --at 19:00") from None
