"""What hangs on purpose has hung, at once, for as long as it is waited for."""

from collections.abc import Iterator
from concurrent.futures import Future
from threading import Event, Semaphore
from typing import Any

import pytest

from rehearse import faults
from rehearse.audio.transcriber import GivenUp
from rehearse.audio.watchdog import done_within


class VirtualWait:
    """A `watchdog.Wait` whose time passes only while something hangs."""

    def __init__(self) -> None:
        self.waited_s: list[float] = []
        """How long, each time in vain."""
        self._hanging = Semaphore(0)
        self._over = Event()

    def __call__(self, done: Future[Any], limit_s: float) -> bool:
        while not done_within(done, 0.001):
            if self._hanging.acquire(blocking=False):
                self.waited_s.append(limit_s)
                return False
        return True

    def hang(self) -> None:
        """Come back when the test is over."""
        self._hanging.release()
        self._over.wait()
        raise GivenUp

    def end(self) -> None:
        """Let go of what hangs."""
        self._over.set()


@pytest.fixture
def virtual_wait(monkeypatch: pytest.MonkeyPatch) -> Iterator[VirtualWait]:
    """For faults that are planned to hang."""
    wait = VirtualWait()
    monkeypatch.setattr(faults, "hang", wait.hang)
    yield wait
    wait.end()
