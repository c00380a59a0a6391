"""Reading into the log the reports that were kept before there was one. They stay where they are.

A report's name begins with the moment at which its session ended; the log marks the session with that name, so that
no report is read twice.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.exc import IntegrityError

from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.reading import FAULTS, turn_of
from rehearse.practice.report import FORMAT

_MEASURES = TypeAdapter(dict[str, float])
_NAMED = "%Y-%m-%d-%H%M%S-%f"


def import_reports(log: PracticeLog, folder: Path) -> int:
    """Keep the sessions whose reports lie in `folder` and are not in the log yet; how many there were.

    What is no report, or a damaged one, is passed over.

    Raises:
        LogError: the log cannot be written.
    """
    paths = sorted(folder.glob("*.json"))
    known = log.sources() if paths else set()
    found = 0
    for path in paths:
        if path.name not in known and (report := read_report(path)):
            ended = _moment_of(path)
            try:
                log.add(report, About(ended, "plain", _medium(report), ended, path.name))
            except IntegrityError:  # another program was faster
                continue
            found += 1
    return found


def read_report(path: Path) -> dict[str, Any] | None:
    """The report at `path`; None where there is no whole one."""
    try:
        if not path.is_file():
            return None
        report: dict[str, Any] = json.loads(path.read_bytes(), parse_constant=_no_number)
        if report["format"] != FORMAT:
            return None
        for entry in (*report["turns"], *report.get("retried", ())):
            turn_of(entry)
        _MEASURES.validate_python(report.get("measures", {}))
    except (OSError, *FAULTS):
        return None
    return report


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _moment_of(path: Path) -> datetime:
    """By its name; of a file that was named otherwise, when it was last written."""
    try:
        return datetime.strptime("-".join(path.stem.split("-")[:5]), _NAMED).astimezone()
    except ValueError:
        pass
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except (OSError, ValueError, OverflowError):
        return now()


def _medium(report: dict[str, Any]) -> str:
    """A typed reply is over as soon as it is there; a spoken one takes some silence to be."""
    spoken = any(turn.get("latency_ms", {}).get("endpoint") for turn in report["turns"])
    return "voice" if spoken else "typed"
