"""A room with sound devices: the microphone and the loudspeaker of one visit, the ear, and who speaks there."""

import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.agent import coach_lines
from rehearse.agent.commands import command_in, over_a_line, over_a_question
from rehearse.audio.cues import Cues
from rehearse.audio.device_pair import DevicePair
from rehearse.audio.devices import Device
from rehearse.audio.echo import EchoCanceller
from rehearse.audio.frames import FrameSource, Samples
from rehearse.audio.late_recognizer import LateDecoder, LateSpotter
from rehearse.audio.listening import KeepSound, Listener, NextTyped
from rehearse.audio.live import LiveEar, LiveReplies
from rehearse.audio.own_pauses import OwnPauses, remember, remembered
from rehearse.audio.rendering_ahead import RenderingAhead
from rehearse.audio.speaking import SharedFloor, Speech
from rehearse.audio.turn_taking import TurnSettings, TurnTaker
from rehearse.audio.voice_activity import Silero, SpeechProbability
from rehearse.audio.voicing import Voicing
from rehearse.audio.volume import PLACES, Place, Volume
from rehearse.delivery import Delivery
from rehearse.dialogue import Floor, Speaker
from rehearse.errors import OutputError, SettingsDamaged
from rehearse.partner_voice import speaks_any_words
from rehearse.paths import pauses_file, settings_file
from rehearse.scenarios.schema import Scenario
from rehearse.screening import screen
from rehearse.settings import Settings
from rehearse.stage import (
    Busy,
    Cast,
    coach_for,
    known_at_the_door,
    known_lines,
    load_whisper,
    voice_for,
    with_a_smaller_one,
)
from rehearse.typed import TypedLines

if TYPE_CHECKING:
    from rehearse.audio.whisper_transcriber import WhisperTranscriber


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
        is said. None: only the coach's. How fast and how loud they come to speak is kept; what was said before they
        were there is not heard.

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
            types = _terminal() is not None
            devices = _HeadsetDevices(self._pair, self._hearing, self._ear, mouth, busy)
            self._ear.catch_up(lambda: self._source.behind)
            try:
                yield Cast(
                    mouth,
                    LiveEar(self._ear, self._source, types),
                    devices,
                    speaks_any_words(voice),
                    lambda: self._source.now_s,
                    types,
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
    whisper.set_result(load_whisper(checkpoint, busy))
    with (
        room(whisper, busy, microphone=microphone, loudspeaker=loudspeaker, worn=worn, keep_sound=keep_sound) as here,
        here.cast(scenario, busy) as cast,
    ):
        yield cast


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
    recognizer = with_a_smaller_one(whisper)
    spotters = LateSpotter(recognizer, commands), LateSpotter(recognizer, (*commands, *answers))
    with ThreadPoolExecutor(1, thread_name_prefix="transcription") as worker:
        for spotter in spotters:
            worker.submit(spotter.prepare)
        ear = Listener(
            source,
            detector,
            TurnTaker(TurnSettings(hold_s=waiting * TurnSettings().hold_s)),
            LateDecoder(recognizer),
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


def _terminal() -> int | None:
    """The descriptor of the terminal that somebody may type at; None where there is none."""
    return sys.stdin.fileno() if sys.stdin is not None and sys.stdin.isatty() else None


def _typed() -> NextTyped:
    terminal = _terminal()
    if terminal is None:
        return lambda _: None
    look = screen().look
    return TypedLines(terminal, lambda line: command_in(line) is not None or look(line) is not None).next


def _keep(delivery: Delivery, *, instead_of: Delivery) -> None:
    """Among the settings as they are by now; that they cannot be read or written is no reason to fail at the end."""
    if delivery != instead_of:
        with suppress(OSError, OutputError, SettingsDamaged):
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
