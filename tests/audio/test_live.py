"""A person at a microphone that is lost, muted, or sounds like a telephone."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.live import MUTED_AFTER_S, LiveEar, LiveReplies, Muted
from rehearse.audio.microphone import Microphone
from rehearse.dialogue import Foresee, Heard, Silence, Thought, Unclear
from rehearse.errors import DeviceLost
from tests.fake_stream import HEADSET, FakeStream

RATE_16 = replace(HEADSET, default_rate=SAMPLE_RATE)


class Endless(FakeStream):
    """Brings the same for ever: as loud as that."""

    level = 0.1


@pytest.fixture
def stream() -> Endless:
    return Endless()


@pytest.fixture
def microphone(stream: Endless) -> Iterator[Microphone]:
    with Microphone(RATE_16, stream.open) as microphone:
        yield microphone


def source_of(microphone: Microphone, stream: Endless) -> LiveReplies:
    source = LiveReplies(microphone, rest=lambda _: None)
    read: Callable[[], Samples] = source.read

    def after_sound_has_come() -> Samples:
        if stream.active:
            stream.bring(np.full(FRAME_SAMPLES, stream.level, np.float32))
        return read()

    source.read = after_sound_has_come  # type: ignore[method-assign]
    return source


class FrameByFrame:
    """An ear that understands nothing, after so many seconds."""

    def __init__(self, source: LiveReplies, heard: Heard, seconds: float = 30.0) -> None:
        self._source = source
        self._heard = heard
        self._seconds = seconds

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        until_s = self._source.now_s + self._seconds
        while self._source.now_s < until_s:
            self._source.read()
        return self._heard


def foresee(_: str) -> Thought:
    return Thought(1.0)


def test_a_lost_microphone_is_raised_once_and_is_silent_until_it_is_opened_again(
    microphone: Microphone, stream: Endless
) -> None:
    source = source_of(microphone, stream)
    for _ in range(10):
        source.read()
    stream.active = False

    def read_what_is_left() -> None:
        while True:
            source.read()

    with pytest.raises(DeviceLost):
        read_what_is_left()
    began_s = source.now_s
    assert not any(source.read().any() for _ in range(100))
    assert source.now_s - began_s == pytest.approx(100 * FRAME_S)
    microphone.open()
    assert all(source.read().any() for _ in range(10))


def test_a_microphone_without_any_sound_is_told_of_once_while_somebody_is_expected_to_speak(
    microphone: Microphone, stream: Endless
) -> None:
    stream.level = 0.0
    source = source_of(microphone, stream)
    for _ in range(1000):  # a line plays
        source.read()
    ear = LiveEar(FrameByFrame(source, Silence(30.0)), source)
    began_s = source.now_s
    assert ear.listen(12.0, foresee) == Unclear("muted")
    assert source.now_s - began_s == pytest.approx(MUTED_AFTER_S, abs=2 * FRAME_S)
    assert ear.listen(12.0, foresee) == Silence(30.0)
    source.read()


def test_a_quiet_room_is_not_taken_for_a_muted_microphone(microphone: Microphone, stream: Endless) -> None:
    stream.level = 0.0002
    source = source_of(microphone, stream)
    assert LiveEar(FrameByFrame(source, Silence(30.0)), source).listen(12.0, foresee) == Silence(30.0)


def test_nobody_is_expected_to_speak_while_a_line_plays(microphone: Microphone, stream: Endless) -> None:
    stream.level = 0.0
    source = source_of(microphone, stream)
    source.expect_sound(True)
    source.expect_sound(False)
    for _ in range(1000):
        source.read()
    source.expect_sound(True)
    with pytest.raises(Muted):
        FrameByFrame(source, Silence(30.0)).listen(12.0, foresee)


def test_who_has_spoken_and_then_mutes_the_microphone_has_spoken(microphone: Microphone, stream: Endless) -> None:
    class Patient(FrameByFrame):
        def listen(self, patience_s: float, foresee: Foresee) -> Heard:
            super().listen(patience_s, foresee)
            stream.level = 0.0
            return super().listen(patience_s, foresee)

    source = source_of(microphone, stream)
    ear = LiveEar(Patient(source, Silence(30.0)), source)
    assert ear.listen(12.0, foresee) == Silence(30.0)
    assert ear.listen(12.0, foresee) == Unclear("muted")


@pytest.mark.parametrize("heard", [Unclear("unclear", "mumble"), Silence(12.0)])
@pytest.mark.parametrize(("rate", "telephone"), [(8000, True), (16_000, True), (44_100, False)])
def test_a_telephone_is_named_as_the_reason(
    microphone: Microphone, stream: Endless, heard: Heard, rate: int, telephone: bool
) -> None:
    microphone.open(replace(HEADSET, default_rate=rate))
    source = source_of(microphone, stream)
    found = LiveEar(FrameByFrame(source, heard, seconds=0), source).listen(12.0, foresee)
    named = isinstance(heard, Unclear) and telephone
    assert found == (Unclear("telephone", "mumble") if named else heard)
