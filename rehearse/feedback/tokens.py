"""A line and the reply to it as the encoder reads them: BERT's word pieces, each with its place in the reply.

The algorithm is that of Devlin et al. (2019), uncased: marks stand alone, accents are dropped, and a word that is not
in the vocabulary is cut into the longest pieces that are, from the left. It is written out here because the library
for it brings a client for a model hub and seven more packages with it.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import EncoderDamaged

PARTNER_TOKENS = 40
"""The last words of the partner's line are those that are answered."""
REPLY_TOKENS = 96
"""About 70 words; a longer reply is read in pieces."""
SHARED_TOKENS = 24
"""How much of a piece is read again in the next one, so that no thought is cut in two."""
_LONGEST_WORD = 100
"""A longer one is unknown as a whole."""
_INNER = "##"
"""Stands before a piece that does not begin its word."""

Span = tuple[int, int]
"""First character, and the one past the last."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A reply, or a piece of a long one, after the line it answers."""

    ids: tuple[int, ...]
    """[CLS] partner [SEP] reply [SEP]."""
    reply_at: int
    """The index of the reply's first token; the second segment begins here."""
    spans: tuple[Span, ...]
    """For each token of the reply, its characters in the reply."""


class WordPieces:
    """Turns text into `Tokens`."""

    def __init__(self, vocabulary: Path) -> None:
        """Read a `vocabulary` with one piece a line, as BERT's are.

        Raises:
            EncoderDamaged: it is missing, or is no such file.
        """
        try:
            pieces = vocabulary.read_text(encoding="utf-8").split("\n")
            self._ids = {piece: number for number, piece in enumerate(pieces)}
            self._start, self._end, self._unknown = (self._ids[name] for name in ("[CLS]", "[SEP]", "[UNK]"))
        except (OSError, ValueError, KeyError) as error:
            raise EncoderDamaged(
                f"the words of the network that codes replies cannot be read ({vocabulary.name}: {error}); "
                "reinstall rehearse"
            ) from error

    def pieces(self, partner: str, reply: str) -> tuple[Tokens, ...]:
        """The whole of `reply`, in one piece unless it is long; none where it has no words."""
        line = [number for number, _ in self._encoded(partner)][-PARTNER_TOKENS:]
        said = list(self._encoded(reply))
        before = (self._start, *line, self._end)
        step = REPLY_TOKENS - SHARED_TOKENS
        return tuple(
            Tokens(
                (*before, *(number for number, _ in said[start : start + REPLY_TOKENS]), self._end),
                len(before),
                tuple(span for _, span in said[start : start + REPLY_TOKENS]),
            )
            for start in range(0, max(len(said) - SHARED_TOKENS, 1) if said else 0, step)
        )

    def _encoded(self, text: str) -> Iterator[tuple[int, Span]]:
        """The number of each piece of `text`, and its characters."""
        for word in _words(text):
            letters = "".join(letter for letter, _ in word)
            pieces = self._cut(letters) if len(word) <= _LONGEST_WORD else None
            if pieces is None:
                yield self._unknown, (word[0][1], word[-1][1] + 1)
                continue
            for number, first, last in pieces:
                yield number, (word[first][1], word[last - 1][1] + 1)

    def _cut(self, letters: str) -> list[tuple[int, int, int]] | None:
        """For each piece its number, its first letter and the one past its last; None where some part is unknown."""
        pieces = []
        start = 0
        while start < len(letters):
            prefix = _INNER if start else ""
            for end in range(len(letters), start, -1):
                if (number := self._ids.get(prefix + letters[start:end])) is not None:
                    pieces.append((number, start, end))
                    start = end
                    break
            else:
                return None
        return pieces


def _words(text: str) -> Iterator[list[tuple[str, int]]]:
    """Each word of `text`, lower case and without accents, as letters with their places; marks are words."""
    word: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        if _is_dropped(character):
            continue
        alone = _stands_alone(character)
        if word and (alone or character.isspace()):
            yield word
            word = []
        if character.isspace():
            continue
        bare = unicodedata.normalize("NFD", character).lower()
        letters = [(letter, place) for letter in bare if unicodedata.category(letter) != "Mn"]
        if alone:
            yield letters
        else:
            word += letters
    if word:
        yield word


def _is_dropped(character: str) -> bool:
    """Control characters and the like, which stand for nothing that is said."""
    return character == "\ufffd" or (unicodedata.category(character).startswith("C") and not character.isspace())


def _stands_alone(character: str) -> bool:
    """Marks, signs and Chinese characters."""
    return (
        character in "$+<=>^`|~"
        or unicodedata.category(character).startswith("P")
        or unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")
    )
