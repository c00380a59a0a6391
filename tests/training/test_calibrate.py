"""Calibration makes probabilities of log-odds that are too bold."""

import numpy as np

from training.calibrate import LEAST, calibrated
from training.scores import calibration_error, reliability


def test_log_odds_that_are_too_bold_are_toned_down() -> None:
    chance = np.random.default_rng(5)
    odds = chance.normal(-1.0, 2.0, (4000, 3))
    truth = chance.random(odds.shape) < 1 / (1 + np.exp(-odds))
    fitted = calibrated(2.5 * odds + 1.0, np.zeros((*odds.shape, 1)), truth)
    assert np.allclose(fitted.slope, 0.4, atol=0.05)
    said = 1 / (1 + np.exp(-(fitted.slope * (2.5 * odds + 1.0) + fitted.intercept)))
    assert calibration_error(reliability(truth.ravel(), said.ravel())) < 0.02
    assert ((fitted.threshold >= LEAST - 1e-6) & (fitted.threshold < 0.7)).all()


def test_a_rare_code_takes_after_the_others() -> None:
    chance = np.random.default_rng(6)
    odds = chance.normal(0.0, 2.0, (1000, 5))
    odds[:, 4] -= 8
    truth = chance.random(odds.shape) < 1 / (1 + np.exp(-odds))
    fitted = calibrated(odds, np.zeros((*odds.shape, 1)), truth)
    assert truth[:, 4].sum() < 10
    assert abs(fitted.slope[4] - 1.0) < 0.4


def test_what_the_rules_know_beyond_the_odds_counts() -> None:
    chance = np.random.default_rng(7)
    odds, ruled = chance.normal(-1.0, 2.0, (4000, 3)), chance.random((4000, 3)) < 0.2
    truth = chance.random(odds.shape) < 1 / (1 + np.exp(-(odds + 2.0 * ruled)))
    fitted = calibrated(odds, ruled[:, :, None].astype(float), truth)
    assert np.allclose(fitted.support, 2.0, atol=0.3)
