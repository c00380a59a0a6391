"""The soft tone is found where it is, and nowhere else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.doctor.check import Verdict
from rehearse.doctor.loopback import AUDIBLE_DB, LISTEN_S, Echo, chirp, find_chirp, loopback_check


def room(noise_dbfs: float, seed: int = 0) -> Samples:
    noise = np.random.default_rng(seed).standard_normal(round(LISTEN_S * SAMPLE_RATE)) * 10 ** (noise_dbfs / 20)
    return noise.astype(np.float32)


def with_echo(heard: Samples, at_s: float, gain_db: float) -> Samples:
    tone = chirp(SAMPLE_RATE) * np.float32(10 ** (gain_db / 20))
    at = round(at_s * SAMPLE_RATE)
    heard = heard.copy()
    heard[at : at + len(tone)] += tone[: len(heard) - at]
    return heard


@given(at_s=st.floats(0, LISTEN_S - 0.7), gain_db=st.floats(-40, 10), upside_down=st.booleans())
def test_it_is_found_to_the_millisecond_and_the_decibel(at_s: float, gain_db: float, upside_down: bool) -> None:
    heard = with_echo(room(-60), at_s, gain_db) * np.float32(-1 if upside_down else 1)
    echo = find_chirp(heard)
    assert echo
    assert echo.at_s == pytest.approx(at_s, abs=0.001)
    assert echo.gain_db == pytest.approx(gain_db, abs=1)


@given(seed=st.integers(0, 10_000), noise_dbfs=st.floats(-90, -10))
def test_noise_alone_holds_none(seed: int, noise_dbfs: float) -> None:
    assert find_chirp(room(noise_dbfs, seed)) is None


def test_silence_holds_none() -> None:
    assert find_chirp(np.zeros(round(LISTEN_S * SAMPLE_RATE), np.float32)) is None


@pytest.mark.parametrize(
    ("echo", "delay_s", "worn", "verdict", "says"),
    [
        (None, 0.0, True, Verdict.OK, "does not hear"),
        (None, 0.0, False, Verdict.OK, "--headset"),
        (Echo(0.1, AUDIBLE_DB - 1), 0.1, True, Verdict.OK, "does not hear"),
        (Echo(0.1, -20), 0.12, False, Verdict.OK, "after 120 ms, 20 dB softer"),
        (Echo(0.1, 3), 0.12, False, Verdict.OK, "3 dB louder"),
        (Echo(0.1, -20), 0.12, True, Verdict.WARNING, "would interrupt themself"),
        (Echo(0.1, -20), 0.7, False, Verdict.WARNING, "too late"),
    ],
)
def test_what_it_means(echo: Echo | None, delay_s: float, worn: bool, verdict: Verdict, says: str) -> None:
    check = loopback_check(echo, delay_s, worn=worn)
    assert check.verdict is verdict
    assert says in check.found
    assert bool(check.fix) == (verdict is not Verdict.OK)
