"""Which clips there are: the replies of `replies.yaml`, each with a voice and the lengths of its pauses, drawn once."""

import hashlib
import json
import math
import random
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.turns.voices import VOICES

REPLIES = Path(__file__).parent / "replies.yaml"
SEED = 4
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.2, 5.0

_MARK = re.compile(r"\s*\[([cmf])(!?)\]\s*")


class Lengths(StrEnum):
    """How the lengths of pauses are spread between the shortest and the longest."""

    LOG_UNIFORM = "log-uniform"
    """Half are longer than 1 s: people who think, as this program asks them to."""
    PUBLISHED = "as published"
    """As many outlast 0.3, 0.6 and 1.6 s as a silence timer is published to cut off in English (55.6%, 21.7%, 5%),
    so that false cut-offs can be held against published ones."""


_OUTLASTED: dict[Lengths, tuple[tuple[float, float], ...]] = {
    Lengths.LOG_UNIFORM: ((SHORTEST_PAUSE_S, 1.0), (LONGEST_PAUSE_S, 0.0)),
    Lengths.PUBLISHED: ((SHORTEST_PAUSE_S, 1.0), (0.3, 0.556), (0.6, 0.217), (1.6, 0.05), (LONGEST_PAUSE_S, 0.0)),
}
"""The share of pauses that is longer than so many seconds; log-uniform in between."""


class Kind(StrEnum):
    """Where in the thought a pause lies."""

    CLAUSE = "clause end"
    MIDDLE = "mid-clause"
    FILLER = "before a filler"


_KINDS = {"c": Kind.CLAUSE, "m": Kind.MIDDLE, "f": Kind.FILLER}


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence inside a thought. The words after it belong to the reply."""

    kind: Kind
    stands_alone: bool
    """Whether what was said so far could have been the whole answer."""
    seconds: float


@dataclass(frozen=True, slots=True)
class PlannedClip:
    """A reply to be made into sound."""

    name: str
    scenario: str
    state: str
    """The state of the scenario to whose lines this is an answer."""
    voice: str
    fragments: tuple[str, ...]
    """What is said between the pauses: one more than there are pauses."""
    pauses: tuple[Pause, ...]

    @property
    def text(self) -> str:
        """All that is said."""
        return " ".join(self.fragments)

    @property
    def whole_thought(self) -> bool:
        """Whether it is said without a pause."""
        return not self.pauses


def plan(lengths: Lengths = Lengths.LOG_UNIFORM, path: Path = REPLIES) -> list[PlannedClip]:
    """All clips, the same every time: each reply draws its pauses from a generator seeded by its own words, so that a
    new reply changes those of no other. The longest pause of one spread is the longest of the other too."""
    scenarios = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    marked = [
        (scenario, state, text)
        for scenario, states in scenarios.items()
        for state, texts in states.items()
        for text in texts
    ]
    return [_clip(number, lengths, *reply) for number, reply in enumerate(marked, start=1)]


def checksum(clips: Sequence[PlannedClip]) -> str:
    """SHA-256 of everything the clips are made from."""
    content = json.dumps([asdict(clip) for clip in clips], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _clip(number: int, lengths: Lengths, scenario: str, state: str, marked: str) -> PlannedClip:
    chance = random.Random(f"{SEED} {scenario} {state} {marked}")
    parts = _MARK.split(marked)  # text, mark, "!" or "", text, …
    pauses = [
        Pause(_KINDS[mark], bool(alone), length(lengths, chance.random()))
        for mark, alone in zip(parts[1::3], parts[2::3], strict=True)
    ]
    return PlannedClip(
        name=f"{number:03}-{scenario}-{state}",
        scenario=scenario,
        state=state,
        voice=list(VOICES)[number % len(VOICES)],
        fragments=tuple(parts[::3]),
        pauses=tuple(pauses),
    )


def length(lengths: Lengths, outlasted: float) -> float:
    """The pause in seconds than which the share `outlasted` (0 to 1) of all pauses is longer."""
    knots = _OUTLASTED[lengths]
    for (shorter_s, more), (longer_s, fewer) in pairwise(knots):
        if outlasted >= fewer:
            part = (more - outlasted) / (more - fewer)
            return round(math.exp(math.log(shorter_s) + part * math.log(longer_s / shorter_s)), 3)
    raise ValueError(f"{outlasted} is no share")
