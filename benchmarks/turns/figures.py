"""Shares with their uncertainty, and percentiles."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_Z = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """0 to 1; NaN of nothing."""
        return self.count / self.of if self.of else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval at 95% (Wilson 1927), which holds for few and for none as well."""
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.value
        centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
        return max(0.0, centre - half), min(1.0, centre + half)

    def entry(self) -> dict[str, Any]:
        """As JSON."""
        low, high = self.interval
        return {
            "count": self.count,
            "of": self.of,
            "share": round(self.value, 4) if self.of else None,
            "wilson_95": [round(low, 4), round(high, 4)],
        }

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.count}/{self.of} = {self.value:.1%} ({low:.1%}–{high:.1%})" if self.of else "none tried"


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` of `values` lie, between two by proportion; NaN of none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low, high = ordered[math.floor(place)], ordered[math.ceil(place)]
    return low if low == high else low + (high - low) * (place - math.floor(place))


def in_ms(seconds: Sequence[float]) -> dict[str, Any]:
    """Percentiles of `seconds` in whole milliseconds, as JSON; what never came (infinite) is null."""
    found = {f"p{percent}": percentile(seconds, percent) for percent in (50, 90, 95)}
    return {"of": len(seconds), **{name: finite(value * 1000) for name, value in found.items()}}


def finite(value: float) -> int | None:
    """`value` as a whole number, None where it is none."""
    return round(value) if math.isfinite(value) else None
