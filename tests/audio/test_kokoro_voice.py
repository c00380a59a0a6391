import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.kokoro_voice import KokoroVoice, kokoro_command, with_pauses
from rehearse.audio.kokoro_weights import KokoroFiles
from rehearse.audio.natural_voices import find_natural
from rehearse.dialogue import Line, Speaker
from rehearse.errors import VoiceFailed, WeightsCorrupt, WeightsUnreachable
from tests.audio.test_pyttsx3_voice import Faults

LINE = Line("I just needed you to hear it, nothing more than that.", Speaker.PARTNER)
HEART = find_natural("heart")


def tone(seconds: float) -> Samples:
    times = np.arange(round(seconds * VOICE_RATE)) / VOICE_RATE
    return (0.3 * np.sin(2 * np.pi * 200 * times)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * VOICE_RATE), dtype=np.float32)


@given(
    pauses=st.lists(st.integers(20, 80), min_size=1, max_size=5),
    gap=st.integers(1, 12),
    longer=st.floats(1.0, 2.0),
)
def test_pauses_grow_and_closures_do_not(pauses: list[int], gap: int, longer: float) -> None:
    word = np.concatenate([tone(0.1), silence(gap / 100), tone(0.1)])
    spoken = np.concatenate([part for pause in pauses for part in (word, silence(pause / 100))] + [word])
    slower = with_pauses(spoken, longer)
    assert (len(slower) - len(spoken)) / VOICE_RATE == pytest.approx(sum(pauses) / 100 * (longer - 1), abs=0.001)
    assert np.array_equal(slower[: len(word)], word)
    assert np.array_equal(slower[-len(word) :], word)
    assert np.count_nonzero(slower) == np.count_nonzero(spoken)


@given(length=st.integers(0, 1000))
def test_silence_and_next_to_nothing_stay_as_they_are(length: int) -> None:
    samples = np.zeros(length, dtype=np.float32)
    assert np.array_equal(with_pauses(samples, 1.5), samples)


def test_a_mood_changes_the_pace_and_the_voice_is_kokoros_own(tmp_path: Path) -> None:
    voice = KokoroVoice(HEART, tmp_path)
    plain, tired = voice.style(LINE), voice.style(Line(LINE.text, LINE.speaker, "tired"))
    assert plain.voice == tired.voice == "af_heart"
    assert 0.85 < tired.rate / plain.rate < 0.95
    voice.close()


def test_without_weights_nothing_is_started(tmp_path: Path) -> None:
    with (
        KokoroVoice(HEART, tmp_path) as voice,
        pytest.raises(WeightsUnreachable, match="run `rehearse voices prepare`"),
    ):
        voice.render(LINE)


def test_weights_are_verified_before_they_are_used(tmp_path: Path) -> None:
    files = KokoroFiles.below(tmp_path)
    files.model.write_bytes(b"something else")
    files.voices.write_bytes(b"something else")
    with KokoroVoice(HEART, tmp_path) as voice, pytest.raises(WeightsCorrupt, match="is damaged"):
        voice.render(LINE)


@pytest.mark.process
@pytest.mark.parametrize("fault", ["dies", "hangs", "empty", "truncated", "a fraction"])
def test_a_child_that_fails_once_is_replaced_and_twice_is_given_up(fault: str, tmp_path: Path) -> None:
    faults = Faults(tmp_path)
    faults.plan(requests=[fault, "none", fault, fault])
    with KokoroVoice(HEART, tmp_path, command=faults.command, timeout_s=1.0 if fault == "hangs" else 5.0) as voice:
        assert len(voice.render(LINE)) > VOICE_RATE
        with pytest.raises(VoiceFailed):
            voice.render(LINE)
    assert faults.asked == 4


@pytest.mark.process
def test_a_child_that_cannot_load_the_weights_says_so(tmp_path: Path) -> None:
    files = KokoroFiles.below(tmp_path)
    files.model.write_bytes(b"no model")
    command = (sys.executable, *kokoro_command(files, threads=1)[1:])
    with (
        KokoroVoice(HEART, tmp_path, command=command) as voice,
        pytest.raises(VoiceFailed, match="failed twice") as told,
    ):
        voice.render(LINE)
    assert "\n" not in str(told.value)
