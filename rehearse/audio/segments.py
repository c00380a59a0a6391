"""Long utterances in segments that Whisper can hear at once, decided by the past alone.

Where a segment ends depends on nothing said later. So the segments that are decoded while the person still speaks are
those that there would be afterwards, and at the end only the tail is left to do.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rehearse.audio.frames import SAMPLE_RATE, Samples, Utterance
from rehearse.audio.phantoms import rejection
from rehearse.audio.transcriber import Decoded, GivenUp, SegmentDecoder, always
from rehearse.dialogue import Transcript

ENOUGH_S = 12.0
"""A segment ends at the first pause after this: up to 13 s the encoder's time is the same, see `CONTEXT_S`."""
LONGEST_S = 28.0
"""A segment without a pause ends before this: what Whisper can hear at once, less the silence after it."""
_QUIET_S = 0.2
"""How long a dip has to be to cut there, where there was no pause."""


def closed_ends(samples: Samples, pauses: Sequence[int] = ()) -> list[int]:
    """Where the segments of an utterance end that is not over; all but the last, which is open.

    `samples`: 16 kHz. `pauses`: see `Utterance.pauses`; all that lie before the end of `samples`.
    """
    ends: list[int] = []
    start, longest = 0, round(LONGEST_S * SAMPLE_RATE)
    while True:
        pause = next((at for at in pauses if at - start >= ENOUGH_S * SAMPLE_RATE), len(samples))
        if pause < len(samples) and pause - start <= longest:
            start = pause
        elif len(samples) - start > longest:
            half = start + longest // 2
            start = half + quietest(samples[half : start + longest])
        else:
            return ends
        ends.append(start)


def segments_of(samples: Samples, pauses: Sequence[int] = ()) -> list[Samples]:
    """All segments of an utterance, in order; the parameters are those of `closed_ends`."""
    return np.split(samples, closed_ends(samples, pauses))


def quietest(samples: Samples) -> int:
    """The middle of the quietest fifth of a second, as an index."""
    window = int(_QUIET_S * SAMPLE_RATE)
    energy = np.cumsum(np.square(samples, dtype=np.float64))
    return int(np.argmin(energy[window:] - energy[:-window])) + window // 2


def transcript_of(segments: Sequence[Decoded], voiced_s: float) -> Transcript:
    """What was said in all segments of an utterance, of which `voiced_s` seconds are speech."""
    text = " ".join(each.text for each in segments if each.text)
    tokens = sum(len(each.tokens) + 1 for each in segments)  # the end of the text is a token too
    mean_logprob = sum(each.mean_logprob * (len(each.tokens) + 1) for each in segments) / tokens
    no_speech = min(each.no_speech for each in segments)
    rejected = rejection(text, voiced_s=voiced_s, mean_logprob=mean_logprob, no_speech=no_speech)
    return Transcript(text, confidence=math.exp(mean_logprob), rejected=rejected)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a segment."""

    samples: Samples
    tokens: tuple[int, ...]
    decoded: Decoded | None
    """None where decoding was given up."""


class SegmentedTranscription:
    """Transcribes an utterance while it grows, each time doing only what is new. One owner at a time.

    What was decoded before is taken again where the sound is the same; where there is more of it, as a draft. The
    result is that of a fresh `SegmentedTranscription`.
    """

    def __init__(self, decoder: SegmentDecoder) -> None:
        self._decoder = decoder
        self._known: list[_Known] = []
        """The closed segments in order, and after them what the open one was at the last time."""

    def close(self, utterance: Utterance, go_on: Callable[[], bool] = always) -> None:
        """Decode the segments of an `utterance` under way that are closed. Raises `GivenUp`."""
        for number, segment in enumerate(segments_of(utterance.samples, utterance.pauses)[:-1]):
            self._decode(number, segment, go_on)

    def transcript(self, utterance: Utterance, go_on: Callable[[], bool] = always) -> Transcript:
        """What is said in `utterance`. Raises `GivenUp`."""
        segments = segments_of(utterance.samples, utterance.pauses)
        decoded = [self._decode(number, segment, go_on) for number, segment in enumerate(segments)]
        return transcript_of(decoded, utterance.voiced_s)

    def _decode(self, number: int, segment: Samples, go_on: Callable[[], bool]) -> Decoded:
        known = self._known[number] if number < len(self._known) else None
        if known and known.decoded and np.array_equal(known.samples, segment):
            return known.decoded
        del self._known[number:]
        draft = known.tokens if known and _same_beginning(known.samples, segment) else ()
        try:
            decoded = self._decoder.decode(segment, draft, go_on)
        except GivenUp as given_up:
            self._keep(segment, max(draft, given_up.tokens, key=len), None)
            raise
        self._keep(segment, decoded.tokens, decoded)
        return decoded

    def _keep(self, segment: Samples, tokens: tuple[int, ...], decoded: Decoded | None) -> None:
        # A copy, or every segment would keep the whole utterance in memory as it was at the time.
        self._known.append(_Known(segment.copy(), tokens, decoded))


def _same_beginning(one: Samples, other: Samples) -> bool:
    length = min(len(one), len(other))
    return np.array_equal(one[:length], other[:length])
