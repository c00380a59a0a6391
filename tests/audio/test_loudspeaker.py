import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
import soxr

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.loudspeaker import Loudspeaker
from rehearse.audio.volume import Place
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

    with pytest.raises(DeviceLost, match="Fake headset has stopped taking sound: plug it in again"):
        loudspeaker.busy  # noqa: B018
    with pytest.raises(DeviceLost):
        loudspeaker.play(steady(1.0))


def test_it_plays_only_inside_with(stream: FakeStream) -> None:
    loudspeaker = Loudspeaker(HEADSET, stream.open)
    running = [stream.running]
    with loudspeaker:
        running.append(stream.running)
    running.append(stream.running)

    assert running == [False, True, False]


@pytest.mark.parametrize("fade_s", [0.01, 0.03, 0.05])
def test_a_voice_that_gives_the_floor_away_fades(stream: FakeStream, loudspeaker: Loudspeaker, fade_s: float) -> None:
    loudspeaker.play(steady(1.0))
    stream.take(RATE // 2)
    loudspeaker.stop(fade_s)
    fading = np.concatenate([stream.take(128)[:, 0] for _ in range(round(RATE * 0.06) // 128)])

    assert np.abs(np.diff(fading)).max() < 0.55 / (fade_s * RATE)
    assert np.count_nonzero(fading) == pytest.approx(fade_s * RATE, abs=2)
    stream.take(BUFFERED)
    assert not loudspeaker.busy


def test_it_is_lowered_while_it_is_not_clear_who_speaks(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    loudspeaker.play(steady(2.0))
    heard = [stream.take(RATE // 4)[:, 0]]
    for gain in (0.25, 1.0):
        loudspeaker.lower(gain)
        heard += [stream.take(512)[:, 0] for _ in range(24)]
    sound = np.concatenate(heard)

    assert sound[RATE // 4 + RATE // 10] == pytest.approx(0.125, abs=0.01)
    assert sound[-1] == pytest.approx(0.5, abs=0.01)
    assert np.abs(np.diff(sound[RATE // 8 :])).max() < 0.001


def test_the_next_sound_is_loud_again(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    loudspeaker.play(steady(1.0))
    loudspeaker.lower(0.0)
    stream.take(RATE // 4)
    loudspeaker.play(steady(1.0))

    assert stream.take(RATE // 2)[RATE // 4 :, 0] == pytest.approx(0.5, abs=0.01)


def test_what_was_made_inaudible_can_be_stopped(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    loudspeaker.play(steady(1.0))
    loudspeaker.lower(0.0)
    stream.take(RATE // 4)
    loudspeaker.stop()
    loudspeaker.lower(1.0)

    assert not stream.take(BUFFERED + 512).any()
    assert not loudspeaker.busy


def test_it_knows_what_has_been_heard(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    assert loudspeaker.heard_s == 0
    loudspeaker.play(steady(1.0))
    heard = [loudspeaker.heard_s]
    for _ in range(3):
        stream.take(RATE // 10)
        heard.append(loudspeaker.heard_s)
    assert heard == pytest.approx([0, 0, 0.1, 0.2])  # a tenth of a second waits in the device's buffer

    stream.take(RATE * 2)
    assert loudspeaker.heard_s == pytest.approx(1.0)


def test_what_was_left_unsaid_was_not_heard(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    loudspeaker.play(steady(1.0))
    stream.take(RATE // 2)
    loudspeaker.stop(fade_s=0.04)
    while loudspeaker.busy:
        stream.take(480)

    assert loudspeaker.heard_s == pytest.approx(0.54)


def test_it_knows_when_the_first_sample_was_heard(
    stream: FakeStream, loudspeaker: Loudspeaker, clock: FakeClock
) -> None:
    loudspeaker.play(steady(1.0))
    assert loudspeaker.first_sample_at is None
    clock.now_s += 0.01
    stream.take(512)
    clock.now_s += 0.01
    stream.take(512)

    assert loudspeaker.first_sample_at == pytest.approx(100.01 + FakeStream.latency)
    loudspeaker.play(steady(1.0))
    assert loudspeaker.first_sample_at is None


def test_who_follows_it_gets_what_went_out_and_when(
    stream: FakeStream, loudspeaker: Loudspeaker, clock: FakeClock
) -> None:
    played = loudspeaker.follow()
    loudspeaker.play(steady(1.0))
    blocks = []
    for _ in range(3):
        blocks.append(stream.take(512)[:, 0])
        clock.now_s += 0.01

    followed = [played.get_nowait() for _ in blocks]
    assert played.empty()
    assert [each.at_s for each in followed] == pytest.approx([100 + FakeStream.latency + 0.01 * at for at in range(3)])
    np.testing.assert_array_equal(np.concatenate([each.samples for each in followed]), np.concatenate(blocks))


@pytest.mark.parametrize("busy_with", ["playing", "following"])
def test_the_audio_thread_never_waits_for_the_owner(
    stream: FakeStream, loudspeaker: Loudspeaker, monkeypatch: pytest.MonkeyPatch, busy_with: str
) -> None:
    hanging, go_on = threading.Event(), threading.Event()

    def hang(*_: object) -> Samples:
        hanging.set()
        go_on.wait(20)
        return np.zeros(1, np.float32)

    def follow() -> None:
        hanging.set()
        for _ in range(200):
            played.get()

    loudspeaker.play(steady(1.0))
    played = loudspeaker.follow()
    monkeypatch.setattr(soxr, "resample", hang)
    owners: dict[str, Callable[[], object]] = {
        "playing": lambda: loudspeaker.play(steady(1.0)),
        "following": follow,
    }
    owner = threading.Thread(target=owners[busy_with], daemon=True)
    owner.start()
    assert hanging.wait(20)

    audio = threading.Thread(target=lambda: [stream.take(512) for _ in range(100)], daemon=True)
    audio.start()
    audio.join(20)

    assert not audio.is_alive()
    assert owner.is_alive()
    go_on.set()
    for _ in range(100):
        stream.take(512)
    owner.join(20)
    assert not owner.is_alive()


def test_a_stream_that_has_ended_is_lost_at_once(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    stream.take(512)
    assert loudspeaker.working
    stream.active = False
    assert loudspeaker.lost
    with pytest.raises(DeviceLost):
        loudspeaker.play(steady(1.0))


def test_it_can_be_opened_again_at_another_rate(stream: FakeStream, loudspeaker: Loudspeaker) -> None:
    loudspeaker.play(steady(1.0))
    loudspeaker.close()
    loudspeaker.open(replace(HEADSET, default_rate=VOICE_RATE))
    assert not stream.take(512).any()
    assert loudspeaker.working
    loudspeaker.play(steady(1.0))
    np.testing.assert_allclose(stream.take(VOICE_RATE)[1000:-1000], 0.5, atol=0.01)


def test_a_sound_comes_from_its_place_and_the_next_from_the_middle(
    stream: FakeStream, loudspeaker: Loudspeaker
) -> None:
    played = loudspeaker.follow()
    loudspeaker.play(steady(1.0), Place(1.2, 0.4))
    left, right = stream.take(RATE // 2)[RATE // 4 :].T
    assert left == pytest.approx(0.6, abs=0.01)
    assert right == pytest.approx(0.2, abs=0.01)
    assert played.get_nowait().samples[RATE // 4 :] == pytest.approx(0.4, abs=0.01)  # what a room hears of both
    loudspeaker.play(steady(1.0))
    np.testing.assert_array_equal(*stream.take(RATE // 2).T)


def test_a_loudspeaker_of_one_channel_plays_it_as_it_is() -> None:
    stream = MonoStream()
    with Loudspeaker(HEADSET, stream.open) as loudspeaker:
        loudspeaker.play(steady(1.0), Place(1.2, 0.4))
        assert stream.take(RATE // 2)[RATE // 4 :] == pytest.approx(0.5, abs=0.01)


class MonoStream(FakeStream):
    channels = 1
