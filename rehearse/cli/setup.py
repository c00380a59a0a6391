"""`rehearse setup`: fetch what a first conversation needs, so that no partner ever waits for a download."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from rehearse.audio.kokoro_voice import installed
from rehearse.audio.kokoro_weights import ensure_kokoro
from rehearse.audio.model_choice import choose, default_model
from rehearse.audio.weight_packages import Progress as ShowProgress
from rehearse.audio.weights import ensure_weights
from rehearse.cli.own_log import encrypt
from rehearse.errors import WeightsError
from rehearse.partner_voice import kokoro_dir
from rehearse.paths import models_dir


def setup(
    model: Annotated[str | None, typer.Option(help="A Whisper model; chosen by this machine's speed.")] = None,
    passphrase: Annotated[
        bool | None,
        typer.Option("--passphrase/--no-passphrase", help="Encrypt your practice log, or no longer; nothing else."),
    ] = None,
) -> None:
    """Fetch and verify Whisper's weights, and render the library's lines."""
    if passphrase is not None:
        encrypt(passphrase)
        return
    from rehearse.scenarios import loader
    from rehearse.stage import voice_for

    console = Console()
    checkpoint = weights(model, console)
    if model:
        choose(model, models_dir())
    console.print(f"Whisper: {checkpoint.stem}, verified", soft_wrap=True)
    _natural_weights(console)
    for path in loader.library().values():
        scene = loader.load(path)
        with (
            console.status(f"Preparing the voices of “{scene.title}”…"),
            voice_for(scene, lambda _: None) as voice,
        ):
            console.print(f"Voices: {scene.id}, {voice.engine}")


def weights(model: str | None, console: Console) -> Path:
    """The verified checkpoint of `model`, or of the one chosen for this machine; fetched if it has to be.

    Raises:
        WeightsError: it is unknown, unreachable or corrupt.
    """
    with console.status("Checking Whisper's weights"):
        name = model or default_model(models_dir())
    with download_bars(console) as show:
        return ensure_weights(name, models_dir(), show)


def _natural_weights(console: Console) -> None:
    """Fetch Kokoro's weights where the extra is installed. The system's voice is there in any case."""
    if not installed():
        return
    try:
        with download_bars(console) as show:
            ensure_kokoro(kokoro_dir(), show)
    except WeightsError as error:
        console.print(f"Natural voices: {error}", soft_wrap=True, markup=False, highlight=False)
    else:
        console.print("Natural voices: verified; `rehearse voices prepare` renders the library's lines in them")


@contextmanager
def download_bars(console: Console) -> Iterator[ShowProgress]:
    """Shows a bar for each thing that is being fetched."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    ) as bars:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield show
