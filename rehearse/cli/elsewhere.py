"""Saving what the practice log cannot take, where the person wants it."""

import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from rich.console import Console

from rehearse.errors import LogError, OutputError


def cause_of(error: LogError | OSError) -> str:
    """Why the practice log cannot be used, in words."""
    return str(error) if isinstance(error, LogError) else f"your data folder cannot be used ({error.strerror})"


def save_elsewhere(console: Console, what: str, ending: str, write: Callable[[Path], None]) -> None:
    """Offer to save it in a file, with a name that ends so. `what` it is: "The report". `write` may raise
    `OutputError`; somewhere else is tried then."""
    name = f"{datetime.now():%Y-%m-%d-%H%M%S}-{ending}"
    for folder in (Path.cwd(), Path.home(), Path(tempfile.gettempdir())):
        path = _asked_for(folder / name)
        if path is None:
            return
        with suppress(OutputError):
            write(path)
            say(console, f"{what} is in {path}")
            return
        say(console, f"{path} cannot be written either.")


def say(console: Console, text: str) -> None:
    """Print a line of the program's own."""
    console.print(text, style="dim", soft_wrap=True, markup=False, highlight=False)


def _asked_for(proposed: Path) -> Path | None:
    """Where somebody at the keyboard wants it; where there is nobody, as `proposed`."""
    if sys.stdin is None or not sys.stdin.isatty():
        return proposed
    try:
        given = input(f"Where? (Enter: {proposed}; no: not at all) ").strip()
    except (EOFError, KeyboardInterrupt):
        return proposed
    if given.lower() in {"n", "no"}:
        return None
    return Path(given).expanduser() if given else proposed
