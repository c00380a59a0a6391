"""Sets the stage: puts mouths and ears together from what is at hand.

Everything slow (rendering, loading a model) has been done when a stage is yielded, so that nobody waits in the middle
of a conversation. `Rehearsal.hold` plays on it.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rehearse.agent import coach_lines, interview, journaling, reception_lines, talking_over
from rehearse.agent.commands import command_in, over_a_line, over_a_question, spoken_forms
from rehearse.agent.loop import Devices, Ear, Mouth
from rehearse.audio.at_once import AtOnce
from rehearse.audio.cues import Cues
from rehearse.audio.device_pair import DevicePair
from rehearse.audio.devices import Device
from rehearse.audio.echo import EchoCanceller
from rehearse.audio.frames import Samples
from rehearse.audio.late_recognizer import LateDecoder, LateSpotter
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.listening import FrameSource, KeepSound, Listener, NextTyped
from rehearse.audio.live import LiveEar, LiveReplies
from rehearse.audio.mixdown import Mixdown
from rehearse.audio.own_pauses import OwnPauses, remember, remembered
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.recordings import RecordedReplies
from rehearse.audio.rendering_ahead import RenderingAhead
from rehearse.audio.speaking import SharedFloor, Speech
from rehearse.audio.turn_taking import TurnSettings, TurnTaker
from rehearse.audio.voice import Voice
from rehearse.audio.voice_activity import Silero, SpeechProbability
from rehearse.audio.voicing import Voicing
from rehearse.audio.volume import PLACES, Place, Volume
from rehearse.delivery import Delivery
from rehearse.dialogue import Floor, Line, Speaker
from rehearse.errors import OutputError
from rehearse.partner_voice import lines_dir, partner_voice, speaks_any_words, with_natural_partner
from rehearse.paths import pauses_file, settings_file
from rehearse.safety.texts import country_of, known_texts
from rehearse.scenarios.schema import Scenario
from rehearse.screening import screen
from rehearse.settings import Settings
from rehearse.typed import TypedLines
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


Stage = AbstractContextManager[Cast]


class Room:
    """Devices and an ear, open for as long as somebody is there. Whoever speaks in it comes and goes: `cast`."""

    def __init__(
        self, pair: DevicePair, hearing: "_Hearing", ear: Listener, source: LiveReplies, volume: Volume, cues: Cues
    ) -> None:
        self._pair = pair
        self._hearing = hearing
        self._ear = ear
        self._source = source
        self._volume = volume
        self._cues = cues

    @contextmanager
    def cast(self, scenario: Scenario | None, busy: Busy, *, ahead: bool = True) -> Iterator[Cast]:
        """The voices of `scenario`, with its lines rendered before somebody waits for one; if not `ahead`, beside what
        is said. None: only the coach's. How fast and how loud they come to speak is kept.

        Raises:
            VoiceError: no speech engine, or one that fails.
            SettingsDamaged: the person's settings cannot be read.
        """
        settings = Settings.load(settings_file())
        lines = [*known_at_the_door(), *(known_lines(scenario) if scenario else ())]
        with (
            voice_for(scenario, busy, settings.pace) if scenario and ahead else coach_for(scenario) as voice,
            RenderingAhead(voice, lines) as rendering,
        ):
            if not ahead:
                rendering.at_pace(settings.pace)
            mouth = Speech(
                voice,
                self._volume,
                SharedFloor(self._pair.loudspeaker, self._ear).follow,
                cues=self._cues,
                places=self._hearing.places,
                pace=settings.pace,
                at_new_pace=rendering.at_pace,
            )
            devices = _HeadsetDevices(self._pair, self._hearing, self._ear, mouth, busy)
            try:
                yield Cast(
                    mouth,
                    LiveEar(self._ear, self._source),
                    devices,
                    speaks_any_words(voice),
                    lambda: self._source.now_s,
                )
            finally:
                _keep(mouth.delivery, instead_of=settings.delivery)


@contextmanager
def room(
    whisper: "Future[WhisperTranscriber]",
    busy: Busy,
    *,
    microphone: Device | None = None,
    loudspeaker: Device | None = None,
    worn: bool | None = None,
    keep_sound: KeepSound | None = None,
) -> Iterator[Room]:
    """Sound devices, those that were chosen or else the system's own choice. They may go and come back. `whisper` may
    still be loading: until it is there nothing is understood, and everything can be said.

    `worn`: whether they are a headset, so that the microphone does not hear the loudspeaker; None to go by the name.

    Raises:
        DeviceError: there is none, or it fails.
        SettingsDamaged: the person's settings cannot be read.
    """
    settings = Settings.load(settings_file())
    with DevicePair(microphone, loudspeaker) as pair:
        source = LiveReplies(pair.microphone)
        hearing = _Hearing(pair, worn)
        volume = Volume(pair.loudspeaker, settings.volume_db)
        cues = Cues(volume, settings.silent_cues)
        with _live_ear(
            source,
            hearing,
            whisper,
            busy,
            cues,
            overhears=hearing.overhears,
            waiting=settings.waiting,
            keep_sound=keep_sound,
        ) as ear:
            yield Room(pair, hearing, ear, source, volume, cues)


@contextmanager
def headset(
    scenario: Scenario,
    checkpoint: Path,
    busy: Busy,
    *,
    microphone: Device | None = None,
    loudspeaker: Device | None = None,
    worn: bool | None = None,
    keep_sound: KeepSound | None = None,
) -> Iterator[Cast]:
    """A room for one scenario, with everything rendered and loaded.

    Raises: as `room` and `Room.cast` do.
    """
    whisper: Future[WhisperTranscriber] = Future()
    whisper.set_result(_whisper(checkpoint, busy))
    with (
        room(whisper, busy, microphone=microphone, loudspeaker=loudspeaker, worn=worn, keep_sound=keep_sound) as here,
        here.cast(scenario, busy) as cast,
    ):
        yield cast


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
    with voice_for(scenario, busy) as voice:
        ear = Listener(
            replies, Voicing(Silero()), TurnTaker(), _whisper(checkpoint, busy), busy, AtOnce(), own_pauses=OwnPauses()
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


_AT_THE_DOOR = (*reception_lines.FIXED, *interview.FIXED, *journaling.FIXED, *talking_over.FIXED)


def known_at_the_door() -> list[Line]:
    """Every line of a reception or an interview that does not depend on who comes."""
    return list(map(coach_lines.coach, _AT_THE_DOOR))


@contextmanager
def _live_ear(
    source: FrameSource,
    detector: SpeechProbability,
    whisper: "Future[WhisperTranscriber]",
    busy: Busy,
    cues: Cues,
    *,
    overhears: bool,
    waiting: float,
    keep_sound: KeepSound | None,
) -> Iterator[Listener]:
    """Transcribes while the person pauses, and remembers how long they do."""
    own_pauses = OwnPauses()
    with suppress(OSError):  # a home that cannot be written is no reason not to practise
        own_pauses = remembered(pauses_file())
    commands, answers = over_a_line(), over_a_question()
    spotters = LateSpotter(whisper, commands), LateSpotter(whisper, (*commands, *answers))
    with ThreadPoolExecutor(1, thread_name_prefix="transcription") as worker:
        for spotter in spotters:
            worker.submit(spotter.prepare)
        ear = Listener(
            source,
            detector,
            TurnTaker(TurnSettings(hold_s=waiting * TurnSettings().hold_s)),
            LateDecoder(whisper),
            busy,
            worker,
            own_pauses=own_pauses,
            overhears=overhears,
            commands=spotters[0],
            answers=spotters[1],
            cues=cues,
            typed=_typed(),
            waiting=waiting,
            keep_sound=keep_sound,
        )
        try:
            yield ear
        finally:
            ear.close()
            with suppress(OSError):
                remember(own_pauses, pauses_file())


def _typed() -> NextTyped:
    if sys.stdin is None or not sys.stdin.isatty():
        return lambda _: None
    look = screen().look
    return TypedLines(sys.stdin.fileno(), lambda line: command_in(line) is not None or look(line) is not None).next


def _keep(delivery: Delivery, *, instead_of: Delivery) -> None:
    """Among the settings as they are by now; where they cannot be written, that is no reason to fail at the end."""
    if delivery != instead_of:
        with suppress(OSError, OutputError):
            settings = Settings.load(settings_file())
            kept = {"pace": delivery.pace, "volume_db": delivery.volume_db}
            settings.model_copy(update=kept).save(settings_file())


class _Hearing:
    """Voice activity in what a microphone hears besides the loudspeaker."""

    def __init__(self, pair: DevicePair, worn: bool | None) -> None:
        self._pair = pair
        self._worn = worn
        self._detect = Voicing(Silero())
        self.begin()

    def begin(self) -> None:
        """Forget how the devices were: they have been opened anew, and may be others."""
        self.overhears = self._pair.loudspeaker.device.headset if self._worn is None else self._worn
        self._echo = None if self.overhears else EchoCanceller(self._pair.loudspeaker, self._pair.microphone)

    @property
    def places(self) -> Mapping[Speaker, Place] | None:
        """Where voices come from. In a room, one that changes its place changes its echo, to be found anew."""
        return PLACES if self.overhears else None

    def __call__(self, frame: Samples) -> float:
        # What is transcribed keeps the echo: taking it out takes some of the words with it.
        return self._detect(self._echo(frame) if self._echo else frame)


class _HeadsetDevices:
    """A pair of devices that is waited for, and what has to know that it is back."""

    def __init__(self, pair: DevicePair, hearing: _Hearing, ear: Listener, mouth: Speech, busy: Busy) -> None:
        self._pair = pair
        self._hearing = hearing
        self._ear = ear
        self._mouth = mouth
        self._busy = busy

    def lost(self) -> tuple[bool, bool]:
        return self._pair.lost()

    def await_back(self) -> None:
        self._pair.await_back(self._busy, self._say_it_lasts)
        self._hearing.begin()
        self._ear.overhears = self._hearing.overhears
        self._mouth.places = self._hearing.places

    def _say_it_lasts(self) -> None:
        self._mouth.say([coach_lines.coach(coach_lines.STILL_AWAY)], Floor.KEPT)


def _whisper(checkpoint: Path, busy: Busy) -> "WhisperTranscriber":
    busy("Loading Whisper…")
    whisper = whisper_for_commands(checkpoint)
    busy(None)
    return whisper


def whisper_for_commands(checkpoint: Path) -> "WhisperTranscriber":
    """Whisper, told what people say to the program."""
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
    return WhisperTranscriber(checkpoint, phrases=phrases)
