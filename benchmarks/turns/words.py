"""Which words of a clip arrived in which reply of the report."""

import re
from collections import Counter
from collections.abc import Sequence

_FILLERS = {"um", "uh", "er", "hm", "mm"}


def words_of(text: str) -> list[str]:
    """Plain words, without the fillers that Whisper drops."""
    return [word for word in re.findall(r"[a-z']+", text.lower().replace("’", "'")) if word not in _FILLERS]


def recall(said: str, heard: str) -> float:
    """The share of the words of `said` that are in `heard`; 1 where nothing was said."""
    wanted, there = Counter(words_of(said)), Counter(words_of(heard))
    total = wanted.total()
    return (wanted & there).total() / total if total else 1.0


def assigned(said: Sequence[str], replies: Sequence[str]) -> list[list[str]]:
    """For each of the clips played (`said`, in order), the replies that hold its words.

    Replies come in the order of the clips, and one belongs to the clip that it shares most words with: of all ways to
    divide them in order the one with the most words in common.
    """
    shared = [[(Counter(words_of(text)) & Counter(words_of(reply))).total() for text in said] for reply in replies]
    best: list[tuple[int, list[int]]] = [(0, []) for _ in said]
    for row in shared:
        longer: list[tuple[int, list[int]]] = []
        so_far: tuple[int, list[int]] = (-1, [])
        for clip, common in enumerate(row):
            so_far = max(so_far, best[clip], key=lambda way: way[0])
            longer.append((so_far[0] + common, [*so_far[1], clip]))
        best = longer
    way = max(best, key=lambda way: way[0])[1] if said else []
    return [[reply for reply, clip in zip(replies, way, strict=True) if clip == number] for number in range(len(said))]
