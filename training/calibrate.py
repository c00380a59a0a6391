"""Turn the network's log-odds into probabilities, and choose from which probability on a code is stated.

Platt's scaling (Platt 1999) for each code, drawn towards one for all codes because some are rare, with what the rules
found beside the log-odds; fitted on the dev part.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rehearse.bert import Array
from rehearse.feedback.codes import AXES, Axis, Code

Floats = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]
_OWN_WORTH = 20.0
"""How many positive examples make a code's own threshold count as much as the one for all codes."""
LEAST, LEAST_OF_HARSH = 0.3, 0.4
"""No code is stated that is less likely than this, whatever F1 gains by it: a wrong verdict costs more than none, most
of all one that somebody has to hear as blame.
"""
HARSH = [place for place, code in enumerate(Code) if code in AXES[Axis.FIXING] | AXES[Axis.DEFENSIVENESS]]
_GRID = np.linspace(LEAST, 0.7, 41)
_PULL = 5.0
"""How strongly a code's own scaling is drawn to the one for all: the precision of a normal prior around it."""
_STEPS = 20


@dataclass(frozen=True, slots=True)
class Calibration:
    """How log-odds and rules become probabilities."""

    slope: Array
    """For each code."""
    intercept: Array
    """For each code."""
    support: Array
    """For each kind of support by the rules, the same for all codes."""
    threshold: Array
    """For each code."""


def calibrated(logits: Floats, support: Floats, truth: Truth) -> Calibration:
    """Fit on `logits` and `truth`, both (replies, codes), and the rules' `support` (replies, codes, kinds)."""
    kinds = support.shape[2]
    every = np.concatenate([logits[:, :, None], support, np.ones_like(logits)[:, :, None]], axis=2)
    start = np.array([1.0, *[0.0] * kinds, 0.0])
    common = _logistic(every.reshape(-1, kinds + 2), truth.ravel(), 0.0, start, pull=1e-3)
    worth, own = common[1:-1], common[[0, -1]]
    ruled = support @ worth
    codes = range(logits.shape[1])
    scaling = np.array(
        [_logistic(every[:, code][:, [0, -1]], truth[:, code], ruled[:, code], own, pull=_PULL) for code in codes]
    )
    probability = _sigmoid(logits * scaling[:, 0] + ruled + scaling[:, 1])
    return Calibration(
        *(np.asarray(each, dtype=np.float32) for each in (*scaling.T, worth, _thresholds(probability, truth)))
    )


def _thresholds(probability: Floats, truth: Truth) -> list[float]:
    """For each code where its F1 is highest; of rare ones where that of all is."""
    codes = range(truth.shape[1])
    score = np.array([[_f1(probability[:, code] >= cut, truth[:, code]) for cut in _GRID] for code in codes])
    for_all = _smooth(score.mean(axis=0))
    chosen = []
    for code in codes:
        own = truth[:, code].sum() / (truth[:, code].sum() + _OWN_WORTH)
        blended = own * _smooth(score[code]) + (1 - own) * for_all
        least = LEAST_OF_HARSH if code in HARSH else LEAST
        chosen.append(float(_GRID[np.argmax(np.where(least <= _GRID, blended, -1))]))
    return chosen


def _logistic(inputs: Floats, truth: Truth, offset: Floats | float, centre: Floats, pull: float) -> Floats:
    """Logistic regression by Newton's method, in halved steps where whole ones go too far.

    `offset` is added to the odds; `pull` is the precision of a normal prior around `centre`.
    """

    def loss(weights: Floats) -> float:
        odds = inputs @ weights + offset
        surprise = np.logaddexp(0, np.where(truth, -odds, odds)).sum()
        return float(surprise + pull / 2 * ((weights - centre) ** 2).sum())

    weights = centre.copy()
    for _ in range(_STEPS):
        guess = _sigmoid(inputs @ weights + offset)
        gradient = inputs.T @ (guess - truth) + pull * (weights - centre)
        curvature = (inputs * (guess * (1 - guess))[:, None]).T @ inputs + pull * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        for _ in range(_STEPS):
            if loss(weights - step) <= loss(weights):
                break
            step = step / 2
        weights = weights - step
    return weights


def _sigmoid(odds: Floats) -> Floats:
    probability: Floats = (1 + np.tanh(odds / 2)) / 2
    return probability


def _f1(guess: Truth, truth: Truth) -> float:
    both = int((guess & truth).sum())
    return 2 * both / max(1, int(guess.sum() + truth.sum()))


def _smooth(scores: Floats) -> Floats:
    """A peak that only one threshold reaches is chance."""
    return np.convolve(np.pad(scores, 4, mode="edge"), np.ones(9) / 9, mode="valid")
