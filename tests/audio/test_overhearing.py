"""A short word while the partner speaks is a backchannel; taking the floor is an interruption."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import FRAME_S
from rehearse.audio.overhearing import Overhearing

SHORTEST, GAP, LONG, LATE = 8, 10, 29, 12
"""The marks, in frames: a word, a silence that divides, an interruption, the most that is mere taking of the turn."""


def overheard(line: str, answered_after_s: float | None = None) -> tuple[int, bool]:
    """Backchannels and interruption in a line with a character a frame, `#` voiced and `.` silent."""
    overhearing = Overhearing()
    say(overhearing, line)
    overhearing.line_over(answered_after_s)
    return overhearing.backchannels, overhearing.interrupted


def say(overhearing: Overhearing, line: str) -> None:
    for character in line:
        overhearing.feed(0.9 if character == "#" else 0.1)


@pytest.mark.parametrize(
    ("line", "backchannels", "interrupted"),
    [
        ("." * 100, 0, False),
        ("." * 20 + "#" * (SHORTEST - 1) + "." * 20, 0, False),
        ("." * 20 + "#" * SHORTEST + "." * 20, 1, False),
        ("." * 20 + "#" * (LONG - 1) + "." * 20, 1, False),
        ("." * 20 + "#" * LONG + "." * 20, 0, True),
        ("#" * 10 + "." * GAP + "#" * 10 + "." * 20, 2, False),
        ("#" * 9 + "." * (GAP - 1) + "#" * 9 + "." * 20, 1, False),
        ("#" * 15 + "." * 5 + "#" * 15 + "." * 20, 0, True),
    ],
)
def test_what_ends_before_the_line_counts_by_its_length(line: str, backchannels: int, interrupted: bool) -> None:
    assert overheard(line) == (backchannels, interrupted)


def test_speech_that_runs_on_into_the_reply_is_an_interruption() -> None:
    assert overheard("." * 20 + "#" * (LATE + 1), answered_after_s=0.0) == (0, True)


def test_coming_in_on_the_last_word_is_taking_the_turn() -> None:
    assert overheard("." * 20 + "#" * LATE, answered_after_s=0.0) == (0, False)


def test_a_backchannel_that_ends_with_the_line_is_no_reply() -> None:
    assert overheard("." * 20 + "#" * (LATE + 1), answered_after_s=2.0) == (1, False)
    assert overheard("." * 20 + "#" * (LATE + 1), answered_after_s=None) == (1, False)


def test_a_reply_after_a_silence_does_not_run_on() -> None:
    line = "." * 20 + "#" * 20 + "." * 5
    assert overheard(line, answered_after_s=(GAP - 6) * FRAME_S) == (0, True)
    assert overheard(line, answered_after_s=(GAP - 5) * FRAME_S) == (1, False)


def test_one_line_does_not_run_on_into_the_next() -> None:
    overhearing = Overhearing()
    for _ in range(2):
        say(overhearing, "." * 20 + "#" * 20)
        overhearing.line_over(None)
    assert (overhearing.backchannels, overhearing.interrupted) == (2, False)


@given(st.lists(st.tuples(st.integers(1, 80), st.integers(GAP, 60)), max_size=8))
def test_every_stretch_of_speech_counts_once(stretches: list[tuple[int, int]]) -> None:
    line = "".join("#" * voiced + "." * silent for voiced, silent in stretches)
    lengths = [voiced for voiced, _ in stretches]
    assert overheard(line) == (
        sum(SHORTEST <= length < LONG for length in lengths),
        any(length >= LONG for length in lengths),
    )
