"""Sets the stage: puts mouths and ears together from what is at hand.

Everything slow (rendering, loading a model) has been done when a stage is yielded, so that nobody waits in the middle
of a conversation. `Rehearsal.hold` plays on it.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rehearse.agent import coach_lines, interview, journaling, reception_lines, talk_questions
from rehearse.agent.commands import spoken_forms
from rehearse.agent.loop import Devices, Ear, Mouth
from rehearse.audio.at_once import AtOnce
from rehearse.audio.late_recognizer import LateDecoder, LateRecognizer, is_lack_of_memory
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.listening import Listener
from rehearse.audio.mixdown import Mixdown
from rehearse.audio.model_choice import QUICKER
from rehearse.audio.own_pauses import OwnPauses
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.recordings import RecordedReplies
from rehearse.audio.speaking import Speech
from rehearse.audio.turn_taking import TurnTaker
from rehearse.audio.voice import Voice
from rehearse.audio.voice_activity import Silero
from rehearse.audio.voicing import Voicing
from rehearse.audio.volume import Volume
from rehearse.audio.weights import weights_there
from rehearse.dialogue import Line, Speaker
from rehearse.errors import HearingFailed
from rehearse.partner_voice import lines_dir, partner_voice, speaks_any_words, with_natural_partner
from rehearse.paths import models_dir, settings_file
from rehearse.safety.texts import country_of, known_texts
from rehearse.scenarios.schema import Scenario
from rehearse.settings import Settings
from rehearse.written import Keyboard, PrintedLines, WrittenReplies

if TYPE_CHECKING:
    from rehearse.audio.whisper_transcriber import WhisperTranscriber

Busy = Callable[[str | None], None]
"""Called with what is being done when it may take longer than a second, and with None when it is done."""


class Cast(NamedTuple):
    """Who plays on a stage."""

    mouth: Mouth
    ear: Ear
    devices: Devices | None = None
    """What both need and may lose; None where they need none."""
    quotes: bool = True
    """Whether the mouth can say the partner's lines that were not known ahead in the partner's own voice."""
    clock: Callable[[], float] = float
    """What the ear counts time by, in seconds: it may have heard others before."""
    types: bool = False
    """Whether the ear also takes what is typed."""


Stage = AbstractContextManager[Cast]


@contextmanager
def recordings(
    scenario: Scenario, checkpoint: Path, busy: Busy, *, paths: Sequence[Path], room: Mixdown
) -> Iterator[Cast]:
    """Spoken into `room` and answered by the recordings at `paths`, faster than real time.

    Raises:
        AudioFileError: a recording cannot be used.
        VoiceError: no speech engine, or one that fails.
    """
    replies = RecordedReplies(paths, room)
    loaded: Future[WhisperTranscriber] = Future()
    loaded.set_result(load_whisper(checkpoint, busy))
    with voice_for(scenario, busy) as voice:
        ear = Listener(
            replies,
            Voicing(Silero()),
            TurnTaker(),
            LateDecoder(with_a_smaller_one(loaded)),
            busy,
            AtOnce(),
            own_pauses=OwnPauses(),
        )
        yield Cast(Speech(voice, Volume(room)), ear, quotes=speaks_any_words(voice))


@contextmanager
def written(scenario: Scenario, busy: Busy, *, path: Path, room: Mixdown, aloud: bool) -> Iterator[Cast]:
    """Answered by the lines of the text file at `path`; spoken into `room` if `aloud`.

    Raises:
        RepliesError: the file cannot be used.
        VoiceError: no speech engine, or one that fails.
    """
    replies = WrittenReplies(path, room)
    if aloud:
        with voice_for(scenario, busy) as voice:
            yield Cast(Speech(voice, Volume(room)), replies, quotes=speaks_any_words(voice))
    else:
        yield Cast(PrintedLines(), replies)


@contextmanager
def keyboard(prompt: str) -> Iterator[Cast]:
    """Printed, and answered at the keyboard."""
    yield Cast(PrintedLines(), Keyboard(prompt))


@contextmanager
def voice_for(scenario: Scenario, busy: Busy, pace: float = 1.0) -> Iterator[Voice]:
    """The voices of a scenario, with everything that can be known rendered at `pace`.

    Raises:
        VoiceError: no speech engine, or one that fails.
    """
    busy("Preparing the voices…")
    wanted = partner_voice(scenario.partner, Settings.load(settings_file()).partner_voice)
    with Pyttsx3Voice(wanted.gender) as engine:
        system = CachedVoice(engine, lines_dir())
        paced = [replace(line, pace=pace) for line in known_lines(scenario)]
        system.prepare(paced, lambda done, of: busy(f"Preparing the voices… {done} of {of} lines"))
        with with_natural_partner(scenario, wanted.natural, system) as voice:
            busy(None)
            yield voice


@contextmanager
def coach_for(scenario: Scenario | None) -> Iterator[Voice]:
    """The coach's voice of a scenario, or of none, and the system's for the partner, with nothing rendered yet.

    Raises:
        VoiceError: no speech engine, or one that fails.
    """
    chosen = Settings.load(settings_file()).partner_voice
    gender = partner_voice(scenario.partner, chosen).gender if scenario else "female"
    with Pyttsx3Voice(gender) as engine:
        yield CachedVoice(engine, lines_dir())


def known_lines(scenario: Scenario) -> list[Line]:
    """Every line that can be known before the person has said a word."""
    lines = [*map(coach_lines.coach, (*scenario.said_by_coach, coach_lines.HOW_TO))]
    for state in scenario.states.values():
        lines += [Line(text, Speaker.PARTNER, state.mood) for text in state.known_lines]
        lines += [coach_lines.hint(state.hint)] if state.hint else []
        lines += [coach_lines.example(each.say) for each in state.instead.values()]
        lines += map(coach_lines.coach, state.answers)
    outside = known_texts(country_of(Settings.load(settings_file()).country))
    return [*lines, *map(coach_lines.coach, (*coach_lines.FIXED, *outside))]


_AT_THE_DOOR = (*reception_lines.FIXED, *interview.FIXED, *journaling.FIXED, *talk_questions.FIXED)


def known_at_the_door() -> list[Line]:
    """Every line of a reception or an interview that does not depend on who comes."""
    return list(map(coach_lines.coach, _AT_THE_DOOR))


def load_whisper(checkpoint: Path, busy: Busy) -> "WhisperTranscriber":
    """Whisper for a conversation, and somebody told that it takes a while."""
    busy("Loading Whisper…")
    whisper = whisper_for_commands(checkpoint)
    busy(None)
    return whisper


def whisper_for_commands(checkpoint: Path) -> "WhisperTranscriber":
    """Whisper, told what people say to the program; tiny.en where there is too little memory for `checkpoint`.

    Raises:
        HearingFailed: there is too little for that too.
    """
    try:
        return _whisper_for_commands(checkpoint)
    except (MemoryError, RuntimeError) as error:
        if not is_lack_of_memory(error):
            raise
    if smaller := _smaller_than(checkpoint):
        return whisper_for_commands(smaller)
    raise HearingFailed("there is too little memory for Whisper: close other programs, or practise with --text")


def _whisper_for_commands(checkpoint: Path) -> "WhisperTranscriber":
    from rehearse.audio.whisper_transcriber import (  # imports torch: two seconds
        LONG,
        NEARLY,
        NEARLY_LONG,
        NEARLY_UNMISTAKABLE,
        WhisperTranscriber,
    )

    plain, addressed = (spoken_forms(addressed=each) for each in (False, True))
    phrases = {said: NEARLY_LONG if len(said) >= LONG else NEARLY for said in plain}
    phrases |= dict.fromkeys(addressed, NEARLY_UNMISTAKABLE)
    whisper = WhisperTranscriber(checkpoint, phrases=phrases)
    whisper.warm_up()
    return whisper


def with_a_smaller_one(whisper: "Future[WhisperTranscriber]") -> LateRecognizer:
    """`whisper`, and tiny.en in its place where memory runs out."""
    return LateRecognizer(whisper, lambda: _smaller_than(whisper.result().checkpoint), whisper_for_commands)


def _smaller_than(checkpoint: Path) -> Path | None:
    return weights_there(QUICKER, models_dir()) if checkpoint.stem != QUICKER else None
