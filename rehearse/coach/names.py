"""Finding and masking what points at other people: their names, and numbers and addresses by which they are reached.

By rules, and rather one word too many than too few: whoever shares sees the result before it goes, and says
which words stay and which go too. A word counts as a name where it

- is a known first name, in capitals or not (one that is a word as well, such as "Mark", only within a sentence, or
  where somebody of that name says or does something),
- begins with a capital within a sentence and is not one of `CAPITALS`,
- begins a sentence and is no English word, or is a name elsewhere in what is shared,
- follows a title.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files

from rehearse.coach.name_words import ALSO_WORDS, CAPITALS, DOES, FIRST_NAMES, TITLES

_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_TOKEN = re.compile(_WORD)
_ADDRESSES = re.compile(
    r"\b(?:https?://|www\.)\S+|(?:(?<![\w.+-])[\w.+-]+)?@[\w-]+(?:[.@]+[\w-]+)*|(?<![\w/\\])(?:~|[A-Za-z]:)?(?:[/\\][\w.-]+){2,}"
)
_NUMBERS = re.compile(r"(?<!\w)\+?\d(?:[ ()./-]{0,2}\d){5,}")
_AS_FAR_BACK = 40
"""No more quotation marks and dashes stand before a word."""
_MASKED = re.compile(r"\[[^\[\]\n]*\]")
"""What stands in brackets is ours, or somebody has written it as such."""
_ENDS_A_SENTENCE = ".!?…:;\n"
_PREFIX = re.compile(r"^(?:over|under|un|re|non|mis|dis)(?=\w{3})")
_POSSESSIVE = re.compile(r"['’]s$")


class Names:
    """Masks names in texts that go together: the same person has the same number in all of them."""

    def __init__(
        self,
        texts: Iterable[str],
        *,
        allowed: Collection[str] = (),
        keep: Collection[str] = (),
        also: Collection[str] = (),
    ) -> None:
        """`texts`: everything that is shared. `allowed`: the names of a scene's people. `keep` stays, `also` goes: what
        the person has said of single words; they count for more than any rule."""
        self._stays = {_plain(word) for each in (*allowed, *keep) for word in each.split()}
        self._goes = {_plain(word) for each in also for word in each.split()}
        self._stays -= self._goes
        self._seen: set[str] = set()
        self._people: dict[str, int] = {}
        self._seen = {_plain(match[0]) for text in texts for match, certain in self._found(text) if certain}

    @property
    def count(self) -> int:
        """How many people were masked."""
        return len(set(self._people.values()))

    def mask(self, text: str) -> str:
        """`text` with "[person 1]" for a name, "[number]" and "[address]"."""
        text = _NUMBERS.sub("[number]", _ADDRESSES.sub("[address]", text))
        pieces, end = [], 0
        for start, stop in self._runs(text):
            said = text[start:stop]
            ending = _POSSESSIVE.search(said)
            pieces += [text[end:start], f"[person {self._number(said)}]", ending[0] if ending else ""]
            end = stop
        return "".join([*pieces, text[end:]])

    def _runs(self, text: str) -> Iterator[tuple[int, int]]:
        """Names that stand one after the other are one person's."""
        start = stop = -1
        for match, _ in self._found(text):
            if stop >= 0 and text[stop : match.start()] == " " and not _POSSESSIVE.search(text[start:stop]):
                stop = match.end()
                continue
            if stop >= 0:
                yield start, stop
            start, stop = match.span()
        if stop >= 0:
            yield start, stop

    def _number(self, said: str) -> int:
        words = [_plain(word) for word in said.split()]
        known = next((self._people[word] for word in words if word in self._people), None)
        number = known or len(set(self._people.values())) + 1
        for word in words:
            self._people.setdefault(word, number)
        return number

    def _found(self, text: str) -> Iterator[tuple[re.Match[str], bool]]:
        """Every word that is a name, and whether that is certain by where it stands."""
        ours = [match.span() for match in _MASKED.finditer(text)]
        before = ""
        words = [each for each in _TOKEN.finditer(text) if not any(a <= each.start() < b for a, b in ours)]
        for place, match in enumerate(words):
            after = words[place + 1][0].lower() if place + 1 < len(words) else ""
            titled = before in TITLES and _between(text, words, place).strip(". ") == ""
            is_name, certain = self._judged(match, _begins(text, match.start()), titled, after)
            if is_name:
                yield match, certain
            before = match[0].lower()

    def _judged(self, match: re.Match[str], begins: bool, titled: bool, after: str) -> tuple[bool, bool]:
        plain = _plain(match[0])
        capital = match[0][0].isupper()
        if plain in self._goes:
            return True, True
        if plain in self._stays or (len(plain) == 1 and not titled) or plain.split("'")[0] in {"i"}:
            return False, False
        parts = plain.split("-")
        if plain in FIRST_NAMES or (titled and capital) or (capital and len(parts) > 1 and parts[0] in FIRST_NAMES):
            return True, True
        if not capital or plain in TITLES:
            return False, False
        if plain in ALSO_WORDS:
            if begins:
                return after in DOES or plain in self._seen, False
            return plain not in CAPITALS, plain not in CAPITALS
        if plain in CAPITALS:
            return False, False
        return (plain in self._seen or not _is_english(plain), False) if begins else (True, True)


def _between(text: str, words: list[re.Match[str]], place: int) -> str:
    return text[words[place - 1].end() : words[place].start()] if place else ""


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins there, in quotation marks or not."""
    before = text[max(0, start - _AS_FAR_BACK) : start].rstrip(" \t\"'“”‘’«»()—–-")
    return not before or before[-1] in _ENDS_A_SENTENCE


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower().strip(".,;:!?")).replace("’", "'")


def _is_english(word: str) -> bool:
    known = _english()
    if word in known or word.split("'")[0] in known:
        return True
    endings = (each for each in ("s", "es", "ed", "ing", "ly", "ness", "er") if word.endswith(each))
    stems = [_PREFIX.sub("", word), *(_PREFIX.sub("", word.removesuffix(each)) for each in endings)]
    parts = word.split("-")
    return any(stem in known or f"{stem}e" in known for stem in stems) or (
        len(parts) > 1 and all(part in known for part in parts)
    )


@cache
def _english() -> frozenset[str]:
    """The whole words that the coder's tokenizer knows, some twenty thousand; names among them are known otherwise."""
    text = (files("rehearse.feedback") / "model" / "vocab.txt").read_text(encoding="utf-8")
    return frozenset(word for word in text.split("\n") if word.isalpha() and len(word) > 1)
