"""What was looked at, what was found there, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rehearse.errors import RehearseError


class Verdict(StrEnum):
    """How well something is."""

    OK = "ok"
    WARNING = "warning"
    """It works, and could work better."""
    FAULT = "fault"
    """A conversation by voice will not work, or loses something."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    verdict: Verdict
    found: str
    """What is so, in one line."""
    fix: str = ""
    """What to do, in one line; empty where all is well."""
    measured: Mapping[str, float] = field(default_factory=dict)
    """The figures behind it, for programs; each name ends in its unit."""


def ok(name: str, found: str, **measured: float) -> Check:
    """All is well."""
    return Check(name, Verdict.OK, _in_one_line(found), measured=measured)


def warning(name: str, found: str, fix: str, **measured: float) -> Check:
    """It could be better."""
    return Check(name, Verdict.WARNING, _in_one_line(found), fix, measured)


def fault(name: str, found: str, fix: str, **measured: float) -> Check:
    """It has to be mended."""
    return Check(name, Verdict.FAULT, _in_one_line(found), fix, measured)


def fault_of(name: str, error: RehearseError) -> Check:
    """The fault that `error` tells of: its message is a cause, a semicolon or colon, and the fix."""
    message = _in_one_line(str(error))
    cause, _, fix = message.rpartition("; " if "; " in message else ": ")
    return fault(name, cause or message, fix)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
