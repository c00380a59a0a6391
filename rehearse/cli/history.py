"""`rehearse history` and `rehearse show`: what was practised."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rehearse.cli.display import IN_WORDS, colour_of
from rehearse.cli.hearing import play
from rehearse.cli.own_log import found, own_log
from rehearse.errors import SessionError, UsageError
from rehearse.feedback.codes import MISSED, Code
from rehearse.practice.session import DRILL

if TYPE_CHECKING:
    from rehearse.practice.log import KeptTurn, Past

_WIDTH = 11
"""Of the column with who speaks."""


def history(
    last: Annotated[int | None, typer.Option("--last", min=1, help="Only the last so many.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """List what you have practised: when, which scene, how it ended, and what your answers did."""
    with own_log() as log:
        sessions = log.history(newest=last)
    if as_json:
        entries = [{**asdict(past), "began_at": past.began_at.isoformat()} for past in sessions]
        typer.echo(json.dumps(entries, indent=2, ensure_ascii=False))
    elif sessions:
        Console().print(_table(sessions))
    else:
        typer.echo("Nothing yet. `rehearse practice hard-day` is a good place to begin.")


def show(
    session: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="Its number, as in `rehearse history`; without it, the last.")
    ] = None,
    *,
    hear: Annotated[
        int | None, typer.Option("--hear", metavar="N", min=1, help="Play your Nth answer, where its sound is kept.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Its report, as JSON.")] = False,
) -> None:
    """Show a session: what was said, and what each of your answers did."""
    if hear is not None and as_json:
        raise UsageError("--hear and --json exclude each other; leave one out")
    with own_log() as log:
        past = found(log, session)
        turns, report = log.turns(past.id), log.report(past.id)
        sound = log.sound(past.id, hear - 1) if hear else None
    if hear:
        if sound is None:
            raise SessionError(
                f"how answer {hear} of session {past.id} sounded is not kept; `rehearse practice --keep-audio` keeps it"
            )
        from rehearse.audio.files import from_flac

        play(*from_flac(sound))
    elif as_json:
        typer.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        _print_session(Console(), past, turns, report.get("debrief", {}))


def _table(sessions: list["Past"]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("", "when", "scenario", "ending"):
        table.add_column(heading)
    for heading in ("minutes", "feelings named", "listened / fixed", "defended"):
        table.add_column(heading, justify="right")
    for past in sessions:
        table.add_row(
            str(past.id),
            f"{past.began_at:%Y-%m-%d %H:%M}",
            past.scenario if past.mode == "plain" else f"{past.scenario} ({past.mode})",
            ending_of(past),
            f"{past.minutes:.1f}",
            _known(past.labels),
            f"{past.listening} / {past.fixing}" if past.listening is not None else "–",
            f"{past.defensive} of {past.occasions}" if past.defensive is not None else "–",
        )
    return table


def ending_of(past: "Past") -> str:
    """How it ended, in words."""
    if past.broken_off:
        return "stopped"
    if past.ending:
        return past.ending
    return "broken off" if past.over else "cut off"


def _known(figure: int | None) -> str:
    return "–" if figure is None else str(figure)


def _print_session(console: Console, past: "Past", turns: list["KeptTurn"], debrief: dict[str, Any]) -> None:
    console.print(
        Text.assemble(
            (f"Session {past.id}: {past.scenario}", "bold"),
            (f", {past.began_at:%A %d %B %Y, %H:%M}, {ending_of(past)}", "dim"),
        )
    )
    if past.wordless:
        console.print("Its words were dropped after the time you have set; its figures are kept.", style="dim")
        return
    judged = not past.broken_off
    transcript = Table.grid()
    transcript.add_column(width=_WIDTH, style="dim")
    transcript.add_column()
    for number in range(past.turns):
        tries = [turn for turn in turns if turn.number == number]
        for turn in tries:
            if turn is tries[0]:
                transcript.add_row("")
                transcript.add_row(past.partner, Text(turn.entry["partner"]["text"], "bold"))
            transcript.add_row("(at first)" if turn.retried else f"You {number + 1}", _reply(past, turn, judged=judged))
    for turn in turns:
        if turn.number >= past.turns:
            transcript.add_row("(at first)", _reply(past, turn, judged=judged))
    console.print(transcript)
    for strength in debrief.get("strengths", ()):
        console.print(f"\n{strength}", markup=False, highlight=False)
    if try_next := debrief.get("try_next"):
        console.print(try_next, markup=False, highlight=False)
    if not past.over and past.mode != DRILL:
        console.print(f"\nIt was cut off: `rehearse resume {past.id}` goes on with it.", style="dim", highlight=False)


def _reply(past: "Past", turn: "KeptTurn", *, judged: bool) -> Text:
    """The words; if `judged`, each coded stretch in the colour of what it did, and then what that was."""
    entry = turn.entry
    text = Text(entry["reply"]["text"], "dim" if turn.retried else "")
    done = Text()
    for found_ in entry["codes"] if judged else ():
        code = Code(found_["code"])
        struck = " strike" if found_.get("contested") else ""
        text.stylize(colour_of(code), found_["start"], found_["end"])
        done.append(f"\n· {IN_WORDS[code]}", f"{colour_of(code)}{struck}")
    if judged and entry.get("contested"):
        done.append(f"\n· {MISSED}", "dim strike")
    if turn.hearable and not turn.retried:
        done.append(f"\n♪ rehearse show {past.id} --hear {turn.number + 1}", "dim")
    return Text.assemble(text, done)
