"""What must hold for any text at all, and for texts that nobody says: an answer or a clear error, never a crash."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rehearse.errors import TooLong
from rehearse.feedback.coder import MOST_CHARACTERS, shipped
from rehearse.feedback.codes import Code
from rehearse.feedback.rules import find_by_rules
from tests.feedback.small_coder import small_coder

COMPLAINT = "You never listen when I talk about my work."
SPOKEN = (
    "i you he that it is was are am not never but and sorry feel felt like sad hurt so do did what why want to have "
    "been me my your told said always just should tired , . ? ! … \" “ ’ um you're don't i'm"
)
SAID = st.lists(st.sampled_from(SPOKEN.split()), max_size=40).map(" ".join)
WRITTEN = st.text(st.characters(exclude_categories=()), max_size=200)  # half characters and control characters too
ANY = st.one_of(SAID, WRITTEN, st.tuples(SAID, WRITTEN, SAID).map("".join))
code_reply = small_coder().code
SPACES = st.text(" \t\u00a0", max_size=5)


@given(ANY, ANY)
@example("you sound sad \ud800", "\ud800")
@example("\ufeffyou\u0301 sound\x00 sad\r\n\u202eyou sound sad\u202c", "\x00")
@example("🙂👩‍👩‍👧", "🙂")
@example("أنت تبدو حزينا you sound sad", "")
def test_any_text_is_coded_soundly(partner: str, reply: str) -> None:
    coded = code_reply(partner, reply)
    assert coded.text == reply
    assert len(coded.codes) == len(coded.evidence)
    for found in coded.evidence:
        assert 0 <= found.start < found.end <= len(reply)
        assert found.text == reply[found.start : found.end]
        assert 0 <= found.confidence <= 1
    places = [(found.start, found.end, found.code) for found in coded.evidence]
    assert all(one < another for one, another in pairwise(places))
    assert code_reply(partner, reply) == coded


@given(ANY, ANY, SPACES, SPACES)
def test_spaces_around_a_reply_only_move_its_evidence(partner: str, reply: str, before: str, after: str) -> None:
    bare, spaced = code_reply(partner, reply), code_reply(partner, before + reply + after)
    moved = [(f.code, f.confidence, f.start + len(before), f.end + len(before), f.text) for f in bare.evidence]
    assert [(f.code, f.confidence, f.start, f.end, f.text) for f in spaced.evidence] == moved
    assert spaced.language == bare.language


@pytest.mark.parametrize(
    "phrase",
    [
        "you sound worn out and i should have called",
        "sad {}",
        "i feel like you {}",
        "he said {} and",
        "You are {}. But no.",
    ],
)
def test_ten_times_as_many_words_take_no_more_than_their_share(phrase: str) -> None:
    def seconds(count: int) -> float:
        said = " ".join(" ".join(phrase.format(f"word{number}") for number in range(count)).split()[:count])
        started = time.process_time()
        find_by_rules(COMPLAINT, said)
        find_by_rules(said, "You sound worn out.")
        return time.process_time() - started

    assert seconds(3000) < 40 * max(seconds(300), 0.02)  # 10 times as long; 100 times, were it quadratic


@pytest.mark.process
def test_ten_thousand_words_get_an_answer() -> None:
    said = "you sound worn out and that must have been a long day for you " * 770
    coded = shipped().code(COMPLAINT, said)
    assert len(said.split()) > 10_000
    assert Code.LABELS_FEELING in coded.codes


@pytest.mark.parametrize("text", ["a'" * 50_000, "[ok" * 33_000])
def test_more_pieces_than_words_are_refused_too(text: str) -> None:
    with pytest.raises(TooLong, match="split it into turns"):
        code_reply("", text)


def test_what_nobody_says_in_one_turn_is_refused() -> None:
    with pytest.raises(TooLong, match=r"the reply has 100,001 characters, .* give at most 100,000"):
        code_reply("", "a" * (MOST_CHARACTERS + 1))
    with pytest.raises(TooLong, match="the partner's line has"):
        code_reply("a" * (MOST_CHARACTERS + 1), "")
