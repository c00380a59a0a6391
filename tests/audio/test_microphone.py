import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
import soxr

from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.microphone import Microphone
from rehearse.errors import DeviceLost
from tests.fake_stream import HEADSET, FakeStream

BLOCK = 512


@pytest.fixture
def stream() -> FakeStream:
    return FakeStream()


@pytest.fixture
def microphone(stream: FakeStream) -> Iterator[Microphone]:
    with Microphone(HEADSET, stream.open) as microphone:
        yield microphone


def noise(blocks: int) -> Samples:
    return np.random.default_rng(1).uniform(-0.5, 0.5, blocks * BLOCK).astype(np.float32)


def bring(stream: FakeStream, sound: Samples) -> None:
    for block in np.split(sound, len(sound) // BLOCK):
        stream.bring(block)


def audio_thread(stream: FakeStream, sound: Samples) -> threading.Thread:
    thread = threading.Thread(target=bring, args=(stream, sound), daemon=True)
    thread.start()
    return thread


def test_it_hears_frames_at_16_khz(stream: FakeStream, microphone: Microphone) -> None:
    sound = noise(blocks=300)
    audio_thread(stream, sound).join(timeout=20)
    heard = np.concatenate([microphone.read() for _ in range(95)])

    assert heard.dtype == np.float32
    assert heard.shape == (95 * FRAME_SAMPLES,)
    expected = soxr.resample(sound, HEADSET.default_rate, SAMPLE_RATE)[: len(heard)]
    np.testing.assert_allclose(heard, expected, atol=1e-4)


def test_the_audio_thread_never_waits_and_nothing_is_lost(stream: FakeStream, microphone: Microphone) -> None:
    sound = noise(blocks=6000)  # a minute in which nobody reads
    thread = audio_thread(stream, sound)
    thread.join(timeout=20)

    assert not thread.is_alive()
    heard = np.concatenate([microphone.read() for _ in range(1990)])
    expected = soxr.resample(sound, HEADSET.default_rate, SAMPLE_RATE)[: len(heard)]
    np.testing.assert_allclose(heard, expected, atol=1e-4)


def test_the_audio_thread_does_not_wait_for_a_reader_that_hangs(
    stream: FakeStream, microphone: Microphone, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, go_on = threading.Event(), threading.Event()

    class HangingResampler:
        def resample_chunk(self, block: Samples) -> Samples:
            reading.set()
            go_on.wait(20)
            return block

    monkeypatch.setattr(microphone, "_resampler", HangingResampler())
    reader = threading.Thread(target=microphone.read, daemon=True)
    reader.start()
    stream.bring(noise(blocks=1))
    assert reading.wait(20)

    thread = audio_thread(stream, noise(blocks=100))
    thread.join(timeout=20)

    assert not thread.is_alive()
    assert reader.is_alive()
    go_on.set()
    reader.join(20)


def test_silence_of_the_device_is_noticed(stream: FakeStream, microphone: Microphone) -> None:
    stream.bring(noise(blocks=1))

    with pytest.raises(DeviceLost, match="Fake headset has stopped bringing sound: plug it in"):
        microphone.read(timeout_s=0.01)


def test_it_listens_only_inside_with(stream: FakeStream) -> None:
    microphone = Microphone(HEADSET, stream.open)
    running = [stream.running]
    with microphone:
        running.append(stream.running)
    running.append(stream.running)

    assert running == [False, True, False]


def test_it_knows_when_a_frame_was_heard(stream: FakeStream) -> None:
    clock = iter(range(1000))
    with Microphone(HEADSET, stream.open, lambda: next(clock)) as microphone:
        bring(stream, noise(blocks=100))
        times = []
        for _ in range(20):
            microphone.read()
            times.append(microphone.heard_at)

    assert np.diff(times).mean() == pytest.approx(3, abs=0.2)  # a frame is three blocks


def test_half_an_hour_is_heard_whole_and_takes_no_memory(stream: FakeStream, microphone: Microphone) -> None:
    frames_a_minute = 60 * SAMPLE_RATE // FRAME_SAMPLES
    block = noise(blocks=1)
    for _ in range(6):  # what the resampler holds back
        stream.bring(block)

    def read_for(minutes: int) -> None:
        for _ in range(minutes * frames_a_minute):
            for _ in range(3):
                stream.bring(block)
            assert len(microphone.read(timeout_s=0)) == FRAME_SAMPLES

    read_for(minutes=1)
    allocated = sys.getallocatedblocks()
    read_for(minutes=29)

    assert sys.getallocatedblocks() < allocated + 1000
    assert microphone._blocks.qsize() <= 6
    assert len(microphone._pending) <= 2 * FRAME_SAMPLES


def test_a_stream_that_has_ended_is_noticed_at_once_and_what_it_brought_is_heard(
    stream: FakeStream, microphone: Microphone
) -> None:
    bring(stream, noise(blocks=30))
    stream.active = False
    heard = []

    def read_to_the_end() -> None:
        while True:
            heard.append(microphone.read(timeout_s=1000))

    with pytest.raises(DeviceLost):
        read_to_the_end()
    assert len(heard) * FRAME_SAMPLES > 30 * BLOCK / 3 - 2 * FRAME_SAMPLES
    assert microphone.lost


def test_it_can_be_opened_again_at_another_rate(stream: FakeStream, microphone: Microphone) -> None:
    stream.bring(noise(blocks=1))
    working = [microphone.working]
    microphone.close()
    working.append(microphone.working)
    microphone.open(replace(HEADSET, default_rate=SAMPLE_RATE))
    working.append(microphone.working)
    assert working == [True, False, False]
    sound = noise(blocks=4)
    bring(stream, sound)
    np.testing.assert_allclose(microphone.read(), sound[:FRAME_SAMPLES], atol=1e-4)
    assert microphone.working
