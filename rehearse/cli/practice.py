"""`rehearse practice` and plain `rehearse`: hold a role-play."""

import secrets
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from rehearse.agent.drill_scene import DrillScene
from rehearse.agent.partner import Mode
from rehearse.audio.mixdown import Mixdown
from rehearse.cli.chosen_devices import choose_devices
from rehearse.cli.display import NAME_WIDTH
from rehearse.cli.holding import hold
from rehearse.cli.keeping import AtTheEnd, OwnKeeping, SessionKeeper, in_a_report
from rehearse.cli.mood import Before, with_mood
from rehearse.cli.own_log import at_keyboard, own_log
from rehearse.cli.setup import weights
from rehearse.errors import NOT_BY_VOICE, LogError, RepliesError, UsageError
from rehearse.paths import settings_file
from rehearse.practice.earlier import Figures, earlier_sessions
from rehearse.practice.session import DRILL, Session
from rehearse.room import headset as by_headset
from rehearse.scenarios.loader import find
from rehearse.scenarios.schema import Scenario
from rehearse.settings import Settings
from rehearse.stage import Busy, Stage, keyboard, recordings, written
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
HowHard = Annotated[
    Mode | None,
    typer.Option("--mode", help="guided: hints unasked; hard: less patience, one second try. Else as in the settings."),
]
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


@dataclass(frozen=True, slots=True)
class ByVoice:
    """What a conversation by voice is to be held with; None for what is remembered, else the system's own choice."""

    model: str | None = None
    microphone: str | None = None
    loudspeaker: str | None = None
    worn: bool | None = None
    """Whether they are a headset."""
    keep_audio: bool = False


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
    mode: HowHard = None,
    input_: Input = None,
    output: Output = None,
    headset: Headset = None,
    keep_audio: KeepAudio = False,
) -> None:
    """Hold a role-play: by voice, typed with --text, or with recorded replies."""
    play(
        lambda _: find(scenario),
        paths=paths_of(replies, more),
        say_to=say_to,
        report=report,
        text=text,
        seed=seed,
        mode=mode,
        voice=ByVoice(model, input_, output, headset, keep_audio=keep_audio),
    )


def paths_of(replies: list[Path] | None, more: list[Path] | None) -> list[Path]:
    """All recorded replies: a shell has put those after the first among the arguments.

    Raises:
        UsageError: there are only those after the first.
    """
    if more and not replies:
        raise UsageError(f"{str(more[0])!r} is one argument too many; recorded replies come after --replies")
    return [*(replies or []), *(more or [])]


def play(
    scene_for: Callable[[int], Scenario],
    *,
    paths: list[Path],
    say_to: Path | None,
    report: Path | None,
    text: bool,
    seed: int | None,
    mode: Mode | None,
    voice: ByVoice,
) -> None:
    """Hold what `scene_for` makes of the seed, as the options say.

    Raises:
        RehearseError: as those do, or as a stage does; `UsageError` where they do not go together.
    """
    if say_to and not paths:
        raise UsageError("--say-to goes with --replies; a live conversation is never recorded")
    if text and paths:
        raise UsageError("--text and --replies exclude each other; leave one out")
    if say_to and say_to == report:
        raise UsageError("--say-to and --report name the same file; give each its own")
    if (text or paths) and (voice.microphone or voice.loudspeaker or voice.worn is not None):
        raise UsageError("--input, --output and --headset are for a conversation by voice; leave them out")
    if voice.keep_audio and (text or paths or report):
        raise UsageError("--keep-audio is for a conversation by voice that is kept in your log; leave it out")
    seed = secrets.randbelow(2**31) if seed is None else seed
    scene = scene_for(seed)
    mode = mode or Mode(Settings.load(settings_file()).mode)
    for path in filter(None, (say_to, report)):
        check_writable(path)
    if paths:
        _with_replies(scene, seed, mode, _expanded(paths), voice.model, say_to, report)
    elif text:
        by_keyboard(scene, seed, mode, _keeper(scene, report, mode, "typed"))
    else:
        by_voice(scene, seed, mode, _keeper(scene, report, mode, "voice"), voice)


def by_voice(
    scene: Scenario,
    seed: int,
    mode: Mode,
    keeper: SessionKeeper,
    voice: ByVoice,
    *,
    before: Before = nullcontext,
) -> None:
    """Hold it with microphone and loudspeaker; where that cannot be (`NOT_BY_VOICE`), by keyboard. `before`: what comes
    first.

    Raises:
        RehearseError: so it is, and nobody is at a keyboard, or a device was named.
        RehearseError: as `hold` does.
    """
    console = Console()
    try:
        chosen = choose_devices(voice.microphone, voice.loudspeaker, settings_file(), console)
        checkpoint = weights(voice.model, console)
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
                    worn=chosen.headset if voice.worn is None else voice.worn,
                    keep_sound=keeper.hear if voice.keep_audio and isinstance(keeper, OwnKeeping) else None,
                ),
                keeper,
                console,
                before,
            ),
            keeper=keeper,
            earlier=earlier(),
            waiting=Settings.load(settings_file()).waiting,
            country=Settings.load(settings_file()).country,
            mode=mode,
        )
    except NOT_BY_VOICE as lack:
        if not at_keyboard() or voice.microphone or voice.loudspeaker:
            raise
        print(f"rehearse: {lack}; going on by keyboard", file=sys.stderr)  # noqa: T201
        by_keyboard(scene, seed, mode, keeper, before=before)


def by_keyboard(scene: Scenario, seed: int, mode: Mode, keeper: SessionKeeper, *, before: Before = nullcontext) -> None:
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
        country=Settings.load(settings_file()).country,
        mode=mode,
    )


def _with_replies(
    scene: Scenario,
    seed: int,
    mode: Mode,
    paths: list[Path],
    model: str | None,
    say_to: Path | None,
    report: Path | None,
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

    country = Settings.load(settings_file()).country
    hold(scene, seed=seed, console=console, stage=stage, keeper=AtTheEnd(keep), mode=mode, country=country)


def _keeper(scene: Scenario, report: Path | None, mode: Mode, medium: str) -> SessionKeeper:
    """Keeps the report where it was asked for; else all of it in the person's own log."""
    console = Console()
    kept_as = DRILL if isinstance(scene, DrillScene) else mode
    return in_a_report(console, report) if report else OwnKeeping(console, mode=kept_as, medium=medium)


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
