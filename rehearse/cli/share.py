"""`rehearse share`: the person decides, line by line, what their coach sees."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rehearse.cli.own_log import found, own_log
from rehearse.errors import CoachError, UsageError
from rehearse.paths import coach_dir

if TYPE_CHECKING:
    from rehearse.coach.shares import Draft
    from rehearse.coach.sharing import Picks, Sharer
    from rehearse.practice.log import PracticeLog

app = typer.Typer(help="Show your coach what you choose, and nothing else.", invoke_without_command=True)

Option = typer.Option
Texts = list[str] | None
Numbers = list[int] | None
OF_A_REPLY = "[SESSION:]REPLY"


@app.callback()
def share(
    context: typer.Context,
    *,
    to: Annotated[str | None, Option("--to", metavar="NAME", help="Which coach, where you know several.")] = None,
    since: Annotated[datetime | None, Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="From that day.")] = None,
    session: Annotated[Numbers, Option("--session", metavar="ID", help="Its counts, by itself.")] = None,
    quote: Annotated[Texts, Option("--quote", metavar=OF_A_REPLY, help="A reply, with the line it answers.")] = None,
    transcript: Annotated[Numbers, Option("--transcript", metavar="ID", help="All words of a session.")] = None,
    recording: Annotated[Texts, Option("--recording", metavar=OF_A_REPLY, help="How a reply sounded.")] = None,
    journal: Annotated[Numbers, Option("--journal", metavar="ID", help="A journal entry.")] = None,
    hard: Annotated[str | None, Option("--hard", metavar="TEXT", help="What you found hard.")] = None,
    say: Annotated[str | None, Option("--say", metavar="TEXT", help="What else you want to say.")] = None,
    ask: Annotated[Texts, Option("--ask", metavar="TEXT", help="A question of yours.")] = None,
    keep: Annotated[Texts, Option("--keep", metavar="WORD", help="Not to be masked.")] = None,
    mask: Annotated[Texts, Option("--mask", metavar="WORD", help="To be masked, too.")] = None,
    called: Annotated[str | None, Option("--as", metavar="NAME", help="What you are to be called; kept.")] = None,
    plain: Annotated[Path | None, Option("--plain", metavar="FILE.html", help="A page that prints instead.")] = None,
    out: Annotated[Path | None, Option("--out", metavar="FILE", help="Where to write it.")] = None,
    yes: Annotated[bool, Option("--yes", help="Don't ask.")] = False,
) -> None:
    """See, line by line, what would go to your coach; then say whether it is written. By default that is counts."""
    if context.invoked_subcommand:
        return
    if plain and out:
        raise UsageError("--plain and --out both say where; leave one out")
    from rehearse.coach.key_words import key_words
    from rehearse.coach.keys import client_key
    from rehearse.coach.known_coaches import KnownCoaches
    from rehearse.coach.own import own_assignments
    from rehearse.coach.shares import Shares
    from rehearse.coach.sharing import Picks, Sharer

    if hard is None and not yes and _somebody():
        hard = typer.prompt("What was hard? Say it if you want to; Enter leaves it out", default="", show_default=False)
    coaches, shares, key = KnownCoaches(coach_dir()), Shares(coach_dir()), client_key(coach_dir())
    known = coaches.find(to)
    if called is not None:
        coaches.call_me(known.coach, called)
        known = coaches.find(known.coach.signs)
    with own_log() as log:
        picks = Picks(
            since=since.date() if since else None,
            tries=session or (),
            quotes=[_of_a_reply(log, each) for each in quote or ()],
            transcripts=transcript or (),
            recordings=[_of_a_reply(log, each) for each in recording or ()],
            journal=journal or (),
            hard=hard,
            says=say,
            asks=ask or (),
            keep=keep or (),
            mask=mask or (),
        )
        sharer = Sharer(log, key, known, own_assignments().all(), shares.journal_shown(known.coach))
        draft = _agreed(sharer, picks, shares.next_number(known.coach), on_paper=plain is not None, yes=yes)
    if draft is None:
        typer.echo("Nothing was written.")
        return
    path = plain or out or Path(f"practice-{draft.share.number}.rehearse-share")
    if plain:
        shares.print(draft, known.coach, path)
        typer.echo(f"Written to {path}. It is not encrypted: whoever has it can read it.")
    else:
        shares.send(draft, known.coach, key, path)
        typer.echo(f"Written to {path}. Only {known.coach.name} can read it; send it as you like.")
        if draft.share.number == 1:
            typer.echo(f"Should they ask whether it is you: your key words are {key_words(draft.share.client.key)}")


@app.command("list")
def list_() -> None:
    """List what you have shared, and when."""
    from rehearse.coach.shares import Shares

    shares = Shares(coach_dir()).all
    if not shares:
        typer.echo("Nothing was shared.")
    for each in shares:
        held = ", ".join(("counts", *each.held))
        way = " on paper" if each.number is None else ""
        gone = f"; withdrawn {each.withdrawn_at.astimezone():%-d %B %Y}" if each.withdrawn_at else ""
        typer.echo(f"{each.id[:6]}  {each.made_at.astimezone():%-d %B %Y}  to {each.coach.name}{way}: {held}{gone}")


@app.command()
def withdraw(
    id_: Annotated[str, typer.Argument(metavar="ID", help="As `rehearse share list` shows it.")],
    out: Annotated[Path | None, Option("--out", metavar="FILE", help="Where to write it.")] = None,
) -> None:
    """Write a file that has your coach's program drop what you shared. What they have read, they have read."""
    from rehearse.coach.keys import client_key
    from rehearse.coach.shares import Shares

    path = out or Path(f"withdrawal-{id_}.rehearse-share")
    sent = Shares(coach_dir()).withdraw(id_, client_key(coach_dir()), datetime.now(UTC), path)
    typer.echo(f"Written to {path}. Send it to {sent.coach.name}: their program deletes that share when it has it.")


