"""Holding a conversation at the terminal, such that whatever happens, what was said is kept."""

import signal
from collections.abc import Callable, Sequence

import typer
from rich.console import Console

from rehearse.agent.conversation import Conversation
from rehearse.agent.drill import Drill
from rehearse.agent.drill_scene import DrillScene
from rehearse.agent.loop import Rehearsal
from rehearse.agent.partner import Mode
from rehearse.cli.display import ConsoleDisplay
from rehearse.cli.keeping import SessionKeeper
from rehearse.cli.measures import print_measures
from rehearse.feedback import code_reply
from rehearse.practice.earlier import Figures, figures_of
from rehearse.practice.session import Session
from rehearse.scenarios.schema import Scenario
from rehearse.screening import screen
from rehearse.stage import Busy, Stage


def hold(
    scenario: Scenario,
    *,
    seed: int,
    console: Console,
    stage: Callable[[Busy], Stage],
    keeper: SessionKeeper,
    earlier: Sequence[Figures] = (),
    typed: bool = False,
    hears_objections: bool = True,
    waiting: float = 1.0,
    mode: Mode = Mode.PLAIN,
    country: str | None = None,
) -> Session:
    """Hold a conversation on `stage`; `keeper` gets the session after every turn, and at its end, also when it is cut
    short.

    `earlier`: the person's earlier sessions, to compare this one with. `waiting`: so many times its own length a
    silence lasts before somebody says something. `country`: where they are, if they have said so.

    Where it ends with a finding of the safety screen, the session is kept without a word.

    After the debrief nobody is waited for at a keyboard: `rehearse contest` is at hand there. Where it fails before
    anything was said, there is nothing to keep.

    Raises:
        RehearseError: as the stage does.
        typer.Exit: as the stage does.
        KeyboardInterrupt: the person pressed Ctrl-C.
    """
    code_reply("", "Hello.")  # loads what it knows before somebody waits for it
    look = screen().look
    display = ConsoleDisplay(console, scenario.partner.name, typed=typed)
    if isinstance(scenario, DrillScene):
        conversation: Conversation = Drill(
            scenario, seed=seed, coder=code_reply, waiting=waiting, screen=look, country=country
        )
    else:
        conversation = Conversation(
            scenario,
            seed=seed,
            coder=code_reply,
            hears_objections=hears_objections and not typed,
            waiting=waiting,
            mode=mode,
            cut_off=keeper.cut_off,
            screen=look,
            country=country,
        )
    rehearsal = Rehearsal(conversation, display, keeper)
    try:
        with stage(display.busy) as cast:
            keeper.began_s = cast.clock()
            rehearsal.hold(
                cast.mouth,
                cast.ear,
                cast.devices,
                quotes=cast.quotes,
                began_s=keeper.began_s,
                types=cast.types,
            )
        if rehearsal.session.turns and not rehearsal.session.broken_off:
            if scenario.question:
                console.print(f"For your journal: {scenario.question}\n", style="italic", markup=False, highlight=False)
            print_measures(console, scenario.partner.name, figures_of(rehearsal.session), earlier)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not cost what is being kept
        display.busy(None)
        if rehearsal.leaves_no_trace:
            keeper.end(rehearsal.session)
            display.cleared()
            raise typer.Exit from None
        console.print()
        keeper.end(rehearsal.session)
        raise
    except BaseException:
        display.busy(None)
        if rehearsal.session.turns:
            keeper.end(rehearsal.session)
        raise
    keeper.end(rehearsal.session)
    return rehearsal.session
