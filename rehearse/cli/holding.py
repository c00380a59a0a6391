"""Holding a conversation at the terminal, such that whatever happens, what was said is kept."""

import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import typer
from rich.console import Console

from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Rehearsal
from rehearse.cli.display import ConsoleDisplay
from rehearse.cli.measures import print_measures
from rehearse.feedback import code_reply
from rehearse.practice.earlier import Figures, figures_of
from rehearse.practice.report import write_report
from rehearse.practice.session import Session
from rehearse.scenarios.schema import Scenario
from rehearse.stage import Busy, Stage, screen


def hold(
    scenario: Scenario,
    *,
    seed: int,
    console: Console,
    stage: Callable[[Busy], Stage],
    keep: Callable[[Session], None],
    earlier: Sequence[Figures] = (),
    typed: bool = False,
    hears_objections: bool = True,
    waiting: float = 1.0,
    country: str | None = None,
) -> Session:
    """Hold a conversation on `stage`; `keep` gets the session at its end, also when it is cut short.

    `earlier`: the person's earlier sessions, to compare this one with. `waiting`: so many times its own length a
    silence lasts before somebody says something. `country`: where they are, if they have said so.

    Where it ends with a finding of the safety screen, the session is kept without a word.

    After the debrief nobody is waited for at a keyboard: `rehearse contest` is at hand there. Where it fails before
    anything was said, there is nothing to keep.

    Raises:
        RehearseError: as the stage does.
        KeyboardInterrupt: the person pressed Ctrl-C.
    """
    code_reply("", "Hello.")  # loads what it knows before somebody waits for it
    display = ConsoleDisplay(console, scenario.partner.name, typed=typed)
    rehearsal = Rehearsal(
        Conversation(
            scenario,
            seed=seed,
            coder=code_reply,
            hears_objections=hears_objections and not typed,
            waiting=waiting,
            screen=screen().look,
            country=country,
        ),
        display,
    )
    try:
        with stage(display.busy) as cast:
            rehearsal.hold(*cast)
        if rehearsal.session.turns and not rehearsal.session.broken_off:
            print_measures(console, scenario.partner.name, figures_of(rehearsal.session), earlier)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not cost what is being kept
        display.busy(None)
        if rehearsal.leaves_no_trace:
            keep(rehearsal.session)
            display.cleared()
            raise typer.Exit from None
        console.print()
        keep(rehearsal.session)
        raise
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
        if session.broken_off:
            return
        console.print(f"The report is in {path}", style="dim", soft_wrap=True, markup=False, highlight=False)

    return keep
