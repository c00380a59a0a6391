"""Which devices are there, which are taken, and at which rates they open."""

import sys
from types import SimpleNamespace

import pytest

from rehearse.audio.devices import Device
from rehearse.doctor.check import Verdict
from rehearse.doctor.devices import choice_check, listed, portaudio_check, profile_check
from rehearse.errors import NoDevice
from rehearse.settings import DeviceName
from tests.audio.test_devices import BUILT_IN, SCREEN, device, plug_in

HFP = Device("Buds", "ALSA", 1, 1, 8_000, is_default_input=False, is_default_output=False)
BUDS = DeviceName(name="Buds", host_api="ALSA")


def missing() -> list[Device]:
    raise NoDevice("the PortAudio library is missing: install it")


def test_portaudio() -> None:
    assert portaudio_check(lambda: [BUILT_IN])[0].verdict is Verdict.OK
    for find_all, fix in ((missing, "install it"), (list, "plug in a headset")):
        check, devices = portaudio_check(find_all)
        assert check.verdict is Verdict.FAULT
        assert fix in check.fix
        assert not devices


def test_the_system_s_own_choice_and_the_person_s() -> None:
    devices = [BUILT_IN, HFP, SCREEN]
    for chosen, taken in ((None, BUILT_IN), (BUDS, HFP)):
        check, found = choice_check("input", devices, lambda: BUILT_IN, chosen)
        assert (check.verdict, found) == (Verdict.OK, taken)


def test_the_person_s_choice_is_not_there() -> None:
    check, found = choice_check("output", [BUILT_IN], lambda: BUILT_IN, BUDS)
    assert (check.verdict, found) == (Verdict.WARNING, BUILT_IN)
    assert "Buds, which you have chosen, is not there; instead Built-in Audio" in check.found
    assert "--output" in check.fix


def test_no_microphone() -> None:
    def none() -> Device:
        raise NoDevice("no microphone was found: plug in a headset")

    check, found = choice_check("input", [SCREEN], none, None)
    assert (check.verdict, check.fix, found) == (Verdict.FAULT, "plug in a headset", None)


@pytest.mark.parametrize(("rate", "verdict"), [(8_000, "warning"), (16_000, "warning"), (44_100, "ok")])
def test_a_telephone_s_rate_is_named(rate: int, verdict: str) -> None:
    check = profile_check(Device("Buds", "ALSA", 1, 1, rate, is_default_input=True, is_default_output=True))
    assert check.verdict == verdict
    assert ("HFP" in check.found) == (verdict == "warning")


class PortAudioError(Exception):
    pass


def opens_only_at(*rates: int) -> object:
    def check(*, device: int, channels: int, dtype: str, samplerate: int) -> None:
        if samplerate not in rates:
            raise PortAudioError("Invalid sample rate")

    return check


def test_the_rates_are_those_that_open(monkeypatch: pytest.MonkeyPatch) -> None:
    both = device("Both", 1, 2)
    plug_in(monkeypatch, both, SCREEN)
    found = sys.modules["sounddevice"]
    assert isinstance(found, SimpleNamespace)
    found.check_input_settings = opens_only_at(8_000, 16_000)
    found.check_output_settings = opens_only_at(48_000)
    found.PortAudioError = PortAudioError
    assert listed(both).input_rates == (8_000, 16_000)
    assert listed(both).output_rates == (48_000,)
    assert listed(SCREEN).input_rates == ()
