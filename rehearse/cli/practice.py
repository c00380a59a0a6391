"""`rehearse practice` and plain `rehearse`: hold a role-play."""

import secrets
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rehearse.audio.mixdown import Mixdown
from rehearse.cli.chosen_devices import choose_devices
from rehearse.cli.display import NAME_WIDTH
from rehearse.cli.holding import hold, keep_report
from rehearse.cli.setup import weights
from rehearse.errors import NoDevice, RepliesError, UsageError
from rehearse.paths import sessions_dir, settings_file
from rehearse.practice.earlier import Figures, earlier_sessions
from rehearse.practice.session import Session
from rehearse.scenarios.loader import find
from rehearse.scenarios.schema import Scenario
from rehearse.settings import Settings
from rehearse.stage import Busy, Stage, keyboard, recordings, written
from rehearse.stage import headset as by_headset
from rehearse.whole_files import check_writable

RECORDING_SUFFIXES = {".wav", ".flac", ".ogg", ".opus", ".mp3", ".aiff", ".aif"}

ScenarioName = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario's name, or its file.")]
MorePaths = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", hidden=True)]
Replies = Annotated[
    list[Path] | None,
    typer.Option(metavar="PATH...", help="Recordings that answer: files, a folder, or a .txt, one reply a line."),
]
SayTo = Annotated[
    Path | None, typer.Option(metavar="OUT.wav", help="Write the conversation as heard (with --replies).")
]
Report = Annotated[Path | None, typer.Option(metavar="OUT.json", help="Write the report here.")]
Text = Annotated[bool, typer.Option("--text", help="Type instead of speaking.")]
Seed = Annotated[int | None, typer.Option(min=0, help="Makes the partner's choice of words repeatable.")]
Model = Annotated[str | None, typer.Option(help="A Whisper model, such as tiny.en or base.en.")]
Input = Annotated[
    str | None,
    typer.Option("--input", metavar="NAME", help='A part of the microphone\'s name, or "default". It is remembered.'),
]
Headset = Annotated[
    bool | None,
    typer.Option("--headset/--no-headset", help="Whether the microphone does not hear the loudspeaker."),
]
Output = Annotated[
    str | None,
    typer.Option("--output", metavar="NAME", help='A part of the loudspeaker\'s name, or "default". It is remembered.'),
]


def practice(
    scenario: ScenarioName,
    more: MorePaths = None,
    *,
    replies: Replies = None,
    say_to: SayTo = None,
    report: Report = None,
    text: Text = False,
    seed: Seed = None,
    model: Model = None,
    input_: Input = None,
    output: Output = None,
    headset: Headset = None,
) -> None:
    """Hold a role-play: by voice, typed with --text, or with recorded replies."""
    paths = [*(replies or []), *(more or [])]
    if more and not replies:
        raise UsageError(f"{str(more[0])!r} is one argument too many; recorded replies come after --replies")
    if say_to and not paths:
        raise UsageError("--say-to goes with --replies; a live conversation is never recorded")
    if text and paths:
        raise UsageError("--text and --replies exclude each other; leave one out")
    if say_to and say_to == report:
        raise UsageError("--say-to and --report name the same file; give each its own")
    if (text or paths) and (input_ or output or headset is not None):
        raise UsageError("--input, --output and --headset are for a conversation by voice; leave them out")
    scene = find(scenario)
    seed = secrets.randbelow(2**31) if seed is None else seed
    for path in filter(None, (say_to, report)):
        check_writable(path)
    if paths:
        _with_replies(scene, seed, _expanded(paths), model, say_to, report)
    elif text:
        _by_keyboard(scene, seed, report)
    else:
        _by_voice(scene, seed, report, model, input_, output, headset)


def _by_voice(
    scene: Scenario,
    seed: int,
    report: Path | None,
    model: str | None,
    microphone: str | None,
    loudspeaker: str | None,
    worn: bool | None,
) -> None:
    console = Console()
    try:
        chosen = choose_devices(microphone, loudspeaker, settings_file(), console)
        checkpoint = weights(model, console)
        hold(
            scene,
            seed=seed,
            console=console,
            stage=lambda busy: by_headset(
                scene,
                checkpoint,
                busy,
                microphone=chosen.microphone,
                loudspeaker=chosen.loudspeaker,
                worn=chosen.headset if worn is None else worn,
            ),
            keep=keep_for(scene, report, console),
            earlier=earlier(),
            waiting=Settings.load(settings_file()).waiting,
            country=Settings.load(settings_file()).country,
        )
    except NoDevice as lack:
        if not at_keyboard() or microphone or loudspeaker:
            raise
        print(f"rehearse: {lack}; going on by keyboard", file=sys.stderr)  # noqa: T201
        _by_keyboard(scene, seed, report)


def _by_keyboard(scene: Scenario, seed: int, report: Path | None) -> None:
    console = Console()
    somebody = at_keyboard()
    hold(
        scene,
        seed=seed,
        console=console,
        stage=lambda _: keyboard(f"{'You':{NAME_WIDTH}}" if somebody else ""),
        keep=keep_for(scene, report, console),
        earlier=earlier(),
        typed=somebody,
        country=Settings.load(settings_file()).country,
    )


def _with_replies(
    scene: Scenario, seed: int, paths: list[Path], model: str | None, say_to: Path | None, report: Path | None
) -> None:
    console = Console()
    room = Mixdown()

    def keep(session: Session) -> None:
        if report:
            keep_report(console, report)(session)
        if say_to:
            room.write(say_to)

    from_text = paths[0].suffix.lower() == ".txt"
    checkpoint = None if from_text else weights(model, console)

    def stage(busy: Busy) -> Stage:
        if checkpoint is None:
            return written(scene, busy, path=paths[0], room=room, aloud=say_to is not None)
        return recordings(scene, checkpoint, busy, paths=paths, room=room)

    hold(scene, seed=seed, console=console, stage=stage, keep=keep, country=Settings.load(settings_file()).country)


def keep_for(scene: Scenario, report: Path | None, console: Console) -> Callable[[Session], None]:
    """Keeps the report where it was asked for; else among the person's own, if there is anything in it."""
    if report:
        return keep_report(console, report)

    def keep(session: Session) -> None:
        if session.turns:
            keep_report(console, _own_report(scene))(session)
            if session.broken_off:
                return
            console.print(
                "If you see a verdict differently: `rehearse contest` lists them.", style="dim", highlight=False
            )

    return keep


def _own_report(scene: Scenario) -> Path:
    return sessions_dir() / f"{datetime.now():%Y-%m-%d-%H%M%S-%f}-{scene.id}.json"


def earlier() -> list[Figures]:
    """The person's earlier sessions, to compare one with."""
    with suppress(OSError):  # a home that cannot be written is no reason not to practise
        return earlier_sessions(sessions_dir())
    return []


def at_keyboard() -> bool:
    """Whether there is somebody at a keyboard."""
    return sys.stdin is not None and sys.stdin.isatty()


def _expanded(paths: list[Path]) -> list[Path]:
    """The files themselves: a folder stands for its recordings in order of name."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(each for each in path.iterdir() if each.suffix.lower() in RECORDING_SUFFIXES)
            if not found:
                raise RepliesError(f"the folder {str(path)!r} holds no recording; put WAV, FLAC or Ogg files in it")
            files += found
        else:
            files.append(path)
    if len(files) > 1 and any(file.suffix.lower() == ".txt" for file in files):
        raise RepliesError("a text file answers a whole session; give one .txt alone, or recordings alone")
    return files
