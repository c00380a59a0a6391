"""`rehearse voices`: what a partner can sound like."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from rehearse.audio.files import write_wav
from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.kokoro_voice import KokoroVoice, installed
from rehearse.audio.kokoro_weights import KokoroFiles, ensure_kokoro
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.natural_voices import NATURAL_VOICES, SYSTEM, find_natural
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.cli.setup import download_bars
from rehearse.dialogue import Line, Speaker
from rehearse.errors import VoiceEngineMissing
from rehearse.partner_voice import kokoro_dir, lines_dir, partner_lines, partner_voice
from rehearse.paths import settings_file
from rehearse.scenarios import loader
from rehearse.scenarios.schema import Scenario
from rehearse.settings import Settings
from rehearse.whole_files import check_writable

app = typer.Typer(help="What a partner can sound like.")

FITTING = "fitting"
"""The name that stands for the voice that fits each scenario."""
AUDITION = "Hi. It's been a long day, and I'm glad you're here. Can I tell you about it?"
_INSTALL = "install the natural voices with `pip install 'rehearse[natural]'`"
_COSTS = "about 100 MB to fetch once; 450 MB of memory and, on a slow machine, some minutes a scenario to prepare"


@app.callback(invoke_without_command=True)
def voices(context: typer.Context) -> None:
    """List the voices; `use` chooses one, `try` lets you hear one."""
    if context.invoked_subcommand is None:
        _list(Console())


def _list(console: Console) -> None:
    chosen = Settings.load(settings_file()).partner_voice
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("name", "kind", "state", ""):
        table.add_column(heading)
    table.add_row(SYSTEM, "the system's own", "always there", _mark(chosen == SYSTEM))
    state = _state()
    for voice in NATURAL_VOICES:
        kind = f"natural, {voice.gender}, {voice.accent.capitalize()}"
        table.add_row(voice.name, kind, state, _mark(chosen == voice.name))
    console.print(table)
    if chosen is None:
        console.print("Each partner has the voice that fits; `rehearse voices use NAME` chooses one for all.")
    if state != "ready":
        step = "`rehearse voices prepare`" if installed() else f"{_INSTALL}, then `rehearse voices prepare`"
        console.print(f"The natural voices cost {_COSTS}: {step}.", markup=False)


def _state() -> str:
    if not installed():
        return "not installed"
    return "ready" if KokoroFiles.below(kokoro_dir()).there else "installed, without weights"


def _mark(chosen: bool) -> str:
    return "chosen" if chosen else ""


@app.command()
def use(name: Annotated[str, typer.Argument(help=f"A voice, `{SYSTEM}`, or `{FITTING}`.")]) -> None:
    """Choose the voice of every partner, or the one that fits each."""
    if name not in (SYSTEM, FITTING):
        find_natural(name)
    settings = Settings.load(settings_file())
    settings.model_copy(update={"partner_voice": None if name == FITTING else name}).save(settings_file())
    told = "Each partner has the voice that fits." if name == FITTING else f"Every partner has the voice “{name}”."
    typer.echo(told)
    if name not in (SYSTEM, FITTING):
        typer.echo("It speaks in a scenario once all its lines are rendered: `rehearse voices prepare` does that now.")


@app.command("try")
def try_(
    name: Annotated[str, typer.Argument(help=f"A voice, or `{SYSTEM}`.")],
    *,
    say_to: Annotated[
        Path | None, typer.Option(metavar="OUT.wav", help="Write it to a file instead of playing it.")
    ] = None,
) -> None:
    """Hear a voice."""
    if say_to:
        check_writable(say_to)
    console = Console()
    line = Line(AUDITION, Speaker.PARTNER)
    if name == SYSTEM:
        with Pyttsx3Voice("female") as system:
            samples = system.render(line)
    else:
        voice = find_natural(name)
        _need_kokoro(console)
        with KokoroVoice(voice, kokoro_dir()) as kokoro, console.status("Rendering…"):
            samples = CachedVoice(kokoro, lines_dir()).render(line)
    if say_to:
        write_wav(say_to, samples, VOICE_RATE)
    else:
        _play(samples)


def _play(samples: Samples) -> None:
    from rehearse.audio.loudspeaker import Loudspeaker

    with Loudspeaker() as loudspeaker:
        loudspeaker.play(samples)
        while loudspeaker.busy:
            time.sleep(0.02)


@app.command()
def prepare(
    scenarios: Annotated[
        list[str] | None, typer.Argument(metavar="[SCENARIO]...", help="Scenarios or their files; all, without any.")
    ] = None,
) -> None:
    """Render the partners' lines in their natural voices, so that no session waits for them."""
    scenes = [loader.find(name) for name in scenarios or loader.library()]
    console = Console()
    chosen = Settings.load(settings_file()).partner_voice
    if chosen == SYSTEM:
        typer.echo("You have chosen the system's voice, which needs no preparing; `rehearse voices use` chooses again.")
        return
    _need_kokoro(console)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    ) as bars:
        for scene in scenes:
            _prepare(scene, chosen, bars)


def _prepare(scene: Scenario, chosen: str | None, bars: Progress) -> None:
    natural = partner_voice(scene.partner, chosen).natural
    assert natural, "the system's voice needs no preparing"
    task = bars.add_task(f"{scene.title} ({natural.name})", total=None)
    with KokoroVoice(natural, kokoro_dir()) as kokoro:
        CachedVoice(kokoro, lines_dir()).prepare(
            partner_lines(scene), lambda done, of: bars.update(task, completed=done, total=of)
        )


def _need_kokoro(console: Console) -> None:
    """Fetch what is missing of the weights.

    Raises:
        VoiceEngineMissing: the extra is not installed.
        WeightsError: they cannot be fetched, or are damaged.
    """
    if not installed():
        raise VoiceEngineMissing(f"the natural voices are not installed; {_INSTALL}")
    with download_bars(console) as show:
        ensure_kokoro(kokoro_dir(), show)
