"""Layers of BERT (Devlin et al. 2019) as NumPy computes them, for the coder's encoder and the safety screen."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]

HEADS = 12
_EPSILON = 1e-12


class Layers:
    """The layers whose weights are named `0.in.weight`, `0.in.bias` and so on, and whatever else lies beside them."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._weights = weights

    def through(self, layer: int, hidden: Array, wanted: Array) -> Array:
        """One layer for the rows `wanted`, which attend to all of `hidden`; both (tokens, width)."""
        count, width = wanted.shape
        weight, bias = self._weights[f"{layer}.in.weight"], self._weights[f"{layer}.in.bias"]
        query = _heads(wanted @ weight[:, :width] + bias[:width])
        key, value = np.split(hidden @ weight[:, width:] + bias[width:], 2, axis=1)
        attention = softmax(query @ _heads(key).transpose(0, 2, 1) / math.sqrt(width // HEADS))
        attended = (attention @ _heads(value)).transpose(1, 0, 2).reshape(count, width)
        wanted = self.normed(f"{layer}.norm1", wanted + self._linear(f"{layer}.out", attended))
        inner = self._linear(f"{layer}.down", _gelu(self._linear(f"{layer}.up", wanted)))
        return self.normed(f"{layer}.norm2", wanted + inner)

    def normed(self, name: str, values: Array) -> Array:
        """`values`, (tokens, width), each row normalized and scaled by the weights of that name."""
        centred = values - values.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + _EPSILON)
        result: Array = centred / spread * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result

    def _linear(self, name: str, values: Array) -> Array:
        result: Array = values @ self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return result


def floats(stored: Mapping[str, npt.NDArray[Any]]) -> dict[str, Array]:
    """The weights as float32; those that are stored as int8 have their scales, one a row, beside them."""
    weights: dict[str, Array] = {}
    for name, values in stored.items():
        if values.dtype == np.int8:
            rows: Array = values.astype(np.float32) * stored[f"{name}.scale"][:, None]
            weights[name] = np.ascontiguousarray(rows.T)
        elif not name.endswith(".scale"):
            weights[name] = values.astype(np.float32)
    return weights


def softmax(values: Array) -> Array:
    """`values` as shares of one along their last axis."""
    powers: Array = np.exp(values - values.max(axis=-1, keepdims=True))
    result: Array = powers / powers.sum(axis=-1, keepdims=True)
    return result


def _heads(values: Array) -> Array:
    """(tokens, width) as (heads, tokens, width of a head)."""
    return values.reshape(len(values), HEADS, -1).transpose(1, 0, 2)


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
