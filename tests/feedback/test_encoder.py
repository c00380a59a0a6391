"""The encoder, as it ships and as PyTorch computes it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rehearse.errors import EncoderDamaged
from rehearse.feedback.coder import shipped
from rehearse.feedback.codes import Code
from rehearse.feedback.encoder import Encoder
from rehearse.feedback.rules import RuleFindings
from rehearse.feedback.tokens import WordPieces
from tests.conftest import ROOT

MODEL = ROOT / "rehearse" / "feedback" / "model"
NOTHING = RuleFindings(0, (), (), {}).features


def test_the_line_before_changes_what_a_reply_is() -> None:
    given = shipped().probabilities("Honestly, what would you do? I could use some advice.", "Ring her tonight.")
    pressed = shipped().probabilities("She hung up on me and I've been crying since.", "Ring her tonight.")
    with_leave = list(Code).index(Code.ADVISES_WITH_LEAVE)
    assert given[with_leave] > 0.5 > pressed[with_leave]


@pytest.mark.parametrize("damage", [lambda whole: b"", lambda whole: whole[:-1000], lambda whole: b"\x00" * 100, None])
def test_a_damaged_archive_is_said_to_be_one(tmp_path: Path, damage: Callable[[bytes], bytes] | None) -> None:
    file = tmp_path / "encoder.npz"
    if damage:
        file.write_bytes(damage((MODEL / "encoder.npz").read_bytes()))
    with pytest.raises(EncoderDamaged, match="reinstall"):
        Encoder(file)


@pytest.mark.process
def test_it_computes_what_pytorch_does(tmp_path: Path) -> None:
    import torch

    from training.export import exported
    from training.items import Item, batch_of
    from training.network import Network

    torch.manual_seed(7)
    network = Network(len(Code)).eval()
    ones = np.ones(len(Code), dtype=np.float32)
    calibration = {"slope": ones, "intercept": 0 * ones, "threshold": ones, "support": ones}
    calibration |= {"ends.slope": ones[:1], "ends.intercept": 0 * ones[:1]}
    np.savez(tmp_path / "encoder.npz", **exported(network.state_dict()), **calibration)  # type: ignore[arg-type]
    encoder = Encoder(tmp_path / "encoder.npz")
    for partner, reply in (
        ("", "no"),
        ("You never ask how I am.", "You're right, I don't. I'm asking now: how are you?"),
    ):
        (tokens,) = WordPieces(MODEL / "vocab.txt").pieces(partner, reply)
        read = encoder.read(tokens, NOTHING)
        item = Item(tokens.ids, tokens.reply_at, NOTHING, [0.0] * len(Code), [[]] * len(Code), None, None)
        with torch.inference_mode():
            logits, evidence, ends = batch_of([item]).through(network)
        assert np.allclose(read.logits, logits[0].numpy(), atol=0.05)
        assert np.allclose(read.evidence, evidence[0, tokens.reply_at : -1].numpy(), atol=0.05)
        assert np.isclose(read.ends, float(ends[0]), atol=0.05)
