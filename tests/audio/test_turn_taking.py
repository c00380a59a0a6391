import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, Samples
from rehearse.audio.turn_taking import (
    Decision,
    SpeechResumed,
    SpeechStarted,
    TurnEnded,
    TurnSettings,
    TurnTaker,
)

PRE_ROLL, MINIMUM, PAUSE, HOLD = 13, 5, 5, 38
"""The default settings, in frames."""

SHORT = TurnSettings(longest_s=100 * FRAME_S)

NUMBERED = [np.full(FRAME_SAMPLES, frame, np.float32) for frame in range(700)]


def numbered(frame: int) -> Samples:
    """A frame whose samples say which one it is."""
    return NUMBERED[frame]


def feed(taker: TurnTaker, pattern: str, start: int = 0) -> list[tuple[int, Decision]]:
    """Feed a frame for each character, `#` voiced and `.` silent; the decisions, each with its frame."""
    decisions = []
    for frame, character in enumerate(pattern, start):
        if decision := taker.feed(numbered(frame), 0.9 if character == "#" else 0.1):
            decisions.append((frame, decision))
    return decisions


def frames_in(samples: Samples) -> list[int]:
    return [int(sample) for sample in samples[::FRAME_SAMPLES]]


def ended(decisions: list[tuple[int, Decision]]) -> list[TurnEnded]:
    return [decision for _, decision in decisions if isinstance(decision, TurnEnded)]


def test_a_turn_starts_and_ends() -> None:
    decisions = feed(TurnTaker(), "." * 20 + "#" * 30 + "." * 60)

    assert [(frame, type(decision)) for frame, decision in decisions] == [
        (20 + MINIMUM - 1, SpeechStarted),
        (50 + HOLD - 1, TurnEnded),
    ]
    started, over = (decision for _, decision in decisions)
    assert isinstance(started, SpeechStarted)
    assert isinstance(over, TurnEnded)
    assert started.at_s == pytest.approx(20 * FRAME_S)
    assert over.utterance.start_s == pytest.approx(20 * FRAME_S)
    assert over.utterance.end_s == pytest.approx(50 * FRAME_S)
    assert over.utterance.voiced_s == pytest.approx(30 * FRAME_S)
    assert frames_in(over.utterance.samples) == list(range(20 - PRE_ROLL, 50 + PAUSE))


def test_what_there_is_at_the_pause_is_what_the_turn_ends_with() -> None:
    taker = TurnTaker()
    paused = []
    for frame in range(30 + PAUSE):
        feed(taker, "#" if frame < 30 else ".", start=frame)
        paused.append(taker.paused)
    assert paused == [False] * (30 + PAUSE - 1) + [True]
    so_far = taker.so_far

    (over,) = ended(feed(taker, "." * HOLD, start=30 + PAUSE))
    np.testing.assert_array_equal(so_far.samples, over.utterance.samples)
    assert so_far.end_s == over.utterance.end_s == pytest.approx(30 * FRAME_S)


def test_a_breath_is_part_of_the_turn() -> None:
    decisions = feed(TurnTaker(), "#" * 20 + "." * 20 + "#" * 3 + "." * 60)

    assert [type(decision) for _, decision in decisions] == [SpeechStarted, SpeechResumed, TurnEnded]
    (over,) = ended(decisions)
    assert over.utterance.end_s == pytest.approx(43 * FRAME_S)
    assert over.utterance.voiced_s == pytest.approx(23 * FRAME_S)


@pytest.mark.parametrize("pattern", ["." * 100, ("#" * (MINIMUM - 1) + "." * 30) * 5])
def test_silence_and_coughs_are_no_turn(pattern: str) -> None:
    assert feed(TurnTaker(), pattern) == []


def test_two_short_sounds_close_together_are_speech() -> None:
    assert len(ended(feed(TurnTaker(), "####...####" + "." * 60))) == 1


def test_the_pre_roll_takes_nothing_of_the_turn_before() -> None:
    first, second = ended(feed(TurnTaker(), "#" * 20 + "." * HOLD + "#" * 20 + "." * HOLD))

    assert frames_in(first.utterance.samples) == list(range(20 + PAUSE))
    assert frames_in(second.utterance.samples) == list(range(20 + HOLD - PRE_ROLL, 40 + HOLD + PAUSE))


def test_a_turn_that_does_not_end_is_ended() -> None:
    decisions = feed(TurnTaker(SHORT), "#" * 250)

    assert [(frame, type(decision)) for frame, decision in decisions] == [
        (MINIMUM - 1, SpeechStarted),
        (99, TurnEnded),
        (100 + MINIMUM - 1, SpeechStarted),
        (199, TurnEnded),
        (200 + MINIMUM - 1, SpeechStarted),
    ]


def test_the_hold_can_be_changed_for_the_turn_under_way() -> None:
    taker = TurnTaker()
    feed(taker, "#" * 20 + "." * 10)
    taker.hold_s = 20 * FRAME_S

    assert [frame for frame, _ in feed(taker, "." * 15, start=30)] == [39]
    assert taker.hold_s == TurnSettings().hold_s


def test_a_hold_shorter_than_a_pause_makes_no_turn_of_a_cough() -> None:
    taker = TurnTaker()
    taker.hold_s = 2 * FRAME_S

    assert [(frame, type(found)) for frame, found in feed(taker, "#..." + "." * 10 + "#" * 10 + "...")] == [
        (14 + MINIMUM - 1, SpeechStarted),
        (24 + 2 - 1, TurnEnded),
    ]


