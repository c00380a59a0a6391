"""A recognizer that may still be loading while somebody is greeted."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from rehearse.audio.frames import Samples
from rehearse.audio.transcriber import Decoded, always
from rehearse.audio.words_over_a_line import Spotter

if TYPE_CHECKING:
    from rehearse.audio.whisper_transcriber import WhisperTranscriber


class LateDecoder:
    """A `SegmentDecoder` that may still be loading: whoever needs it waits."""

    def __init__(self, whisper: "Future[WhisperTranscriber]") -> None:
        self._whisper = whisper

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        """The words in `segment`; see `SegmentDecoder`."""
        return self._whisper.result().decode(segment, draft, go_on)


class LateSpotter:
    """A `Spotter` whose recognizer may still be loading. For the thread that transcribes alone."""

    def __init__(self, whisper: "Future[WhisperTranscriber]", phrases: Sequence[str]) -> None:
        self._whisper = whisper
        self._phrases = phrases
        self._spotter: Spotter | None = None

    def prepare(self) -> Spotter:
        """Get ready, so that the first word is found as fast as any other."""
        if self._spotter is None:
            whisper = self._whisper.result()
            from rehearse.audio.word_spotter import WordSpotter  # imports torch

            self._spotter = WordSpotter(whisper, self._phrases)
        return self._spotter

    def spot(self, samples: Samples) -> str | None:
        """Which phrase is all that is said in `samples`, or None."""
        return self.prepare().spot(samples)
