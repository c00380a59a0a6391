"""What turns an utterance into words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rehearse.audio.frames import Samples
from rehearse.dialogue import Transcript

NOT_TRANSCRIBED = frozenset({"deaf", "hung"})
"""Why there are no words, by `Transcript.rejected`, where there may have been some in the sound."""


class Transcriber(Protocol):
    """A speech recognizer."""

    def transcribe(self, samples: Samples, voiced_s: float) -> Transcript:
        """The words in `samples` (16 kHz), of which `voiced_s` seconds are speech.

        What is not to be believed comes back with `Transcript.rejected` set; nothing is raised for it.
        """


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a recognizer made of a segment."""

    text: str
    tokens: tuple[int, ...] = ()
    """The text as the model wrote it; a draft for the same segment with more after it."""
    mean_logprob: float = 0.0
    """Mean log-probability of the tokens, the end of the text included."""
    no_speech: float = 0.0
    """The model's probability that nothing was said."""


class GivenUp(Exception):
    """Decoding was stopped because nobody wants its result any more."""

    def __init__(self, tokens: tuple[int, ...] = ()) -> None:
        super().__init__("given up")
        self.tokens = tokens
        """As far as it had come."""


def always() -> bool:
    """Go on."""
    return True


class SegmentDecoder(Protocol):
    """A recognizer of segments: stretches of an utterance that it can hear at once."""

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        """The words in `segment` (16 kHz, at most `segments.LONGEST_S`).

        `draft`: tokens of an earlier decode of its beginning. They make it faster and do not change the result.
        `go_on`: asked between steps; raises `GivenUp` soon after it says no.
        """
