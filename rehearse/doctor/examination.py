"""The whole examination, one check after the other, with whatever works so far."""

import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from rehearse.audio.devices import Device, Direction, find_input, find_output, list_devices
from rehearse.audio.frames import FRAME_S, SAMPLE_RATE, Samples
from rehearse.audio.kokoro_voice import installed
from rehearse.audio.kokoro_weights import KokoroFiles
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.microphone import Microphone
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.transcriber import Transcriber
from rehearse.audio.voice import Voice
from rehearse.audio.voice_activity import Silero, SpeechProbability
from rehearse.dialogue import Line, Speaker
from rehearse.doctor.check import Check, fault_of
from rehearse.doctor.computer import (
    disk_check,
    folder_check,
    free_bytes,
    natural_voice_check,
    settings_check,
    voice_check,
    weights_check,
)
from rehearse.doctor.devices import choice_check, portaudio_check, profile_check
from rehearse.doctor.loopback import LISTEN_S, chirp, find_chirp, loopback_check
from rehearse.doctor.sentence import listen, sound_checks, words_check
from rehearse.errors import DeviceError, DeviceLost
from rehearse.partner_voice import kokoro_dir
from rehearse.paths import cache_dir, data_dir, models_dir, settings_file
from rehearse.settings import DeviceName

ASK = Line("Please say a sentence. For example: I would like to practise a conversation today.", Speaker.COACH)
_SETTLE_S = 0.5
"""How long what was played may go on sounding in the room."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the examination is to be made with."""

    microphone: str | None = None
    """A part of its name; None for what the settings say, else the system's own choice."""
    loudspeaker: str | None = None
    model: str | None = None
    """A Whisper model; None for the one in use."""
    headset: bool | None = None
    """Whether a headset is worn; None for what the settings say, else told by its name."""
    speech: bool = True
    """Whether the person is asked to speak."""


def _whisper(checkpoint: Path) -> Transcriber:
    from rehearse.audio.whisper_transcriber import WhisperTranscriber  # imports torch: two seconds

    return WhisperTranscriber(checkpoint)


def _voice() -> AbstractContextManager[Voice]:
    return Pyttsx3Voice("female")


@dataclass(frozen=True, slots=True)
class Instruments:
    """What it is made with; a test puts its own in their place."""

    devices: Callable[[], list[Device]] = list_devices
    find_input: Callable[[str | None], Device] = find_input
    find_output: Callable[[str | None], Device] = find_output
    microphone: Callable[[Device], AbstractContextManager[Microphone]] = Microphone
    loudspeaker: Callable[[Device], AbstractContextManager[Loudspeaker]] = Loudspeaker
    voice: Callable[[], AbstractContextManager[Voice]] = _voice
    detector: Callable[[], SpeechProbability] = Silero
    transcriber: Callable[[Path], Transcriber] = _whisper
    free_bytes: Callable[[Path], int] = free_bytes
    natural_installed: Callable[[], bool] = installed


def examine(wishes: Wishes, ask: Callable[[str], None], instruments: Instruments | None = None) -> Iterator[Check]:
    """Yield what is found, as it is found. `ask` shows what the person is to do; where it can be, it is spoken too.

    Raises:
        NoDevice: there is no device of the name wished for.
    """
    tools = instruments or Instruments()
    folders = {"data": data_dir, "models": models_dir, "cache": cache_dir}
    for name, locate in folders.items():
        yield folder_check(name, locate)
    check, settings = settings_check(settings_file)
    yield check
    check, checkpoint = weights_check(models_dir, wishes.model)
    yield check
    yield _disk(folders, tools, weights_there=checkpoint is not None)
    check, spoken = voice_check(tools.voice, ASK)
    yield check
    if natural := natural_voice_check(
        settings.partner_voice, tools.natural_installed, lambda: KokoroFiles.below(kokoro_dir())
    ):
        yield natural
    check, devices = portaudio_check(tools.devices)
    yield check
    if not devices:
        return
    microphone = _choose("input", devices, tools.find_input, wishes.microphone, settings.microphone)
    loudspeaker = _choose("output", devices, tools.find_output, wishes.loudspeaker, settings.loudspeaker)
    with ExitStack() as opened:
        # The microphone first: opening it changes a headset's rate.
        hearing = yield from _opened("microphone", microphone, tools.microphone, opened)
        output = yield from _opened("loudspeaker", loudspeaker, tools.loudspeaker, opened)
        if hearing is None:
            return
        yield profile_check(hearing.device)
        try:
            if output:
                worn = settings.headset if wishes.headset is None else wishes.headset
                yield _loopback(hearing, output, output.device.headset if worn is None else worn)
            if wishes.speech:
                _ask(hearing, output, spoken, ask)
                sentence = listen(hearing.read, tools.detector())
                yield from sound_checks(sentence)
                if sentence.utterance and checkpoint:
                    said = sentence.utterance
                    yield words_check(tools.transcriber(checkpoint).transcribe(said.samples, said.voiced_s))
        except DeviceLost as error:
            yield fault_of("devices", error)


def _disk(folders: Mapping[str, Callable[[], Path]], tools: Instruments, *, weights_there: bool) -> Check:
    written = [Path(tempfile.gettempdir())]
    for locate in folders.values():
        with suppress(OSError):  # that has been said already
            written.append(locate())
    return disk_check({folder: tools.free_bytes(folder) for folder in written}, weights_there=weights_there)


def _choose(
    direction: Direction,
    devices: Sequence[Device],
    find: Callable[[str | None], Device],
    wished: str | None,
    chosen: DeviceName | None,
) -> tuple[Check, Device | None]:
    if wished:
        device = find(wished)
        return choice_check(direction, devices, lambda: device, None)
    return choice_check(direction, devices, lambda: find(None), chosen)


Opened = TypeVar("Opened", Microphone, Loudspeaker)


def _opened(
    name: str,
    choice: tuple[Check, Device | None],
    open_device: Callable[[Device], AbstractContextManager[Opened]],
    opened: ExitStack,
) -> Generator[Check, None, Opened | None]:
    """Yield whether the device that was chosen opens, and return it, open."""
    check, device = choice
    there: Opened | None = None
    if device:
        try:
            there = opened.enter_context(open_device(device))
        except DeviceError as error:
            check = fault_of(name, error)
    yield check
    return there


def _loopback(hearing: Microphone, output: Loudspeaker, worn: bool) -> Check:
    """Play the soft tone, and look for it in what the microphone hears.

    Raises:
        DeviceLost: one of the two is gone.
    """
    hearing.read()
    began_at = time.monotonic()
    output.play(chirp())
    heard = np.concatenate([hearing.read() for _ in range(round(LISTEN_S / FRAME_S))])
    echo = find_chirp(heard)
    heard_from = hearing.heard_at - len(heard) / SAMPLE_RATE
    delay_s = heard_from + echo.at_s - began_at if echo else 0.0
    return loopback_check(echo, delay_s, worn=worn)


def _ask(hearing: Microphone, output: Loudspeaker | None, spoken: Samples | None, ask: Callable[[str], None]) -> None:
    """Show what the person is to do, say it where that works, and leave what was heard meanwhile behind.

    Raises:
        DeviceLost: one of the two is gone.
    """
    ask(ASK.text)
    if output and spoken is not None:
        output.play(spoken)
        while output.busy:
            hearing.read()
        for _ in range(round(_SETTLE_S / FRAME_S)):
            hearing.read()
