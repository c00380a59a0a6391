"""From moments to stages, and nothing is lost or counted twice on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.moments import Latency, TurnMoments, latency_of

milliseconds = st.integers(0, 20_000)
known_or_not = st.none() | milliseconds


@pytest.mark.parametrize(
    ("moments", "latency"),
    [
        (TurnMoments(200, 450, 380, 455, 500), Latency(450, 0, 5, 45)),  # the text was there before the endpoint
        (TurnMoments(200, 450, 900, 910, 950), Latency(450, 450, 10, 40)),
        (TurnMoments(), Latency()),
        (TurnMoments(decision=4, sound=10), Latency(0, 0, 4, 6)),
    ],
)
def test_the_stages_are_what_lies_between_the_moments(moments: TurnMoments, latency: Latency) -> None:
    assert latency_of(moments) == latency


@given(milliseconds, milliseconds, milliseconds, milliseconds)
def test_the_whole_wait_ends_with_the_sound(endpoint: int, text: int, deciding: int, speaking: int) -> None:
    decision = max(endpoint, text) + deciding
    sound = decision + speaking
    latency = latency_of(TurnMoments(None, endpoint, text, decision, sound))
    assert latency == Latency(endpoint, max(0, text - endpoint), deciding, speaking)
    assert latency.total == sound


@given(known_or_not, known_or_not, known_or_not, known_or_not)
def test_whatever_is_known_no_stage_is_negative_and_they_add_up(
    endpoint: int | None, text: int | None, decision: int | None, sound: int | None
) -> None:
    latency = latency_of(TurnMoments(None, endpoint, text, decision, sound))
    assert min(latency.endpoint, latency.transcribe, latency.decide, latency.speak) >= 0
    assert latency.total == max(endpoint or 0, text or 0, decision or 0, sound or 0)
