"""Finding and masking what points at other people: their names, and numbers and addresses by which they are reached.

By rules, and rather one word too many than one too few: whoever shares sees the result before it goes, and says which
words stay and which go too. A word counts as a name where it

- is a known first name, in capitals or not (one that is a word as well, such as "Mark", only within a sentence, or where
  somebody of that name says or does something),
- begins with a capital within a sentence and is not one of `_CAPITALS`,
- begins a sentence and is no English word, or is a name elsewhere in what is shared,
- follows a title.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from importlib.resources import files

_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_TOKEN = re.compile(_WORD)
_ADDRESSES = re.compile(
    r"\b(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)@\w+|(?<![\w/\\])(?:~|[A-Za-z]:)?(?:[/\\][\w.-]+){2,}"
)
_NUMBERS = re.compile(r"(?<!\w)\+?\d(?:[ ()./-]{0,2}\d){5,}")
_MASKED = re.compile(r"\[[^\[\]\n]*\]")
"""What stands in brackets is ours, or somebody has written it as such."""
_ENDS_A_SENTENCE = ".!?…:;\n"
_POSSESSIVE = re.compile(r"['’]s$")
_TITLES = frozenset("mr mrs ms miss mx dr doctor prof professor sir madam uncle aunt auntie".split())
_DOES = frozenset(
    "said says told tells asked asks thinks thought is was has had wants wanted and came comes left called".split()
)
_CAPITALS = frozenset(
    """
    i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december christmas easter eid hanukkah diwali ramadan halloween thanksgiving new year god jesus lord
    mum mom mam dad mummy mommy daddy grandma grandpa granny nan nana grandad granddad mother father auntie
    english french german spanish italian american british irish scottish welsh european african asian indian chinese
    japanese polish turkish russian christian catholic jewish muslim hindu buddhist ok okay tv dvd hr it gp nhs uk us usa eu
    covid adhd ptsd ocd diy pm am netflix zoom whatsapp google facebook instagram internet coach oh well yes no hi hello
    """.split()
)
"""Capitals that name nobody."""
_ALSO_WORDS = frozenset(
    """
    will mark rose grace hope may art bill jack faith joy sue pat rob drew chase dawn frank grant guy jean june april
    august ivy lily daisy violet ruby olive pearl amber summer autumn melody harmony charity destiny angel christian dean
    earl duke king baron miles penny rich ray robin sandy skip stone heath hunter carter mason cooper taylor tanner parker
    chance cash cole reed reid wade wells lane brook brooke cliff clay glen lance max nick norm peg sky star sunny tad
    tom buddy junior major royal bob don ted van ken kit lee ash bay bo dot eve gene holly iris jade jewel josh kay
    kelly laurel merry mercy nova opal patience poppy prudence sage scarlet sterling stormy trip tuesday victor wolf
    """.split()
)
"""First names that are words as well."""
_FIRST_NAMES = frozenset(
    """
    aaron abby abdul abigail adam adrian agnes ahmed aidan aisha alan albert alejandro alex alexander alexandra alfie alfred
    ali alice alicia alison allison alma amanda amelia amina amir amy ana andrea andreas andrew angela angie anita ann anna
    anne annie anthony antonio archie arjun arnold arthur ashley audrey ava barbara barry beatrice becky ben benjamin bernard
    beth bethany betty beverly blake brad bradley brandon brenda brendan brian bridget bruce bryan caleb cameron carl carla
    carlos carmen carol caroline carolyn catherine cathy cecilia charles charlie charlotte chelsea cheryl chloe chris
    christina christine christopher cindy claire clara claudia colin connor craig crystal cynthia dan daniel daniela daniella
    danielle danny daphne darren dave david deborah debbie debra denise dennis derek diana diane diego dominic donald donna
    doris dorothy douglas duncan dylan eddie edith edward edwin eileen elaine eleanor elena eli elijah elizabeth ella ellen
    ellie elsa emily emma emmanuel eric erica erik erin esther ethan eugene eva evan evelyn fatima felix fernando fiona
    florence frances francesca francis fred freddie freya gabriel gareth gary gavin geoff george georgia gerald gina giovanni
    gloria gordon graham greg gregory gwen hamza hannah hans harold harriet harry harvey hassan hazel heather hector heidi
    helen helena henry herbert howard hugh hugo ian ibrahim imran ines ingrid irene isaac isabel isabella isla ismail ivan
    jackie jackson jacob jake james jamie jan jane janet janice jasmine jason javier jayden jeff jeffrey jennifer jenny
    jeremy jerry jess jesse jessica jill jim jimmy jo joan joanna joanne joe joel johan john johnny jon jonas jonathan jordan
    jorge jose joseph joyce juan judith judy julia julian julie justin karen karl kate katherine kathleen kathryn kathy
    katie keith kenneth kerry kevin khalid kim kirsty klaus kristen kyle lars laura lauren lawrence leah leila leo leon
    leonard leslie lewis liam linda lisa liz logan lois lorraine louis louise lucas lucia lucy luis luke lydia lynn madison
    malcolm mandy manuel marco marcus margaret maria mariam marie marilyn mario marion marjorie martha martin marvin mary
    mateo matilda matt matthew maureen maurice maya megan mehmet melanie melissa mia michael michelle miguel mike mila
    mohamed mohammed molly monica morgan muhammad nadia nancy naomi natalie natasha nathan neil nicola nicole nigel nikita
    nina noah nora norman oliver olivia omar oscar owen pablo pamela patricia patrick paul paula pauline pedro peter phil
    philip phoebe phyllis priya rachel ralph ramon raymond rebecca rhys ricardo richard rita robert roberto roger ronald
    ronnie rosa rosemary ross roxanne roy russell ruth ryan sally sam samantha samira samuel sandra sara sarah scott sean
    sebastian sharon sheila shirley silvia simon sofia sonia sophia sophie stacey stanley stefan stella stephanie stephen
    steve steven stewart stuart susan suzanne sylvia tamara tania tanya tara terence teresa terry theo theodore theresa
    thomas tiffany tim timothy tina todd tony tracey tracy trevor tyler ursula valerie vanessa vera veronica vicky victoria
    vincent virginia vivian walter wanda wayne wendy william willie xavier yasmin yusuf yvonne zac zach zachary zara zoe
    """.split()
)
"""Common ones; facts, put together by hand."""


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
            titled = before in _TITLES and _between(text, words, place).strip(". ") == ""
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
        if plain in _FIRST_NAMES or (titled and capital):
            return True, True
        if not capital or plain in _TITLES:
            return False, False
        if plain in _ALSO_WORDS:
            if begins:
                return after in _DOES or plain in self._seen, False
            return plain not in _CAPITALS, plain not in _CAPITALS
        if plain in _CAPITALS:
            return False, False
        return (plain in self._seen or not _is_english(plain), False) if begins else (True, True)


def _between(text: str, words: list[re.Match[str]], place: int) -> str:
    return text[words[place - 1].end() : words[place].start()] if place else ""


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins there, in quotation marks or not."""
    before = text[:start].rstrip(" \t\"'“”‘’«»()—–-")
    return not before or before[-1] in _ENDS_A_SENTENCE


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower().strip(".,;:!?")).replace("’", "'")


def _is_english(word: str) -> bool:
    known = _english()
    if word in known or word.split("'")[0] in known:
        return True
    stems = (
        word.removesuffix(ending) for ending in ("s", "es", "ed", "ing", "ly", "ness", "er") if word.endswith(ending)
    )
    return any(stem in known or f"{stem}e" in known for stem in stems) or all(
        part in known for part in word.split("-") if "-" in word
    ) * ("-" in word)


@cache
def _english() -> frozenset[str]:
    """The whole words that the coder's tokenizer knows, some twenty thousand; names among them are known otherwise."""
    text = (files("rehearse.feedback") / "model" / "vocab.txt").read_text(encoding="utf-8")
    return frozenset(word for word in text.split("\n") if word.isalpha() and len(word) > 1)