def _agreed(sharer: "Sharer", picks: "Picks", number: int, *, on_paper: bool, yes: bool) -> "Draft | None":
    """What was looked at and agreed to; None where it was not."""
    from rehearse.coach.preview import lines_of, lines_on_paper
    from rehearse.coach.shares import drafted

    at = datetime.now().astimezone()
    while True:
        draft = drafted(sharer.share(picks, number, at), sharer.journal(picks, at))
        lines = lines_on_paper(draft.body) if on_paper else lines_of(draft.body)
        typer.echo("This is what would go, every line of it:\n")
        typer.echo("\n".join(f"  {line}" for line in lines) + "\n")
        if b"[person " in draft.body:
            typer.echo("Names were found by rules, which miss some: look yourself.")
        if yes:
            return draft
        if not _somebody():
            raise CoachError("there is nobody at a keyboard to say yes; look at the lines above, and add --yes")
        answer = typer.prompt("Write it? yes, no, `keep WORD` that was masked, or `mask WORD` that was not")
        doing, _, word = answer.strip().partition(" ")
        if doing.lower() in {"y", "yes"} and not word:
            return draft
        if doing.lower() == "keep" and word:
            picks = replace(picks, keep=(*picks.keep, word), mask=[each for each in picks.mask if each != word])
        elif doing.lower() == "mask" and word:
            picks = replace(picks, mask=(*picks.mask, word), keep=[each for each in picks.keep if each != word])
        elif doing.lower() in {"n", "no"}:
            return None


def _somebody() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _of_a_reply(log: "PracticeLog", named: str) -> tuple[int, int]:
    """A session's id and a reply's number: "12:3", or "3" in the last one."""
    session, _, reply = named.rpartition(":")
    if not reply.isascii() or not reply.isdigit():
        raise UsageError(f"{named!r} names no reply; write it as {OF_A_REPLY}, such as 12:3")
    return found(log, session or None).id, int(reply)
