"""Whisper's weights out of a CTranslate2 file, under the names that openai-whisper gives them.

The file, all little-endian: version, name of the specification, its revision, then a count and so many variables
(name, rank, dimensions, type, bytes), then a count and so many aliases (a second name for a variable). A string is
its length with the closing zero, then the bytes. The numbers stay as they are; only names change, and the query,
key and value that CTranslate2 keeps in one matrix are taken apart again.
Source: https://github.com/OpenNMT/CTranslate2, `python/ctranslate2/specs/model_spec.py`.
"""

import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rehearse.errors import WeightsCorrupt

Array = NDArray[Any]

_VERSION = 6
_TYPES = {0: "<f4", 1: "<i1", 2: "<i2", 3: "<i4", 4: "<f2"}

_IN_LAYER = {
    "self_attention/layer_norm": ("attn_ln",),
    "self_attention/linear_0": ("attn.query", "attn.key", "attn.value"),
    "self_attention/linear_1": ("attn.out",),
    "attention/layer_norm": ("cross_attn_ln",),
    "attention/linear_0": ("cross_attn.query",),
    "attention/linear_1": ("cross_attn.key", "cross_attn.value"),
    "attention/linear_2": ("cross_attn.out",),
    "ffn/layer_norm": ("mlp_ln",),
    "ffn/linear_0": ("mlp.0",),
    "ffn/linear_1": ("mlp.2",),
}
_OUTSIDE = {
    "encoder/conv1": "encoder.conv1",
    "encoder/conv2": "encoder.conv2",
    "encoder/layer_norm": "encoder.ln_post",
    "decoder/layer_norm": "decoder.ln",
    "decoder/embeddings": "decoder.token_embedding",
    "encoder/position_encodings": "encoder",
    "decoder/position_encodings": "decoder",
}
_PARAMETERS = {
    "weight": "weight",
    "bias": "bias",
    "gamma": "weight",
    "beta": "bias",
    "encodings": "positional_embedding",
}
_LAYER = re.compile(r"(encoder|decoder)/layer_(\d+)/(.+)")


def read_variables(data: bytes) -> dict[str, Array]:
    """All variables of a CTranslate2 Whisper file by their names there; raises `WeightsCorrupt`."""
    reader = _Reader(data)
    try:
        version, kind, _revision = reader.number("I"), reader.string(), reader.number("I")
        if (version, kind) != (_VERSION, "WhisperSpec"):
            raise _corrupt(
                f"expected a Whisper model in CTranslate2's format {_VERSION}, found {kind!r} in format {version}"
            )
        variables = dict(reader.variable() for _ in range(reader.number("I")))
        for _ in range(reader.number("I")):
            reader.string(), reader.string()
    except (struct.error, ValueError, KeyError) as error:
        raise _corrupt(f"not a CTranslate2 file, or one cut short: {error}") from error
    if reader.position != len(data):
        raise _corrupt(f"{len(data) - reader.position} bytes too many at the end of a CTranslate2 file")
    return variables


def _corrupt(cause: str) -> WeightsCorrupt:
    return WeightsCorrupt(f"{cause}; choose another model with --model")


class _Reader:
    """A place in the file, moved on by everything that is read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.position = 0

    def number(self, code: str) -> int:
        """One number; `code` as in `struct`."""
        (value,) = struct.unpack_from("<" + code, self._data, self.position)
        self.position += struct.calcsize("<" + code)
        return int(value)

    def string(self) -> str:
        return self._take(self.number("H")).removesuffix(b"\0").decode()

    def variable(self) -> tuple[str, Array]:
        name = self.string()
        shape = [self.number("I") for _ in range(self.number("B"))]
        dtype = np.dtype(_TYPES[self.number("B")])
        return name, np.frombuffer(self._take(self.number("I")), dtype).reshape(shape)

    def _take(self, length: int) -> bytes:
        taken = self._data[self.position : self.position + length]
        if len(taken) < length:
            raise ValueError(f"it ends {length - len(taken)} bytes early")
        self.position += length
        return taken


def state_dict(variables: Mapping[str, Array]) -> dict[str, Array]:
    """The same tensors under openai-whisper's names; raises `WeightsCorrupt` for a tensor it does not know."""
    return {
        new_name: part
        for name, value in variables.items()
        if value.ndim  # a flag or a number of the specification has no dimensions
        for new_name, part in _renamed(name, value)
    }


def _renamed(name: str, value: Array) -> Iterator[tuple[str, Array]]:
    modules, ending = _names(name)
    if not ending or len(value) % len(modules):
        raise _corrupt(f"the model holds {name} of shape {value.shape}, which no Whisper has")
    for module, part in zip(modules, np.split(value, len(modules)), strict=True):
        if module.endswith(".key") and ending == "bias":
            # Whisper's key has no bias; beside the query's and the value's it is written as zeros.
            if part.any():
                raise _corrupt(f"the key in {name} has a bias, which no Whisper has")
        else:
            yield f"{module}.{ending}", part


def _names(name: str) -> tuple[list[str], str]:
    """The modules that a variable belongs to in openai-whisper, and what it is there; empty where there is none."""
    module, _, parameter = name.rpartition("/")
    if module in _OUTSIDE:
        return [_OUTSIDE[module]], _PARAMETERS.get(parameter, "")
    if (layer := _LAYER.fullmatch(module)) and layer[3] in _IN_LAYER:
        return [f"{layer[1]}.blocks.{layer[2]}.{part}" for part in _IN_LAYER[layer[3]]], _PARAMETERS.get(parameter, "")
    return [], ""


def dimensions(variables: Mapping[str, Array]) -> dict[str, int]:
    """`whisper.model.ModelDimensions` as a dict, read from the shapes; raises `WeightsCorrupt`."""

    def layers(side: str) -> int:
        return len({found[2] for name in variables if (found := _LAYER.fullmatch(name)) and found[1] == side})

    try:
        n_audio_state, n_mels, _width = variables["encoder/conv1/weight"].shape
        n_vocab, n_text_state = variables["decoder/embeddings/weight"].shape
        return {
            "n_mels": n_mels,
            "n_audio_ctx": len(variables["encoder/position_encodings/encodings"]),
            "n_audio_state": n_audio_state,
            "n_audio_head": int(variables["encoder/num_heads"]),
            "n_audio_layer": layers("encoder"),
            "n_vocab": n_vocab,
            "n_text_ctx": len(variables["decoder/position_encodings/encodings"]),
            "n_text_state": n_text_state,
            "n_text_head": int(variables["decoder/num_heads"]),
            "n_text_layer": layers("decoder"),
        }
    except (KeyError, ValueError) as error:
        raise _corrupt(f"the model lacks what every Whisper has: {error}") from error
