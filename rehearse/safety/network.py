"""The second layer: a small network that reads the words in their order. NumPy alone computes it.

Three layers of BERT (Devlin et al. 2019), begun from the lower layers of the coder's encoder and trained on utterances
written for the screen (`training/safety/`). Each danger weighs the words by how much they speak for it. The words' own
vectors are the coder's: they are handed in, so that they are kept in memory once.
"""

import hashlib
import io
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from rehearse.errors import ScreenDamaged

Array = npt.NDArray[np.float32]

LAYERS, HEADS = 3, 12
_EPSILON = 1e-12
_DAMAGED = "the safety screen cannot be read ({}); reinstall rehearse"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network makes of something that was said."""

    probabilities: Array
    """Of no danger, and of each danger in the order of `patterns.DANGERS`; together 1."""
    weights: Array
    """(words, the same): how much each word speaks for it."""


class Network:
    """The network in memory: 21 MB. Safe to use from several threads."""

    def __init__(self, file: Path, checksum: str) -> None:
        """Load `file`, a NumPy archive made by `training/safety/export.py`, whose SHA-256 is `checksum`.

        Raises:
            ScreenDamaged: it is missing, or is another file.
        """
        try:
            stored = file.read_bytes()
            if hashlib.sha256(stored).hexdigest() != checksum:
                raise ScreenDamaged(_DAMAGED.format(f"{file.name} is not the file it should be"))
            with np.load(io.BytesIO(stored), allow_pickle=False) as archive:
                self._weights = _floats({name: archive[name] for name in archive.files})
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise ScreenDamaged(_DAMAGED.format(f"{file.name}: {error}")) from error

    @property
    def threshold(self) -> float:
        """The probability of danger from which on there is a finding."""
        return float(self._weights["threshold"][0])

    def read(self, words: Array) -> Reading:
        """Read the vectors of `words`, (words, 384)."""
        hidden = self._normed("norm", words + self._weights["positions"][: len(words)])
        for layer in range(LAYERS):
            hidden = self._through(layer, hidden)
        weights = _softmax((hidden @ self._weights["attend.weight"] + self._weights["attend.bias"]).T)
        logits = ((weights @ hidden) * self._weights["heads"]).sum(axis=1) + self._weights["bias"]
        return Reading(_softmax(logits), weights.T)

    def _through(self, layer: int, hidden: Array) -> Array:
        count, width = hidden.shape
        query, key, value = (_heads(part) for part in np.split(self._linear(f"{layer}.in", hidden), 3, axis=1))
        attention = _softmax(query @ key.transpose(0, 2, 1) / math.sqrt(width // HEADS))
        attended = (attention @ value).transpose(1, 0, 2).reshape(count, width)
        hidden = self._normed(f"{layer}.norm1", hidden + self._linear(f"{layer}.out", attended))
        inner = self._linear(f"{layer}.down", _gelu(self._linear(f"{layer}.up", hidden)))
        return self._normed(f"{layer}.norm2", hidden + inner)

    def _linear(self, name: str, values: Array) -> Array:
        result: Array = values @ self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result

    def _normed(self, name: str, values: Array) -> Array:
        centred = values - values.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _EPSILON)
        result: Array = centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result


def _floats(stored: Mapping[str, npt.NDArray[Any]]) -> dict[str, Array]:
    """The weights as float32; those that are stored as int8 have their scales, one a row, beside them."""
    weights: dict[str, Array] = {}
    for name, values in stored.items():
        if values.dtype == np.int8:
            rows: Array = values.astype(np.float32) * stored[f"{name}.scale"][:, None]
            weights[name] = np.ascontiguousarray(rows.T)
        elif not name.endswith(".scale"):
            weights[name] = values.astype(np.float32)
    return weights


def _heads(values: Array) -> Array:
    """(words, width) as (heads, words, width of a head)."""
    return values.reshape(len(values), HEADS, -1).transpose(1, 0, 2)


def _softmax(values: Array) -> Array:
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    result: Array = raised / raised.sum(axis=-1, keepdims=True)
    return result


def _gelu(values: Array) -> Array:
    """Hendrycks & Gimpel 2016, the form with tanh; in place where it can be, which saves a fifth of the whole time."""
    inner: Array = values * values
    inner *= np.float32(0.7978845608 * 0.044715)
    inner += np.float32(0.7978845608)
    inner *= values
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= values
    inner *= np.float32(0.5)
    return inner
