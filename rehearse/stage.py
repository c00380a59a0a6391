"""Sets the stage: puts mouths and ears together from what is at hand.

Everything slow (rendering, loading a model) has been done when a stage is yielded, so that nobody waits in the middle
of a conversation. `Rehearsal.hold` plays on it.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.agent import coach_lines
from rehearse.agent.commands import over_a_line
from rehearse.agent.loop import Ear, Mouth
from rehearse.audio.at_once import AtOnce
from rehearse.audio.devices import find_input, find_output
from rehearse.audio.echo import EchoCanceller
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.listening import FrameSource, Listener
from rehearse.audio.live import LiveReplies
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.microphone import Microphone
from rehearse.audio.mixdown import Mixdown
from rehearse.audio.own_pauses import OwnPauses, remember, remembered
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.recordings import RecordedReplies
from rehearse.audio.speaking import SharedFloor, Speech
from rehearse.audio.turn_taking import TurnTaker
from rehearse.audio.voice import Voice
from rehearse.audio.voice_activity import Silero, SpeechProbability
from rehearse.audio.voicing import Voicing
from rehearse.dialogue import Line, Speaker
from rehearse.paths import cache_dir, pauses_file
from rehearse.scenarios.schema import Scenario
from rehearse.written import Keyboard, PrintedLines, WrittenReplies

if TYPE_CHECKING:
    from rehearse.audio.whisper_transcriber import WhisperTranscriber

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
    worn: bool | None = None,
) -> Iterator[tuple[Mouth, Ear]]:
    """Spoken and heard through sound devices, each named by a part of its name, or the system's default.

    `worn`: whether they are a headset, so that the microphone does not hear the loudspeaker; None to go by the name.

    Raises:
        DeviceError: there is none, or it fails.
        VoiceError: no speech engine, or one that fails.
    """
    with (
        voice_for(scenario, busy) as voice,
        Microphone(find_input(microphone)) as hearing,
        Loudspeaker(find_output(loudspeaker)) as output,
    ):
        overhears = output.device.headset if worn is None else worn
        detect = Voicing(Silero())
        # What is transcribed keeps the echo: taking it out takes some of the words with it.
        detector = detect if overhears else _without_echo(EchoCanceller(output, hearing), detect)
        with _live_ear(LiveReplies(hearing), detector, checkpoint, busy, overhears=overhears) as ear:
            yield Speech(voice, output, SharedFloor(output, ear).follow), ear


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
        ear = Listener(
            replies, Voicing(Silero()), TurnTaker(), _whisper(checkpoint, busy), busy, AtOnce(), own_pauses=OwnPauses()
        )
        yield Speech(voice, room), ear


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
            yield Speech(voice, room), replies
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
        lines += [Line(text, Speaker.PARTNER, state.mood) for text in state.known_lines]
        lines += [coach_lines.hint(state.hint)] if state.hint else []
    return [*lines, *map(coach_lines.coach, coach_lines.FIXED)]


@contextmanager
def _live_ear(
    source: FrameSource, detector: SpeechProbability, checkpoint: Path, busy: Busy, *, overhears: bool
) -> Iterator[Listener]:
    """Transcribes while the person pauses, and remembers how long they do."""
    own_pauses = OwnPauses()
    with suppress(OSError):  # a home that cannot be written is no reason not to practise
        own_pauses = remembered(pauses_file())
    whisper = _whisper(checkpoint, busy)
    from rehearse.audio.word_spotter import WordSpotter  # imports torch

    with ThreadPoolExecutor(1, thread_name_prefix="transcription") as worker:
        ear = Listener(
            source,
            detector,
            TurnTaker(),
            whisper,
            busy,
            worker,
            own_pauses=own_pauses,
            overhears=overhears,
            commands=WordSpotter(whisper, over_a_line()),
        )
        try:
            yield ear
        finally:
            ear.close()
            with suppress(OSError):
                remember(own_pauses, pauses_file())


def _without_echo(echo: EchoCanceller, detect: SpeechProbability) -> SpeechProbability:
    return lambda frame: detect(echo(frame))


def _whisper(checkpoint: Path, busy: Busy) -> "WhisperTranscriber":
    busy("Loading Whisper…")
    from rehearse.audio.whisper_transcriber import WhisperTranscriber  # imports torch: two seconds

    transcriber = WhisperTranscriber(checkpoint)
    busy(None)
    return transcriber
