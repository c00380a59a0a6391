"""A recognizer that may still be loading while somebody is greeted; for which a smaller one stands in where memory runs
out, and a fresh one where it hangs."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.audio.transcriber import Decoded, GivenUp, always
from rehearse.audio.watchdog import Hung, Wanted, Watchdog
from rehearse.audio.words_over_a_line import Spotter
from rehearse.errors import HearingFailed, HearingHung, RehearseError

if TYPE_CHECKING:
    from rehearse.audio.whisper_transcriber import WhisperTranscriber

_log = logging.getLogger(__name__)

_Result = TypeVar("_Result")

SHORTEST_LIMIT_S, TIMES_ITS_LENGTH = 20.0, 5.0
"""What takes longer than both, in seconds and times the length of the sound, hangs. On two cores base takes 2.3 s at
the median, padded to 30 s: a machine may be eight times as slow."""
LOADED_WITHIN_S = 60.0
"""So much longer it may take where a fresh recognizer is loaded before: its file has been read once already."""
MOST_HANGS = 2
"""After so many it is the machine. Each has left a thread behind, and the memory of a model."""

Load = Callable[[Path], "WhisperTranscriber"]
"""Loads a checkpoint."""


class LateRecognizer:
    """The recognizer that is in use. For the thread that transcribes alone, but for `close`."""

    def __init__(
        self,
        whisper: "Future[WhisperTranscriber]",
        smaller: Callable[[], Path | None] = lambda: None,
        load: Load | None = None,
        watchdog: Watchdog | None = None,
    ) -> None:
        """`smaller` finds the checkpoint of a model that needs less memory, if there is one, and `load` loads it."""
        self._whisper = whisper
        self._smaller = smaller
        self._load = load
        self._watchdog = watchdog or Watchdog()
        self._hangs = 0

    def do(self, task: Callable[["WhisperTranscriber", Wanted], _Result], sound_s: float) -> _Result:
        """What `task` makes of a sound of that length with the recognizer, waited for where it is still loading. Raises
        what loading has raised, and what `task` does.

        Raises:
            GivenUp: nobody waits for it any more.
            HearingHung: it does not come back. A fresh recognizer takes the place of this one.
            HearingFailed: none does any more.
        """
        if self._hangs >= MOST_HANGS:
            raise _none_left()
        whisper = self._whisper
        if not self._hangs:
            whisper.result()  # the first time it may have to be fetched: that takes as long as it takes
        limit_s = max(SHORTEST_LIMIT_S, TIMES_ITS_LENGTH * sound_s) + (0.0 if whisper.done() else LOADED_WITHIN_S)
        try:
            return self._watchdog.do(lambda wanted: task(whisper.result(), wanted), limit_s)
        except CancelledError:
            raise GivenUp from None
        except Hung:
            self._hangs += 1
        if self._load is None or self._hangs >= MOST_HANGS:
            self._hangs = MOST_HANGS
            raise _none_left()
        self._whisper = self._watchdog.begin(partial(self._load, whisper.result().checkpoint))
        raise HearingHung("speech recognition hung and begins afresh: say that again, or type it")

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

    def close(self) -> None:
        """Give up what is being done, whether it hangs or not."""
        self._watchdog.close()


class LateDecoder:
    """A `SegmentDecoder` that may still be loading: whoever needs it waits. What fails once is tried again."""

    def __init__(self, recognizer: LateRecognizer) -> None:
        self._recognizer = recognizer

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        """The words in `segment`; see `SegmentDecoder`.

        Raises:
            HearingHung: it has not come back; what is decoded next has a fresh recognizer.
            HearingFailed: it cannot be transcribed, also when tried again, or with a smaller model.
            WeightsError: there is no sound model to load.
        """
        tried = False
        while True:
            try:
                return self._decode(segment, () if tried else draft, go_on)
            except (GivenUp, RehearseError):
                raise
            except Exception as error:
                lacks_memory, why = is_lack_of_memory(error), str(error) or type(error).__name__
            # Not before the error has gone, which holds on to the memory.
            if not (self._recognizer.fall_back() if lacks_memory else not tried):
                raise HearingFailed(f"speech cannot be transcribed ({why}); close other programs, or type")
            tried = True

    def _decode(self, segment: Samples, draft: Sequence[int], go_on: Callable[[], bool]) -> Decoded:
        return self._recognizer.do(
            lambda whisper, wanted: whisper.decode(segment, draft, lambda: wanted() and go_on()),
            len(segment) / SAMPLE_RATE,
        )


class LateSpotter:
    """A `Spotter` whose recognizer may still be loading. For the thread that transcribes alone."""

    def __init__(self, recognizer: LateRecognizer, phrases: Sequence[str]) -> None:
        self._recognizer = recognizer
        self._phrases = phrases
        self._made: tuple[WhisperTranscriber, Spotter] | None = None

    def prepare(self) -> None:
        """Get ready, so that the first word is found as fast as any other."""
        self._recognizer.do(lambda whisper, _: self._with(whisper), sound_s=0.0)

    def spot(self, samples: Samples) -> str | None:
        """Which phrase is all that is said in `samples`, or None; also where it cannot be looked at: after the line it
        can be said again."""
        try:
            return self._recognizer.do(lambda whisper, _: self._with(whisper).spot(samples), len(samples) / SAMPLE_RATE)
        except GivenUp:
            return None
        except Exception as error:
            self._made = None
            _log.warning("a word over a line could not be looked at (%s)", error)
            return None

    def _with(self, whisper: "WhisperTranscriber") -> Spotter:
        made = self._made
        if made is None or made[0] is not whisper:
            from rehearse.audio.word_spotter import WordSpotter  # imports torch

            made = self._made = whisper, WordSpotter(whisper, self._phrases)
        return made[1]


def is_lack_of_memory(error: Exception) -> bool:
    """Whether memory has run out: PyTorch says so in words alone."""
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and "memory" in str(error))


def _none_left() -> HearingFailed:
    return HearingFailed("speech recognition hangs on this machine: type, or close other programs and start again")
