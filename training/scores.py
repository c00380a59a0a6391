"""How well codes agree with those that coders gave: what `make bench-feedback` prints."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rehearse.feedback.codes import AXES, Code, Evidence

Floats = npt.NDArray[np.float64]
Truth = npt.NDArray[np.bool_]
RARE = 5
"""A code with fewer examples is left out of the mean over the codes."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a code, or of the codes of an axis taken as one."""

    count: int
    """How many replies have it, by the coders."""
    precision: float
    recall: float
    f1: float
    kappa: float
    """Cohen, J. (1960). A coefficient of agreement for nominal scales. Educ. and Psychol. Measurement 20, 37–46."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of the program with the coders, on a set of replies."""

    replies: int
    codes: dict[str, Tally]
    axes: dict[str, Tally]
    evidence_overlap: float
    """The share of correctly given codes whose evidence shares a word with theirs."""

    @property
    def macro_f1(self) -> float:
        """The mean over the codes that are not rare."""
        counted = [tally.f1 for tally in self.codes.values() if tally.count >= RARE]
        return sum(counted) / len(counted)

    @property
    def axis_kappa(self) -> float:
        """The mean over the five axes."""
        return sum(tally.kappa for tally in self.axes.values()) / len(self.axes)


def agreement(truth: Sequence[dict[Code, str]], given: Sequence[Sequence[Evidence]]) -> Agreement:
    """`truth`: for each reply its codes with their evidence; `given`: what the coder found in it."""
    found = [{each.code for each in evidence} for evidence in given]

    def of(codes: AbstractSet[Code]) -> Tally:
        return tally([bool(codes & one.keys()) for one in truth], [bool(codes & one) for one in found])

    hits = total = 0
    for people, coder in zip(truth, given, strict=True):
        for each in coder:
            if each.code in people:
                total += 1
                hits += bool(set(people[each.code].lower().split()) & set(each.text.lower().split()))
    return Agreement(
        len(truth),
        {str(code): of({code}) for code in Code},
        {str(axis): of(codes) for axis, codes in AXES.items()},
        hits / max(1, total),
    )


def tally(truth: Sequence[bool], given: Sequence[bool]) -> Tally:
    """Of two equally long lists."""
    both = sum(a and b for a, b in zip(truth, given, strict=True))
    true, said, count = sum(truth), sum(given), len(truth)
    observed = (count - true - said + 2 * both) / count
    chance = (true * said + (count - true) * (count - said)) / count**2
    return Tally(
        count=true,
        precision=both / said if said else 0.0,
        recall=both / true if true else 0.0,
        f1=2 * both / (true + said) if true + said else 0.0,
        kappa=(observed - chance) / (1 - chance) if chance < 1 else 1.0,
    )


def area_under_curve(truth: Truth, score: Floats) -> float:
    """The chance that a true one scores higher than a false one (Mann & Whitney 1947); ties count half."""
    higher = score[truth][:, None] > score[~truth][None, :]
    equal = score[truth][:, None] == score[~truth][None, :]
    return float(higher.mean() + equal.mean() / 2)


@dataclass(frozen=True, slots=True)
class Bin:
    """Probabilities that are near to each other."""

    said: float
    """Their mean."""
    true: float
    """How many of them were true, as a share."""
    count: int


def reliability(truth: Truth, probability: Floats, bins: int = 10) -> list[Bin]:
    """A reliability diagram's bins, equally wide (Niculescu-Mizil & Caruana 2005)."""
    place = np.minimum((probability * bins).astype(int), bins - 1)
    return [
        Bin(float(probability[place == at].mean()), float(truth[place == at].mean()), int((place == at).sum()))
        for at in range(bins)
        if (place == at).any()
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error (Naeini, Cooper & Hauskrecht 2015)."""
    return sum(each.count * abs(each.said - each.true) for each in bins) / sum(each.count for each in bins)
