"""`rehearse practice` and plain `rehearse`: hold a role-play."""

import secrets
import sys
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rehearse.audio.mixdown import Mixdown
from rehearse.cli.chosen_devices import choose_devices
from rehearse.cli.display import NAME_WIDTH
from rehearse.cli.holding import hold
from rehearse.cli.keeping import AtTheEnd, OwnKeeping, SessionKeeper, in_a_report
from rehearse.cli.mood import Before, with_mood
from rehearse.cli.own_log import at_keyboard, own_log
from rehearse.cli.setup import weights
from rehearse.errors import LogError, NoDevice, RepliesError, UsageError
from rehearse.paths import settings_file
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
KeepAudio = Annotated[
    bool, typer.Option("--keep-audio", help="Keep how your answers sound for some days (`settings sound-days`).")
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
    keep_audio: KeepAudio = False,
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
    if keep_audio and (text or paths or report):
        raise UsageError("--keep-audio is for a conversation by voice that is kept in your log; leave it out")
    scene = find(scenario)
    seed = secrets.randbelow(2**31) if seed is None else seed
    for path in filter(None, (say_to, report)):
        check_writable(path)
    if paths:
        _with_replies(scene, seed, _expanded(paths), model, say_to, report)
    elif text:
        by_keyboard(scene, seed, _keeper(scene, report, "typed"))
    else:
        keeper = _keeper(scene, report, "voice")
        by_voice(scene, seed, keeper, model, input_, output, headset, keep_audio=keep_audio)


def by_voice(
    scene: Scenario,
    seed: int,
    keeper: SessionKeeper,
    model: str | None = None,
    microphone: str | None = None,
    loudspeaker: str | None = None,
    worn: bool | None = None,
    *,
    keep_audio: bool = False,
    before: Before = nullcontext,
) -> None:
    """Hold it with microphone and loudspeaker; where there are none, by keyboard. `before`: what comes first.

    Raises:
        NoDevice: there are none, and nobody at a keyboard, or one was named.
        RehearseError: as `hold` does.
    """
    console = Console()
    try:
        chosen = choose_devices(microphone, loudspeaker, settings_file(), console)
        checkpoint = weights(model, console)
        hold(
            scene,
            seed=seed,
            console=console,
            stage=lambda busy: with_mood(
                by_headset(
                    scene,
                    checkpoint,
                    busy,
                    microphone=chosen.microphone,
                    loudspeaker=chosen.loudspeaker,
                    worn=chosen.headset if worn is None else worn,
                    keep_sound=keeper.hear if keep_audio and isinstance(keeper, OwnKeeping) else None,
                ),
                keeper,
                console,
                before,
            ),
            keeper=keeper,
            earlier=earlier(),
            waiting=Settings.load(settings_file()).waiting,
        )
    except NoDevice as lack:
        if not at_keyboard() or microphone or loudspeaker:
            raise
        print(f"rehearse: {lack}; going on by keyboard", file=sys.stderr)  # noqa: T201
        by_keyboard(scene, seed, keeper, before=before)


def by_keyboard(scene: Scenario, seed: int, keeper: SessionKeeper, *, before: Before = nullcontext) -> None:
    """Hold it typed. `before`: what comes first.

    Raises:
        RehearseError: as `hold` does.
    """
    console = Console()
    somebody = at_keyboard()
    hold(
        scene,
        seed=seed,
        console=console,
        stage=lambda _: with_mood(
            keyboard(f"{'You':{NAME_WIDTH}}" if somebody else ""), keeper, console, before, typed=True
        ),
        keeper=keeper,
        earlier=earlier(),
        typed=somebody,
    )


def _with_replies(
    scene: Scenario, seed: int, paths: list[Path], model: str | None, say_to: Path | None, report: Path | None
) -> None:
    console = Console()
    room = Mixdown()

    def keep(session: Session) -> None:
        if report:
            in_a_report(console, report).end(session)
        if say_to:
            room.write(say_to)

    from_text = paths[0].suffix.lower() == ".txt"
    checkpoint = None if from_text else weights(model, console)

    def stage(busy: Busy) -> Stage:
        if checkpoint is None:
            return written(scene, busy, path=paths[0], room=room, aloud=say_to is not None)
        return recordings(scene, checkpoint, busy, paths=paths, room=room)

    hold(scene, seed=seed, console=console, stage=stage, keeper=AtTheEnd(keep))


def _keeper(scene: Scenario, report: Path | None, medium: str) -> SessionKeeper:
    """Keeps the report where it was asked for; else all of it in the person's own log."""
    console = Console()
    return in_a_report(console, report) if report else OwnKeeping(scene, console, medium=medium)


def earlier() -> list[Figures]:
    """The person's earlier sessions, to compare one with."""
    with suppress(LogError, OSError), own_log() as log:  # a log that cannot be read is no reason not to practise
        return earlier_sessions(log)
    return []


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
