"""openai-whisper on replies of a few seconds: the encoder is given what was said, not 30 seconds of padding.

Greedy, in English, without a ladder of temperatures and without the text before. What looks wrong is decoded once
more as Whisper was trained, padded to 30 s; what still does is rejected.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING

import numpy as np

from rehearse import faults
from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.audio.late_whisper import import_whisper
from rehearse.audio.phantoms import MAX_NO_SPEECH, MIN_MEAN_LOGPROB, is_loop
from rehearse.audio.segments import segments_of, transcript_of
from rehearse.audio.transcriber import Decoded, always
from rehearse.dialogue import Transcript
from rehearse.errors import WeightsCorrupt

if TYPE_CHECKING:
    from torch import Tensor

    from rehearse.audio.greedy import Greedy

PADDED_S = 30.0
"""What Whisper was trained on."""
CONTEXT_S = 15.0
"""The shortest sound that the encoder is given: with less the decoder goes round in circles."""
MARGIN_S = 2.0
"""Silence after a segment, by which the decoder knows that it is over."""
TOKENS_PER_S = 6.5
SPARE_TOKENS = 8
"""The fastest speech, in tokens a second, and a few for short replies."""
NEARLY, NEARLY_LONG, NEARLY_UNMISTAKABLE = 2.0, 4.5, 6.0
"""How much less probable than what the model would write a phrase may be to count as said (a logarithm): a short one, a
longer one, and one that nobody says who means something else. Of 176 near misses in four synthetic voices ("Oh, stop")
the nearest to a short command was 4.2 away, to a longer one 4.6, and none was within 7 of one addressed to the coach;
of another 94 short replies the nearest was 2.5 away."""
LONG = 10
"""A phrase of so many letters is a longer one."""
UNSURE = 0.3
"""So many times as near it has to be where the model is unsure of what it would write."""
LONGEST_PHRASE_S = 3.2
"""A longer sound is no phrase; the silence around it included."""
LETTERS_PER_S, AROUND_S = 6.0, 0.7
"""How slowly a phrase is said at most, and how much silence there is around it: one short word in a long sound is the
model's guess, not what was said."""


class WhisperTranscriber:
    """A Whisper model in memory: a `Transcriber` and a `SegmentDecoder`. Safe to share between threads."""

    def __init__(
        self,
        checkpoint: Path,
        context_s: float = CONTEXT_S,
        threads: int | None = None,
        phrases: Mapping[str, float] | None = None,
    ) -> None:
        """Load a verified openai-whisper `checkpoint`.

        `context_s`: the shortest sound the encoder is given; 30 pads every segment as openai-whisper does. It can
        be set again between utterances.
        `threads`: how many the whole process may use for sums; PyTorch's own choice if None.
        `phrases`: what is likelier to be said alone than the model expects, as it writes it; each with how much less
        probable than its text it may be.

        Raises:
            WeightsCorrupt: it is none.
        """
        whisper = import_whisper()
        import torch

        from rehearse.audio.cut_encoder import prepare
        from rehearse.audio.greedy import GreedyDecoder

        if threads is not None:
            torch.set_num_threads(threads)
        self.checkpoint = checkpoint
        """What was loaded."""
        try:
            # PyTorch reads tensors and numbers alone: a pickle that would run something is refused.
            model = whisper.load_model(str(checkpoint), device="cpu")
        except (UnpicklingError, KeyError, TypeError) as error:
            raise WeightsCorrupt(f"{checkpoint} is no Whisper model; delete it and run `rehearse setup`") from error
        self._model = prepare(model)
        self.decoder = GreedyDecoder(self._model)
        """What turns the encoder's output into text."""
        self.context_s = context_s
        self._phrases = phrases or {}

    def warm_up(self) -> None:
        """Do once what is slow the first time, while nobody waits for it: the first sums, and spelling the phrases."""
        encoded = self.encode(np.zeros(SAMPLE_RATE, np.float32), self.context_s)
        self.decoder.decode(encoded, SPARE_TOKENS)
        self.decoder.best_of(encoded, dict.fromkeys(self._phrases, 0.0))

    def release(self) -> None:
        """Give its memory back; it hears no more."""
        del self._model, self.decoder

    def transcribe(self, samples: Samples, voiced_s: float) -> Transcript:
        """The words in `samples` (16 kHz); see `Transcriber`."""
        return transcript_of([self.decode(segment) for segment in segments_of(samples)], voiced_s)

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        """The words in `segment`; see `SegmentDecoder`."""
        faults.strike("transcriber")
        length_s = len(segment) / SAMPLE_RATE
        most = int(TOKENS_PER_S * length_s) + SPARE_TOKENS
        context_s = min(PADDED_S, max(self.context_s, length_s + MARGIN_S))
        encoded = self.encode(segment, context_s, go_on)
        heard = self.decoder.decode(encoded, most, draft, go_on)
        text = self.decoder.text(heard.tokens)
        if phrase := self._phrase(encoded, heard, length_s):
            return phrase
        looks_wrong = heard.cut_off or is_loop(text) or heard.mean_logprob < MIN_MEAN_LOGPROB
        if looks_wrong and context_s < PADDED_S:
            heard = self.decoder.decode(self.encode(segment, PADDED_S, go_on), most, heard.tokens, go_on)
            text = self.decoder.text(heard.tokens)
        return Decoded(text, heard.tokens, heard.mean_logprob, heard.no_speech)

    def _phrase(self, encoded: "Tensor", heard: "Greedy", length_s: float) -> Decoded | None:
        """The phrase that is nearly as probable as what was `heard`, if one is and fits the length. Where nobody
        speaks, what is heard is no measure."""
        if not self._phrases or length_s > LONGEST_PHRASE_S or heard.no_speech > MAX_NO_SPEECH:
            return None
        logprob = heard.mean_logprob * (len(heard.tokens) + 1)
        letters = LETTERS_PER_S * (length_s - AROUND_S)
        times = UNSURE if heard.mean_logprob < MIN_MEAN_LOGPROB else 1.0
        least = {text: logprob - times * nearly for text, nearly in self._phrases.items() if len(text) >= letters}
        found = self.decoder.best_of(encoded, least)
        if found is None:
            return None
        # A phrase that fits is no longer unsure.
        return Decoded(found, heard.tokens, max(heard.mean_logprob, MIN_MEAN_LOGPROB), heard.no_speech)

    def encode(self, samples: Samples, context_s: float, go_on: Callable[[], bool] = always) -> "Tensor":
        """What the encoder makes of `samples`, padded to `context_s` seconds."""
        import torch

        sound = np.pad(samples, (0, round(context_s * SAMPLE_RATE) - len(samples)))
        with torch.inference_mode():
            mel = import_whisper().log_mel_spectrogram(sound, self._model.dims.n_mels)
            encoded: Tensor = self._model.encoder(mel[None], go_on)
        return encoded
