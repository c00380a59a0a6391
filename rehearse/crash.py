"""What is said when the program itself is at fault: where that is, and nothing of what anybody said.

The message of an exception may hold a person's words (a value that could not be read, a row that could not be written),
and so may the variables; so neither is shown. `python -X dev -m rehearse` shows Python's own report instead.
"""

import resource
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

_NO_FAULT = (SystemExit, KeyboardInterrupt, BrokenPipeError)
"""What ends a thread, a person, or a program that has read enough."""
_MOST_FRAMES = 30
"""The innermost ones; a recursion has a thousand."""


def guard() -> None:
    """From now on report so what nothing else handles, in every thread, and leave no image of the memory behind."""
    if sys.flags.dev_mode:
        return
    sys.excepthook = lambda kind, error, trace: report(error)
    threading.excepthook = lambda failed: report(failed.exc_value)
    sys.unraisablehook = lambda failed: report(failed.exc_value)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def in_short(error: BaseException) -> str:
    """The types of `error` and of what led to it, each after the places that it came through."""
    return "\n".join(f"  {line}" for each in _led_to(error) for line in (*_places(each.__traceback__), _type(each)))


def report(error: BaseException | None) -> None:
    """Say on standard error that the program is at fault, and where."""
    if error is None or isinstance(error, _NO_FAULT) or sys.stderr is None:
        return
    print(  # noqa: T201
        "rehearse: a fault of the program; what was finished is kept. Please report it with these lines, in which "
        f"there is nothing that you said:\n{in_short(error)}",
        file=sys.stderr,
    )


def _led_to(error: BaseException) -> Iterator[BaseException]:
    """The first cause first."""
    seen: list[BaseException] = []
    found: BaseException | None = error
    while found is not None and found not in seen:
        seen.append(found)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    yield from reversed(seen)


def _places(trace: TracebackType | None) -> list[str]:
    places = [
        f"{'/'.join(Path(frame.f_code.co_filename).parts[-3:])}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(trace)
    ]
    return places[-_MOST_FRAMES:]


def _type(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"
