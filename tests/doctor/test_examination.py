"""The whole examination, on fakes: what one fault leaves possible is still looked at."""

import dataclasses
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.devices import Device
from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.microphone import Microphone
from rehearse.audio.transcriber import Transcriber
from rehearse.audio.voice import Voice, VoiceStyle
from rehearse.audio.volume import MIDDLE, Place
from rehearse.dialogue import Line, Transcript
from rehearse.doctor import examination
from rehearse.doctor.check import Check, Verdict, ok
from rehearse.doctor.examination import ASK, Instruments, Wishes, examine
from rehearse.doctor.loopback import LISTEN_S, chirp
from rehearse.errors import DeviceLost, NoDevice, VoiceEngineMissing
from tests.fake_stream import HEADSET, FakeStream

SPEAKERS = dataclasses.replace(HEADSET, name="Built-in")


class ScriptedMicrophone(Microphone):
    """Hears the room, in it what was prepared, and after that the room."""

    def __init__(self, device: Device, sound: Samples) -> None:
        super().__init__(device, FakeStream().open)
        room = np.random.default_rng(2).standard_normal(len(sound) + 60 * SAMPLE_RATE) * 1e-3
        room[: len(sound)] += sound
        self._frames = iter(np.split(room.astype(np.float32), range(FRAME_SAMPLES, len(room), FRAME_SAMPLES)))
        self.lost_after: int | None = None

    def read(self, timeout_s: float = 2.0) -> Samples:
        if self.lost_after is not None:
            self.lost_after -= 1
            if self.lost_after < 0:
                raise DeviceLost("it has brought no sound: plug it in again")
        self.heard_at += FRAME_S
        return next(self._frames)


class SilentLoudspeaker(Loudspeaker):
    """Remembers how much was played, and is never busy."""

    def __init__(self, device: Device) -> None:
        super().__init__(device, FakeStream().open)
        self.played: list[int] = []

    def play(self, samples: Samples, place: Place = MIDDLE) -> None:
        self.played.append(len(samples))

    @property
    def busy(self) -> bool:
        return False


class FakeVoice:
    engine = "fake"

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle("", 150)

    def render(self, line: Line) -> Samples:
        return np.full(1000, 0.1, np.float32)


class FakeTranscriber:
    def transcribe(self, samples: Samples, voiced_s: float) -> Transcript:
        return Transcript(f"{voiced_s:.0f} seconds of words.", 0.9)


@contextmanager
def fake_voice() -> Iterator[Voice]:
    yield FakeVoice()


def no_voice() -> AbstractContextManager[Voice]:
    raise VoiceEngineMissing("no speech engine could be started: none; install one")


def no_device(_device: Device) -> AbstractContextManager[Microphone]:
    raise NoDevice("it cannot be opened (in use): close other programs")


def heard(*, echo: bool, says: bool) -> Samples:
    sound = np.zeros(round((LISTEN_S + 3) * SAMPLE_RATE), np.float32)
    if echo:
        sound[8_000 : 8_000 + round(0.6 * SAMPLE_RATE)] += chirp(SAMPLE_RATE)[: round(0.6 * SAMPLE_RATE)]
    if says:
        after = round((LISTEN_S + 1) * SAMPLE_RATE)
        sound[after:] = 0.05 * np.random.default_rng(3).standard_normal(len(sound) - after)
    return sound


class Clinic:
    """Instruments that find everything in order, and what was done with them."""

    def __init__(self, device: Device = SPEAKERS, *, echo: bool = True, says: bool = True) -> None:
        self.microphone = ScriptedMicrophone(device, heard(echo=echo, says=says))
        self.loudspeaker = SilentLoudspeaker(device)
        self.asked: list[str] = []
        self.instruments = Instruments(
            devices=lambda: [device],
            find_input=lambda _: device,
            find_output=lambda _: device,
            microphone=lambda _: self.microphone,
            loudspeaker=lambda _: self.loudspeaker,
            voice=fake_voice,
            detector=lambda: lambda frame: float(np.sqrt(np.mean(frame**2)) > 0.02),
            transcriber=transcriber,
            free_bytes=lambda _: 10**12,
            natural_installed=lambda: False,
        )

    def examine(self, wishes: Wishes | None = None, **changed: object) -> dict[str, Check]:
        tools = dataclasses.replace(self.instruments, **changed)  # type: ignore[arg-type]
        return {check.name: check for check in examine(wishes or Wishes(), self.asked.append, tools)}


