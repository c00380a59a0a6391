"""Louder and softer, to the left and to the right, and never too loud."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.loudness import PEAK_DBFS
from rehearse.audio.volume import MIDDLE, PLACES, Place, Volume, aside, limited
from rehearse.dialogue import Speaker

MOST = 10 ** (PEAK_DBFS / 20)


class FakeOutput:
    def __init__(self) -> None:
        self.played: list[tuple[Samples, Place]] = []

    def play(self, samples: Samples, place: Place = MIDDLE, /) -> None:
        self.played.append((samples, place))


def speech(peak: float = 0.4, seconds: float = 0.5) -> Samples:
    samples = np.random.default_rng(1).standard_normal(round(seconds * VOICE_RATE))
    return np.asarray(peak * samples / np.abs(samples).max(), np.float32)


def test_it_plays_as_loud_as_asked() -> None:
    output = FakeOutput()
    volume = Volume(output, level_db=-6.0)
    volume.play(speech())
    volume.level_db = 0.0
    volume.play(speech(), level_db=-2.0)
    levels = [20 * np.log10(np.abs(samples).max() / 0.4) for samples, _ in output.played]
    assert levels == pytest.approx([-6.0, -2.0], abs=0.01)


@given(st.floats(-18, 6), st.floats(0.01, 1.0), st.sampled_from([MIDDLE, *PLACES.values()]))
def test_neither_ear_ever_hears_more_than_the_peak(level_db: float, peak: float, place: Place) -> None:
    output = FakeOutput()
    Volume(output, level_db).play(speech(peak), place)
    (samples, at) = output.played[0]
    assert at == place
    assert np.abs(samples).max() * max(at) <= MOST + 1e-6


@given(st.floats(0.1, 0.9), st.integers(0, VOICE_RATE // 2 - 1), st.floats(1.0, 3.0))
def test_only_what_is_near_a_peak_is_lowered(most: float, at: int, peak: float) -> None:
    samples = speech(peak=0.09)
    samples[at] = peak
    lowered = limited(samples, most)
    assert np.abs(lowered).max() <= most + 1e-6
    far = np.abs(np.arange(len(samples)) - at) > 0.015 * VOICE_RATE
    np.testing.assert_array_equal(lowered[far], samples[far])


def test_what_is_not_too_loud_is_left_alone() -> None:
    samples = speech()
    assert limited(samples, 0.4001) is samples


@given(st.floats(-45, 45))
def test_a_voice_is_as_loud_wherever_it_comes_from(degrees: float) -> None:
    left, right = aside(degrees)
    assert left**2 + right**2 == pytest.approx(2)
    assert (left > right) == (degrees < -1e-13) or abs(degrees) < 1e-9


def test_the_partner_is_slightly_to_the_left_and_the_coach_to_the_right() -> None:
    partner, coach = PLACES[Speaker.PARTNER], PLACES[Speaker.COACH]
    assert 3 < 20 * np.log10(partner.left / partner.right) < 9
    assert (coach.left, coach.right) == pytest.approx((partner.right, partner.left))
