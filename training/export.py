"""Turn a trained network into what ships: int8 rows with a scale each, in a NumPy archive.

python -m training.export network.pt vocab.txt encoder.npz
"""

import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from rehearse.feedback.coder import Coder
from rehearse.feedback.encoder import Encoder
from rehearse.feedback.tokens import WordPieces
from training.breaking_off import thoughts_of
from training.calibrate import Calibration, calibrated
from training.corpus import CODES, flattened, recognized, replies

LAYER_NAMES = {
    "self_attn.in_proj_": "in.",
    "self_attn.out_proj.": "out.",
    "linear1.": "up.",
    "linear2.": "down.",
    "norm1.": "norm1.",
    "norm2.": "norm2.",
}
TRANSPOSED = ("evidence.weight", "whole.weight", "rules.weight", "ends.weight")
"""Small, and used as (inputs, outputs)."""


def exported(state: Mapping[str, torch.Tensor]) -> dict[str, npt.NDArray[np.generic]]:
    """The archive's arrays, by the names that `rehearse/feedback/encoder.py` reads."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, tensor in state.items():
        values = tensor.numpy().astype(np.float32)
        if name.startswith("body.layers."):
            _, _, number, rest = name.split(".", 3)
            known = next(prefix for prefix in LAYER_NAMES if rest.startswith(prefix))
            name = f"{number}.{LAYER_NAMES[known]}{rest.removeprefix(known)}"
        if name in ("words.weight", "positions.weight", "segments.weight"):
            name = name.removesuffix(".weight")
        if name == "words" or (values.ndim == 2 and name[0].isdigit()):
            scales = np.abs(values).max(axis=1) / 127
            arrays[name] = np.round(values / scales[:, None]).astype(np.int8)
            arrays[f"{name}.scale"] = scales.astype(np.float32)
        else:
            arrays[name] = values.T.copy() if name in TRANSPOSED else values
    return arrays


def calibrated_codes(coder: Coder) -> Calibration:
    """The calibration of the codes, from the dev part as it was written, flattened and recognized."""
    written = [each for each in replies() if each.part == "dev"]
    examples = written + [replace(each, reply=flattened(each.reply)) for each in written] + recognized(written)
    examples = [each for each in examples if each.reply.strip()]
    odds, support = [], []
    for each in examples:
        rules, readings = coder.read(each.partner, each.reply)
        odds.append(np.max([reading.logits for _, reading in readings], axis=0))
        support.append(rules.support)
    truth = np.array([[code in each.codes for code in CODES] for each in examples])
    return calibrated(np.array(odds, dtype=np.float64), np.array(support, dtype=np.float64), truth)


def calibrated_ends(coder: Coder) -> Calibration:
    """The calibration of a reply's end, from the dev part as it ends and as it might be broken off."""
    thoughts = thoughts_of(replies())
    read = [(each, readings) for each in thoughts if (readings := coder.read(each.partner, each.reply)[1])]
    odds = np.array([[readings[-1][1].ends] for _, readings in read])
    return calibrated(odds, np.zeros((len(odds), 1, 1)), np.array([[bool(each.ends)] for each, _ in read]))


def main(network: Path, vocabulary: Path, archive: Path) -> None:
    """Write `archive`, calibrated on the dev part."""
    ones, one = np.ones(len(CODES), dtype=np.float32), np.ones(1, dtype=np.float32)
    arrays = exported(torch.load(network, weights_only=True))
    arrays |= {"slope": ones, "intercept": 0 * ones, "support": 0 * ones[:4], "threshold": ones}
    arrays |= {"ends.slope": one, "ends.intercept": 0 * one}
    np.savez(archive, **arrays)  # type: ignore[arg-type]
    coder = Coder(Encoder(archive), WordPieces(vocabulary))
    fitted, ends = calibrated_codes(coder), calibrated_ends(coder)
    arrays |= asdict(fitted) | {"ends.slope": ends.slope, "ends.intercept": ends.intercept}
    np.savez(archive, **arrays)  # type: ignore[arg-type]
    print(f"{archive}: {archive.stat().st_size / 1e6:.1f} MB, sha256 {sha256(archive.read_bytes()).hexdigest()}")
    print(f"  support by the rules: {fitted.support.round(2)}")
    for code, slope, threshold in zip(CODES, fitted.slope, fitted.threshold, strict=True):
        print(f"  {code:20} slope {slope:.2f}  stated from {threshold:.2f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
