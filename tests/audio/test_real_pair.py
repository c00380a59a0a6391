"""Devices that come and go, through the real PortAudio."""

import time
from collections.abc import Iterator

import numpy as np
import pytest

from rehearse.audio.device_pair import DevicePair
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE
from rehearse.audio.live import LiveReplies, Muted
from rehearse.audio.streams import look_for_devices
from rehearse.errors import DeviceLost
from tests.plugs import AWAY, Plugs, plugs

pytestmark = pytest.mark.device


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Iterator[Plugs]:
    with plugs() as (both, environment):
        for name in ("PULSE_SERVER", "PULSE_COOKIE"):  # those of the other tests' card
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        look_for_devices()
        yield both
    monkeypatch.undo()
    look_for_devices()


def use(pair: DevicePair) -> None:
    """Play and listen, until a device is lost."""
    until_s = time.monotonic() + 5
    while time.monotonic() < until_s:
        if not pair.loudspeaker.busy:
            pair.loudspeaker.play(np.zeros(VOICE_RATE, np.float32))
        pair.microphone.read()


@pytest.mark.parametrize("away", AWAY)
def test_a_device_that_was_pulled_out_works_again_also_at_another_rate(both: Plugs, away: str) -> None:
    with DevicePair() as pair:
        for rate in (48_000, 16_000):
            for plug in AWAY[away]:
                both.pull_out(plug)
            with pytest.raises(DeviceLost):
                use(pair)
            for plug in AWAY[away]:
                both.plug_in(plug, rate)
            back_s = time.monotonic()
            pair.await_back(lambda _: None, lambda: None)
            assert time.monotonic() - back_s < 3
            for _ in range(10):
                pair.microphone.read()
            assert not pair.loudspeaker.busy


def test_what_has_stopped_without_a_word_is_noticed_and_closed_and_works_again(both: Plugs) -> None:
    with DevicePair() as pair:
        both.suspend("microphone", True)
        with pytest.raises(DeviceLost):
            use(pair)
        began_s = time.monotonic()
        pair.close()
        assert time.monotonic() - began_s < 3
        both.suspend("microphone", False)
        pair.await_back(lambda _: None, lambda: None)
        pair.microphone.read()


def test_a_source_of_silence_is_noticed(both: Plugs) -> None:
    with DevicePair() as pair:
        source = LiveReplies(pair.microphone)
        source.expect_sound(True)

        def listen() -> None:
            while source.now_s < 20:
                source.read()

        with pytest.raises(Muted):
            listen()
        saying = both.say(np.full(SAMPLE_RATE * 3, 0.1, np.float32))
        source.expect_sound(True)
        while not source.read().any():
            pass
        saying.wait(20)
