"""Timing is measured where there was a voice, and left out where there was none."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.dialogue import Reply
from rehearse.feedback.timing import FEWEST_WORDS, Timing, timing_of


def spoken(start_s: float, end_s: float, pause_s: float = 0.5, *, words: int = 0, voiced_s: float = 1.0) -> Reply:
    return Reply(" ".join(["word"] * words), start_s, end_s, pause_before_s=pause_s, voiced_s=voiced_s)


seconds = st.floats(0.0, 100.0)
replies = st.lists(
    st.builds(
        lambda start, length, pause, words, heard, interrupted: replace(
            spoken(start, start + length, pause, words=words, voiced_s=length),
            backchannels=heard,
            interrupted=interrupted,
        ),
        seconds, st.floats(0.25, 60.0), seconds, st.integers(0, 30), st.none() | st.integers(0, 5), st.booleans(),
    ),
    max_size=6,
)  # fmt: skip


def test_a_session_is_measured() -> None:
    session = [spoken(0, 2, 0.4), spoken(10, 16, 1.0), spoken(20, 23, 0.6)]
    timing = timing_of(session, partner_s=33.0)
    assert timing.median_pause_s == pytest.approx(0.6)
    assert (timing.median_turn_s, timing.longest_turn_s) == (3, 6)
    assert timing.share_of_talk == pytest.approx(11 / 44)


def test_pace_is_words_over_voice_in_replies_that_are_long_enough() -> None:
    session = [spoken(0, 9, words=12, voiced_s=6.0), spoken(0, 9, words=FEWEST_WORDS - 1, voiced_s=1.0)]
    assert timing_of(session, 1.0).words_a_minute == pytest.approx(120)
    assert timing_of(session[1:], 1.0).words_a_minute is None


def test_what_could_not_be_overheard_is_not_zero() -> None:
    on_a_loudspeaker = spoken(0, 1)
    on_a_headset = replace(on_a_loudspeaker, backchannels=2, interrupted=True)
    assert timing_of([on_a_loudspeaker], 1.0).backchannels is None
    assert timing_of([on_a_loudspeaker], 1.0).interruptions is None
    timing = timing_of([on_a_headset, on_a_headset, replace(on_a_headset, interrupted=False)], 1.0)
    assert (timing.backchannels, timing.interruptions) == (6, 2)


@given(replies, seconds)
def test_a_typed_reply_changes_nothing(session: list[Reply], partner_s: float) -> None:
    typed = Reply("typed words do not take the time that spoken ones would have taken", 0.0, 60.0)
    assert timing_of([typed, *session], partner_s) == timing_of(session, partner_s)
    assert timing_of([typed], partner_s) == Timing()


@given(replies, st.floats(0.01, 1000))
def test_figures_stay_within_their_bounds(session: list[Reply], partner_s: float) -> None:
    timing = timing_of(session, partner_s)
    assert all(value is None or value >= 0 for value in asdict(timing).values())
    assert (timing == Timing()) == (not session)
    if session:
        assert timing.median_turn_s is not None
        assert timing.longest_turn_s is not None
        assert timing.share_of_talk is not None
        assert timing.median_turn_s <= timing.longest_turn_s
        assert 0 < timing.share_of_talk < 1
        assert (timing.interruptions or 0) <= len(session)
