"""`rehearse setup`: fetch what a first conversation needs, so that no partner ever waits for a download."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from rehearse.audio.model_choice import choose, default_model
from rehearse.audio.weights import ensure_weights
from rehearse.paths import models_dir


def setup(
    model: Annotated[str | None, typer.Option(help="A Whisper model; chosen by this machine's speed.")] = None,
) -> None:
    """Fetch and verify Whisper's weights, and render the library's lines."""
    from rehearse.scenarios import loader
    from rehearse.stage import voice_for

    console = Console()
    checkpoint = weights(model, console)
    if model:
        choose(model, models_dir())
    console.print(f"Whisper: {checkpoint.stem}, verified", soft_wrap=True)
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

        task = bars.add_task("Checking Whisper's weights", total=None)
        name = model or default_model(models_dir())
        bars.remove_task(task)
        return ensure_weights(name, models_dir(), show)
