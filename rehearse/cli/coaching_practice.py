"""`rehearse coach database` and `rehearse coach audit`: a practice of many coaches, on a PostgreSQL server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from rehearse.coach.server import URL_VARIABLE
from rehearse.errors import CoachError, Refused, UsageError
from rehearse.paths import coach_dir

if TYPE_CHECKING:
    from rehearse.coach.server.connection import Server
    from rehearse.coach.server.members import Kind

app = typer.Typer(
    help=f"For a practice of many coaches: one PostgreSQL database, {URL_VARIABLE}.", no_args_is_help=True
)

Option = typer.Option
Name = Annotated[str, typer.Argument(metavar="NAME", help="Their login: a to z, 0 to 9, _.")]
ClientNumber = Annotated[int, typer.Argument(metavar="CLIENT", help="By number, as `sums` shows it.")]
SupervisorName = Annotated[str, typer.Argument(metavar="SUPERVISOR", help="Their login.")]
Why = Annotated[str, Option("--why", metavar="TEXT", help="What for; it goes into the audit trail.")]


@contextmanager
def _server() -> Iterator["Server"]:
    url = os.environ.get(URL_VARIABLE)
    if not url:
        raise UsageError(f"this is for a practice of many coaches; set {URL_VARIABLE} to its database's address")
    from rehearse.coach.server.connection import Server

    server = Server.at_url(url)
    try:
        yield server
    finally:
        server.close()


@app.command()
def init() -> None:
    """The owner: make the tables, the groups and the rules of who sees what."""
    from rehearse.coach.server.migrating import VERSION, migrate, version_of

    with _server() as server, server.transaction() as connection:
        if version_of(connection) is not None:
            raise CoachError("the database is there already; bring it up with `rehearse coach database upgrade`")
        migrate(connection)
    typer.echo(f"The database is there, version {VERSION}. Add people with `rehearse coach database add-coach NAME`.")


@app.command()
def upgrade() -> None:
    """The owner: bring the tables to the version that this program works with."""
    from rehearse.coach.server.migrating import VERSION, migrate, version_of

    with _server() as server, server.transaction() as connection:
        if version_of(connection) is None:
            raise CoachError("the database is not there yet; make it with `rehearse coach database init`")
        migrate(connection)
    typer.echo(f"The database has version {VERSION}.")


@app.command("add-coach")
def add_coach(name: Name) -> None:
    """The owner: add somebody who assigns, and sees what was shared with them."""
    _add(name, "coach")


@app.command("add-supervisor")
def add_supervisor(name: Name) -> None:
    """The owner: add somebody who sees sums, and words only of clients who were handed over to them."""
    _add(name, "supervisor")


@app.command("add-auditor")
def add_auditor(name: Name) -> None:
    """The owner: add somebody who sees the audit trail, and nothing else."""
    _add(name, "auditor")


def _add(name: str, kind: "Kind") -> None:
    from rehearse.coach.server.members import add

    with _server() as server:
        login = add(server, name, kind)
    for each in login.ran:
        typer.echo(f"{each};")
    typer.echo(f"\nGive this to {name} and to nobody else. It is shown this once:\n\n{URL_VARIABLE}={login.url}")


@app.command()
def remove(
    name: Name,
    *,
    and_shares: Annotated[bool, Option("--and-shares", help="And all that clients have shared with them.")] = False,
) -> None:
    """The owner: take somebody's login away. What was shared with a coach stays, for nobody to read."""
    from rehearse.coach.server.members import remove as remove_member

    with _server() as server:
        for each in remove_member(server, name, and_shares=and_shares):
            typer.echo(f"{each};")


@app.command()
def members() -> None:
    """List who belongs to the practice, as far as you may know."""
    from rehearse.coach.server.members import members as all_members

    with _server() as server:
        for each in all_members(server):
            typer.echo(f"{each.role:20} {each.kind:12} {each.name or '–'}")


