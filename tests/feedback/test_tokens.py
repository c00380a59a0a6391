"""A reply in word pieces: every one in its place, the whole of a long reply in pieces that overlap."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.feedback.tokens import PARTNER_TOKENS, REPLY_TOKENS, SHARED_TOKENS, WordPieces
from tests.conftest import ROOT

START, END = 101, 102
WORDS = st.lists(
    st.sampled_from(["you", "sound", "overlooked,", "and", "I'm", "sorry", "Zdzisław", "🙂", "\x00", "—", "我"]),
    max_size=300,
)


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(ROOT / "rehearse" / "feedback" / "model" / "vocab.txt")


def test_the_reply_stands_after_the_line(pieces: WordPieces) -> None:
    (tokens,) = pieces.pieces("What a day.", "You sound overlooked.")
    assert tokens.ids[0] == START
    assert tokens.ids[tokens.reply_at - 1] == tokens.ids[-1] == END
    assert [("You sound overlooked."[start:end]) for start, end in tokens.spans] == ["You", "sound", "overlooked", "."]


@given(WORDS.map(" ".join))
def test_a_reply_is_read_whole_and_in_order(pieces: WordPieces, reply: str) -> None:
    found = pieces.pieces("", reply)
    spans = sorted({span for piece in found for span in piece.spans})
    assert all(one[0] <= other[0] for one, other in pairwise(spans))
    assert all(0 <= start <= end <= len(reply) for start, end in spans)
    whole = pieces.pieces("", reply[:400])
    assert {span for piece in whole for span in piece.spans if span[1] < 390} <= set(spans)
    for one, other in pairwise(found):
        assert len(one.spans) == REPLY_TOKENS
        assert one.spans[-SHARED_TOKENS:] == other.spans[:SHARED_TOKENS]


def test_no_words_are_no_pieces(pieces: WordPieces) -> None:
    assert pieces.pieces("What a day.", " \n") == ()


def test_of_a_long_line_the_end_is_read(pieces: WordPieces) -> None:
    (short,) = pieces.pieces("tired " * PARTNER_TOKENS, "Okay")
    (long,) = pieces.pieces("happy " * 1000 + "tired " * PARTNER_TOKENS, "Okay")
    assert long == short
