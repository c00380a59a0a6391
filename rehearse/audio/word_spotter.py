"""Hearing one of a few phrases in a short sound, in a fraction of the time that a transcript takes."""

from collections.abc import Sequence

import numpy as np

from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.audio.whisper_transcriber import WhisperTranscriber

LONGEST_S = 2.0
"""How long a phrase can be."""
CONTEXT_S = 5.0
"""The sound that the encoder is given."""
SHARE_OF_SILENCE, LEAST_EVIDENCE = 0.7, 1.2
"""How probable a phrase has to be, as a logarithm: this share of what it is in silence, and so much more. Fitted to
tiny.en on synthetic voices at three levels; the whole of what it is in silence favours long phrases."""
MOST_WORDS = 2
"""A longer phrase is so improbable in silence that with any other sound it seems to be there; it is not looked for."""


class WordSpotter:
    """Knows whether a sound is one of a few phrases, said alone.

    It compares how probable each phrase is with how probable it is in silence. Asked what was said, Whisper goes round
    in circles in so short a context ("stop clean stop clean"); asked which phrase it was, it knows.
    """

    def __init__(self, whisper: WhisperTranscriber, phrases: Sequence[str]) -> None:
        """`phrases`: in lower case, without punctuation; those of more than `MOST_WORDS` are left out."""
        self._whisper = whisper
        short = [phrase for phrase in phrases if len(phrase.split()) <= MOST_WORDS]
        self._phrases = {f"{phrase.capitalize()}.": phrase for phrase in short}
        silence = whisper.encode(np.zeros(0, dtype=np.float32), CONTEXT_S)
        self._least = {
            text: SHARE_OF_SILENCE * whisper.decoder.logprob(silence, text) + LEAST_EVIDENCE for text in self._phrases
        }

    def spot(self, samples: Samples) -> str | None:
        """The phrase that is all that is said in `samples` (16 kHz; the last 2 s count), or None."""
        sound = samples[-round(LONGEST_S * SAMPLE_RATE) :]
        found = self._whisper.decoder.best_of(self._whisper.encode(sound, CONTEXT_S), self._least)
        return None if found is None else self._phrases[found]
