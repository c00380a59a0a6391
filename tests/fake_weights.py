"""Whisper's weights in miniature, in CTranslate2's format and as packages, made on the spot."""

import struct
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

TYPES = {np.dtype("<f4"): 0, np.dtype("<i1"): 1, np.dtype("<i2"): 2, np.dtype("<f2"): 4}
WIDTH, MELS, VOCABULARY, SOUND, TEXT, LAYERS, HEADS = 8, 80, 30, 20, 10, 2, 2


def variables() -> dict[str, Array]:
    """Everything that a Whisper model in CTranslate2's format holds, with random numbers."""
    random = np.random.default_rng(0)

    def numbers(*shape: int) -> Array:
        return random.standard_normal(shape).astype("<f2")

    def linear(name: str, outputs: int, inputs: int) -> dict[str, Array]:
        return {f"{name}/weight": numbers(outputs, inputs), f"{name}/bias": numbers(outputs)}

    def norm(name: str) -> dict[str, Array]:
        return {f"{name}/layer_norm/gamma": numbers(WIDTH), f"{name}/layer_norm/beta": numbers(WIDTH)}

    def layer(name: str, crossed: bool) -> dict[str, Array]:
        found = norm(f"{name}/self_attention") | linear(f"{name}/self_attention/linear_0", 3 * WIDTH, WIDTH)
        found[f"{name}/self_attention/linear_0/bias"][WIDTH : 2 * WIDTH] = 0
        found |= linear(f"{name}/self_attention/linear_1", WIDTH, WIDTH)
        if crossed:
            found |= norm(f"{name}/attention") | linear(f"{name}/attention/linear_0", WIDTH, WIDTH)
            found |= linear(f"{name}/attention/linear_1", 2 * WIDTH, WIDTH)
            found[f"{name}/attention/linear_1/bias"][:WIDTH] = 0
            found |= linear(f"{name}/attention/linear_2", WIDTH, WIDTH)
        found |= norm(f"{name}/ffn") | linear(f"{name}/ffn/linear_0", 4 * WIDTH, WIDTH)
        return found | linear(f"{name}/ffn/linear_1", WIDTH, 4 * WIDTH)

    found: dict[str, Array] = {}
    for side, length in (("encoder", SOUND), ("decoder", TEXT)):
        found |= norm(side)
        found[f"{side}/num_heads"] = np.array(HEADS, "<i2")
        found[f"{side}/pre_norm"] = np.array(1, "<i1")
        found[f"{side}/position_encodings/encodings"] = numbers(length, WIDTH)
        for number in range(LAYERS):
            found |= layer(f"{side}/layer_{number}", crossed=side == "decoder")
    found["decoder/embeddings/weight"] = numbers(VOCABULARY, WIDTH)
    for name, inputs in (("encoder/conv1", MELS), ("encoder/conv2", WIDTH)):
        found |= {f"{name}/weight": numbers(WIDTH, inputs, 3), f"{name}/bias": numbers(WIDTH)}
    return found


def file_of(variables: dict[str, Array], kind: str = "WhisperSpec", version: int = 6) -> bytes:
    """The variables as CTranslate2 writes them."""

    def string(text: str) -> bytes:
        data = text.encode() + b"\0"
        return struct.pack("<H", len(data)) + data

    parts = [struct.pack("<I", version), string(kind), struct.pack("<II", 3, len(variables))]
    for name, value in variables.items():
        shape = struct.pack(f"<B{value.ndim}I", value.ndim, *value.shape)
        parts += [string(name), shape, struct.pack("<BI", TYPES[value.dtype], value.nbytes), value.tobytes()]
    alias = string("decoder/projection/weight") + string("decoder/embeddings/weight")
    return b"".join([*parts, struct.pack("<I", 1), alias])


def wheel(folder: Path, distribution: str, files: dict[str, bytes]) -> Path:
    """A package (version 1.0) with these files, by their paths inside it."""
    name = distribution.replace("-", "_")
    about = f"{name}-1.0.dist-info"
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        for inside, content in files.items():
            archive.writestr(inside, content)
        archive.writestr(f"{about}/RECORD", "".join(f"{inside},,\n" for inside in archive.namelist()))
    return path
