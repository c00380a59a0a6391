"""Segments: decided by the past alone, and each decoded once."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import SAMPLE_RATE, Samples, Utterance
from rehearse.audio.segments import (
    ENOUGH_S,
    LONGEST_S,
    SegmentedTranscription,
    closed_ends,
    quietest,
    segments_of,
    transcript_of,
)
from rehearse.audio.transcriber import Decoded, GivenUp
from tests.fake_decoder import FakeDecoder, sounding


def speech(seconds: float, seed: int = 0) -> Samples:
    return np.random.default_rng(seed).standard_normal(int(seconds * SAMPLE_RATE)).astype(np.float32)


def utterance(samples: Samples, pauses: tuple[int, ...] = ()) -> Utterance:
    return Utterance(samples, start_s=0.0, end_s=len(samples) / SAMPLE_RATE, voiced_s=180.0, pauses=pauses)


def at(*seconds: float) -> tuple[int, ...]:
    return tuple(round(each * SAMPLE_RATE) for each in seconds)


def test_a_reply_of_the_usual_length_is_one_segment() -> None:
    assert closed_ends(speech(8), at(2, 5)) == []


def test_a_segment_ends_at_the_first_pause_after_enough() -> None:
    assert closed_ends(speech(40), at(3, 11, 13, 14, 20, 26, 30)) == list(at(13, 26))


def test_a_pause_at_the_very_end_is_not_inside() -> None:
    assert closed_ends(speech(13), at(13)) == []


def test_without_a_pause_it_ends_at_the_quietest_place() -> None:
    samples = speech(LONGEST_S + 1)
    samples[slice(*at(20.0, 20.5))] *= 0.01
    (end,) = closed_ends(samples)
    assert 20.0 <= end / SAMPLE_RATE <= 20.5


@given(st.floats(0.5, 9.0))
def test_the_cut_falls_into_the_dip(dip_at_s: float) -> None:
    samples = speech(10)
    start = round(dip_at_s * SAMPLE_RATE)
    samples[start : start + SAMPLE_RATE // 2] *= 0.01
    assert start <= quietest(samples) <= start + SAMPLE_RATE // 2


replies = st.tuples(st.floats(0.1, 120), st.lists(st.floats(0.5, 120), max_size=12), st.integers(0, 9)).map(
    lambda drawn: utterance(
        speech(drawn[0], drawn[2]),
        tuple(sorted({pause for pause in at(*drawn[1]) if pause < int(drawn[0] * SAMPLE_RATE)})),
    )
)


def so_far(whole: Utterance, length: int) -> Utterance:
    return utterance(whole.samples[:length], tuple(pause for pause in whole.pauses if pause < length))


@given(replies)
def test_segments_are_the_whole_in_order_and_neither_too_short_nor_too_long(reply: Utterance) -> None:
    segments = segments_of(reply.samples, reply.pauses)
    assert np.array_equal(np.concatenate(segments), reply.samples)
    assert all(len(each) <= LONGEST_S * SAMPLE_RATE for each in segments)
    assert all(len(each) >= ENOUGH_S * SAMPLE_RATE for each in segments[:-1])


@given(replies, st.floats(0, 1))
def test_what_comes_later_changes_no_closed_segment(reply: Utterance, part: float) -> None:
    earlier = so_far(reply, int(part * len(reply.samples)))
    ends = closed_ends(earlier.samples, earlier.pauses)
    assert closed_ends(reply.samples, reply.pauses)[: len(ends)] == ends


@given(replies, st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.booleans()), max_size=6))
def test_transcribing_while_it_grows_gives_what_transcribing_afterwards_does(
    reply: Utterance, steps: list[tuple[float, int, bool]]
) -> None:
    transcription = SegmentedTranscription(FakeDecoder())
    for part, patience, only_close in sorted(steps):
        asked = iter([True] * patience)
        earlier = so_far(reply, int(part * len(reply.samples)))
        do = transcription.close if only_close else transcription.transcript
        with suppress(GivenUp):
            do(earlier, lambda asked=asked: next(asked, False))  # type: ignore[misc]
    assert transcription.transcript(reply) == SegmentedTranscription(FakeDecoder()).transcript(reply)


def test_at_the_end_of_three_minutes_only_the_tail_is_left() -> None:
    decoder = FakeDecoder()
    transcription = SegmentedTranscription(decoder)
    reply = utterance(speech(180), at(*range(6, 180, 6)))
    for second in range(10, 180, 10):
        transcription.close(so_far(reply, second * SAMPLE_RATE))
    before_s = decoder.heard_s
    transcription.transcript(reply)
    assert before_s <= 180
    assert decoder.heard_s - before_s <= ENOUGH_S + 6


def test_the_segment_that_a_pause_closes_was_decoded_in_the_pause() -> None:
    decoder = FakeDecoder()
    transcription = SegmentedTranscription(decoder)
    reply = utterance(speech(20), at(14))
    transcription.transcript(so_far(reply, 14 * SAMPLE_RATE))
    transcription.close(reply)
    assert decoder.heard_s == 14


def test_what_was_given_up_is_a_draft() -> None:
    decoder = FakeDecoder()
    transcription = SegmentedTranscription(decoder)
    asked = iter([True, True])
    with pytest.raises(GivenUp):
        transcription.transcript(utterance(sounding(1, 2, 3)), lambda: next(asked, False))
    assert transcription.transcript(utterance(sounding(1, 2, 3, 4))).text == "w1 w2 w3 w4"
    assert decoder.drafts == [(), (1, 2)]


def test_giving_up_early_loses_no_draft() -> None:
    decoder = FakeDecoder()
    transcription = SegmentedTranscription(decoder)
    transcription.transcript(utterance(sounding(1, 2)))
    with pytest.raises(GivenUp):
        transcription.transcript(utterance(sounding(1, 2, 3)), lambda: False)
    transcription.transcript(utterance(sounding(1, 2, 3, 4)))
    assert decoder.drafts == [(), (1, 2), (1, 2)]


def test_another_reply_has_no_draft() -> None:
    decoder = FakeDecoder()
    transcription = SegmentedTranscription(decoder)
    transcription.transcript(utterance(sounding(1, 2)))
    transcription.transcript(utterance(sounding(3, 2)))
    assert decoder.drafts == [(), ()]


def test_a_transcript_weighs_its_segments_by_their_tokens() -> None:
    transcript = transcript_of(
        [
            Decoded("Three whole words.", (1, 2, 3), mean_logprob=-0.2, no_speech=0.9),
            Decoded("", (), mean_logprob=-0.7, no_speech=0.1),
        ],
        voiced_s=1.0,
    )
    assert transcript.text == "Three whole words."
    assert np.isclose(np.log(transcript.confidence), -0.3)
    assert transcript.rejected is None
