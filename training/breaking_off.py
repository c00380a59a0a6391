"""Replies broken off and replies at their end, side by side: does a thought end here?

Recognizers put a full stop, or a question mark, behind whatever they are given, so the last mark is taken off.
"""

import re
from dataclasses import replace
from random import Random

from rehearse.feedback.thoughts import open_ended
from training.corpus import Example

AT_A_CLAUSE = 0.6
"""How often a reply that is broken off is so where a clause ends; else between any two words. People pause at both."""
_CLAUSE_ENDS = re.compile(
    r"(?<=[,.;:!?…—–])\s+|\s+(?=(?:and|but|because|cause|so|or|when|if|that|then|um+|uh+|er+|like|i mean|you know)\b)",
    re.IGNORECASE,
)
_ANY_END = re.compile(r"\s+")


def broken_off(example: Example, chance: Random) -> Example | None:
    """The beginning of `example`; None where it is a single word."""
    where = list(_CLAUSE_ENDS.finditer(example.reply)) if chance.random() < AT_A_CLAUSE else []
    where = [each for each in where or _ANY_END.finditer(example.reply) if example.reply[each.end() :].strip()]
    if not where:
        return None
    begun = open_ended(example.reply[: chance.choice(where).start()])
    return replace(example, reply=begun, evidence=(), ends=False) if begun else None


def at_its_end(example: Example) -> Example:
    """All of `example`."""
    return replace(example, reply=open_ended(example.reply), evidence=(), ends=True)


def thoughts_of(written: list[Example]) -> list[Example]:
    """The dev part as it ends and as it might be broken off, the same each time."""
    chance = Random(1)  # noqa: S311
    dev = [each for each in written if each.part == "dev"]
    return [*map(at_its_end, dev), *(begun for each in dev if (begun := broken_off(each, chance)))]
