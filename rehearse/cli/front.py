"""Plain `rehearse`: hello, a choice of scenes, one after the other, and goodbye."""

import secrets
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from rich.console import Console

from rehearse.agent.events import CameBack
from rehearse.agent.partner import Mode
from rehearse.agent.receiving import Receiving
from rehearse.agent.reception import Reception
from rehearse.audio.model_choice import chosen_model
from rehearse.cli.assignment import open_assignments
from rehearse.cli.chosen_devices import choose_devices
from rehearse.cli.demo import demo
from rehearse.cli.display import NAME_WIDTH, ConsoleDisplay
from rehearse.cli.holding import hold
from rehearse.cli.keeping import OwnKeeping
from rehearse.cli.own_log import own_log
from rehearse.cli.practice import at_keyboard, earlier
from rehearse.cli.setup import weights
from rehearse.errors import LogError, NoDevice, OutputError, SessionError
from rehearse.paths import models_dir, settings_file
from rehearse.practice.earlier import kept_sessions
from rehearse.practice.standing import Standing, standing
from rehearse.scenarios.loader import playable
from rehearse.scenarios.schema import Scenario
from rehearse.settings import Settings
from rehearse.stage import Busy, Stage, keyboard, room, whisper_for_commands

StageFor = Callable[[Scenario, Busy, bool], Stage]
"""(who plays, what is told when it takes long, whether the lines are rendered before somebody waits) → a stage."""


def start() -> None:
    """Come in with what there is: a headset, a keyboard, or neither (the demo)."""
    console = Console()
    try:
        _by_voice(console)
    except NoDevice as lack:
        if at_keyboard():
            print(f"rehearse: {lack}; going on by keyboard", file=sys.stderr)  # noqa: T201
            _visit(console, lambda *_: keyboard(f"{'You':{NAME_WIDTH}}"), Settings.load(settings_file()), typed=True)
        else:
            print(f"rehearse: {lack}; playing the demo instead", file=sys.stderr)  # noqa: T201
            demo()


def _by_voice(console: Console) -> None:
    settings = Settings.load(settings_file())
    chosen = choose_devices(None, None, settings_file(), console)
    if chosen_model(models_dir()) is None:
        weights(None, console)  # the first time: it may have to be fetched, and that is shown
    with (
        ThreadPoolExecutor(1, thread_name_prefix="loading") as loading,
        room(
            loading.submit(lambda: whisper_for_commands(weights(None, Console(quiet=True)))),
            ConsoleDisplay(console, "").busy,
            microphone=chosen.microphone,
            loudspeaker=chosen.loudspeaker,
            worn=chosen.headset,
        ) as here,
    ):
        _visit(console, lambda scene, busy, ahead: here.cast(scene, busy, ahead=ahead), settings)


def _visit(console: Console, stage_for: StageFor, settings: Settings, *, typed: bool = False) -> None:
    """Receive somebody, and hold the scenes they choose. Typed, the program does not explain how to speak to it."""
    scenes = playable()
    here = _standing(scenes)
    display = ConsoleDisplay(console, "", typed=typed)
    reception = Reception(here, introduces=not (typed or settings.introduced), waiting=settings.waiting)
    kept: list[OwnKeeping] = []
    receiving = Receiving(reception, display, _remember_introduction, lambda: _let_it_count(kept))
    likely = scenes[here.choices[0].id]
    while True:
        with stage_for(likely, display.busy, False) as cast:  # its lines are rendered beside the coach's
            choice = receiving.receive(cast.mouth, cast.ear, cast.devices)
        if choice is None:
            return
        likely = scene = scenes[choice.id]
        kept.append(OwnKeeping(scene, console, medium="typed" if typed else "voice"))
        hold(
            scene,
            seed=secrets.randbelow(2**31),
            console=console,
            stage=lambda busy, scene=scene: stage_for(scene, busy, True),  # type: ignore[misc]
            keeper=kept[-1],
            earlier=earlier(),
            typed=typed,
            waiting=settings.waiting,
            mode=Mode(settings.mode),
        )
        receiving.came_back(CameBack(_standing(scenes)))


def _standing(scenes: dict[str, Scenario]) -> Standing:
    with suppress(LogError, OSError), own_log() as log:  # a log that cannot be read is no reason not to practise
        return standing([*scenes.values()], kept_sessions(log), open_assignments(log))
    return standing([*scenes.values()], [])


def _let_it_count(kept: list[OwnKeeping]) -> None:
    from rehearse.coach.counting import mark

    if kept and kept[-1].id is not None:
        with suppress(LogError, SessionError, OSError), own_log() as log:  # `rehearse assignment count` can do it too
            mark(log, kept[-1].id)


def _remember_introduction() -> None:
    with suppress(OSError, OutputError):
        Settings.load(settings_file()).model_copy(update={"introduced": True}).save(settings_file())
