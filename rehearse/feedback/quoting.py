"""Words of the person or of a scenario, made short enough to be followed by ear."""

import re

QUOTED_CHARACTERS = 90
"""A longer quotation is hard to follow by ear."""
QUOTED_WORDS = 20
"""Ninety characters of everyday English hold as many at most; three quotations of so many fit in a minute."""


def quote(said: str) -> str:
    """`said` in quotation marks; of much, the first sentences, or as many words as can be followed by ear."""
    return f"“{shortened(said).strip(' .,;')}”"


def quoted_sentence(said: str) -> str:
    """A quotation that ends the sentence it stands in."""
    quotation = quote(said)
    return quotation if quotation[-2] in "?!…" else f"{quotation[:-1]}.”"


def shortened(said: str, characters: int = QUOTED_CHARACTERS, words: int = QUOTED_WORDS) -> str:
    """`said` where it is short; else its first whole sentences, or its first words and "…"."""
    all_words = said.split()
    count = sum(len(" ".join(all_words[:number])) <= characters for number in range(1, words + 1))
    if count >= len(all_words):
        return " ".join(all_words)
    kept = " ".join(all_words[:count]) or all_words[0][:characters]
    if sentences := re.match(r".{15,}[.!?](?= |$)", kept):
        return sentences[0]
    return f"{kept.rstrip(' .,;')}…"
