"""Which transcripts are believed."""

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.audio.phantoms import MAX_COMPRESSION_RATIO, compression_ratio, is_loop, rejection

SENTENCE = "I hear how tired you are and that sounds really hard tell me more about what happened today"
WORDS = SENTENCE.split()

few = settings(max_examples=40)
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=len(WORDS), unique=True).map(" ".join)


def verdict(text: str, voiced_s: float = 2.0, mean_logprob: float = -0.3, no_speech: float = 0.05) -> str | None:
    return rejection(text, voiced_s=voiced_s, mean_logprob=mean_logprob, no_speech=no_speech)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for watching!",
        "Thank you so much for watching.",
        "Please subscribe to my channel.",
        "Don't forget to like and subscribe!",
        "I'll see you in the next video.",
        "See you next time!",
        "Subtitles by the Amara.org community",
        "Transcription by CastingWords",
    ],
)
def test_what_ends_videos_was_not_said(text: str) -> None:
    assert verdict(text) == "phantom"


@pytest.mark.parametrize(
    "text",
    [
        "Thank you.",
        "Thanks for watching the kids.",
        "Thank you for listening.",
        "I like you.",
        "No, no, no, no.",
        "I'm sorry, I'm sorry, I'm so sorry.",
        "Seven.",
        "See you next week?",
        "[sighs] I had no idea.",
    ],
)
def test_what_people_say_is_believed(text: str) -> None:
    assert verdict(text) is None


@pytest.mark.parametrize(
    "text", ["", "   ", "...", "[Music]", "(sighs)", "*laughs*", "♪♪♪", "♪ la la la ♪", " [BLANK_AUDIO] ."]
)
def test_sounds_are_not_words(text: str) -> None:
    assert verdict(text) == "silence"


@pytest.mark.parametrize("text", ["Thank you.", "Thank you very much.", "you", "Bye."])
def test_thanks_take_time(text: str) -> None:
    assert verdict(text, voiced_s=0.1) == "phantom"
    assert verdict(text, voiced_s=0.8) is None


def test_thanks_are_not_believed_where_nobody_spoke() -> None:
    assert verdict("you", no_speech=0.9) == "phantom"
    assert verdict("I hear you.", no_speech=0.9) is None


def test_unsure_words() -> None:
    assert verdict("The country has ended.", mean_logprob=-1.1) == "unclear"
    assert verdict("The country has ended.", mean_logprob=-1.1, no_speech=0.8) == "silence"
    assert verdict("The conference has ended.", mean_logprob=-0.8) is None


def test_nobody_speaks_that_fast() -> None:
    assert verdict("I understand that you had a really bad day at work", voiced_s=0.4) == "phantom"


@few
@given(sentences)
def test_a_sentence_with_time_to_say_it_is_believed(text: str) -> None:
    assert verdict(text, voiced_s=len(text.split()) / 4 + 0.3) is None


@few
@given(sentences, st.integers(5, 40))
def test_a_phrase_that_goes_round_is_a_loop(phrase: str, times: int) -> None:
    text = " ".join([phrase] * times)
    assert is_loop(text) == (len(text.split()) >= 8 or compression_ratio(text) > MAX_COMPRESSION_RATIO)


@few
@given(sentences, sentences, sentences)
def test_a_loop_is_found_wherever_it_stands(before: str, phrase: str, after: str) -> None:
    assert is_loop(" ".join([before, *[f"{phrase} again"] * 8, after]))


@few
@given(st.text(max_size=200), st.floats(0, 30), st.floats(-5, 0), st.floats(0, 1))
def test_every_text_gets_a_verdict(text: str, voiced_s: float, mean_logprob: float, no_speech: float) -> None:
    verdicts = {None, "silence", "phantom", "repetition", "unclear"}
    assert verdict(text, voiced_s, mean_logprob, no_speech) in verdicts


@few
@given(sentences, st.sampled_from(["[Music]", "(sighs)", "♪♪"]), st.floats(0.05, 3))
def test_case_marks_and_sounds_change_nothing(text: str, sound: str, voiced_s: float) -> None:
    assert verdict(f"{sound} {text.upper()}!", voiced_s) == verdict(text, voiced_s)


@few
@given(st.text(max_size=100), st.floats(0, 5), st.floats(0, 5))
def test_more_voice_never_makes_words_less_believable(text: str, some_s: float, more_s: float) -> None:
    if verdict(text, some_s) is None:
        assert verdict(text, some_s + more_s) is None


def test_a_long_reply_deflates_well_and_is_no_loop() -> None:
    chance = random.Random(0)
    vocabulary = ["".join(chance.choices(string.ascii_lowercase, k=5)) for _ in range(150)]
    text = " ".join(chance.choices(vocabulary, k=2000))
    assert compression_ratio(text) > MAX_COMPRESSION_RATIO
    assert not is_loop(text)
