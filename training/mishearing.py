"""What the recognizer makes of a word, learned from the replies it heard, for those that were never spoken to it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from difflib import SequenceMatcher
from random import Random

from training.corpus import Example

UNKNOWN = 0.12
"""How often a word is misheard of which nothing is known: about the recognizer's word error rate."""
LONGEST = 3
"""Words in a stretch that is misheard as a whole; where it is longer the recognizer had lost its way."""
WORD = re.compile(r"[\w'’]+")


class Mishearing:
    """Mishears as often, and as what, the recognizer did."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Learn from replies as they were written and as they were heard."""
        said: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        self._instead: defaultdict[str, list[str]] = defaultdict(list)
        for written, heard in pairs:
            ours, theirs = WORD.findall(written.lower()), WORD.findall(heard.lower())
            said.update(ours)
            for _, first, last, start, end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
                if ours[first:last] != theirs[start:end] and max(last - first, end - start) <= LONGEST:
                    wrong.update(ours[first:last])
                    if last - first == 1:
                        self._instead[ours[first]].append(" ".join(theirs[start:end]))
        self._chance = {word: (wrong[word] + 2 * UNKNOWN) / (count + 2) for word, count in said.items()}
        self._any = [text for texts in self._instead.values() for text in texts]

    def of(self, example: Example, chance: Random) -> Example:
        """`example` misheard; its spans move with the words."""
        text, at = "", 0
        spans = [list(span) for _, *span in example.evidence]
        for word in WORD.finditer(example.reply):
            key = word.group().lower()
            if chance.random() >= self._chance.get(key, UNKNOWN):
                continue
            heard = chance.choice(self._instead.get(key) or self._any)
            text += example.reply[at : word.start()] + heard
            at = word.end()
            change = len(heard) - len(key)
            for span, (_, start, end) in zip(spans, example.evidence, strict=True):
                span[0] += change * (at <= start)
                span[1] += change * (at <= end)
        text += example.reply[at:]
        return replace(
            example,
            reply=text,
            evidence=tuple(
                (code, start, max(start + 1, end))
                for (code, _, _), (start, end) in zip(example.evidence, spans, strict=True)
            ),
        )
