"""What the vocal folds tell of a sound, and what is made of it."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples, frames_of
from rehearse.audio.voice_activity import OFFSET, ONSET, Silero
from rehearse.audio.voicing import PERIODIC, UNVOICED_FRAMES, WHISPERED_FRAMES, Voicing, periodicity
from tests.audio.test_voice_activity import vowels

TIME = np.arange(2 * FRAME_SAMPLES) / SAMPLE_RATE
HUM = np.asarray(0.1 * np.sign(np.sin(2 * np.pi * 120 * TIME[:FRAME_SAMPLES])), np.float32)
"""A frame that swings 120 times a second; those after it go on nearly as it does."""
HISS = np.random.default_rng(1).normal(0, 0.1, (200, FRAME_SAMPLES)).astype(np.float32)


@pytest.mark.parametrize("pitch_hz", [80, 120, 210, 390])
def test_a_swinging_sound_is_periodic(pitch_hz: float) -> None:
    sound = sum(np.sin(2 * np.pi * harmonic * pitch_hz * TIME) / harmonic for harmonic in range(1, 10))
    assert periodicity(np.asarray(sound, np.float32)) > 0.9


def test_noise_is_not_and_silence_is_no_fault() -> None:
    assert max(periodicity(np.concatenate([one, other])) for one, other in pairwise(HISS)) < PERIODIC
    assert periodicity(np.zeros(2 * FRAME_SAMPLES, np.float32)) == 0


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=40), st.integers(0, 2 * FRAME_SAMPLES))
def test_it_lies_between_none_and_all(values: list[float], silent: int) -> None:
    sound = np.resize(np.array(values, np.float32), 2 * FRAME_SAMPLES)
    sound[:silent] = 0
    assert 0 <= periodicity(sound) <= 1 + 1e-6


@pytest.mark.parametrize("at", [0, 1, 500, 2 * FRAME_SAMPLES - 1])
def test_a_click_is_not_periodic(at: int) -> None:
    sound = np.zeros(2 * FRAME_SAMPLES, np.float32)
    sound[at] = 1
    assert periodicity(sound) < PERIODIC


def heard(pattern: str, probability: float = 0.9) -> list[float]:
    """What is made of a detector that is sure of everything: `#` is voiced, `~` is breath."""
    voicing = Voicing(lambda _: probability)
    hiss: Iterator[Samples] = iter(HISS)
    return [voicing(HUM if character == "#" else next(hiss)) for character in pattern]


def test_breath_alone_is_no_voice_unless_it_goes_on_like_whispering() -> None:
    found = heard("~" * 30)
    assert max(found[: WHISPERED_FRAMES - 1]) < OFFSET
    assert min(found[WHISPERED_FRAMES - 1 :]) > ONSET


def test_a_word_may_begin_and_end_without_a_voice() -> None:
    probabilities = iter([0.9] * 3 + [0.9] * 4 + [0.9] * 5 + [0.1] * 3 + [0.9] * 10)
    voicing = Voicing(lambda _: next(probabilities))
    sounds = [*HISS[:3], *[HUM] * 4, *HISS[3:8], *HISS[8:11], *HISS[11:21]]
    found = [voicing(sound) for sound in sounds]
    assert max(found[:3]) < OFFSET
    assert min(found[4 : 7 + UNVOICED_FRAMES]) > ONSET
    assert max(found[-10:]) < OFFSET  # a breath, after a pause


@given(st.lists(st.tuples(st.sampled_from("#~"), st.floats(0, 1)), max_size=80))
def test_it_never_hears_more_than_the_detector(frames: list[tuple[str, float]]) -> None:
    probabilities = iter([probability for _, probability in frames])
    voicing = Voicing(lambda _: next(probabilities))
    for number, (character, probability) in enumerate(frames):
        assert voicing(HUM if character == "#" else HISS[number]) <= probability


def test_of_a_voice_nothing_is_lost() -> None:
    alone, both = Silero(), Voicing(Silero())
    pairs = [(alone(frame), both(frame)) for frame in frames_of(vowels())]
    assert sum(after >= ONSET for _, after in pairs) >= 0.97 * sum(before >= ONSET for before, _ in pairs)