@app.command()
def sums() -> None:
    """Show how much each client has practised: a coach theirs, a supervisor all. No name, and no word."""
    from rehearse.coach.keys import coach_keys
    from rehearse.coach.server.belonging import come_in
    from rehearse.coach.server.sums import sums as all_sums

    with _server() as server:
        come_in(server, coach_keys(coach_dir()))
        found = all_sums(server, date.today())
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("client", "coach", "latest week"):
        table.add_column(heading)
    for heading in ("4 weeks", "sessions", "replies", "minutes", "assigned"):
        table.add_column(heading, justify="right")
    for each in found:
        table.add_row(
            str(each.client),
            each.coach,
            f"{each.last_week}" if each.last_week else "–",
            str(each.lately),
            str(each.sessions),
            str(each.turns),
            f"{each.minutes:.0f}",
            f"{each.done} of {each.asked}" if each.asked else "–",
        )
    Console().print(table)


@app.command("hand-over")
def hand_over(
    client: ClientNumber,
    supervisor: SupervisorName,
    *,
    why: Why,
    yes: Annotated[bool, Option("--yes", help="Don't ask: you have compared the key words.")] = False,
) -> None:
    """A coach: let a supervisor read what a client has shared with you so far."""
    from rehearse.coach.keys import coach_keys, words_of_coach
    from rehearse.coach.server import belonging, handing_over

    with _server() as server:
        keys = coach_keys(coach_dir())
        belonging.come_in(server, keys)
        to = belonging.supervisor(server, supervisor)
        typer.echo(f"Have {to.name} read you their key words. They have to be: {words_of_coach(to)}")
        if not yes and not typer.confirm("Are they, and does your client agree?"):
            typer.echo("Nothing was handed over.")
            return
        count = handing_over.hand_over(server, keys, client, supervisor, to, why)
    typer.echo(f"{_shares(count)} of client {client} can be read by {to.name} too.")


@app.command("take-back")
def take_back(client: ClientNumber, supervisor: SupervisorName, *, why: Why) -> None:
    """A coach: take back what you have handed over. What was read, was read."""
    from rehearse.coach.server.handing_over import take_back as take_it_back

    with _server() as server:
        count = take_it_back(server, client, supervisor, why)
    typer.echo(f"{_shares(count)} of client {client} can be read by {supervisor} no more.")


@app.command("bring-in")
def bring_in() -> None:
    """A coach: take in what you have received and assigned in your own folder so far. The files stay."""
    from rehearse.coach.assignments import ENDING, read
    from rehearse.coach.keys import coach_keys
    from rehearse.coach.server.assigned import AssignedInPractice
    from rehearse.coach.server.inbox import PracticeInbox

    keys = coach_keys(coach_dir())
    refused = 0
    with _server() as server:
        inbox, assigned = PracticeInbox(server, keys, "review"), AssignedInPractice(server, keys)
        for path in (*coach_dir().glob("received/*/*"), *coach_dir().glob("assigned/*")):
            try:
                if path.suffix == ENDING:
                    incoming = read(path)
                    assigned.keep(incoming.assignment, incoming.content)
                else:
                    typer.echo(inbox.take_in(path).says)
            except Refused as refusal:
                refused += 1
                typer.echo(f"{path}: not taken, as {refusal}", err=True)
    typer.echo("All else is in the practice's database." if refused else "All is in the practice's database.")
    if refused:
        raise typer.Exit(1)


@app.command("trim-audit")
def trim_audit(
    before: Annotated[datetime, Option("--before", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Up to that day.")],
    *,
    why: Why,
) -> None:
    """The owner: delete old entries of the audit trail, which leaves one that says so."""
    from rehearse.coach.server.trail import trim

    with _server() as server:
        count = trim(server, before.astimezone(), why)
    typer.echo(f"{count} entries are gone.")


def audit(
    client: Annotated[int | None, Option("--client", metavar="CLIENT", help="By number, as `sums` shows it.")] = None,
    since: Annotated[datetime | None, Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="From that day.")] = None,
) -> None:
    """Who has opened what, when and what for: an auditor sees all, a coach what concerns their clients."""
    from rehearse.coach.server.trail import trail

    with _server() as server:
        found = trail(server, client, since.astimezone() if since else None)
    for each in found:
        what = f"client {each.client}, {', '.join(each.shares) or 'nothing'}" if each.client else ""
        about = "; ".join(filter(None, (what, each.whom, each.why)))
        typer.echo(f"{each.at.astimezone():%Y-%m-%d %H:%M:%S}  {each.who}  {each.did}: {about}")


def _shares(count: int) -> str:
    return f"{count} share{'' if count == 1 else 's'}"
