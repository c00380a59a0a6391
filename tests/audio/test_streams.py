import sys
from types import SimpleNamespace
from typing import Any

import pytest

from rehearse.audio.streams import Stream, open_input, open_output
from rehearse.errors import NoDevice
from tests.fake_stream import HEADSET


class FakePortAudio:
    """PortAudio with the fake headset plugged in; opening or starting a stream may fail."""

    class PortAudioError(Exception):
        pass

    default = SimpleNamespace(hostapi=0)

    def __init__(self) -> None:
        self.fails: str | None = None
        self.opened: list[dict[str, Any]] = []

    def query_hostapis(self) -> list[dict[str, Any]]:
        return [{"name": HEADSET.host_api, "default_input_device": 0, "default_output_device": 0}]

    def query_devices(self) -> list[dict[str, Any]]:
        return [
            {
                "name": HEADSET.name,
                "hostapi": 0,
                "max_input_channels": HEADSET.input_channels,
                "max_output_channels": HEADSET.output_channels,
                "default_samplerate": float(HEADSET.default_rate),
            }
        ]

    def _open(self, **parameters: Any) -> SimpleNamespace:
        self._may_fail("open")
        self.opened.append(parameters)
        return SimpleNamespace(start=lambda: self._may_fail("start"))

    InputStream = OutputStream = _open

    def _may_fail(self, step: str) -> None:
        if step == self.fails:
            raise self.PortAudioError("Device unavailable", -9985)


@pytest.fixture
def portaudio(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    portaudio = FakePortAudio()
    monkeypatch.setitem(sys.modules, "sounddevice", portaudio)
    return portaudio


def microphone() -> Stream:
    return open_input(HEADSET, lambda *_: None)


def loudspeaker() -> Stream:
    return open_output(HEADSET, lambda *_: None)


def test_each_device_is_opened_at_its_own_rate(portaudio: FakePortAudio) -> None:
    microphone()
    loudspeaker()

    asked = [(each["device"], each["samplerate"], each["channels"], each["dtype"]) for each in portaudio.opened]
    assert asked == [(0, 48_000, 1, "float32"), (0, 48_000, 2, "float32")]


@pytest.mark.parametrize("fails", ["open", "start"])
@pytest.mark.parametrize("device", [microphone, loudspeaker])
def test_a_device_in_use_is_refused_in_one_line(portaudio: FakePortAudio, device: Any, fails: str) -> None:
    portaudio.fails = fails

    with pytest.raises(NoDevice) as refused:
        device()
    assert str(refused.value).startswith("Fake headset cannot be opened (Device unavailable): close other programs")
    assert "\n" not in str(refused.value)
