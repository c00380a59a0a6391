"""Holding a conversation at the terminal, such that whatever happens, what was said is kept."""

from collections.abc import Callable
from pathlib import Path

import typer
from rich.console import Console

from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Rehearsal
from rehearse.cli.display import ConsoleDisplay
from rehearse.feedback import code_reply
from rehearse.practice.report import write_report
from rehearse.practice.session import Session
from rehearse.scenarios.schema import Scenario
from rehearse.stage import Busy, Stage

INTERRUPTED_STATUS = 130
"""What a shell expects of a program ended by Ctrl-C."""


def hold(
    scenario: Scenario,
    *,
    seed: int,
    console: Console,
    stage: Callable[[Busy], Stage],
    keep: Callable[[Session], None],
    typed: bool = False,
) -> Session:
    """Hold a conversation on `stage`; `keep` gets the session at its end, also when it is cut short.

    Where it fails before anything was said, there is nothing to keep.

    Raises:
        RehearseError: as the stage does.
        typer.Exit: the person pressed Ctrl-C.
    """
    display = ConsoleDisplay(console, scenario.partner.name, typed=typed)
    rehearsal = Rehearsal(Conversation(scenario, seed=seed, coder=code_reply), display)
    try:
        with stage(display.busy) as (mouth, ear):
            rehearsal.hold(mouth, ear)
    except KeyboardInterrupt:
        display.busy(None)
        keep(rehearsal.session)
        raise typer.Exit(INTERRUPTED_STATUS) from None
    except BaseException:
        display.busy(None)
        if rehearsal.session.turns:
            keep(rehearsal.session)
        raise
    keep(rehearsal.session)
    return rehearsal.session


def keep_report(console: Console, path: Path) -> Callable[[Session], None]:
    """Keeps a session as a report at `path`."""

    def keep(session: Session) -> None:
        write_report(session, path)
        console.print(f"The report is in {path}", style="dim", soft_wrap=True)

    return keep
