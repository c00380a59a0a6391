"""Work that never comes back is left alone, and what comes next is done all the same."""

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from threading import Event, current_thread
from weakref import ref

import pytest

from rehearse.audio import watchdog
from rehearse.audio.watchdog import Hung, Wanted, Watchdog


@pytest.fixture
def over() -> Iterator[Event]:
    """Set in the end, so that what hangs comes back."""
    event = Event()
    yield event
    event.set()


def hanging(over: Event, began: Event | None = None) -> Callable[[Wanted], None]:
    def hang(_: Wanted) -> None:
        if began:
            began.set()
        over.wait()

    return hang


def test_what_comes_back_in_time_is_there_and_errors_are_raised() -> None:
    dog = Watchdog()
    assert dog.do(lambda wanted: wanted(), 60.0)
    with pytest.raises(KeyError):
        dog.do(lambda _: dict[str, int]()["nothing"], 60.0)
    dog.close()


def test_everything_is_done_on_one_thread_in_order() -> None:
    dog = Watchdog()
    done: list[object] = []
    dog.begin(lambda: done.append(current_thread()))
    assert dog.do(lambda _: [*done, current_thread()], 60.0) == 2 * [done[0]]
    assert done[0] is not current_thread()
    dog.close()


def test_what_hangs_is_told_that_nobody_waits_and_another_thread_does_the_next(over: Event) -> None:
    dog = Watchdog(wait=lambda done, limit_s: limit_s > 1 and watchdog.done_within(done, limit_s))
    told = Event()

    def hangs(wanted: Wanted) -> None:
        over.wait()
        if not wanted():
            told.set()

    first = dog.do(lambda _: current_thread(), 60.0)
    with pytest.raises(Hung):
        dog.do(hangs, 1.0)
    assert dog.do(lambda _: current_thread(), 60.0) is not first
    over.set()
    first.join(60.0)
    assert told.is_set()
    assert not first.is_alive()
    dog.close()


def test_who_closes_it_waits_a_moment_and_then_nobody_waits_any_more(
    over: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watchdog, "LAST_MOMENT_S", 0.01)
    dog, began = Watchdog(), Event()
    with ThreadPoolExecutor(1) as waiting:
        waited_for = waiting.submit(dog.do, hanging(over, began), 60.0)
        began.wait(60.0)
        dog.close()
        with pytest.raises(CancelledError):
            waited_for.result(60.0)
    with pytest.raises(CancelledError):
        dog.do(lambda _: None, 60.0)


def test_what_asks_whether_it_is_wanted_comes_to_its_end_when_it_is_closed() -> None:
    dog, began = Watchdog(), Event()

    def until_unwanted(wanted: Wanted) -> str:
        began.set()
        while wanted():
            pass
        return "ended"

    with ThreadPoolExecutor(1) as waiting:
        waited_for = waiting.submit(dog.do, until_unwanted, 60.0)
        began.wait(60.0)
        dog.close()
        assert waited_for.result(60.0) == "ended"


def test_an_error_holds_on_to_nothing_once_it_has_been_seen() -> None:
    class Tensor:
        """Some memory."""

    dog = Watchdog()
    seen: list[ref[Tensor]] = []

    def runs_out_of_memory(_: Wanted) -> None:
        held = Tensor()
        seen.append(ref(held))
        raise MemoryError

    with pytest.raises(MemoryError):
        dog.do(runs_out_of_memory, 60.0)
    dog.do(lambda _: None, 60.0)  # by now its thread has come further
    assert seen[0]() is None
    dog.close()
