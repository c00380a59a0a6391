"""Sets the stage: puts mouths and ears together from what is at hand.

Everything slow (rendering, loading a model) has been done when a stage is yielded, so that nobody waits in the middle
of a conversation. `Rehearsal.hold` plays on it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from rehearse.agent import coach_lines
from rehearse.agent.loop import Ear, Mouth
from rehearse.audio.devices import find_input, find_output
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.listening import FrameSource, Listener
from rehearse.audio.live import LiveReplies
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.microphone import Microphone
from rehearse.audio.mixdown import Mixdown
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.recordings import RecordedReplies
from rehearse.audio.speaking import Speech
from rehearse.audio.transcriber import Transcriber
from rehearse.audio.turn_taking import TurnTaker
from rehearse.audio.voice import Voice
from rehearse.audio.voice_activity import Silero
from rehearse.dialogue import Line, Speaker
from rehearse.paths import cache_dir
from rehearse.scenarios.schema import Scenario
from rehearse.written import Keyboard, PrintedLines, WrittenReplies

Busy = Callable[[str | None], None]
"""Called with what is being done when it may take longer than a second, and with None when it is done."""
Stage = AbstractContextManager[tuple[Mouth, Ear]]


@contextmanager
def headset(
    scenario: Scenario,
    checkpoint: Path,
    busy: Busy,
    *,
    microphone: str | None = None,
    loudspeaker: str | None = None,
) -> Iterator[tuple[Mouth, Ear]]:
    """Spoken and heard through sound devices, each named by a part of its name, or the system's default.

    Raises:
        DeviceError: there is none, or it fails.
        VoiceError: no speech engine, or one that fails.
    """
    with (
        voice_for(scenario, busy) as voice,
        Microphone(find_input(microphone)) as hearing,
        Loudspeaker(find_output(loudspeaker)) as output,
    ):
        ear = _listener(LiveReplies(hearing), checkpoint, busy, overhears=output.device.headset)
        yield Speech(voice, output, ear.pass_frame), ear


@contextmanager
def recordings(
    scenario: Scenario, checkpoint: Path, busy: Busy, *, paths: Sequence[Path], room: Mixdown
) -> Iterator[tuple[Mouth, Ear]]:
    """Spoken into `room` and answered by the recordings at `paths`, faster than real time.

    Raises:
        AudioFileError: a recording cannot be used.
        VoiceError: no speech engine, or one that fails.
    """
    replies = RecordedReplies(paths, room)
    with voice_for(scenario, busy) as voice:
        ear = _listener(replies, checkpoint, busy)
        yield Speech(voice, room, ear.pass_frame), ear


@contextmanager
def written(scenario: Scenario, busy: Busy, *, path: Path, room: Mixdown, aloud: bool) -> Iterator[tuple[Mouth, Ear]]:
    """Answered by the lines of the text file at `path`; spoken into `room` if `aloud`.

    Raises:
        RepliesError: the file cannot be used.
        VoiceError: no speech engine, or one that fails.
    """
    replies = WrittenReplies(path, room)
    if aloud:
        with voice_for(scenario, busy) as voice:
            yield Speech(voice, room, lambda _: None), replies
    else:
        yield PrintedLines(), replies


@contextmanager
def keyboard(prompt: str) -> Iterator[tuple[Mouth, Ear]]:
    """Printed, and answered at the keyboard."""
    yield PrintedLines(), Keyboard(prompt)


@contextmanager
def voice_for(scenario: Scenario, busy: Busy) -> Iterator[Voice]:
    """The voices of a scenario, with everything that can be known rendered.

    Raises:
        VoiceError: no speech engine, or one that fails.
    """
    busy("Preparing the voices…")
    with Pyttsx3Voice(scenario.partner.voice) as engine:
        voice = CachedVoice(engine, cache_dir() / "voice")
        voice.prepare(known_lines(scenario), lambda done, of: busy(f"Preparing the voices… {done} of {of} lines"))
        busy(None)
        yield voice


def known_lines(scenario: Scenario) -> list[Line]:
    """Every line that can be known before the person has said a word."""
    lines = [coach_lines.coach(scenario.briefing), coach_lines.coach(coach_lines.HOW_TO)]
    for state in scenario.states.values():
        lines += [Line(text, Speaker.PARTNER, state.mood) for text in (*state.lines, *state.waits)]
        lines += [coach_lines.hint(state.hint)] if state.hint else []
    return [*lines, *map(coach_lines.coach, coach_lines.FIXED)]


def _listener(source: FrameSource, checkpoint: Path, busy: Busy, *, overhears: bool = False) -> Listener:
    return Listener(source, Silero(), TurnTaker(), _whisper(checkpoint, busy), busy, overhears=overhears)


def _whisper(checkpoint: Path, busy: Busy) -> Transcriber:
    busy("Loading Whisper…")
    from rehearse.audio.whisper_transcriber import WhisperTranscriber  # imports torch: two seconds

    transcriber = WhisperTranscriber(checkpoint)
    busy(None)
    return transcriber
