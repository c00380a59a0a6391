"""A finer word for a vague one: "You said stressed; from what she told you it could have been worn down."."""

from collections.abc import Iterator, Sequence

from rehearse.feedback.clauses import read
from rehearse.feedback.codes import Code
from rehearse.feedback.feelings import Family, Form, Granularity, granularity, lookup, mentions
from rehearse.feedback.moment import FEELING, Moment

OFFERED = 2
"""Words in one offer: enough to choose from, few enough to remember."""


def finer_word(teller: str, moments: Sequence[Moment]) -> str | None:
    """An offer for the first vague word that there is a finer one for; `teller` is the partner, by pronoun or name.

    A word that the person has used already, anywhere, is not offered.
    """
    used = {mention.words for moment in moments for mention in mentions(read(moment.coded.text))}
    for moment in moments:
        vague = _vague_word(moment)
        fresh = [word for word in _fitting(moment, vague) if word not in used][:OFFERED] if vague else []
        if fresh:
            return f"You said “{vague}”; from what {teller} told you, it could have been {' or '.join(fresh)}."
    return None


def is_specific(word: str) -> bool:
    """Whether `word` says precisely what someone feels, and so can be offered in place of a vague one."""
    return any(sense.family and word not in sense.family.vague for sense in lookup(word) if sense.form is Form.PERSON)


def _vague_word(moment: Moment) -> str | None:
    """The vague word by which the partner's feeling was named, where there was one to be named."""
    for found in moment.coded.stated:
        named = found.code is Code.LABELS_FEELING and moment.carries & FEELING
        if named and granularity(found.text) is Granularity.VAGUE:
            return next(mention.words for mention in mentions(read(found.text)) if _families(mention.words))
    return None


def _fitting(moment: Moment, vague: str) -> Iterator[str]:
    """Finer words, the fittest first: what the scenario says the partner feels; what the line says; near the word."""
    yield from moment.occasion.feels
    said = [family for mention in mentions(read(moment.line)) for family in _families(mention.words)]
    for family in (*said, *_families(vague)):
        if family.offers:
            yield from (word for word in family.words if is_specific(word))


def _families(words: str) -> list[Family]:
    return [sense.family for sense in lookup(words) if sense.family]
