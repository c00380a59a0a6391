"""Recordings answer in order; the room keeps what was said and heard where it was."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.audio.frames import FRAME_S, SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.mixdown import Mixdown
from rehearse.audio.recordings import RecordedReplies


def tone(seconds: float, rate: int, level: float = 0.5) -> Samples:
    return (level * np.sin(np.arange(round(seconds * rate)) * 2 * np.pi * 300 / rate)).astype(np.float32)


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.wav", tmp_path / "b.wav"]
    for path, seconds in zip(paths, (1.0, 0.5), strict=True):
        soundfile.write(path, tone(seconds, SAMPLE_RATE), SAMPLE_RATE)
    return paths


def test_each_recording_is_one_reply_then_nobody_is_left(two: list[Path]) -> None:
    replies = RecordedReplies(two, Mixdown())
    for seconds in (1.0, 0.5):
        assert replies.begin_reply()
        frames = 0
        while replies.goes_on:
            assert np.abs(replies.read()).max() > 0.3
            frames += 1
        assert frames == pytest.approx(seconds / FRAME_S, abs=1)
        assert not replies.read().any()
    assert not replies.begin_reply()


def test_the_room_holds_both_sides_in_their_places(two: list[Path], tmp_path: Path) -> None:
    room = Mixdown()
    replies = RecordedReplies(two, room)
    room.play(tone(2.0, VOICE_RATE, level=0.25))
    replies.begin_reply()
    while replies.goes_on:
        replies.read()
    room.pass_time(1.0)
    room.play(tone(1.0, VOICE_RATE, level=0.25))
    room.write(tmp_path / "out.wav")
    sound, rate = soundfile.read(tmp_path / "out.wav")
    assert (rate, soundfile.info(tmp_path / "out.wav").subtype) == (VOICE_RATE, "PCM_16")
    levels = [np.abs(sound[round(at * rate) : round((at + 0.2) * rate)]).max() for at in (1.0, 2.5, 3.5, 4.5)]
    assert levels == pytest.approx([0.25, 0.5, 0.0, 0.25], abs=0.03)
    assert room.now_s == pytest.approx(5.0, abs=2 * FRAME_S)
