"""The encoder: MiniLM fine-tuned to find, for each code, the words of a reply that earn it. NumPy alone computes it.

all-MiniLM-L6-v2 (Wang et al. 2020; Apache-2.0) under a head of our own: each code pools the reply's tokens by how
likely each is to be evidence of it, and adds what the whole pair of line and reply says and what the rules found.
How it was trained: `training/`. PyTorch would compute it no faster and takes two seconds to import.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from rehearse.bert import Array, Layers, floats, softmax
from rehearse.errors import EncoderDamaged
from rehearse.feedback.tokens import Tokens

LAYERS = 6
_OF_A_LAYER = ("in", "out", "norm1", "up", "down", "norm2")
_NEEDED = {
    *("positions", "segments", "norm.weight", "norm.bias", "pooled"),
    *("evidence.weight", "evidence.bias", "whole.weight", "whole.bias", "rules.weight"),
    *("slope", "intercept", "support", "threshold"),
    *("ends.weight", "ends.bias", "ends.slope", "ends.intercept"),
    *(f"{layer}.{part}.{kind}" for layer in range(LAYERS) for part in _OF_A_LAYER for kind in ("weight", "bias")),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder makes of a reply, or of a piece of a long one."""

    logits: Array
    """For each code, in the order of `Code`: the log-odds of its being there, not yet calibrated."""
    evidence: Array
    """For each token of the reply and each code: the log-odds of the token's being evidence."""
    ends: float
    """The log-odds of the reply's being over with this, not yet calibrated."""


class Encoder:
    """The network in memory: 55 MB. Safe to use from several threads."""

    def __init__(self, file: Path) -> None:
        """Load `file`, a NumPy archive made by `training/export.py`.

        Raises:
            EncoderDamaged: it is missing, or is no such archive.
        """
        try:
            with file.open("rb") as stored, np.load(stored, allow_pickle=False) as archive:
                self._words, self._word_scales = archive["words"], archive["words.scale"]
                weights = floats({name: archive[name] for name in archive.files if not name.startswith("words")})
                self._weights = {name: weights[name] for name in _NEEDED}
                self._layers = Layers(self._weights)
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise EncoderDamaged(
                f"the network that codes replies cannot be read ({file.name}: {error}); reinstall rehearse"
            ) from error

    @property
    def thresholds(self) -> Array:
        """For each code the probability from which on it is stated."""
        return self._weights["threshold"]

    def probabilities(self, logits: Array, support: Sequence[Sequence[bool]]) -> Array:
        """The calibrated probability of each code, from its log-odds and the rules (`RuleFindings.support`)."""
        ruled = np.asarray(support, dtype=np.float32) @ self._weights["support"]
        scaled: Array = logits * self._weights["slope"] + ruled + self._weights["intercept"]
        probability: Array = np.reciprocal(1 + np.exp(-scaled))
        return probability

    def ends(self, odds: float) -> float:
        """The calibrated probability that a reply is over, from its log-odds (`Reading.ends`)."""
        scaled = odds * self._weights["ends.slope"] + self._weights["ends.intercept"]
        return float(np.reciprocal(1 + np.exp(-scaled))[0])

    def word_vectors(self, ids: Sequence[int]) -> Array:
        """The vectors of the word parts with these numbers, before anything is made of them: (parts, 384)."""
        numbers = list(ids)
        vectors: Array = self._words[numbers] * self._word_scales[numbers, None]
        return vectors

    def read(self, tokens: Tokens, rules: Sequence[float]) -> Reading:
        """Read `tokens` with what the `rules` found (`RuleFindings.features`)."""
        weights = self._weights
        hidden = self._embedded(tokens)
        for layer in range(LAYERS - 1):
            hidden = self._layers.through(layer, hidden, hidden)
        # Of the last layer only what is read is computed: the first token, the reply's, and the last.
        wanted = np.concatenate([hidden[:1], hidden[tokens.reply_at :]])
        whole, said, last = np.split(self._layers.through(LAYERS - 1, hidden, wanted), [1, -1])
        evidence = said @ weights["evidence.weight"] + weights["evidence.bias"]
        pooled = softmax(evidence.T) @ said
        logits = (
            (pooled * weights["pooled"]).sum(axis=1)
            + whole[0] @ weights["whole.weight"]
            + weights["whole.bias"]
            + np.asarray(rules, dtype=np.float32) @ weights["rules.weight"]
        )
        ends = np.concatenate([whole[0], last[0]]) @ weights["ends.weight"] + weights["ends.bias"]
        return Reading(logits, evidence, float(ends[0]))

    def _embedded(self, tokens: Tokens) -> Array:
        count = len(tokens.ids)
        segments = self._weights["segments"][[0] * tokens.reply_at + [1] * (count - tokens.reply_at)]
        return self._layers.normed(
            "norm", self.word_vectors(tokens.ids) + self._weights["positions"][:count] + segments
        )
