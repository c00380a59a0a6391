"""How a feeling was named: how finely, and with how much room for the other to say no."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rehearse.feedback.clauses import read
from rehearse.feedback.codes import AXES, Axis, CodedReply, Evidence
from rehearse.feedback.feelings import Form, Granularity, Stance, granularity, mentions, stance, vocabulary
from rehearse.feedback.plain import plain_words

MAX_QUOTED_WORDS = 4
"""Of a feeling, when it is said back: longer ones are no longer a feeling's name."""
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_ENDS = re.compile(r"[.!?…\n]+")


@dataclass(frozen=True, slots=True)
class Label:
    """The two properties of a label that are reported and not coded (the coding manual, "Labeling")."""

    granularity: Granularity | None
    """None where its words are none of the feelings vocabulary."""
    stance: Stance


def label_of(coded: CodedReply, found: Evidence) -> Label | None:
    """How `found` names a feeling; None where it names none.

    The words that name it say how finely; the whole sentence says how surely ("Maybe", a question mark).
    """
    if found.code not in AXES[Axis.LABELING]:
        return None
    begin = max((end.end() for end in _SENTENCE_ENDS.finditer(coded.text, 0, found.start)), default=0)
    end = _SENTENCE_ENDS.search(coded.text, found.end)
    sentence = coded.text[begin : end.end() if end else len(coded.text)]
    return Label(granularity(found.text), stance(sentence))


@lru_cache(maxsize=64)
def feeling_named(words: str) -> str | None:
    """The words in `words` that name what somebody feels, such as "worn out", fit for "You said I sounded …".

    A precise word comes before a vague one. None where nothing in it is what a person is or feels.
    """
    named = [mention.words for mention in mentions(read(words)) if mention.sense(Form.PERSON)]
    short = [each for each in named if len(each.split()) <= MAX_QUOTED_WORDS]
    precise = [each for each in short if granularity(each) is Granularity.SPECIFIC]
    return next(iter(precise or short), None)


@lru_cache(maxsize=4096)
def families_named(words: str) -> frozenset[str]:
    """The families of the feelings that `words` name precisely: {"lonely", "tired"} of "alone with it and worn out".

    A word of two families counts for the first. The words are looked up as they stand, and are levelled to plain words
    only where that finds nothing: years of replies are looked through at once, and levelling takes fifty times as long.
    """
    found = list(_entries(_WORD.findall(words.lower()))) or list(_entries(plain_words(words).split()))
    senses = [(entry, vocabulary().senses[entry][0]) for entry in found]
    return frozenset(sense.family.name for entry, sense in senses if sense.family and entry not in sense.family.vague)


def _entries(words: Sequence[str]) -> Iterator[str]:
    """What of the vocabulary is in `words`; none within another."""
    known, index = vocabulary(), 0
    while index < len(words):
        for length in range(min(known.longest.get(words[index], 0), len(words) - index), 0, -1):
            if (entry := " ".join(words[index : index + length])) in known.senses:
                yield entry
                index += length - 1
                break
        index += 1
