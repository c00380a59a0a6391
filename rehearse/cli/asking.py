"""Holding an interview at the terminal, by voice or typed, such that whatever happens, what was said is kept."""

import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import typer
from rich.console import Console

from rehearse.agent.events import Interrupted
from rehearse.agent.interview import Interview
from rehearse.agent.receiving import Receiving
from rehearse.agent.screened_interview import ScreenedInterview
from rehearse.audio.model_choice import chosen_model
from rehearse.cli.chosen_devices import choose_devices
from rehearse.cli.display import NAME_WIDTH, ConsoleDisplay
from rehearse.cli.elsewhere import cause_of, save_elsewhere, say
from rehearse.cli.own_log import at_keyboard
from rehearse.cli.setup import weights
from rehearse.errors import NOT_BY_VOICE, LogError
from rehearse.paths import models_dir, settings_file
from rehearse.room import room
from rehearse.screening import screen
from rehearse.settings import Settings
from rehearse.stage import Cast, keyboard, whisper_for_commands
from rehearse.whole_files import replacing

Make = Callable[[bool, float], Interview]
"""(whether it is typed, how many times longer silences last) → what is asked."""
Say = Callable[[], None]
"""Says on the terminal what was kept."""
Keep = Callable[[dict[str, str]], Say | None]
"""Given the answers, once; then what is to be said of it, where there is anything. That is left unsaid where the safety
screen has stepped in."""


def ask(make: Make, keep: Keep, console: Console, *, text: bool) -> None:
    """Ask by voice, or typed with `text` and where that cannot be (`NOT_BY_VOICE`); then `keep` the answers, also after
    Ctrl-C.

    Raises:
        typer.Exit: as `ask_on`.
        RehearseError: as the stage does, where nobody is at a keyboard or something was told already; or as `keep`
            does.
    """
    waiting = Settings.load(settings_file()).waiting
    if not text:
        interview = make(False, waiting)
        try:
            with coach_at_headset(console) as cast:
                ask_on(cast, interview, keep, console)
                return
        except NOT_BY_VOICE as lack:
            if interview.answers or not at_keyboard():
                raise
            print(f"rehearse: {lack}; going on by keyboard", file=sys.stderr)  # noqa: T201
    somebody = at_keyboard()
    with keyboard(f"{'You':{NAME_WIDTH}}" if somebody else "") as cast:
        ask_on(cast, make(True, waiting), keep, console, typed=somebody)


def ask_on(cast: Cast, interview: Interview, keep: Keep, console: Console, *, typed: bool = False) -> None:
    """Ask with a mouth and an ear that are there already. `typed`: the words stand on the terminal.

    Raises:
        typer.Exit: it has ended with a finding of the safety screen, or with Ctrl-C after abuse, so that the program
            ends without a word more.
        RehearseError: as `keep` does, but for a log that cannot take what was told.
    """
    display = ConsoleDisplay(console, "", typed=typed)
    screened = ScreenedInterview(interview, screen().look, Settings.load(settings_file()).country)
    try:
        Receiving(screened, display, lambda: None).receive(cast.mouth, cast.ear, cast.devices)
    except KeyboardInterrupt:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not cost what is being kept
        screened.handle(Interrupted())
        if screened.leaves_no_trace:
            display.cleared()
        else:
            display.busy(None)
            console.print()
        silent = screened.broken_off or screened.leaves_no_trace
        _keep(screened, keep, console, silent=silent)
        signal.signal(signal.SIGINT, before)
        if silent:
            raise typer.Exit from None
        raise
    except BaseException as error:
        if screened.answers:
            _keep(screened, keep, console, silent=screened.broken_off)
        if screened.broken_off and isinstance(error, NOT_BY_VOICE):
            raise typer.Exit from error  # nobody is asked anew by keyboard
        raise
    _keep(screened, keep, console, silent=screened.broken_off)
    if screened.broken_off:
        raise typer.Exit


def _keep(screened: ScreenedInterview, keep: Keep, console: Console, *, silent: bool) -> None:
    """Keep what was told, elsewhere where the log cannot take it; nothing where somebody has left at once."""
    if screened.left:
        return
    try:
        announce = keep(screened.answers)
    except (LogError, OSError) as error:
        if not silent:
            _keep_elsewhere(screened.answers, error, console)
        return
    if announce and not silent:
        announce()


def _keep_elsewhere(answers: dict[str, str], error: LogError | OSError, console: Console) -> None:
    say(console, f"{cause_of(error)}. What you told can be saved elsewhere.")
    told = "\n\n".join(filter(None, answers.values()))

    def write(path: Path) -> None:
        with replacing(path) as temporary:
            temporary.write_text(f"{told}\n", encoding="utf-8")

    save_elsewhere(console, "What you told", "told.txt", write)


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
