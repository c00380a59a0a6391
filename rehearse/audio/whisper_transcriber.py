"""openai-whisper on replies of a few seconds: the encoder is given what was said, not 30 seconds of padding.

Greedy, in English, without a ladder of temperatures and without the text before. What looks wrong is decoded once
more as Whisper was trained, padded to 30 s; what still does is rejected.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.audio.late_whisper import import_whisper
from rehearse.audio.phantoms import MIN_MEAN_LOGPROB, is_loop, rejection
from rehearse.dialogue import Transcript

PADDED_S = 30.0
"""What Whisper was trained on."""
CONTEXT_S = 15.0
"""The shortest sound that the encoder is given: with less the decoder goes round in circles."""
MARGIN_S = 2.0
"""Silence after an utterance, by which the decoder knows that it is over."""
LONGEST_S = PADDED_S - MARGIN_S
"""A longer utterance is cut in pieces."""
TOKENS_PER_S = 6.5
SPARE_TOKENS = 8
"""The fastest speech, in tokens a second, and a few for short replies."""
_QUIET_S = 0.2
"""How long a pause has to be to cut there."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    text: str
    tokens: int
    mean_logprob: float
    no_speech: float
    cut_off: bool
    """Whether there were more tokens than can have been said."""

    @property
    def looks_wrong(self) -> bool:
        return self.cut_off or is_loop(self.text) or self.mean_logprob < MIN_MEAN_LOGPROB


class WhisperTranscriber:
    """A Whisper model in memory. Safe to share between threads; one utterance is decoded at a time."""

    def __init__(self, checkpoint: Path, context_s: float = CONTEXT_S, threads: int | None = None) -> None:
        """Load a verified openai-whisper `checkpoint`.

        `context_s`: the shortest sound the encoder is given; 30 pads every utterance as openai-whisper does. It can
        be set again between utterances.
        `threads`: how many the whole process may use for sums; PyTorch's own choice if None.
        """
        whisper = import_whisper()
        import torch

        from rehearse.audio.cut_encoder import prepare

        if threads is not None:
            torch.set_num_threads(threads)
        self._model = prepare(whisper.load_model(str(checkpoint), device="cpu"))
        self.context_s = context_s
        self._one_at_a_time = Lock()  # whisper.decode hangs its cache into the model itself

    def transcribe(self, samples: Samples, voiced_s: float) -> Transcript:
        """The words in `samples` (16 kHz); see `Transcriber`."""
        with self._one_at_a_time:
            pieces = [self._decode(piece) for piece in pieces_of(samples)]
        text = " ".join(piece.text for piece in pieces if piece.text)
        tokens = sum(piece.tokens + 1 for piece in pieces)  # the end of the text is a token too
        mean_logprob = sum(piece.mean_logprob * (piece.tokens + 1) for piece in pieces) / tokens
        no_speech = min(piece.no_speech for piece in pieces)
        rejected = rejection(text, voiced_s=voiced_s, mean_logprob=mean_logprob, no_speech=no_speech)
        return Transcript(text, confidence=math.exp(mean_logprob), rejected=rejected)

    def _decode(self, samples: Samples) -> _Decoded:
        length_s = len(samples) / SAMPLE_RATE
        context_s = min(PADDED_S, max(self.context_s, length_s + MARGIN_S))
        decoded = self._decode_in(context_s, samples)
        if decoded.looks_wrong and context_s < PADDED_S:
            decoded = self._decode_in(PADDED_S, samples)
        return decoded

    def _decode_in(self, context_s: float, samples: Samples) -> _Decoded:
        from rehearse.audio.cut_encoder import LANGUAGE

        whisper = import_whisper()
        sound = np.pad(samples, (0, round(context_s * SAMPLE_RATE) - len(samples)))
        mel = whisper.log_mel_spectrogram(sound, self._model.dims.n_mels)
        most = int(TOKENS_PER_S * len(samples) / SAMPLE_RATE) + SPARE_TOKENS
        result: Any = whisper.decode(
            self._model,
            mel,
            whisper.DecodingOptions(language=LANGUAGE, without_timestamps=True, sample_len=most, fp16=False),
        )
        return _Decoded(
            text=result.text,
            tokens=len(result.tokens),
            mean_logprob=result.avg_logprob,
            no_speech=result.no_speech_prob,
            cut_off=len(result.tokens) >= most,
        )


def pieces_of(samples: Samples) -> Iterator[Samples]:
    """`samples`, cut at the quietest places until no piece is longer than Whisper can hear at once."""
    if len(samples) <= LONGEST_S * SAMPLE_RATE:
        yield samples
        return
    third = len(samples) // 3
    cut = third + quietest(samples[third:-third])
    yield from pieces_of(samples[:cut])
    yield from pieces_of(samples[cut:])


def quietest(samples: Samples) -> int:
    """The middle of the quietest fifth of a second, as an index."""
    window = int(_QUIET_S * SAMPLE_RATE)
    energy = np.cumsum(np.square(samples, dtype=np.float64))
    return int(np.argmin(energy[window:] - energy[:-window])) + window // 2
