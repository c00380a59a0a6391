"""The feelings vocabulary: finding its words in a reply, and how finely and how surely a feeling was named.

The words stand in `feelings.yaml`, in families. The line between feelings and pseudo-feelings is NVC's (Rosenberg
2003), granularity is that of affect labeling (Lieberman 2007) and of emotion differentiation (Kashdan, Barrett &
McKnight 2015).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import chain

from ruamel.yaml import YAML

from rehearse.feedback.clauses import Reading, read
from rehearse.feedback.phrases import phrases
from rehearse.feedback.plain import plain_words

_DATA = "feelings.yaml"
_WITHIN = frozenset({"just", "still"})
"""Passed over within an idiom: "my stomach just dropped"."""
_AS_SAID_OF_ONESELF = {"you": ("i", "me"), "your": ("my",), "yourself": ("myself",)}


class Form(StrEnum):
    """How a word of the vocabulary is used."""

    PERSON = "person"
    """What someone is or feels: lonely."""
    EVENT = "event"
    """What something is that brings the feeling: humiliating."""
    NOUN = "noun"
    """The feeling as a thing: dread."""
    DOES = "does"
    """What something does to someone: stung."""
    ACTS = "acts"
    """What someone does who has the feeling: miss."""
    IDIOM = "idioms"
    """A phrase that plainly stands for it: a knot in your stomach."""
    PSEUDO = "pseudo"
    """A judgement of the other dressed as a feeling: attacked."""
    HARDSHIP = "hardship"
    """Not a feeling, but how hard something is: brutal."""


_OF_FAMILIES = (Form.PERSON, Form.EVENT, Form.NOUN, Form.DOES, Form.ACTS, Form.IDIOM)


class Granularity(StrEnum):
    """How finely a feeling was named."""

    SPECIFIC = "specific"
    VAGUE = "vague"


class Stance(StrEnum):
    """How surely a feeling was named."""

    TENTATIVE = "tentative"
    CERTAIN = "certain"


@dataclass(frozen=True, slots=True)
class Family:
    """Feelings that are near to each other."""

    name: str
    soft: bool
    """Whether a speaker who names one of their own discloses something vulnerable."""
    words: tuple[str, ...]
    """What someone is or feels, the words fit for offering as a finer one, in plain words."""
    vague: frozenset[str]
    """Those of its words that say little."""
    offers: bool
    """Whether its words are fit to be offered in place of a vague one."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word of the vocabulary."""

    form: Form
    family: Family | None
    """None for pseudo-feelings and words of hardship."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A word or an idiom of the vocabulary, found in a reply."""

    words: str
    start: int
    """Offset into the plain text."""
    end: int
    senses: tuple[Sense, ...]

    def sense(self, *forms: Form) -> Sense | None:
        """Its first meaning in one of `forms`."""
        return next((sense for sense in self.senses if sense.form in forms), None)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All families and words."""

    families: tuple[Family, ...]
    senses: dict[str, tuple[Sense, ...]]
    """By the word or idiom in plain words."""
    longest: dict[str, int]
    """How many words the longest entry has that begins with this word."""


@cache
def vocabulary() -> Vocabulary:
    """Read the vocabulary that comes with the package; the first call takes about a tenth of a second."""
    data = YAML(typ="safe").load(files(__package__).joinpath(_DATA).read_text(encoding="utf-8"))
    families: list[Family] = []
    senses: dict[str, list[Sense]] = {}
    for form in (Form.PSEUDO, Form.HARDSHIP):
        for entry in data.pop(form):
            senses.setdefault(plain_words(entry), []).append(Sense(form, None))
    for name, given in data.items():
        entries = {form: tuple(map(plain_words, given.get(form, ()))) for form in _OF_FAMILIES}
        vague = given.get("vague", ())
        family = Family(
            name=name,
            soft=given["soft"],
            words=entries[Form.PERSON],
            vague=frozenset(chain(*entries.values()) if vague is True else map(plain_words, vague)),
            offers=given.get("offers", True),
        )
        families.append(family)
        for form, listed in entries.items():
            for words in chain.from_iterable(map(_with_own, listed)):
                senses.setdefault(words, []).append(Sense(form, family))
    longest: dict[str, int] = {}
    for words in senses:
        first, length = words.split()[0], len(words.split())
        longest[first] = max(longest.get(first, 0), length)
    return Vocabulary(tuple(families), {words: tuple(found) for words, found in senses.items()}, longest)


def lookup(words: str) -> tuple[Sense, ...]:
    """The meanings of a word or an idiom; none when the vocabulary does not have it."""
    return vocabulary().senses.get(plain_words(words), ())


def mentions(reading: Reading) -> Iterator[Mention]:
    """The vocabulary's words in a reply, in order; of two that begin at one word the longer comes first."""
    known, starts = vocabulary(), reading.plain.starts
    words = [
        (word.text, start) for word, start in zip(reading.plain.words, starts, strict=True) if word.text not in _WITHIN
    ]
    for index, (first, start) in enumerate(words):
        for length in range(min(known.longest.get(first, 0), len(words) - index), 0, -1):
            entry = " ".join(text for text, _ in words[index : index + length])
            if senses := known.senses.get(entry):
                last, begins = words[index + length - 1]
                yield Mention(entry, start, begins + len(last), senses)


_TENTATIVE = phrases(
    """
    sounds?|seems?|seemed|sounded|you look|(looks|feels) (like|as if|as though)
    (i )?(wonder|wondering|guess|guessing|imagine|suspect|suppose|think|get the (feeling|sense)|sense|bet|reckon)
    (maybe|perhaps|probably|possibly|might|may|could|almost|kind of|sort of)
    (is it|are you|were you|was it|do you|did that|did it|does that|am i right|is that right|or am i|correct me)
    """
)
_CERTAIN = phrases(
    """
    obviously|clearly|definitely|of course|certainly|no doubt|plainly|always|i know|must be just|you are just|just admit
    """
)


def granularity(said: str) -> Granularity | None:
    """How finely `said` names a feeling: specific when any of its words is, vague when none is, None without one.

    What a family marks as vague (bad, upset, stressed, off) is; "overlooked" or "ignored", said of the other, are not.
    """
    named = [
        _is_specific(mention.words, sense)
        for mention in mentions(read(said))
        for sense in mention.senses
        if sense.form is not Form.HARDSHIP
    ]
    if not named:
        return None
    return Granularity.SPECIFIC if any(named) else Granularity.VAGUE


def _is_specific(words: str, sense: Sense) -> bool:
    return sense.family is None or words not in sense.family.vague


def stance(said: str) -> Stance:
    """How surely `said` names a feeling: tentative when it leaves the other room to say no."""
    if "?" in said:
        return Stance.TENTATIVE
    words = plain_words(said)
    return Stance.TENTATIVE if _TENTATIVE.search(words) and not _CERTAIN.search(words) else Stance.CERTAIN


def _with_own(entry: str) -> tuple[str, ...]:
    """An entry as said to "you", and as said of oneself."""
    variants = [""]
    for word in entry.split():
        also = _AS_SAID_OF_ONESELF.get(word, ())
        variants = [f"{variant} {form}" for variant in variants for form in (word, *also)]
    return tuple(dict.fromkeys(variant.strip() for variant in variants))
