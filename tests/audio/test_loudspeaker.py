from collections.abc import Iterator

import numpy as np
import pytest
import soxr

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.errors import DeviceLost
from tests.fake_stream import HEADSET, FakeStream

RATE = HEADSET.default_rate
BUFFERED = round(FakeStream.latency * RATE)
FADE = RATE // 100


class FakeClock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def stream() -> FakeStream:
    return FakeStream()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def loudspeaker(stream: FakeStream, clock: FakeClock) -> Iterator[Loudspeaker]:
    with Loudspeaker(HEADSET, stream.open, clock) as loudspeaker:
        yield loudspeaker


def steady(seconds: float) -> Samples:
    return np.full(round(seconds * VOICE_RATE), 0.5, np.float32)


def test_it_is_silent_when_there_is_nothing_to_play(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    assert not loudspeaker.busy
    assert not stream.take(512).any()


def test_it_plays_at_the_rate_of_the_device_on_both_ears(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    sound = np.random.default_rng(1).uniform(-0.5, 0.5, VOICE_RATE).astype(np.float32)
    loudspeaker.play(sound)
    left, right = np.concatenate([stream.take(500) for _ in range(100)]).T

    np.testing.assert_array_equal(left[:RATE], soxr.resample(sound, VOICE_RATE, RATE))
    np.testing.assert_array_equal(left, right)
    assert not left[RATE:].any()


def test_it_is_busy_until_the_last_sample_has_been_heard(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    loudspeaker.play(steady(0.5))
    blocks_while_busy = 0
    while loudspeaker.busy:
        stream.take(480)
        blocks_while_busy += 1

    assert blocks_while_busy == (RATE // 2 + BUFFERED) // 480


def test_it_stops_softly_and_at_once(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    loudspeaker.play(steady(1.0))
    stream.take(RATE // 2)
    loudspeaker.stop()
    fading = stream.take(FADE)[:, 0]

    assert fading[0] == pytest.approx(0.5, abs=0.01)
    assert fading[-1] == 0
    assert np.abs(np.diff(fading)).max() < 0.002
    assert loudspeaker.busy
    assert not stream.take(BUFFERED).any()
    assert not loudspeaker.busy


def test_after_a_stop_it_plays_again(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    loudspeaker.stop()
    loudspeaker.play(steady(1.0))
    stream.take(100)
    loudspeaker.stop()
    loudspeaker.play(steady(1.0))

    assert stream.take(RATE // 2)[RATE // 4 :, 0] == pytest.approx(0.5, abs=0.01)


def test_what_is_played_takes_the_place_of_what_was(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    loudspeaker.play(steady(1.0))
    stream.take(RATE // 2)
    loudspeaker.play(-steady(0.25))

    assert stream.take(RATE // 8)[RATE // 16 :, 0] == pytest.approx(-0.5, abs=0.01)
    stream.take(RATE // 8 + BUFFERED)
    assert not loudspeaker.busy


def test_a_device_that_asks_for_no_sound_is_lost(
    stream: FakeStream, loudspeaker: Loudspeaker, clock: FakeClock
) -> None:
    loudspeaker.play(steady(1.0))
    clock.now_s += 1.9
    assert loudspeaker.busy
    stream.take(512)
    clock.now_s += 2.1

    with pytest.raises(DeviceLost, match="Fake headset has taken no sound for 2 seconds: plug it in again"):
        loudspeaker.busy  # noqa: B018
    with pytest.raises(DeviceLost):
        loudspeaker.play(steady(1.0))


def test_gaps_are_counted(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    for underflow in (True, False, True):
        stream.take(512, underflow)

    assert loudspeaker.underflows == 2


def test_it_plays_only_inside_with(stream: FakeStream) -> None:
    loudspeaker = Loudspeaker(HEADSET, stream.open)
    running = [stream.running]
    with loudspeaker:
        running.append(stream.running)
    running.append(stream.running)

    assert running == [False, True, False]
