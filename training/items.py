"""Examples in numbers, side by side: what the network is fed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor

from rehearse.feedback.rules import find_by_rules
from rehearse.feedback.tokens import WordPieces
from training.corpus import CODES, Example
from training.network import Network

BATCH = 24


@dataclass(frozen=True, slots=True)
class Item:
    """An example in numbers."""

    ids: tuple[int, ...]
    reply_at: int
    rules: list[float]
    codes: list[float]
    words: list[list[int]]
    """For each code, the indices of the tokens that earned it."""
    advice: bool | None
    ends: bool | None


class Reader:
    """Turns examples into items, and remembers the costly part."""

    def __init__(self, pieces: WordPieces) -> None:
        self._pieces = pieces
        self._known: dict[tuple[str, str, bool | None], Item] = {}

    def item(self, example: Example) -> Item | None:
        """None where the reply has no words."""
        key = (example.partner, example.reply, example.ends)
        if key not in self._known:
            pieces = self._pieces.pieces(example.partner, example.reply)
            if not pieces:
                return None
            tokens = pieces[0]
            words: list[list[int]] = [[] for _ in CODES]
            for code, start, end in example.evidence:
                for number, (first, last) in enumerate(tokens.spans):
                    if first < end and last > start:
                        words[CODES.index(code)].append(tokens.reply_at + number)
            self._known[key] = Item(
                tokens.ids,
                tokens.reply_at,
                find_by_rules(example.partner, example.reply).features,
                [float(code in example.codes) for code in CODES],
                words,
                example.advice,
                example.ends,
            )
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Batch:
    """Items side by side."""

    tokens: Tensor
    segments: Tensor
    padding: Tensor
    in_reply: Tensor
    rules: Tensor
    codes: Tensor
    evidence: Tensor
    advice: Tensor
    """1 advises, 0 does not, -1 not asked."""
    ends: Tensor
    """1 ends here, 0 goes on, -1 not asked. All codes are known where neither is asked."""

    def through(self, network: Network) -> tuple[Tensor, Tensor, Tensor]:
        """The network's answer."""
        answer: tuple[Tensor, Tensor, Tensor] = network(
            self.tokens, self.segments, self.padding, self.in_reply, self.rules
        )
        return answer


def batch_of(items: Sequence[Item]) -> Batch:
    """`items` padded to the longest."""
    longest = max(len(item.ids) for item in items)
    shape = (len(items), longest)
    tokens, segments = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
    padding, in_reply = torch.ones(shape, dtype=torch.bool), torch.zeros(shape, dtype=torch.bool)
    evidence = torch.zeros(*shape, len(CODES))
    for row, item in enumerate(items):
        length = len(item.ids)
        tokens[row, :length] = torch.tensor(item.ids)
        segments[row, item.reply_at : length] = 1
        padding[row, :length] = False
        in_reply[row, item.reply_at : length - 1] = True
        for code, words in enumerate(item.words):
            evidence[row, words, code] = 1.0
    return Batch(
        tokens,
        segments,
        padding,
        in_reply,
        torch.tensor([item.rules for item in items]),
        torch.tensor([item.codes for item in items]),
        evidence,
        _asked([item.advice for item in items]),
        _asked([item.ends for item in items]),
    )


def _asked(answers: Sequence[bool | None]) -> Tensor:
    return torch.tensor([-1.0 if answer is None else float(answer) for answer in answers])


def batches(items: list[Item], chance: Random, size: int = BATCH) -> Iterator[Batch]:
    """Batches of items of about the same length, in random order."""
    chance.shuffle(items)
    rows = []
    for start in range(0, len(items), size * 20):
        near = sorted(items[start : start + size * 20], key=lambda item: len(item.ids))
        rows += [near[at : at + size] for at in range(0, len(near), size)]
    chance.shuffle(rows)
    yield from map(batch_of, rows)
