import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from rehearse.audio.devices import Device, find_input, find_output, index_of, list_devices
from rehearse.errors import NoDevice

HOST_APIS = ("ALSA", "JACK")


def plug_in(monkeypatch: pytest.MonkeyPatch, *devices: Device) -> None:
    """Let PortAudio find `devices`."""

    def default(host_api: str, flag: str) -> int:
        return next(
            (at for at, device in enumerate(devices) if device.host_api == host_api and getattr(device, flag)),
            -1,
        )

    found = [
        {
            "name": device.name,
            "hostapi": HOST_APIS.index(device.host_api),
            "max_input_channels": device.input_channels,
            "max_output_channels": device.output_channels,
            "default_samplerate": float(device.default_rate),
        }
        for device in devices
    ]
    host_apis = [
        {
            "name": host_api,
            "default_input_device": default(host_api, "is_default_input"),
            "default_output_device": default(host_api, "is_default_output"),
        }
        for host_api in HOST_APIS
    ]
    portaudio = SimpleNamespace(
        query_devices=lambda: found, query_hostapis=lambda: host_apis, default=SimpleNamespace(hostapi=0)
    )
    monkeypatch.setitem(sys.modules, "sounddevice", portaudio)


def device(name: str, inputs: int, outputs: int, *, default: str = "", host_api: str = "ALSA") -> Device:
    return Device(name, host_api, inputs, outputs, 48_000, "in" in default, "out" in default)


WEBCAM = device("USB Webcam: Audio", 1, 0)
BUILT_IN = device("Built-in Audio", 2, 2, default="in out")
BUDS = device("Galaxy Buds2", 1, 2)
SCREEN = device("HDMI 0", 0, 8)


def test_devices_are_listed_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, WEBCAM, BUILT_IN, BUDS, SCREEN)

    assert list_devices() == [WEBCAM, BUILT_IN, BUDS, SCREEN]


def test_the_system_s_own_choice_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, WEBCAM, SCREEN, BUILT_IN, BUDS)

    assert find_input() == BUILT_IN
    assert find_output() == BUILT_IN


def test_without_a_choice_of_the_system_s_the_first_that_can(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, SCREEN, WEBCAM)

    assert find_input() == WEBCAM
    assert find_output() == SCREEN


def test_a_device_is_found_by_a_part_of_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, WEBCAM, BUILT_IN, BUDS, SCREEN)

    assert find_input("buds") == BUDS
    assert find_output("hdmi") == SCREEN
    assert find_input("audio") == BUILT_IN


def test_a_name_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, WEBCAM, BUILT_IN, SCREEN)

    with pytest.raises(NoDevice) as refused:
        find_input("airpods")
    assert str(refused.value) == ('no microphone is called "airpods": choose one of USB Webcam: Audio, Built-in Audio')


def test_nothing_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch)

    assert list_devices() == []
    with pytest.raises(NoDevice, match="no microphone was found: plug in a headset"):
        find_input()
    with pytest.raises(NoDevice, match="no loudspeaker was found: plug in a headset"):
        find_output()


def test_a_device_is_known_by_its_name_wherever_it_is_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    plug_in(monkeypatch, device("Galaxy Buds2", 1, 2, host_api="JACK"), WEBCAM, BUDS)
    assert index_of(BUDS, "output") == 2

    plug_in(monkeypatch, BUDS, WEBCAM)
    assert index_of(BUDS, "output") == 0

    plug_in(monkeypatch, WEBCAM)
    with pytest.raises(NoDevice, match="Galaxy Buds2 is not there any more: plug it in again"):
        index_of(BUDS, "output")


def test_a_headset_that_is_listed_as_two_devices_is_opened_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    hears, plays = device("AirPods", 1, 0), device("AirPods", 0, 2)
    for listed in ((hears, plays), (plays, hears)):
        plug_in(monkeypatch, *listed)
        assert list_devices()[index_of(hears, "input")] == hears
        assert list_devices()[index_of(plays, "output")] == plays


@pytest.mark.parametrize(
    "name",
    ["Plantronics Headset", "Kim's AirPods Pro", "Hands-Free AG Audio", "bluez_output.00", "Galaxy Buds2"],
)
def test_a_headset_is_known_by_its_name(name: str) -> None:
    assert device(name, 1, 2).headset


@pytest.mark.parametrize("name", ["Built-in Audio", "default", "HDMI 0", "MacBook Pro Speakers"])
def test_what_is_not_called_a_headset(name: str) -> None:
    assert not device(name, 1, 2).headset


def test_portaudio_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    with pytest.raises(NoDevice) as refused:
        list_devices()
    assert "apt install libportaudio2" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_portaudio_starts_only_when_it_is_needed() -> None:
    modules = "rehearse.audio.loudspeaker, rehearse.audio.microphone"
    code = f"import sys, {modules}; print('sounddevice' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
