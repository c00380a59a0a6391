"""The bands are those of the published formulas, and hold what they promise."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.reports.uncertainty import Share, difference, median_band, odds, ratio_band, total, wilson


@st.composite
def shares(draw: st.DrawFn) -> Share:
    of = draw(st.integers(1, 500))
    return Share(draw(st.integers(0, of)), of)


@pytest.mark.parametrize(
    ("times", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval_is_newcombes_table(times: int, of: int, low: float, high: float) -> None:
    """Newcombe (1998), two-sided confidence intervals for the single proportion, table I, method 3."""
    assert wilson(Share(times, of)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("later", "earlier", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 10), 0.6075, 1.0)],
)
def test_the_difference_is_newcombes_table(
    later: tuple[int, int], earlier: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), interval estimation for the difference between independent proportions, table II, method 10."""
    assert difference(Share(*later), Share(*earlier)) == pytest.approx((low, high), abs=5e-5)


@given(shares())
def test_the_rate_lies_within_its_band(share: Share) -> None:
    low, high = wilson(share)
    assert 0 <= low <= (share.rate or 0) <= high <= 1


@given(shares(), st.integers(2, 20))
def test_more_of_the_same_narrows_it(share: Share, times: int) -> None:
    low, high = wilson(share)
    less_low, less_high = wilson(Share(share.times * times, share.of * times))
    assert less_high - less_low < high - low


@given(shares(), shares())
def test_what_is_compared_the_other_way_round_is_the_same_but_for_its_sign(one: Share, other: Share) -> None:
    low, high = difference(one, other)
    assert difference(other, one) == pytest.approx((-high, -low))


def test_without_occasion_nothing_is_known() -> None:
    assert wilson(Share(0, 0)) == (0.0, 1.0)
    assert difference(Share(1, 1), Share(0, 0)) == (-1.0, 1.0)
    assert Share(0, 0).rate is None
    assert total([]) == Share(0, 0)


def test_odds_end_where_nothing_is_left() -> None:
    assert odds((0.5, 0.75)) == pytest.approx((1.0, 3.0))
    assert odds((0.2, 1.0))[1] == float("inf")


def test_the_median_lies_in_its_band_which_is_the_same_each_time() -> None:
    pauses = [0.1 * each for each in range(1, 40)]
    low, high = median_band(pauses) or (0, 0)
    # Order statistics that hold the median of 39 values with 95%: the 14th and the 26th (Conover 1999).
    assert (low, high) == pytest.approx((1.4, 2.6), abs=0.15)
    assert median_band(pauses) == (low, high)


@pytest.mark.parametrize("many", [20, 5000])
def test_the_band_of_a_mean_is_as_wide_as_theory_has_it(many: int) -> None:
    rows = [(float(number % 4), 1.0) for number in range(many)]
    low, high = ratio_band(random.Random(7).sample(rows, many)) or (0, 0)
    assert low < 1.5 < high
    assert high - low == pytest.approx(2 * 1.96 * 1.118 / many**0.5, rel=0.25)


def test_long_replies_weigh_more() -> None:
    assert ratio_band([(3.0, 4.0)] * 5) == pytest.approx((0.75, 0.75))


def test_one_reply_cannot_vary() -> None:
    assert median_band([1.0]) is None
    assert ratio_band([(1.0, 1.0)]) is None
