"""How sure a figure is that comes from few replies.

Shares have Wilson's score interval (Wilson 1927; Brown, Cai & DasGupta 2001 recommend it for few trials), differences
of shares Newcombe's, which is made of two of these (Newcombe 1998, method 10), and what is no share has a percentile
bootstrap over replies (Efron & Tibshirani 1993). All take replies to be independent of each other. Replies of one scene
are not quite, so the bands are rather too narrow than too wide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
"""Of a hundred such bands, about so many hold the true value."""
RESAMPLES = 400
"""Enough for the edges of a band in a small plot."""
MOST_ROWS = 250
_SEED = 7  # the same log gives the same page

Band = tuple[float, float]
"""From, to."""


@dataclass(frozen=True, slots=True)
class Share:
    """How often something was done, of how often it could have been."""

    times: int
    of: int

    @property
    def rate(self) -> float | None:
        """0–1; None where there was no occasion."""
        return self.times / self.of if self.of else None


def total(shares: Iterable[Share]) -> Share:
    """All of them taken together."""
    known = list(shares)
    return Share(sum(each.times for each in known), sum(each.of for each in known))


def wilson(share: Share, level: float = LEVEL) -> Band:
    """Where the true rate of a share probably lies; all there is where there was no occasion."""
    if not share.of:
        return 0.0, 1.0
    z, n, rate = _z(level), share.of, share.times / share.of
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At 0 and at 1 the formula is exact, and floating point is not.
    return (0.0 if share.times == 0 else middle - reach), (1.0 if share.times == n else middle + reach)


def difference(later: Share, earlier: Share, level: float = LEVEL) -> Band:
    """Where the difference of the true rates, later minus earlier, probably lies."""
    if not later.of or not earlier.of:
        return -1.0, 1.0
    rate_a, rate_b = later.times / later.of, earlier.times / earlier.of
    (low_a, high_a), (low_b, high_b) = wilson(later, level), wilson(earlier, level)
    between = rate_a - rate_b
    return (
        between - sqrt((rate_a - low_a) ** 2 + (high_b - rate_b) ** 2),
        between + sqrt((high_a - rate_a) ** 2 + (rate_b - low_b) ** 2),
    )


def odds(band: Band) -> Band:
    """A band of a share as one of the ratio of what is in it to what is not; infinite where nothing is left."""
    low, high = band
    return low / (1 - low) if low < 1 else float("inf"), high / (1 - high) if high < 1 else float("inf")


def median_band(values: Sequence[float]) -> Band | None:
    """The bootstrap's band of the median; None of fewer than two values, which cannot vary.

    The median of a resample is one of the values, and which one it is follows the beta distribution of the middle rank
    (Efron & Tibshirani 1993, on the bootstrap of the median), so nothing need be drawn.
    """
    if len(values) < 2:
        return None
    ranks = np.random.default_rng(_SEED).beta(len(values) / 2, len(values) / 2, size=RESAMPLES)
    return _edges(np.sort(values)[(ranks * len(values)).astype(int)])


def ratio_band(rows: Sequence[tuple[float, float]]) -> Band | None:
    """The bootstrap's band of the sum of the first figures over that of the second; None of fewer than two rows.

    Of many rows neighbours are taken together, which changes nothing in the ratio, and little in its band.
    """
    if len(rows) < 2:
        return None
    values = np.asarray(rows, dtype=np.float64)
    values = np.add.reduceat(values, np.arange(0, len(values), -(-len(values) // MOST_ROWS)))
    drawn = np.random.default_rng(_SEED).integers(len(values), size=(RESAMPLES, len(values)))
    sums = values[drawn].sum(axis=1)
    return _edges(sums[:, 0] / sums[:, 1])


def _edges(statistics: NDArray[np.float64]) -> Band:
    edge = (1 - LEVEL) / 2
    low, high = np.quantile(statistics, [edge, 1 - edge])
    return float(low), float(high)


def _z(level: float) -> float:
    return NormalDist().inv_cdf((1 + level) / 2)
