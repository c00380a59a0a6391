"""A reply in plain words: what patterns are matched against, with the way back to what was said.

Speech recognizers leave out marks and capitals, keep some fillers and restarts, and spell contractions in several
ways. Plain words level that: lower case, contractions written out ("don't" → "do not"), fillers ("um", "you know"),
intensifiers ("really", "kind of") and repeated words ("I I was") dropped, commas kept as a pause before the next
word, the end of a sentence as a word of its own ("." or "?"). Each plain word remembers the characters it stands for.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rehearse.feedback.spellings import (
    CONTRACTIONS,
    FILLERS,
    HAD_BEFORE,
    HAS_BEFORE,
    INTENSIFIERS,
    IS_BEFORE,
    MODALS_BEFORE_HAVE,
    MULTIWORD_FILLERS,
    PAUSES,
    SO_STAYS_BEFORE,
    SPELLINGS,
    SUBJECTS,
    YOU_ARE,
)

_TOKEN = re.compile(r"\d+(?:[.:,]\d+)+|[^\W_]+(?:['’][^\W_]+)*|[.!?…]+|[\n]+|[,;:—–]|--+|[\"“”]")
_PARTICIPLE = re.compile(r"\w+[^e\W]ed")
_END = re.compile(r"[.!?…\n]")


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word, or the end of a sentence."""

    text: str
    start: int
    """Character offset into what was said."""
    end: int
    pause: bool = False
    """Whether a comma, a colon or a dash stands before it."""
    quoted: bool = False
    """Whether it stands between quotation marks."""

    @property
    def ends_sentence(self) -> bool:
        """Whether this is "." or "?" rather than a word."""
        return self.text in {".", "?"}


@dataclass(frozen=True, slots=True)
class PlainText:
    """Plain words joined by single spaces."""

    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    """Where each word begins in `text`."""

    def word_at(self, offset: int) -> int:
        """The index of the word that holds the character at `offset` of `text`."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def said(self, start: int, end: int) -> tuple[int, int]:
        """The character offsets, in what was said, of the words between `start` and `end` of `text`."""
        first, last = self.word_at(start), self.word_at(max(start, end - 1))
        return self.words[first].start, self.words[last].end


def plain(said: str) -> PlainText:
    """Level `said` to plain words."""
    words = _without_repeats(_without_fillers(_words(said)))
    starts, offset = [], 0
    for word in words:
        starts.append(offset)
        offset += len(word.text) + 1
    return PlainText(" ".join(word.text for word in words), tuple(words), tuple(starts))


def plain_words(said: str) -> str:
    """The plain words of `said` as one string, without marks."""
    return " ".join(word.text for word in plain(said).words if not word.ends_sentence)


def _words(said: str) -> list[Word]:
    words: list[Word] = []
    pause = quoted = False
    tokens = list(_TOKEN.finditer(said))
    for index, token in enumerate(tokens):
        piece = token.group().lower().replace("’", "'")
        if _END.match(piece):
            words.append(Word("?" if "?" in piece else ".", token.start(), token.end()))
            pause = False
        elif piece[0].isalnum():
            following = tokens[index + 1].group().lower() if index + 1 < len(tokens) else ""
            if piece == "of" and words and words[-1].text in MODALS_BEFORE_HAVE:
                piece = "have"
            for part in _written_out(piece, following).split():
                words.append(Word(part, token.start(), token.end(), pause, quoted))
                pause = False
        else:
            pause = True
            if piece in '"“”':
                quoted = piece == "“" or (piece == '"' and not quoted)
    if all(word.quoted or word.ends_sentence for word in words):
        return [replace(word, quoted=False) for word in words]  # all of it between marks is said, not quoted
    return words


def _written_out(word: str, following: str) -> str:
    if word in SPELLINGS:
        return SPELLINGS[word]
    if word == "cause" and following in SUBJECTS:
        return "because"
    if word == "your" and following in YOU_ARE:
        return "you are"
    if word.endswith("'s") and following in HAS_BEFORE:
        return f"{word[:-2]} has"
    if word.endswith("'s") and (following.endswith("ing") or following in IS_BEFORE):
        return f"{word[:-2]} is"
    if word.endswith("'d") and (following in HAD_BEFORE or _PARTICIPLE.fullmatch(following)):
        return f"{word[:-2]} had"
    for ending, full in CONTRACTIONS:
        if match := ending.fullmatch(word):
            return f"{match.group(1)} {full}"
    return word


def _without_fillers(words: Sequence[Word]) -> list[Word]:
    kept: list[Word] = []
    index, pause = 0, False
    while index < len(words):
        if length := _filler_length(words, index):
            pause = pause or words[index].pause or words[index].text in PAUSES
            index += length
        else:
            word = words[index]
            kept.append(replace(word, pause=True) if pause and not word.ends_sentence else word)
            index, pause = index + 1, False
    return kept


def _filler_length(words: Sequence[Word], index: int) -> int:
    for phrase, not_before, not_after in MULTIWORD_FILLERS:
        stop = index + len(phrase)
        if tuple(word.text for word in words[index:stop]) == phrase:
            before = words[index - 1].text if index else ""
            after = words[stop].text if stop < len(words) else ""
            set_apart = stop < len(words) and words[stop].pause
            if before not in not_before and (after not in not_after or set_apart):
                return len(phrase)
    word = words[index].text
    following = words[index + 1].text if index + 1 < len(words) else "."
    # "I really am" loses its "really"; "not really." keeps it, since it is all that is said.
    drops = (
        word in FILLERS
        or (word in INTENSIFIERS and following not in {".", "?", "out", "up", "off"})
        or (word == "so" and following not in SO_STAYS_BEFORE)
    )
    return int(drops)


def _without_repeats(words: Sequence[Word]) -> list[Word]:
    kept: list[Word] = []
    for word in words:
        if kept and word.text == kept[-1].text and (not word.pause or word.ends_sentence):
            kept[-1] = replace(kept[-1], end=word.end)
            continue
        kept.append(word)
        if len(kept) >= 4 and not word.ends_sentence:
            first, second, third, fourth = kept[-4:]
            if (first.text, second.text) == (third.text, fourth.text):
                del kept[-2:]
    return kept
