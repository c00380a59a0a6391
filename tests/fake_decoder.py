"""A recognizer of segments without a network, and a worker that works when a test says so."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import Any

import numpy as np

from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.audio.transcriber import Decoded, GivenUp, always


def sounding(*words: int, seconds: float = 1.0) -> Samples:
    """A sound in which `FakeDecoder` hears these numbers, each as long."""
    return np.repeat(np.array(words, dtype=np.float32), round(seconds * SAMPLE_RATE))


class FakeDecoder:
    """Hears a word in each second begun; asks before each whether to go on."""

    def __init__(self) -> None:
        self.heard_s = 0.0
        """How much it was given."""
        self.drafts: list[tuple[int, ...]] = []
        self.read = 0
        """How many words it had to find without a draft."""
        self.fails: Exception | None = None

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        self.heard_s += len(segment) / SAMPLE_RATE
        self.drafts.append(tuple(draft))
        if self.fails:
            raise self.fails
        words = segment[::SAMPLE_RATE].astype(int).tolist()
        tokens: list[int] = []
        for number, word in enumerate(words):
            if tuple(draft[number : number + 1]) != (word,):
                if not go_on():
                    raise GivenUp(tuple(tokens))
                self.read += 1
            tokens.append(word)
        return Decoded(" ".join(f"w{token}" for token in tokens), tuple(tokens), mean_logprob=-0.1)


class HandDriven(Executor):
    """Does what it was given when told to."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._waiting.append((future, lambda: function(*args, **kwargs)))
        return future

    def work(self) -> None:
        """Do all of it."""
        while self._waiting:
            future, do = self._waiting.pop(0)
            try:
                future.set_result(do())
            except Exception as error:
                future.set_exception(error)
