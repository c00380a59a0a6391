"""Work that may never come back: it is waited for so long, and then left alone on its thread.

Python cannot stop a thread from outside. One that hangs keeps what it holds until the program ends, which does not wait
for it.
"""

from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, InvalidStateError
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, ParamSpec, TypeVar

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")

LAST_MOMENT_S = 2.0
"""How long is waited, at the end, for what goes on: a decode asks many times a second whether it is still wanted."""

Wanted = Callable[[], bool]
"""Whether anybody still waits for a task; asked by the task itself."""
Wait = Callable[[Future[Any], float], bool]
"""Waits for something, at most so many seconds; whether it is done."""
_Tasks = SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None]


class Hung(Exception):
    """A task has not come back in its time."""


class AbandonableThread(Executor):
    """Does one thing after the other on a thread of its own, which the program does not wait for at its end."""

    def __init__(self) -> None:
        self._tasks: _Tasks = SimpleQueue()
        Thread(target=_work, args=(self._tasks,), name="recognition", daemon=True).start()

    def submit(
        self, task: Callable[_Parameters, _Result], /, *args: _Parameters.args, **kwargs: _Parameters.kwargs
    ) -> Future[_Result]:
        """Do `task` after what was given before."""
        done: Future[_Result] = Future()
        self._tasks.put((done, partial(task, *args, **kwargs)))
        return done

    def shutdown(self, wait: bool = False, *, cancel_futures: bool = False) -> None:
        """End the thread after what it was given. Waits for nothing."""
        self._tasks.put(None)


def done_within(future: Future[Any], limit_s: float) -> bool:
    """Wait for it by the clock; see `Wait`. Raises `CancelledError` where it is given up meanwhile."""
    try:
        future.exception(limit_s)
    except TimeoutError:
        return False
    return True


class Watchdog:
    """Has tasks done on a thread, one at a time, and on a fresh one after each that has hung."""

    def __init__(self, thread: Callable[[], Executor] = AbandonableThread, wait: Wait = done_within) -> None:
        self._fresh = thread
        self._wait = wait
        self._thread: Executor | None = None
        self._doing: tuple[Future[Any], Event] | None = None
        self._closed = False

    def begin(self, task: Callable[[], _Result]) -> Future[_Result]:
        """Have `task` done before what comes next; nobody waits for it."""
        self._thread = self._thread or self._fresh()
        return self._thread.submit(task)

    def do(self, task: Callable[[Wanted], _Result], limit_s: float) -> _Result:
        """What comes of `task`; raises what it does.

        Raises:
            Hung: it takes longer than that. It is wanted no more, and never looked at again.
            CancelledError: nothing is done any more.
        """
        if self._closed:
            raise CancelledError
        abandoned = Event()
        done = self.begin(partial(task, lambda: not abandoned.is_set()))
        self._doing = done, abandoned
        came_back = self._wait(done, limit_s)
        self._doing = None
        if not came_back:
            abandoned.set()
            self._end_thread()
            raise Hung
        try:
            return done.result()
        finally:
            del done  # an error knows this frame: it would hold itself, and the memory that ran out

    def close(self) -> None:
        """Do nothing more. What is being done has a moment to come to its end; may be called from another thread."""
        self._closed = True
        if doing := self._doing:
            done, abandoned = doing
            abandoned.set()
            if not self._wait(done, LAST_MOMENT_S):
                done.cancel()
        self._end_thread()

    def _end_thread(self) -> None:
        thread, self._thread = self._thread, None
        if thread:
            thread.shutdown(wait=False)


def _work(tasks: _Tasks) -> None:
    while _do_next(tasks):
        pass


def _do_next(tasks: _Tasks) -> bool:
    given = tasks.get()
    if given is None:
        return False
    done, task = given
    with suppress(InvalidStateError):  # nobody waits for it any more
        try:
            done.set_result(task())
        except BaseException as error:
            done.set_exception(error)
            del done, given  # as in `do`
    return True
