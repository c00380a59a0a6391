"""The replies as the network learns them: what is said to whom, which codes, which words earned them."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from rehearse.feedback.codes import Code

FOLDER = Path(__file__).parent
CODES = tuple(Code)
"""The order of the network's outputs."""
ASKED = ("", "", "What should I do?", "I don't know what to do.", "Any advice?", "What would you do?")
"""What a sentence of the advice corpora is taken to answer: people there had asked."""


@dataclass(frozen=True, slots=True)
class Example:
    """A reply with what is known of it."""

    id: str
    part: str
    partner: str
    reply: str
    evidence: tuple[tuple[Code, int, int], ...] = ()
    """Code, start and end in characters of the reply; an unknown span is the whole reply."""
    advice: bool | None = None
    """Where only this is known of a sentence: whether it advises, with leave or without. None elsewhere."""
    ends: bool | None = None
    """Where only this is asked of it: whether the reply ends here. None elsewhere."""

    @property
    def codes(self) -> frozenset[Code]:
        """What the reply did."""
        return frozenset(code for code, _, _ in self.evidence)


def replies() -> list[Example]:
    """The project's own replies, as they were written."""
    return [example_of(row) for row in _rows(FOLDER / "replies.jsonl")]


def recognized(examples: list[Example]) -> list[Example]:
    """Those of `examples` that were spoken and recognized, in the recognizer's words, with the codes they had."""
    heard = {row["id"]: row["text"] for row in _rows(FOLDER / "recognized.jsonl")}
    return [
        replace(each, reply=heard[each.id], evidence=tuple(_transferred(each, heard[each.id])))
        for each in examples
        if heard.get(each.id)
    ]


def advice(file: Path) -> list[Example]:
    """Sentences of the advice corpora (TSV: id, majority label, …, sentence); only those with one clear label."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Example(row[0], "advice", "", _untokenized(row[3]), advice=row[1] == "1")
        for row in rows[1:]
        if len(row) > 3 and row[1] == row[2] and 3 <= len(row[3].split()) <= 60
    ]


def flattened(text: str) -> str:
    """`text` without capitals and punctuation, letter for letter where it stood: how recognizers and hurry write."""
    return re.sub(r"[.,;:!?…—–\"“”()-]", " ", text.lower()).replace("’", "'")


def asked(example: Example, chance: Random) -> Example:
    """A sentence of the advice corpora, in answer to one of the ways to ask."""
    return replace(example, partner=chance.choice(ASKED))


def example_of(row: dict[str, Any]) -> Example:
    """An example from its line in `replies.jsonl`."""
    text = row["reply"]
    found: list[tuple[Code, int, int]] = []
    for each in row["codes"]:
        start = text.index(each["evidence"])
        found.append((Code(each["code"]), start, start + len(each["evidence"])))
    return Example(row["id"], row["part"], row["partner"], text, tuple(found))


def _transferred(example: Example, heard: str) -> Iterator[tuple[Code, int, int]]:
    """The spans of `example` in other words, by their place in the reply: good to a word or two."""
    scale = len(heard) / len(example.reply)
    for code, start, end in example.evidence:
        near_start, near_end = int(start * scale), min(len(heard), round(end * scale))
        whole_start = heard.rfind(" ", 0, near_start + 1) + 1
        whole_end = heard.find(" ", max(near_end - 1, whole_start))
        yield code, whole_start, len(heard) if whole_end < 0 else whole_end


def _untokenized(sentence: str) -> str:
    """`sentence` with its words and marks joined again as people write them."""
    joined = re.sub(r" (n't|'\w+|’\w+|n’t)\b", r"\1", sentence)
    return re.sub(r" ([.,;:!?)])", r"\1", joined).replace("( ", "(")


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
