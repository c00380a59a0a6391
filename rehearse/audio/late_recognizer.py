"""A recognizer that may still be loading while somebody is greeted, and for which a smaller one stands in where memory
runs out."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from rehearse.audio.frames import Samples
from rehearse.audio.transcriber import Decoded, GivenUp, always
from rehearse.audio.words_over_a_line import Spotter
from rehearse.errors import HearingFailed, RehearseError

if TYPE_CHECKING:
    from rehearse.audio.whisper_transcriber import WhisperTranscriber

_log = logging.getLogger(__name__)

Load = Callable[[Path], "WhisperTranscriber"]
"""Loads a checkpoint."""


class LateRecognizer:
    """The recognizer that is in use. For the thread that transcribes alone."""

    def __init__(
        self,
        whisper: "Future[WhisperTranscriber]",
        smaller: Callable[[], Path | None] = lambda: None,
        load: Load | None = None,
    ) -> None:
        """`smaller` finds the checkpoint of a model that needs less memory, if there is one, and `load` loads it."""
        self._whisper = whisper
        self._smaller = smaller
        self._load = load

    @property
    def whisper(self) -> "WhisperTranscriber":
        """It itself, waited for where it is still loading. Raises what loading it has raised."""
        return self._whisper.result()

    def fall_back(self) -> bool:
        """Let a smaller one take its place; whether there is one."""
        checkpoint = self._smaller()
        if checkpoint is None or self._load is None:
            return False
        self._whisper.result().release()
        self._smaller, self._whisper = lambda: None, Future()
        try:
            self._whisper.set_result(self._load(checkpoint))
        except Exception as error:  # it is raised where the recognizer is needed
            self._whisper.set_exception(error)
            _log.warning("memory is short, and %s cannot be loaded: close other programs, or type", checkpoint.stem)
        else:
            _log.warning("memory is short: %s transcribes from now on", checkpoint.stem)
        return True


class LateDecoder:
    """A `SegmentDecoder` that may still be loading: whoever needs it waits. What fails once is tried again."""

    def __init__(self, recognizer: LateRecognizer) -> None:
        self._recognizer = recognizer

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        """The words in `segment`; see `SegmentDecoder`.

        Raises:
            HearingFailed: it cannot be transcribed, also when tried again, or with a smaller model.
            WeightsError: there is no sound model to load.
        """
        tried = False
        while True:
            try:
                return self._recognizer.whisper.decode(segment, () if tried else draft, go_on)
            except (GivenUp, RehearseError):
                raise
            except Exception as error:
                lacks_memory, why = is_lack_of_memory(error), str(error) or type(error).__name__
            # Not before the error has gone, which holds on to the memory.
            if not (self._recognizer.fall_back() if lacks_memory else not tried):
                raise HearingFailed(f"speech cannot be transcribed ({why}); close other programs, or type")
            tried = True


class LateSpotter:
    """A `Spotter` whose recognizer may still be loading. For the thread that transcribes alone."""

    def __init__(self, recognizer: LateRecognizer, phrases: Sequence[str]) -> None:
        self._recognizer = recognizer
        self._phrases = phrases
        self._of: WhisperTranscriber | None = None
        self._spotter: Spotter | None = None

    def prepare(self) -> Spotter:
        """Get ready, so that the first word is found as fast as any other."""
        whisper = self._recognizer.whisper
        if self._spotter is None or self._of is not whisper:
            from rehearse.audio.word_spotter import WordSpotter  # imports torch

            self._of, self._spotter = whisper, WordSpotter(whisper, self._phrases)
        return self._spotter

    def spot(self, samples: Samples) -> str | None:
        """Which phrase is all that is said in `samples`, or None; also where it cannot be looked at: after the line it
        can be said again."""
        try:
            return self.prepare().spot(samples)
        except Exception as error:
            self._of = self._spotter = None
            _log.warning("a word over a line could not be looked at (%s)", error)
            return None


def is_lack_of_memory(error: Exception) -> bool:
    """Whether memory has run out: PyTorch says so in words alone."""
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "memory" in str(error))
