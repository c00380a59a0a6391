"""Earcons are soft, short and apart from each other, and nothing takes them for a voice."""

from itertools import combinations

import numpy as np
import pytest
import soxr

from rehearse.audio.earcons import EARCONS
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples, frames_of
from rehearse.audio.voice_activity import ONSET, Silero
from rehearse.dialogue import Cue

EACH = pytest.mark.parametrize("earcon", [*EARCONS.values()], ids=[*EARCONS])
WINDOW = VOICE_RATE // 100


def spectrum(sound: Samples) -> tuple[np.ndarray, np.ndarray]:
    """Frequencies in Hz, and the share of the energy at each."""
    energy = np.abs(np.fft.rfft(sound, 2**15)) ** 2
    return np.fft.rfftfreq(2**15, 1 / VOICE_RATE), energy / energy.sum()


def notes_of(sound: Samples) -> list[tuple[float, float]]:
    """The pitch in Hz and the length in seconds of each note, as they are told from the sound alone."""
    windows = sound[: len(sound) // WINDOW * WINDOW].reshape(-1, WINDOW)
    loud = np.abs(windows).max(axis=1) > 0.15 * np.abs(sound).max()
    edges = np.flatnonzero(np.diff(loud, prepend=False, append=False))
    notes = []
    for begin, end in edges.reshape(-1, 2):
        frequencies, share = spectrum(sound[begin * WINDOW : end * WINDOW])
        notes.append((float(frequencies[share.argmax()]), (end - begin) * WINDOW / VOICE_RATE))
    return notes


def differ(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Whether an ear that knows no absolute pitch tells them apart: by the number of notes, by where they go, or, of
    single notes, by both pitch (more than two semitones) and length (half as long again)."""
    if len(one) != len(other):
        return True
    if len(one) > 1:
        return contour(one) != contour(other)
    (low, long), (high, short) = sorted([*one, *other])
    return high > 1.12 * low and long > 1.5 * short


def contour(notes: list[tuple[float, float]]) -> list[int]:
    pitches = np.array([pitch for pitch, _ in notes])
    return [int(np.sign(round(step / 20))) for step in np.diff(pitches)]


def test_every_cue_has_one() -> None:
    assert set(EARCONS) == set(Cue)


@EACH
def test_it_is_short_and_soft(earcon: Samples) -> None:
    assert earcon.dtype == np.float32
    assert 0.2 * VOICE_RATE <= len(earcon) <= 0.4 * VOICE_RATE
    assert 20 * np.log10(np.abs(earcon).max()) <= -18


@EACH
def test_it_neither_clicks_nor_startles(earcon: Samples) -> None:
    assert earcon[0] == 0
    assert abs(earcon[-1]) < 1e-4
    steepest = 2 * np.pi * 1000 / VOICE_RATE * np.abs(earcon).max()
    assert np.abs(np.diff(earcon)).max() <= steepest  # no step that a tone of 1 kHz would not take
    assert np.abs(earcon[: VOICE_RATE // 100]).max() < 0.2 * np.abs(earcon).max()


@EACH
def test_it_comes_through_a_telephone_band_and_has_nothing_shrill(earcon: Samples) -> None:
    frequencies, share = spectrum(earcon)
    assert share[(frequencies > 300) & (frequencies < 1200)].sum() > 0.98


@EACH
def test_heard_by_the_microphone_it_is_no_voice(earcon: Samples) -> None:
    heard = soxr.resample(earcon, VOICE_RATE, SAMPLE_RATE)
    around = np.zeros(SAMPLE_RATE, np.float32)
    for level in (2.0, 1.0, 0.1):
        probability = Silero()
        assert max(probability(frame) for frame in frames_of(np.concatenate([around, level * heard, around]))) < ONSET


@pytest.mark.parametrize(("one", "other"), [*combinations(Cue, 2)])
def test_each_is_told_from_each_other(one: Cue, other: Cue) -> None:
    assert differ(notes_of(EARCONS[one]), notes_of(EARCONS[other]))


def test_nobody_can_spoil_them() -> None:
    with pytest.raises(ValueError, match="read-only"):
        EARCONS[Cue.PAUSED][0] = 1
