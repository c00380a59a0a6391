"""Greedy decoding of our own against openai-whisper's, on real weights and real speech."""

from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rehearse.audio.frames import SAMPLE_RATE
from rehearse.audio.late_whisper import import_whisper
from rehearse.audio.transcriber import GivenUp
from tests.speech_corpus import Recording

pytestmark = pytest.mark.whisper

MOST = 60
EVERY = 12


@pytest.fixture(scope="module")
def model(tiny_en_checkpoint: Path) -> Any:
    from rehearse.audio.cut_encoder import prepare

    return prepare(import_whisper().load_model(str(tiny_en_checkpoint), device="cpu"))


@pytest.fixture(scope="module")
def mels(model: Any, speech_corpus: list[Recording]) -> list[Any]:
    def padded(recording: Recording) -> Any:
        samples = recording.samples()[: 13 * SAMPLE_RATE]
        sound = np.pad(samples, (0, 15 * SAMPLE_RATE - len(samples)))
        return import_whisper().log_mel_spectrogram(sound, model.dims.n_mels)

    return [padded(recording) for recording in speech_corpus[::EVERY]]


@pytest.fixture(scope="module")
def decoder(model: Any) -> Any:
    from rehearse.audio.greedy import GreedyDecoder

    return GreedyDecoder(model)


def encoded(model: Any, mel: Any) -> Any:
    import torch

    with torch.inference_mode():
        return model.encoder(mel[None])


@pytest.mark.parametrize("most", [MOST, 5])
def test_it_is_what_openai_whisper_decodes(model: Any, decoder: Any, mels: list[Any], most: int) -> None:
    whisper = import_whisper()
    options = whisper.DecodingOptions(language="en", without_timestamps=True, sample_len=most, fp16=False)
    for mel in mels:
        theirs = whisper.decode(model, mel, options)
        ours = decoder.decode(encoded(model, mel), most)
        assert list(ours.tokens) == theirs.tokens
        assert decoder.text(ours.tokens) == theirs.text
        assert ours.mean_logprob == pytest.approx(theirs.avg_logprob, abs=1e-4)
        assert ours.no_speech == pytest.approx(theirs.no_speech_prob, abs=1e-4)
        assert ours.cut_off == (len(theirs.tokens) >= most)


def drafts_of(tokens: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """All of it, the beginning, with a wrong end, with a wrong middle, wrong from the start, with more after it."""
    half = len(tokens) // 2
    yield tokens
    yield tokens[:half]
    yield (*tokens[:half], 500, 600, 700)
    yield (*tokens[:half], 500, *tokens[half + 1 :])
    yield (500, *tokens)
    yield (*tokens, *repeat(500, MOST))


def test_a_draft_changes_nothing(model: Any, decoder: Any, mels: list[Any]) -> None:
    for mel in mels[:6]:
        sound = encoded(model, mel)
        alone = decoder.decode(sound, MOST)
        for draft in drafts_of(alone.tokens):
            drafted = decoder.decode(sound, MOST, draft)
            assert (drafted.tokens, drafted.cut_off) == (alone.tokens, alone.cut_off)
            assert drafted.mean_logprob == pytest.approx(alone.mean_logprob, abs=1e-4)
            assert drafted.no_speech == pytest.approx(alone.no_speech, abs=1e-4)


def test_a_draft_saves_steps(model: Any, decoder: Any, mels: list[Any]) -> None:
    sound = encoded(model, mels[0])
    steps: list[None] = []

    def counting() -> bool:
        steps.append(None)
        return True

    tokens = decoder.decode(sound, MOST, go_on=counting).tokens
    assert len(steps) == 1 + len(tokens)
    steps.clear()
    decoder.decode(sound, MOST, tokens[:-2], counting)
    assert len(steps) == 1 + 2


def test_it_gives_up_with_what_it_has(model: Any, decoder: Any, mels: list[Any]) -> None:
    sound = encoded(model, mels[0])
    tokens = decoder.decode(sound, MOST).tokens
    asked = iter([True, True, True])
    with pytest.raises(GivenUp) as given_up:
        decoder.decode(sound, MOST, go_on=lambda: next(asked, False))
    assert given_up.value.tokens == tokens[:3]


def test_the_encoder_gives_up(model: Any, mels: list[Any]) -> None:
    with pytest.raises(GivenUp):
        model.encoder(mels[0][None], lambda: False)


def test_of_some_texts_it_finds_the_one_that_was_said(model: Any, decoder: Any, mels: list[Any]) -> None:
    said = [decoder.decode(encoded(model, mel), MOST) for mel in mels[:5]]
    least = {decoder.text(each.tokens): -20.0 for each in said}
    for each, mel in zip(said, mels, strict=False):
        text = decoder.text(each.tokens)
        logprob = decoder.logprob(encoded(model, mel), text)
        assert logprob == pytest.approx(each.mean_logprob * (len(each.tokens) + 1), abs=1e-3)
        assert decoder.best_of(encoded(model, mel), least) == text
        assert decoder.best_of(encoded(model, mel), least | {text: logprob + 0.01}) is None


def test_the_texts_side_by_side_are_as_probable_as_each_alone(model: Any, decoder: Any, mels: list[Any]) -> None:
    texts = [
        "Stop.",
        "Stop it.",
        "Stop here.",
        "Pause.",
        "Please stop.",
        "Go on.",
        "Go back.",
        "Help.",
        "Help me, please.",
    ]
    for mel in mels[:3]:
        sound = encoded(model, mel)
        logprobs = {text: decoder.logprob(sound, text) for text in texts}
        likeliest = max(logprobs, key=logprobs.__getitem__)
        just_under = {text: logprob - 0.01 for text, logprob in logprobs.items()}
        assert decoder.best_of(sound, dict.fromkeys(texts, -100.0)) == likeliest
        assert decoder.best_of(sound, just_under | {likeliest: 0.0}) in {*texts} - {likeliest}
        assert decoder.best_of(sound, {text: logprob + 0.01 for text, logprob in logprobs.items()}) is None


def test_none_of_the_texts_was_said(model: Any, decoder: Any, mels: list[Any]) -> None:
    assert decoder.best_of(encoded(model, mels[0]), {"Stop.": -9.0, "Stop it.": -9.0, "Pause.": -9.0}) is None
