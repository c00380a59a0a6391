"""A coder whose encoder is small, quick and has learned nothing: for what must hold whatever an encoder says."""

import tempfile
from functools import cache
from pathlib import Path

import numpy as np

from rehearse.bert import HEADS
from rehearse.feedback.coder import Coder
from rehearse.feedback.codes import Code
from rehearse.feedback.encoder import LAYERS, Encoder
from rehearse.feedback.tokens import WordPieces
from tests.conftest import ROOT

VOCABULARY = ROOT / "rehearse" / "feedback" / "model" / "vocab.txt"
WIDTH, INNER, WORDS, POSITIONS = HEADS, 8, 30_522, 256
SHAPES = (("in", 3 * WIDTH, WIDTH), ("out", WIDTH, WIDTH), ("up", INNER, WIDTH), ("down", WIDTH, INNER))


@cache
def small_coder() -> Coder:
    """Always the same one. It states about one code in three."""
    chance = np.random.default_rng(3)

    def floats(*shape: int) -> object:
        return chance.standard_normal(shape).astype(np.float32)

    codes = len(Code)
    arrays = {
        "words": chance.integers(-127, 128, (WORDS, WIDTH), dtype=np.int8),
        "words.scale": np.full(WORDS, 0.01, dtype=np.float32),
        "positions": floats(POSITIONS, WIDTH),
        "segments": floats(2, WIDTH),
        "norm.weight": floats(WIDTH),
        "norm.bias": floats(WIDTH),
        "evidence.weight": floats(WIDTH, codes),
        "evidence.bias": floats(codes),
        "pooled": floats(codes, WIDTH),
        "whole.weight": floats(WIDTH, codes),
        "whole.bias": floats(codes),
        "rules.weight": floats(2 * codes, codes),
        "slope": np.ones(codes, dtype=np.float32),
        "intercept": np.zeros(codes, dtype=np.float32),
        "support": np.ones(4, dtype=np.float32),
        "threshold": np.full(codes, 0.7, dtype=np.float32),
    }
    for layer in range(LAYERS):
        for name, outputs, inputs in SHAPES:
            arrays[f"{layer}.{name}.weight"] = chance.integers(-127, 128, (outputs, inputs), dtype=np.int8)
            arrays[f"{layer}.{name}.weight.scale"] = np.full(outputs, 0.005, dtype=np.float32)
            arrays[f"{layer}.{name}.bias"] = floats(outputs)
        for name in ("norm1", "norm2"):
            arrays[f"{layer}.{name}.weight"], arrays[f"{layer}.{name}.bias"] = floats(WIDTH), floats(WIDTH)
    arrays |= {
        "ends.weight": floats(2 * WIDTH, 1),
        "ends.bias": floats(1),
        "ends.slope": np.ones(1, dtype=np.float32),
        "ends.intercept": np.zeros(1, dtype=np.float32),
    }
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "encoder.npz"
        np.savez(archive, **arrays)  # type: ignore[arg-type]
        return Coder(Encoder(archive), WordPieces(VOCABULARY))
