"""Shares as a coach has received them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from rehearse.coach.caseload import Record, records
from rehearse.coach.formats import Assignment, Client, Coach, Figures, Heard, OfACode, Progress, Quote, Share, Try, Week

AT = datetime(2026, 11, 26, 12, tzinfo=UTC)
TODAY = AT.date()
MONDAY = date(2026, 11, 23)
KEY, OTHER = "3fa2c1d0" * 8, "c0" * 32
COACH = Coach(name="Ada Brook", signs="ad" * 32, opens="age1" + "q" * 58)
REF = "4b20690dac7ce2d6"


def share(number: int = 1, *, key: str = KEY, name: str | None = "Sam", **keys: Any) -> Share:
    """The one with that number, made so many days after the first."""
    given: dict[str, Any] = {
        "id": f"{number:016x}",
        "number": number,
        "made_at": AT + timedelta(days=number - 1),
        "client": Client(key=key, name=name),
        "coach": COACH.signs,
        "until": TODAY + timedelta(days=number - 1),
    }
    return Share(**given | keys)


def record(*shares: Share) -> Record:
    """What one client has shared."""
    (found,) = records(shares or (share(),))
    return found


def week(ago: int = 0, sessions: int = 2, **keys: Any) -> Week:
    """The one so many weeks before that of `TODAY`."""
    given: dict[str, Any] = {
        "begins": MONDAY - timedelta(weeks=ago),
        "sessions": sessions,
        "completed": sessions,
        "turns": 9 * sessions,
        "retries": 1,
        "minutes": 4.5 * sessions,
        "figures": Figures(),
    }
    return Week(**given | keys)


def tried(ref: str = REF, **keys: Any) -> Try:
    """A session that counts."""
    given: dict[str, Any] = {
        "ref": ref,
        "day": TODAY,
        "scenario": "hard-day",
        "mode": "plain",
        "counts": True,
        "completed": True,
        "ending": "closer",
        "turns": 9,
        "retries": 1,
        "minutes": 4.5,
        "figures": Figures(listening=OfACode(count=3, of=9)),
    }
    return Try(**given | keys)


def quote(turn: int = 2, *codes: str, ref: str = REF, **keys: Any) -> Quote:
    """A reply with these codes."""
    heard = tuple(Heard(code=code, confidence=0.9) for code in codes or ("reflects",))  # type: ignore[arg-type]
    given: dict[str, Any] = {"line": "What a day.", "reply": "So it was too much.", "codes": heard}
    return Quote(ref=ref, turn=turn, **given | keys)


def progress(assignment: Assignment, done: int = 1, **keys: Any) -> Progress:
    """How far it has come."""
    given: dict[str, Any] = {"assignment": assignment.id, "done": done, "of": assignment.times, "open": True}
    return Progress(**given | keys)


def assignment(number: int = 1, **keys: Any) -> Assignment:
    """Of `COACH`."""
    given: dict[str, Any] = {
        "id": f"a{number:015x}",
        "made_at": AT - timedelta(days=30 - number),
        "coach": COACH,
        "note": "Name what you hear.",
        "scenario": "hard-day",
        "times": 3,
    }
    return Assignment(**given | keys)
