import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import SAMPLE_RATE, Samples, frames_of
from rehearse.audio.voice_activity import OFFSET, ONSET, Silero, VoiceActivity

SECONDS = 3
TIME = np.arange(SECONDS * SAMPLE_RATE) / SAMPLE_RATE

FORMANTS_HZ = ((730, 1090, 2440), (270, 2290, 3010), (570, 840, 2410), (530, 1840, 2480), (300, 870, 2240))
"""Of a man's vowels in had, heed, hawed, head, who'd (Peterson and Barney 1952)."""


def vowels() -> Samples:
    """Four syllables a second: harmonics of a gliding voice, loud near the formants of the vowel."""
    pitch = 120 * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * TIME))
    phase = 2 * np.pi * np.cumsum(pitch) / SAMPLE_RATE
    formants = np.array(FORMANTS_HZ)[(TIME * 4).astype(int) % len(FORMANTS_HZ)]
    sound = np.zeros(len(TIME))
    for harmonic in range(1, 40):
        distance = (harmonic * pitch[:, np.newaxis] - formants) / 80
        sound += (1 / (1 + distance**2)).sum(axis=1) * np.sin(harmonic * phase) / harmonic**0.5
    sound *= np.sqrt(np.abs(np.sin(2 * np.pi * 2 * TIME)))
    return np.asarray(0.3 * sound / np.abs(sound).max(), np.float32)


def voiced_share(sound: Samples) -> float:
    probability, voice = Silero(), VoiceActivity()
    return float(np.mean([voice(probability(frame)) for frame in frames_of(sound)]))


def test_silero_hears_a_voice() -> None:
    assert voiced_share(vowels()) > 0.6


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(len(TIME)),
        np.random.default_rng(1).normal(0, 0.1, len(TIME)),
        0.3 * np.sin(2 * np.pi * 440 * TIME),
        0.3 * np.sign(np.sin(2 * np.pi * 100 * TIME)),
        (TIME == 1.5).astype(float),
    ],
    ids=["silence", "white noise", "tone", "hum", "click"],
)
def test_silero_hears_no_voice_where_there_is_none(sound: Samples) -> None:
    assert voiced_share(sound.astype(np.float32)) == 0


def test_silero_leaves_the_frame_as_it_is() -> None:
    frame = vowels()[:512]
    frame.flags.writeable = False

    assert 0 <= Silero()(frame) <= 1


@pytest.mark.parametrize(
    ("probabilities", "voiced"),
    [
        ([0.49, 0.5, 0.4, 0.35, 0.34, 0.4, 0.49, 0.5], [False, True, True, True, False, False, False, True]),
        ([0.0, 1.0, 0.0, 1.0], [False, True, False, True]),
    ],
)
def test_a_voice_starts_high_and_stops_low(probabilities: list[float], voiced: list[bool]) -> None:
    voice = VoiceActivity()

    assert [voice(probability) for probability in probabilities] == voiced


@given(st.lists(st.floats(0, 1)))
def test_it_changes_its_mind_only_for_a_reason(probabilities: list[float]) -> None:
    voice = VoiceActivity()
    before = False
    for probability in probabilities:
        now = voice(probability)
        if now != before:
            assert probability >= ONSET if now else probability < OFFSET
        before = now
