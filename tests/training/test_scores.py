"""The figures that `make bench-feedback` prints are what they are called."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.codes import Code, Evidence
from training.scores import agreement, area_under_curve, calibration_error, reliability, tally

BOTH = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=50)


def test_a_tally_by_hand() -> None:
    found = tally([True] * 4 + [False] * 6, [True, True, True, False, True, False, False, False, False, False])
    assert (found.count, found.precision, found.recall, found.f1) == (4, 0.75, 0.75, 0.75)
    assert found.kappa == pytest.approx((0.8 - 0.52) / 0.48)


@given(BOTH)
def test_kappa_is_one_for_the_same_and_symmetric(pairs: list[tuple[bool, bool]]) -> None:
    one, other = (list(each) for each in zip(*pairs, strict=True))
    assert tally(one, one).kappa == pytest.approx(1.0)
    assert tally(one, other).kappa == pytest.approx(tally(other, one).kappa)
    assert -1 <= tally(one, other).kappa <= 1 + 1e-9


def test_agreement_counts_codes_axes_and_words() -> None:
    truth = [{Code.EXPLORES: "what was that like"}, {Code.ADVISES: "you should rest"}, {}]
    given_ = [
        [Evidence(Code.EXPLORES, 0.9, 0, 9, "like that")],
        [Evidence(Code.ADVISES, 0.9, 0, 4, "Okay"), Evidence(Code.REFLECTS, 0.6, 0, 4, "Okay")],
        [],
    ]
    found = agreement(truth, given_)
    assert found.codes["explores"].f1 == found.codes["advises"].f1 == 1.0
    assert found.axes["listening"].precision == 0.5
    assert found.evidence_overlap == 0.5


def test_the_area_is_the_chance_to_be_ranked_right() -> None:
    truth = np.array([True, True, False, False])
    assert area_under_curve(truth, np.array([4.0, 2.0, 3.0, 1.0])) == 0.75
    assert area_under_curve(truth, np.zeros(4)) == 0.5


def test_honest_probabilities_have_no_calibration_error() -> None:
    chance = np.random.default_rng(1)
    said = chance.random(40_000)
    honest = reliability(chance.random(40_000) < said, said)
    boastful = reliability(chance.random(40_000) < said**2, said)
    assert calibration_error(honest) < 0.02 < 0.1 < calibration_error(boastful)
    assert [each.said for each in honest] == pytest.approx([each.true for each in honest], abs=0.03)
