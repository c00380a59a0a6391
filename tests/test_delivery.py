"""Slower, faster, louder, softer: step by step, within bounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.delivery import FASTEST, LOUDEST_DB, SLOWEST, SOFTEST_DB, Delivery
from rehearse.settings import Settings


def test_steps_are_taken_from_where_it_is() -> None:
    slower = Delivery(1.2, -3.0).adjusted(pace=0.9).adjusted(volume_db=3.0)
    assert (slower.pace, slower.volume_db) == pytest.approx((1.08, 0.0))


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(-100, 100))))
def test_no_steps_lead_out_of_what_the_settings_can_keep(steps: list[tuple[float, float]]) -> None:
    delivery = Delivery()
    for pace, volume_db in steps:
        delivery = delivery.adjusted(pace, volume_db)
        assert SLOWEST <= delivery.pace <= FASTEST
        assert SOFTEST_DB <= delivery.volume_db <= LOUDEST_DB
    assert Settings(pace=delivery.pace, volume_db=delivery.volume_db).delivery == delivery
