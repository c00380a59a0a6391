import sys
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest

from rehearse.audio import streams
from rehearse.audio.streams import Stream, look_for_devices, open_input, open_output
from rehearse.errors import NoDevice
from tests.fake_stream import HEADSET


class FakePortAudio:
    """PortAudio with the fake headset plugged in; opening or starting a stream may fail."""

    class PortAudioError(Exception):
        pass

    class CallbackAbort(Exception):
        pass

    default = SimpleNamespace(hostapi=0)

    def __init__(self) -> None:
        self.fails: str | None = None
        self.opened: list[dict[str, Any]] = []
        self.closed = Event()
        self.closed.set()
        self.looked = 0

    def _exit_handler(self) -> None:
        pass

    def _terminate(self) -> None:
        self.looked += 1

    def _initialize(self) -> None:
        pass

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
        return SimpleNamespace(start=lambda: self._may_fail("start"), close=lambda: self.closed.wait(20))

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


def test_a_stream_that_does_not_close_is_left_and_portaudio_is_not_started_again_until_it_has(
    portaudio: FakePortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "CLOSE_WITHIN_S", 0.01)
    stream = microphone()
    portaudio.closed.clear()
    stream.close()
    look_for_devices()
    assert portaudio.looked == 0

    portaudio.closed.set()
    streams._stuck[0].join(20)
    look_for_devices()
    assert portaudio.looked == 1


def test_what_a_closed_stream_still_brings_is_not_taken(portaudio: FakePortAudio) -> None:
    taken: list[object] = []
    stream = open_input(HEADSET, lambda *block: taken.append(block))
    late = portaudio.opened[0]["callback"]
    late(None, 0, None, None)
    stream.close()
    with pytest.raises(portaudio.CallbackAbort):
        late(None, 0, None, None)
    assert len(taken) == 1