def transcriber(_checkpoint: Path) -> Transcriber:
    return FakeTranscriber()


@pytest.fixture(autouse=True)
def right_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "weights_check", lambda *_: (ok("Whisper's weights", "there"), Path("a.pt")))


def faults(checks: dict[str, Check]) -> set[str]:
    return {name for name, check in checks.items() if check.verdict is Verdict.FAULT}


def test_all_in_order() -> None:
    clinic = Clinic()
    checks = clinic.examine()
    assert list(checks) == [
        "data folder", "models folder", "cache folder", "settings", "Whisper's weights", "disk", "voices", "PortAudio",
        "microphone", "loudspeaker", "headset profile", "loopback", "level", "noise", "sentence",
    ]  # fmt: skip
    assert not faults(checks)
    assert checks["sentence"].found == "understood: “2 seconds of words.”"
    assert checks["loopback"].measured["gain_db"] == pytest.approx(0, abs=0.2)
    assert clinic.asked == [ASK.text]
    assert clinic.loudspeaker.played == [len(chirp()), 1000]


@pytest.mark.parametrize(("worn", "verdict"), [(True, Verdict.WARNING), (False, Verdict.OK)])
def test_what_is_worn_can_be_said(worn: bool, verdict: Verdict) -> None:
    assert Clinic().examine(Wishes(headset=worn))["loopback"].verdict is verdict


def test_a_natural_voice_that_is_installed_is_looked_at() -> None:
    checks = Clinic().examine(natural_installed=lambda: True)
    assert checks["natural voice"].fix == "go online and run `rehearse voices prepare`"


def test_without_a_sentence_nobody_is_asked() -> None:
    clinic = Clinic(says=False)
    checks = clinic.examine(Wishes(speech=False))
    assert "sentence" not in checks
    assert "level" not in checks
    assert clinic.asked == []


def test_nobody_speaks_and_it_ends() -> None:
    checks = Clinic(says=False).examine()
    assert checks["level"].verdict is Verdict.WARNING
    assert "sentence" not in checks


def test_without_a_voice_the_request_is_only_shown() -> None:
    clinic = Clinic()
    checks = clinic.examine(voice=no_voice)
    assert faults(checks) == {"voices"}
    assert clinic.asked == [ASK.text]
    assert clinic.loudspeaker.played == [len(chirp())]


def test_what_is_called_a_headset_and_lies_on_the_table() -> None:
    assert Clinic(HEADSET).examine()["loopback"].verdict is Verdict.WARNING
    assert Clinic(HEADSET, echo=False).examine()["loopback"].verdict is Verdict.OK


def test_a_microphone_that_another_program_has() -> None:
    checks = Clinic().examine(microphone=no_device)
    assert faults(checks) == {"microphone"}
    assert checks["microphone"].fix == "close other programs"
    assert checks["loudspeaker"].verdict is Verdict.OK


def test_a_loudspeaker_that_another_program_has() -> None:
    checks = Clinic().examine(loudspeaker=no_device)
    assert faults(checks) == {"loudspeaker"}
    assert checks["sentence"].verdict is Verdict.OK
    assert "loopback" not in checks


@pytest.mark.parametrize("after", [0, 30, 120])
def test_a_microphone_that_goes_meanwhile(after: int) -> None:
    clinic = Clinic()
    clinic.microphone.lost_after = after
    checks = clinic.examine()
    assert faults(checks) == {"devices"}
    assert checks["devices"].fix == "plug it in again"


def test_a_name_that_is_not_there_is_a_mistake_in_the_command() -> None:
    def none(name: str | None) -> Device:
        raise NoDevice(f"no microphone is called {name}")

    with pytest.raises(NoDevice, match="buds"):
        Clinic().examine(Wishes(microphone="buds"), find_input=none)
