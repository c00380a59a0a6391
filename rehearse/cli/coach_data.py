"""`rehearse coach export` and `cohort`: what was received as tables, and a group as sums."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rehearse.errors import CoachError, UsageError
from rehearse.paths import coach_dir, private
from rehearse.whole_files import check_writable

if TYPE_CHECKING:
    from rehearse.coach.cohort import Aggregate
    from rehearse.coach.formats import Assignment

Option = typer.Option
_SKILLS = {
    "labels": "Replies that named a feeling",
    "listening": "Replies that listened",
    "fixing": "Replies that advised unasked, played it down or turned to themselves",
    "defensive": "Lines with occasion that were answered defensively",
}


def export(
    *,
    csv: Annotated[Path | None, Option("--csv", metavar="FOLDER", help="A file for each table.")] = None,
    as_json: Annotated[Path | None, Option("--json", metavar="FILE", help="One file with all of them.")] = None,
) -> None:
    """Write everything that you have received as tables. They hold your clients' words, and are not encrypted."""
    from rehearse.coach.caseload import records
    from rehearse.coach.exporting import Practice, write_csv, write_json
    from rehearse.coach.own_practice import own_assigned, own_inbox, own_judgements

    if (csv is None) == (as_json is None):
        raise UsageError("say where to: --csv FOLDER or --json FILE")
    if as_json:
        check_writable(as_json)
    inbox = own_inbox("export")
    practice = Practice(list(records(inbox.shares())), own_assigned(), own_judgements().all)
    if csv:
        write_csv(practice, csv)
    if as_json:
        write_json(practice, as_json)
    typer.echo(f"{len(practice.records)} clients: {csv or as_json}. It is not encrypted; delete it when you are done.")
    for path in inbox.damaged:
        typer.echo(f"{path} cannot be read, and is not in it; have it sent again.")


def cohort(name: Annotated[str, typer.Argument(metavar="NAME", help="As in `coach assign --cohort NAME`.")]) -> None:
    """Show a group as sums over all who share how far they have come; of fewer than five people, nothing."""
    from rehearse.coach.caseload import records
    from rehearse.coach.cohort import Cohort
    from rehearse.coach.disclosure import FEWEST
    from rehearse.coach.keys import coach_keys
    from rehearse.coach.own_practice import own_assigned, own_inbox

    assigned = own_assigned().values()
    asked = [each for each in assigned if each.cohort == name]
    if not asked:
        groups = sorted({each.cohort for each in assigned if each.cohort})
        others = f"; there are {', '.join(groups)}" if groups else ""
        raise CoachError(f"no assignment of yours is for a group {name!r}{others}. `coach assign --cohort` names one")
    path = private(coach_dir() / "cohorts") / f"{name}.json"
    known = list(records(own_inbox("cohort").shares()))
    told = Cohort(path, coach_keys(coach_dir()).signs).tell(asked, known, datetime.now(UTC))
    for assignment, found in told:
        typer.echo(_heading(assignment))
        if found is None:
            typer.echo(
                "  Nothing can be shown: fewer than five people share how far they have come, or what would be "
                "shown differs by fewer than five people from something that was shown."
            )
        else:
            typer.echo("\n".join(f"  {line}" for line in _lines(found)))
    typer.echo(
        f"\nNothing is told of fewer than {FEWEST} people. “Hidden” is what would tell on somebody, or what that could "
        f"be computed from. Figures change once {FEWEST} people have, so that no two of them tell on one."
    )


def _heading(assignment: "Assignment") -> str:
    until = f" by {assignment.until:%-d %B %Y}" if assignment.until else ""
    return f"{assignment.scenario}, {assignment.times} times{until}, made on {assignment.made_at:%-d %B %Y}"


def _lines(found: "Aggregate") -> list[str]:
    lines = [
        f"As of {found.made_at.astimezone():%-d %B %Y}: {found.people} people take part.",
        f"Not begun: {_cell(found.none)}. Begun: {_cell(found.some)}. Done: {_cell(found.all)}.",
        f"Tries that count: {_cell(found.tries)}.",
        f"Replies in them: {_cell(found.replies)}, tried again: {_cell(found.retried)}.",
    ]
    for skill, words in _SKILLS.items():
        figure = found.skills.get(skill)
        lines.append(f"{words}: {f'{figure.count} of {figure.of}' if figure else 'hidden'}.")
    return lines


def _cell(count: int | None) -> str:
    return "hidden" if count is None else str(count)
