"""Plain `rehearse`: hello, a choice of scenes, one after the other, and goodbye."""

import secrets
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import typer
from rich.console import Console

from rehearse.agent.conversation import Conversation
from rehearse.agent.events import CameBack
from rehearse.agent.partner import Mode
from rehearse.agent.receiving import Receiving
from rehearse.agent.reception import Reception
from rehearse.audio.model_choice import chosen_model
from rehearse.cli.assignment import open_assignments
from rehearse.cli.chosen_devices import choose_devices
from rehearse.cli.demo import demo
from rehearse.cli.display import NAME_WIDTH, ConsoleDisplay
from rehearse.cli.elsewhere import cause_of, say
from rehearse.cli.holding import hold
from rehearse.cli.journal import write_here
from rehearse.cli.keeping import OwnKeeping
from rehearse.cli.mood import NoScene, with_mood
from rehearse.cli.own_log import at_keyboard, own_log
from rehearse.cli.practice import earlier
from rehearse.cli.resuming import take_up
from rehearse.cli.setup import weights
from rehearse.cli.talk import ask_what_became_of_it
from rehearse.errors import NOT_BY_VOICE, LogError, OutputError, SessionError, SettingsDamaged
from rehearse.feedback import code_reply
from rehearse.paths import models_dir, settings_file
from rehearse.practice.earlier import kept_sessions
from rehearse.practice.standing import Choice, Standing, standing
from rehearse.practice.today import first_of_all, for_today
from rehearse.room import room
from rehearse.scenarios.loader import playable
from rehearse.scenarios.schema import Scenario
from rehearse.screening import screen
from rehearse.settings import Settings
from rehearse.stage import Busy, Stage, keyboard, whisper_for_commands

StageFor = Callable[[Scenario, Busy, bool], Stage]
"""(who plays, what is told when it takes long, whether the lines are rendered before somebody waits) → a stage."""


JOURNAL = Choice(
    "journal:", "Your journal", ("journal", "diary"), "For what you want to say to yourself.", is_scene=False
)
"""Offered last, and understood at any time."""


def start() -> None:
    """Come in with what there is: a headset, a keyboard, or neither (the demo)."""
    console = Console()
    try:
        _by_voice(console)
    except NOT_BY_VOICE as lack:
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
    reception = Reception(
        here,
        introduces=not (typed or settings.introduced),
        waiting=settings.waiting,
        screen=screen().look,
        country=settings.country,
    )
    kept: list[OwnKeeping] = []
    receiving = Receiving(reception, display, _remember_introduction, lambda: _let_it_count(kept))
    likely = scenes[here.choices[0].id]
    asked = False
    while True:
        with stage_for(likely, display.busy, False) as cast:  # its lines are rendered beside the coach's
            if not asked:
                ask_what_became_of_it(cast, console, typed=typed, waiting=settings.waiting)
                asked = True
            try:
                choice = receiving.receive(cast.mouth, cast.ear, cast.devices)
            except KeyboardInterrupt:
                if not reception.leaves_no_trace:
                    raise
                display.cleared()
                raise typer.Exit from None
        if choice is None:
            return
        if choice == JOURNAL:
            with stage_for(likely, display.busy, False) as cast:
                try:
                    write_here(cast, console, typed=typed, waiting=settings.waiting)
                except (LogError, OSError) as error:
                    say(console, f"{cause_of(error)}. Nothing can be written in your journal now.")
            receiving.came_back(CameBack(_standing(scenes)))
            continue
        likely = scene = scenes[choice.id]
        seed, mode, keeper = _begun(choice, scene, settings, console, typed=typed)
        kept.append(keeper)
        with suppress(NoScene):
            session = hold(
                scene,
                seed=seed,
                console=console,
                stage=lambda busy, scene=scene, keeper=keeper: with_mood(  # type: ignore[misc]
                    stage_for(scene, busy, True), keeper, console, typed=typed
                ),
                keeper=keeper,
                earlier=earlier(),
                typed=typed,
                waiting=settings.waiting,
                country=settings.country,
                mode=mode,
            )
            if session.broken_off:
                return
        receiving.came_back(CameBack(_standing(scenes)))


def _begun(
    choice: Choice, scene: Scenario, settings: Settings, console: Console, *, typed: bool
) -> tuple[int, Mode, OwnKeeping]:
    """The seed, the mode and the keeper of the session that was cut off, where that is what was chosen; else, and
    where it cannot be gone on with any more, of a new one."""
    if choice.goes_on is not None:
        with suppress(SessionError, LogError):
            past, seed, keeper = take_up(choice.goes_on, console)
            Conversation(scene, seed=seed, coder=code_reply, cut_off=keeper.cut_off)  # does the scene still fit?
            return seed, Mode(past.mode), keeper
    mode = Mode(choice.mode or settings.mode)
    keeper = OwnKeeping(console, mode=mode, medium="typed" if typed else "voice")
    return secrets.randbelow(2**31), mode, keeper


def _standing(scenes: dict[str, Scenario]) -> Standing:
    all_scenes = [*scenes.values()]
    here = standing(all_scenes, [])
    with suppress(LogError, OSError), own_log() as log:  # a log that cannot be read is no reason not to practise
        assigned = open_assignments(log)
        here = standing(all_scenes, kept_sessions(log), assigned)
        here = first_of_all(here, for_today(log, all_scenes, datetime.now().date(), assigned))
    return replace(here, choices=(*here.choices, JOURNAL))


def _let_it_count(kept: list[OwnKeeping]) -> None:
    from rehearse.coach.counting import mark

    if kept and kept[-1].session is not None:
        with suppress(LogError, SessionError, OSError), own_log() as log:  # `rehearse assignment count` can do it too
            mark(log, kept[-1].session)


def _remember_introduction() -> None:
    with suppress(OSError, OutputError, SettingsDamaged):
        Settings.load(settings_file()).model_copy(update={"introduced": True}).save(settings_file())
