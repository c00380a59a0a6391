"""Lines that may be said are rendered in the background once more, when the person has chosen another pace."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from rehearse.audio.voice import Voice
from rehearse.dialogue import Line


class RenderingAhead:
    """Renders `lines` with a voice that keeps them and is safe to use from several threads, one after the other.

    One that fails is left: it will be tried again, and tell why, when it is to be said.
    """

    def __init__(self, voice: Voice, lines: Sequence[Line]) -> None:
        self._voice = voice
        self._lines = lines
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="rendering")
        self._coming: list[Future[Any]] = []

    def at_pace(self, pace: float) -> None:
        """Render the lines at `pace`; what was still to be rendered at another is left."""
        for each in self._coming:
            each.cancel()
        paced = [replace(line, pace=pace) for line in self._lines]
        self._coming = [self._worker.submit(self._voice.render, line) for line in paced]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._worker.shutdown(cancel_futures=True)