def test_reset_drops_the_turn_and_keeps_the_time_and_the_pre_roll() -> None:
    taker = TurnTaker()
    feed(taker, "." * 10 + "#" * 20)
    taker.reset()
    assert taker.now_s == pytest.approx(30 * FRAME_S)

    (over,) = ended(feed(taker, ".." + "#" * 10 + "." * HOLD, start=30))

    assert over.utterance.start_s == pytest.approx(32 * FRAME_S)
    assert frames_in(over.utterance.samples) == list(range(32 - PRE_ROLL, 42 + PAUSE))


def test_speech_is_under_way_from_its_first_frame_to_its_end() -> None:
    taker = TurnTaker()
    under_way = []
    for frame, character in enumerate("." * 5 + "#" + "." * 20 + "#" * 10 + "." * 60):
        taker.feed(numbered(frame), 0.9 if character == "#" else 0.1)
        under_way.append(taker.in_speech)

    cough, speech = range(5, 5 + PAUSE), range(26, 35 + HOLD)
    assert [frame for frame, speaking in enumerate(under_way) if speaking] == [*cough, *speech]


def test_time_that_passed_without_frames_can_be_told() -> None:
    taker = TurnTaker()
    feed(taker, "." * 30)
    taker.reset(now_s=10.0)

    (over,) = ended(feed(taker, ".." + "#" * 10 + "." * HOLD, start=30))

    assert frames_in(over.utterance.samples) == list(range(30, 42 + PAUSE))
    assert over.utterance.start_s == pytest.approx(10.0 + 2 * FRAME_S)
    assert over.utterance.end_s == pytest.approx(10.0 + 12 * FRAME_S)
    assert taker.now_s == pytest.approx(10.0 + (12 + HOLD) * FRAME_S)


def test_the_samples_are_the_ones_fed() -> None:
    sound = np.random.default_rng(1).uniform(-1, 1, 40 * FRAME_SAMPLES).astype(np.float32)
    taker = TurnTaker()
    for frame, voiced in zip(np.split(sound, 40), "#" * 30 + "." * 10, strict=True):
        taker.feed(frame, 1.0 if voiced == "#" else 0.0)

    np.testing.assert_array_equal(taker.so_far.samples, sound[: (30 + PAUSE) * FRAME_SAMPLES])


lengths = st.integers(1, 60)
patterns = st.lists(st.tuples(st.sampled_from("#."), lengths), max_size=10).map(
    lambda pieces: "".join(character * length for character, length in pieces)
)
"""Voiced and silent stretches."""
probabilities = st.lists(st.tuples(st.floats(0, 1), lengths), max_size=10).map(
    lambda pieces: [probability for probability, length in pieces for _ in range(length)]
)
"""Any probabilities, each for a while."""


def voiced_stretches(pattern: str) -> list[range]:
    """Where `pattern` is voiced, stretch by stretch."""
    found = []
    start = 0
    for piece in pattern.replace(".#", ".|#").replace("#.", "#|.").split("|"):
        if piece.startswith("#"):
            found.append(range(start, start + len(piece)))
        start += len(piece)
    return found


@given(patterns)
def test_every_word_is_in_exactly_one_utterance(pattern: str) -> None:
    utterances = [over.utterance for over in ended(feed(TurnTaker(), pattern + "." * HOLD))]
    placed = [frame for utterance in utterances for frame in frames_in(utterance.samples)]

    for stretch in voiced_stretches(pattern):
        if len(stretch) >= MINIMUM:
            assert all(placed.count(frame) == 1 for frame in stretch)


@given(patterns)
def test_turns_hold_speech_and_end_in_silence(pattern: str) -> None:
    for frame, over in feed(TurnTaker(), pattern):
        if not isinstance(over, TurnEnded):
            continue
        start, end = round(over.utterance.start_s / FRAME_S), round(over.utterance.end_s / FRAME_S)
        assert pattern[start] == pattern[end - 1] == "#"
        assert pattern[start - 1 : start] != "#"
        assert pattern[end : frame + 1] == "." * HOLD
        assert pattern.count("#", start, end) == round(over.utterance.voiced_s / FRAME_S) >= MINIMUM


@given(probabilities)
def test_utterances_are_contiguous_and_do_not_overlap(heard: list[float]) -> None:
    taker = TurnTaker(SHORT)
    last = -1
    for frame, probability in enumerate(heard + [0.0] * HOLD):
        decision = taker.feed(numbered(frame), probability)
        if not isinstance(decision, TurnEnded):
            continue
        utterance = decision.utterance
        frames = frames_in(utterance.samples)
        first, end = round(utterance.start_s / FRAME_S), round(utterance.end_s / FRAME_S)
        assert len(utterance.samples) == len(frames) * FRAME_SAMPLES
        assert frames == list(range(frames[0], frames[-1] + 1))
        assert frames[0] == max(0, first - PRE_ROLL, last + 1)
        assert frames[-1] == min(frame, end - 1 + PAUSE)
        assert MINIMUM <= round(utterance.voiced_s / FRAME_S) <= end - first <= 100
        last = frames[-1]


@given(probabilities)
def test_decisions_come_in_an_order_that_makes_sense(heard: list[float]) -> None:
    follows: dict[type[Decision] | None, set[type[Decision]]] = {
        None: {SpeechStarted},
        SpeechStarted: {SpeechResumed, TurnEnded},
        SpeechResumed: {SpeechResumed, TurnEnded},
        TurnEnded: {SpeechStarted},
    }
    taker = TurnTaker(SHORT)
    before: type[Decision] | None = None
    for frame, probability in enumerate(heard):
        if decision := taker.feed(numbered(frame), probability):
            assert type(decision) in follows[before]
            before = type(decision)
