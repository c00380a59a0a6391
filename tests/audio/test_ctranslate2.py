"""Whisper's weights out of CTranslate2's format."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.ctranslate2 import dimensions, read_variables, state_dict
from rehearse.errors import WeightsCorrupt
from tests import fake_weights

VARIABLES = fake_weights.variables()
FILE = fake_weights.file_of(VARIABLES)


def test_what_was_written_is_read() -> None:
    found = read_variables(FILE)
    assert list(found) == list(VARIABLES)
    for name, value in VARIABLES.items():
        assert found[name].dtype == value.dtype
        assert np.array_equal(found[name], value)


def test_query_key_and_value_are_taken_apart() -> None:
    weights = state_dict(VARIABLES)
    attn = [f"decoder.blocks.1.attn.{part}.weight" for part in ("query", "key", "value")]
    fused = VARIABLES["decoder/layer_1/self_attention/linear_0/weight"]
    assert np.array_equal(np.concatenate([weights[name] for name in attn]), fused)
    crossed = [f"decoder.blocks.0.cross_attn.{part}.weight" for part in ("key", "value")]
    fused = VARIABLES["decoder/layer_0/attention/linear_1/weight"]
    assert np.array_equal(np.concatenate([weights[name] for name in crossed]), fused)
    assert not [name for name in weights if name.endswith("key.bias")]


def test_no_number_is_lost_but_the_keys_zeros() -> None:
    tensors = [value for value in VARIABLES.values() if value.ndim]
    zeros = fake_weights.WIDTH * fake_weights.LAYERS * 3
    assert sum(value.size for value in state_dict(VARIABLES).values()) == sum(value.size for value in tensors) - zeros
    assert {value.dtype for value in state_dict(VARIABLES).values()} == {np.dtype("<f2")}


def test_dimensions_are_read_from_the_shapes() -> None:
    assert dimensions(VARIABLES) == {
        "n_mels": 80,
        "n_audio_ctx": 20,
        "n_audio_state": 8,
        "n_audio_head": 2,
        "n_audio_layer": 2,
        "n_vocab": 30,
        "n_text_ctx": 10,
        "n_text_state": 8,
        "n_text_head": 2,
        "n_text_layer": 2,
    }


@pytest.mark.parametrize("side", ["encoder/layer_0/self_attention/linear_0", "decoder/layer_1/attention/linear_1"])
def test_a_key_with_a_bias_is_refused(side: str) -> None:
    odd = VARIABLES | {f"{side}/bias": np.ones_like(VARIABLES[f"{side}/bias"])}
    with pytest.raises(WeightsCorrupt, match=f"key in {side}/bias has a bias"):
        state_dict(odd)


@pytest.mark.parametrize("name", ["encoder/layer_0/rotary/weight", "decoder/start/weight", "encoder/conv1/scale"])
def test_a_tensor_that_no_whisper_has_is_refused(name: str) -> None:
    with pytest.raises(WeightsCorrupt, match=name):
        state_dict(VARIABLES | {name: np.ones(3, "<f2")})


@given(st.integers(0, len(FILE) - 1))
def test_a_file_cut_anywhere_is_refused(end: int) -> None:
    with pytest.raises(WeightsCorrupt):
        read_variables(FILE[:end])


def test_another_file_is_refused() -> None:
    for other in (
        FILE + b"\0",
        fake_weights.file_of(VARIABLES, kind="TransformerSpec"),
        fake_weights.file_of(VARIABLES, version=5),
        b"\x80\x02" * 100,
    ):
        with pytest.raises(WeightsCorrupt):
            read_variables(other)
    with pytest.raises(WeightsCorrupt, match="lacks"):
        dimensions({})
