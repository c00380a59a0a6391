"""Earcons are soft, short and apart from each other, and nothing takes them for a voice."""

import numpy as np
import pytest
import soxr

from rehearse.audio.earcons import PAUSED, STILL_LISTENING
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples, frames_of
from rehearse.audio.voice_activity import ONSET, Silero

EARCONS = pytest.mark.parametrize("earcon", [STILL_LISTENING, PAUSED], ids=["still listening", "paused"])


def spectrum(sound: Samples) -> tuple[np.ndarray, np.ndarray]:
    """Frequencies in Hz, and the share of the energy at each."""
    energy = np.abs(np.fft.rfft(sound, 2**15)) ** 2
    return np.fft.rfftfreq(2**15, 1 / VOICE_RATE), energy / energy.sum()


@EARCONS
def test_it_is_short_and_soft(earcon: Samples) -> None:
    assert earcon.dtype == np.float32
    assert 0.2 * VOICE_RATE <= len(earcon) <= 0.4 * VOICE_RATE
    assert 20 * np.log10(np.abs(earcon).max()) <= -18


@EARCONS
def test_it_neither_clicks_nor_startles(earcon: Samples) -> None:
    assert earcon[0] == 0
    assert abs(earcon[-1]) < 1e-4
    steepest = 2 * np.pi * 600 / VOICE_RATE * np.abs(earcon).max()
    assert np.abs(np.diff(earcon)).max() <= steepest  # no step that a tone of 600 Hz would not take
    assert np.abs(earcon[: VOICE_RATE // 100]).max() < 0.2 * np.abs(earcon).max()


@EARCONS
def test_it_comes_through_a_telephone_band_and_has_nothing_shrill(earcon: Samples) -> None:
    frequencies, share = spectrum(earcon)
    assert share[(frequencies > 300) & (frequencies < 1000)].sum() > 0.98


@EARCONS
def test_heard_by_the_microphone_it_is_no_voice(earcon: Samples) -> None:
    heard = soxr.resample(earcon, VOICE_RATE, SAMPLE_RATE)
    around = np.zeros(SAMPLE_RATE, np.float32)
    probability = Silero()
    assert max(probability(frame) for frame in frames_of(np.concatenate([around, heard, around]))) < ONSET


def test_they_are_told_apart() -> None:
    (frequencies, one), (_, other) = spectrum(STILL_LISTENING), spectrum(PAUSED)
    assert abs(frequencies[one.argmax()] - frequencies[other.argmax()]) > 40
    assert np.sqrt(one * other).sum() < 0.5  # how far the spectra overlap, 0–1


def test_nobody_can_spoil_them() -> None:
    with pytest.raises(ValueError, match="read-only"):
        STILL_LISTENING[0] = 1
