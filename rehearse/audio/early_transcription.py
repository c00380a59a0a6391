"""Transcription in the silence after speech, before anybody knows whether it was the end.

    speech │ silence …            │ the turn is over
           ▲ a pause: begin       ▲ result: the text is there already
                    speech again: void; what was decoded is the draft of the next time

One thread beside the caller's works; the caller's never waits except in `result`.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Generic, TypeVar

from rehearse.audio.frames import Utterance
from rehearse.audio.segments import SegmentedTranscription
from rehearse.audio.transcriber import GivenUp, SegmentDecoder
from rehearse.dialogue import Transcript
from rehearse.errors import HearingFailed

_log = logging.getLogger(__name__)

_Then = TypeVar("_Then")


@dataclass(frozen=True, slots=True)
class Understood(Generic[_Then]):
    """What came of an utterance. Times in seconds on the clock given to `EarlyTranscription`."""

    transcript: Transcript
    then: _Then
    """What `then` made of it."""
    begun_s: float
    """When `begin` was called."""
    text_s: float
    """When the text was known."""


@dataclass(slots=True)
class _Job:
    """An utterance given to the worker."""

    utterance: Utterance
    begun_s: float
    wanted: bool = True
    """Whether anybody waits for its text."""
    given_up: bool = False


class EarlyTranscription(Generic[_Then]):
    """Transcribes an utterance as it stands at each pause, and what is closed of a long one while it goes on.

    Failures of the worker are raised by whatever is called next.
    """

    def __init__(
        self,
        decoder: SegmentDecoder,
        then: Callable[[Transcript], _Then],
        executor: Executor | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`then` is called by the worker as soon as a text is known, and not for one that nobody wants any more.

        `executor`: does one thing at a time, in order; a thread of its own if None.
        """
        self._transcription = SegmentedTranscription(decoder)
        self._then = then
        self._executor = executor or ThreadPoolExecutor(1, thread_name_prefix="transcription")
        self._clock = clock
        self._job: _Job | None = None
        """The last thing begun, void or not."""
        self._result: Future[Understood[_Then] | None] | None = None
        """What comes of it; None where it is void."""
        self._unseen: list[Future[Understood[_Then] | None] | Future[None]] = []
        """What nobody waits for. It may fail all the same."""
        self._closed = False

    def begin(self, utterance: Utterance) -> None:
        """Transcribe `utterance`, perhaps all of the turn. What was begun before is given up."""
        self.void()
        if self._job:
            self._job.given_up = True
        self._job = _Job(utterance, self._clock())
        self._result = self._executor.submit(self._understand, self._job)

    def void(self) -> None:
        """Speech has resumed: nobody wants the result.

        What runs goes on as long as nothing else is begun: it is the draft of that, and the machine has nothing better
        to do while the person speaks.
        """
        if self._job and self._result:
            self._job.wanted = False
            self._unseen.append(self._result)
            self._result = None
        self._raise_failures()

    def speaking(self, utterance: Utterance) -> None:
        """Do what is closed of `utterance`, all of the turn so far, while it goes on.

        Cheap where there is nothing to do, and nothing where the worker is busy: call it every few seconds.
        """
        self._raise_failures()
        if not self._unseen:
            self._unseen.append(self._executor.submit(self._close_segments, utterance))

    @property
    def ready(self) -> bool:
        """Whether `result` would not have to wait."""
        return self._result is not None and self._result.done()

    def result(self) -> Understood[_Then]:
        """What came of the last utterance begun; waits for it. Raises what decoding it, or `then`, has raised."""
        if self._result is None:
            raise RuntimeError("there is no result: nothing was begun, or it is void")
        understood = self._result.result()
        assert understood is not None, "only what is void is given up"
        return understood

    def close(self) -> None:
        """Give up what runs, and end the worker."""
        self._closed = True
        self._executor.shutdown(cancel_futures=True)

    def _understand(self, job: _Job) -> Understood[_Then] | None:
        try:
            transcript = self._transcription.transcript(job.utterance, lambda: not (job.given_up or self._closed))
        except GivenUp:
            return None
        except HearingFailed as error:
            _log.warning("%s", error)
            transcript = Transcript("", 0.0, rejected="deaf")
        text_s = self._clock()
        return Understood(transcript, self._then(transcript), job.begun_s, text_s) if job.wanted else None

    def _close_segments(self, utterance: Utterance) -> None:
        with suppress(GivenUp, HearingFailed):  # what cannot be done now is tried again at the end
            self._transcription.close(utterance, lambda: not self._closed)

    def _raise_failures(self) -> None:
        done = [each for each in self._unseen if each.done()]
        self._unseen = [each for each in self._unseen if not each.done()]
        for each in done:
            each.result()
