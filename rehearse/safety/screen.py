"""The screen: patterns that are plain by themselves, and a network for what is hinted or said in other words."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import as_file, files

from rehearse.bert import Array
from rehearse.safety.finding import Finding
from rehearse.safety.network import Network, Reading
from rehearse.safety.patterns import DANGERS, Danger, look
from rehearse.safety.plain import plain

Span = tuple[int, int]
Words = Callable[[str], Sequence[tuple[Array, Sequence[Span]]]]
"""What was said → piece by piece, as the network reads it: a vector of 384 for each word part, with marks around them
included, and the characters that each part but the first and the last stands for."""
CHECKSUM = "ddef2ece24bfbb2ff99f8302f945e5b8ab6f9f76a3bc55695ea3ebc1dd57b3c0"
"""SHA-256 of the network's file."""
WHERE_DOUBTED = 0.99
"""How sure the network has to be where the patterns saw words of danger and something that speaks against each of them:
a denial, a figure of speech, a film, years ago. Chosen on the dev part."""
LONG_WORDS = 30
"""In more words than these one sentence that only hints is lost to the network, so each is read by itself as well."""
_DANGERS: tuple[Danger, ...] = tuple(DANGERS.values())
_SENTENCE = re.compile(r"[^.!?;…]+[.!?;…]*")


class Screen:
    """Looks at what a person has said. Safe to use from several threads."""

    def __init__(self, network: Network | None = None, words: Words | None = None) -> None:
        """Without a `network`, or `words` for it, there are the patterns alone: they miss most of what is hinted."""
        self._network = network
        self._words = words

    def look(self, text: str) -> Finding | None:
        """What there is to be worried about in `text`, if anything."""
        said = plain(text)
        hits = look(said.text)
        if hit := hits.plain:
            kind, direction = DANGERS[hit.danger]
            return Finding(kind, direction, said.said(hit.start, hit.end, text), 1.0)
        return self._read(text, doubted=hits.doubted)

    def danger(self, text: str) -> float:
        """How likely it is that there is anything, by the network alone; 0–1."""
        return max((1 - float(reading.probabilities[0]) for reading, _ in self._readings(text)), default=0.0)

    def _read(self, text: str, *, doubted: bool) -> Finding | None:
        if self._network is None:
            return None
        readings = self._readings(text)
        worst, spans = max(readings, key=lambda each: -each[0].probabilities[0], default=(None, ()))
        mark = max(self._network.threshold, WHERE_DOUBTED if doubted else 0.0)
        if worst is None or 1 - worst.probabilities[0] < mark:
            return None
        danger = int(worst.probabilities[1:].argmax())
        kind, direction = _DANGERS[danger]
        strongest = int(worst.weights[1:-1, danger + 1].argmax())
        return Finding(kind, direction, _sentence_at(text, spans[strongest][0]), float(1 - worst.probabilities[0]))

    def _readings(self, text: str) -> list[tuple[Reading, Sequence[Span]]]:
        if self._network is None or self._words is None:
            return []
        sentences = _SENTENCE.finditer(text) if len(text.split()) > LONG_WORDS else ()
        return [
            (self._network.read(vectors), [(start + at, end + at) for start, end in spans])
            for at, said in [(0, text), *((each.start(), each.group()) for each in sentences)]
            for vectors, spans in self._words(said)
        ]


def shipped(words: Words | None = None) -> Screen:
    """The screen that comes with the program; `words` as in `Screen`.

    Raises:
        ScreenDamaged: its network is missing, or is another file.
    """
    return Screen(_network(), words)


@cache
def _network() -> Network:
    with as_file(files("rehearse.safety") / "model") as model:
        return Network(model / "screen.npz", CHECKSUM)


def _sentence_at(text: str, place: int) -> str:
    return next((found.group().strip() for found in _SENTENCE.finditer(text) if found.end() > place), text)
