"""Holding an interview at the terminal, by voice or typed, such that whatever happens, what was said is kept."""

import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from rich.console import Console

from rehearse.agent.interview import Interview
from rehearse.agent.receiving import Receiving
from rehearse.agent.screened_interview import ScreenedInterview
from rehearse.audio.model_choice import chosen_model
from rehearse.cli.chosen_devices import choose_devices
from rehearse.cli.display import NAME_WIDTH, ConsoleDisplay
from rehearse.cli.own_log import at_keyboard
from rehearse.cli.setup import weights
from rehearse.errors import NoDevice
from rehearse.paths import models_dir, settings_file
from rehearse.room import room
from rehearse.screening import screen
from rehearse.settings import Settings
from rehearse.stage import Cast, keyboard, whisper_for_commands

Make = Callable[[bool, float], Interview]
"""(whether it is typed, how many times longer silences last) → what is asked."""
Keep = Callable[[dict[str, str]], None]
"""Given the answers, once."""


def ask(make: Make, keep: Keep, console: Console, *, text: bool) -> None:
    """Ask by voice, or typed with `text` and where there are no devices; then `keep` the answers, also after Ctrl-C.

    Raises:
        NoDevice: there are none, and nobody is at a keyboard.
        RehearseError: as the stage does, or as `keep` does.
    """
    waiting = Settings.load(settings_file()).waiting
    if not text:
        try:
            with coach_at_headset(console) as cast:
                ask_on(cast, make(False, waiting), keep, console)
                return
        except NoDevice as lack:
            if not at_keyboard():
                raise
            print(f"rehearse: {lack}; going on by keyboard", file=sys.stderr)  # noqa: T201
    somebody = at_keyboard()
    with keyboard(f"{'You':{NAME_WIDTH}}" if somebody else "") as cast:
        ask_on(cast, make(True, waiting), keep, console, typed=somebody)


def ask_on(cast: Cast, interview: Interview, keep: Keep, console: Console, *, typed: bool = False) -> None:
    """Ask with a mouth and an ear that are there already. `typed`: the words stand on the terminal."""
    display = ConsoleDisplay(console, "", typed=typed)
    screened = ScreenedInterview(interview, screen().look, Settings.load(settings_file()).country)
    try:
        receiving = Receiving(screened, display, lambda: None, types=cast.types)
        receiving.receive(cast.mouth, cast.ear, cast.devices)
    except KeyboardInterrupt:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not cost what is being kept
        display.busy(None)
        console.print()
        keep(screened.answers)
        signal.signal(signal.SIGINT, before)
        raise
    except BaseException:
        keep(screened.answers)
        raise
    keep(screened.answers)


@contextmanager
def coach_at_headset(console: Console) -> Iterator[Cast]:
    """The coach alone, at the devices that were chosen.

    Raises:
        NoDevice: there are none.
        RehearseError: as `room` does.
    """
    chosen = choose_devices(None, None, settings_file(), console)
    if chosen_model(models_dir()) is None:
        weights(None, console)  # the first time: it may have to be fetched, and that is shown
    busy = ConsoleDisplay(console, "").busy
    with (
        ThreadPoolExecutor(1, thread_name_prefix="loading") as loading,
        room(
            loading.submit(lambda: whisper_for_commands(weights(None, Console(quiet=True)))),
            busy,
            microphone=chosen.microphone,
            loudspeaker=chosen.loudspeaker,
            worn=chosen.headset,
        ) as here,
        here.cast(None, busy) as cast,
    ):
        yield cast
