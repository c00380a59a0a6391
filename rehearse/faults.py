"""Faults on purpose, for tests: what can fail on a person's machine fails where and when a plan says so.

The plan is in `REHEARSE_FAULTS`; without that variable nothing here does anything. It is a list of entries
`SEAM[@N[+]]:FAULT`, apart by spaces: at the seam's Nth use (the first, where no number is given), and with `+` at every
one after it too, the fault happens.

    REHEARSE_FAULTS="log@2+:full transcriber:memory"

| seam | a use is | faults |
|---|---|---|
| microphone | a frame read | lost |
| loudspeaker | a sound played | lost |
| voice | an attempt to render a line | died |
| transcriber | a segment decoded | memory, error, hang |
| coder | a reply coded, or the encoder asked for | memory, damaged |
| log | a connection to the practice log | full, locked |
| settings | the settings saved | full |

`lost`: the device is closed, as if it had been pulled out. `died`: the child process has ended. `memory`: none is left.
`error`: PyTorch fails. `hang`: it never comes back. `damaged`: the file is not what it should be. `full`: the disk is.
`locked`: another program has it.
"""

import errno
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Event, Lock
from typing import NoReturn

from rehearse.errors import EncoderDamaged, UsageError

VARIABLE = "REHEARSE_FAULTS"
SEAMS: Mapping[str, frozenset[str]] = {
    "microphone": frozenset({"lost"}),
    "loudspeaker": frozenset({"lost"}),
    "voice": frozenset({"died"}),
    "transcriber": frozenset({"memory", "error", "hang"}),
    "coder": frozenset({"memory", "damaged"}),
    "log": frozenset({"full", "locked"}),
    "settings": frozenset({"full"}),
}
"""What can happen where."""
_RAISED: Mapping[str, Callable[[], Exception]] = {
    "died": lambda: BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE)),
    "memory": MemoryError,
    "error": lambda: RuntimeError("a tensor is not what it should be"),
    "hang": lambda: hang(),
    "damaged": lambda: EncoderDamaged("the network that codes replies cannot be read (on purpose); reinstall rehearse"),
    "full": lambda: OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "locked": lambda: sqlite3.OperationalError("database is locked"),
}
_ENTRY = re.compile(r"(?P<seam>\w+)(@(?P<first>[1-9]\d*)(?P<lasting>\+)?)?:(?P<fault>\w+)")


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault at one seam."""

    seam: str
    fault: str
    first: int = 1
    """At which use of the seam, from 1."""
    lasting: bool = False
    """Whether it happens at every later use too."""


class Plan:
    """What is to fail, and how often each seam has been used. Safe to use from several threads."""

    def __init__(self, text: str) -> None:
        """Read a plan; see above.

        Raises:
            UsageError: it is none.
        """
        self._planned = [_planned(entry) for entry in text.split()]
        self._uses = Counter[str]()
        self._lock = Lock()

    def due(self, seam: str) -> str | None:
        """Count a use of `seam`; the fault that happens at it, if one does."""
        with self._lock:
            self._uses[seam] += 1
            use = self._uses[seam]
        for each in self._planned:
            if each.seam == seam and (use == each.first or (each.lasting and use > each.first)):
                return each.fault
        return None


_instead: Plan | None = None
"""What holds whatever the variable says."""


@cache
def _of_environment() -> Plan | None:
    return Plan(os.environ[VARIABLE]) if VARIABLE in os.environ else None


def due(seam: str) -> bool:
    """Whether `seam` fails at this use of it; for one that has a way of its own to fail.

    Raises:
        UsageError: the variable holds no plan.
    """
    plan = _instead or _of_environment()
    return plan is not None and plan.due(seam) is not None


def hang() -> NoReturn:
    """Never come back."""
    while True:
        Event().wait()


def strike(seam: str) -> None:
    """Raise what is planned for this use of `seam`, if anything is, or hang; `UsageError` where the variable holds no
    plan."""
    plan = _instead or _of_environment()
    if plan is not None and (fault := plan.due(seam)):
        raise _RAISED[fault]()


@contextmanager
def planned(text: str) -> Iterator[None]:
    """Let a plan hold for as long as the body lasts, whatever the variable says."""
    global _instead
    before, _instead = _instead, Plan(text)
    try:
        yield
    finally:
        _instead = before


def _planned(entry: str) -> Planned:
    found = _ENTRY.fullmatch(entry)
    if not found or found["fault"] not in SEAMS.get(found["seam"], ()):
        known = ", ".join(f"{seam}:{fault}" for seam, faults in SEAMS.items() for fault in sorted(faults))
        raise UsageError(f"{VARIABLE} has no fault {entry!r}; write SEAM[@N[+]]:FAULT with one of {known}")
    return Planned(found["seam"], found["fault"], int(found["first"] or 1), bool(found["lasting"]))
