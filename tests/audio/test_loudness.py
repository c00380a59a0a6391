"""Loudness is that of the recommendation, and every line comes to the same."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.loudness import PEAK_DBFS, TARGET_LUFS, levelled, loudness


def tone(hertz: float, seconds: float, dbfs: float = 0.0) -> Samples:
    time = np.arange(round(seconds * VOICE_RATE)) / VOICE_RATE
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * VOICE_RATE), np.float32)


def noise(seconds: float, level: float) -> Samples:
    return (level * np.random.default_rng(1).standard_normal(round(seconds * VOICE_RATE))).astype(np.float32)


@pytest.mark.parametrize(
    ("sound", "lufs"),
    [
        (tone(997, 3), -3.01),  # what the recommendation states of a full-scale tone in one channel
        (tone(1000, 20, -20), -23.0),  # EBU Tech 3341, case 1, in one channel of two: 3 dB less
        (tone(50, 3, -20), -27.65),
        (tone(4000, 3, -20), -19.75),
    ],
    ids=["997 Hz", "1 kHz", "a hum counts less", "hiss counts more"],
)
def test_it_is_weighted_as_by_the_ear(sound: Samples, lufs: float) -> None:
    assert loudness(sound) == pytest.approx(lufs, abs=0.1)


def test_pauses_do_not_count() -> None:
    spoken = tone(1000, 2, -20)
    with_pauses = np.concatenate([spoken, silence(3), spoken, tone(1000, 3, -55), spoken])
    assert loudness(with_pauses) == pytest.approx(loudness(spoken), abs=0.6)


def test_a_word_shorter_than_a_block_has_a_loudness() -> None:
    assert loudness(tone(1000, 0.2, -20)) == pytest.approx(-23.0, abs=0.3)


@pytest.mark.parametrize("sound", [silence(2), silence(0.1), silence(0)], ids=len)
def test_silence_has_none_and_stays_as_it_is(sound: Samples) -> None:
    assert loudness(sound) == -np.inf
    assert levelled(sound) is sound


@given(st.floats(0.1, 3), st.floats(1e-3, 0.3))
def test_every_line_comes_to_the_same_loudness(seconds: float, level: float) -> None:
    line = levelled(noise(seconds, level))
    assert line.dtype == np.float32
    assert loudness(line) == pytest.approx(TARGET_LUFS, abs=0.05)


def test_no_peak_is_let_through_for_the_sake_of_loudness() -> None:
    clicking = noise(2, 0.01)
    clicking[::4800] = 0.5
    line = levelled(clicking)
    assert 20 * np.log10(np.abs(line).max()) == pytest.approx(PEAK_DBFS, abs=0.01)
    assert loudness(line) < TARGET_LUFS
