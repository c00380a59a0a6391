"""The second layer: a small network that reads the words in their order. NumPy alone computes it.

Four layers of BERT (Devlin et al. 2019), begun from the lower layers of the coder's encoder and trained on utterances
written for the screen (`training/safety/`). Each danger weighs the words by how much they speak for it. The words' own
vectors are the coder's: they are handed in, so that they are kept in memory once.
"""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from rehearse.bert import Array, Layers, floats, softmax
from rehearse.errors import ScreenDamaged

_DAMAGED = "the safety screen cannot be read ({}); reinstall rehearse"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of something that was said."""

    probabilities: Array
    """Of no danger, and of each danger in the order of `patterns.DANGERS`; together 1."""
    weights: Array
    """(words, the same): how much each word speaks for it."""


class Network:
    """The network in memory: 28 MB. Safe to use from several threads."""

    def __init__(self, file: Path, checksum: str) -> None:
        """Load `file`, a NumPy archive made by `training/safety/train.py`, whose SHA-256 is `checksum`.

        Raises:
            ScreenDamaged: it is missing, or is another file.
        """
        try:
            stored = file.read_bytes()
            if hashlib.sha256(stored).hexdigest() != checksum:
                raise ScreenDamaged(_DAMAGED.format(f"{file.name} is not the file it should be"))
            with np.load(io.BytesIO(stored), allow_pickle=False) as archive:
                self._weights = floats({name: archive[name] for name in archive.files})
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise ScreenDamaged(_DAMAGED.format(f"{file.name}: {error}")) from error
        self._layers = Layers(self._weights)
        self._depth = sum(name.endswith(".in.bias") for name in self._weights)

    @property
    def threshold(self) -> float:
        """The probability of danger from which on there is a finding."""
        return float(self._weights["threshold"][0])

    def read(self, words: Array) -> Reading:
        """Read the vectors of `words`, (words, 384)."""
        hidden = self._layers.normed("norm", words + self._weights["positions"][: len(words)])
        for layer in range(self._depth):
            hidden = self._layers.through(layer, hidden, hidden)
        weights = softmax((hidden @ self._weights["attend.weight"] + self._weights["attend.bias"]).T)
        logits = ((weights @ hidden) * self._weights["heads"]).sum(axis=1) + self._weights["bias"]
        return Reading(softmax(logits), weights.T)
