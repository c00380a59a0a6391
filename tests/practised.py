"""Sessions with given figures, for what is made of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from rehearse.practice.log import Past
from rehearse.reports.figures import Figures

BEGAN = datetime(2026, 5, 3, 18, tzinfo=UTC)


def past(number: int = 0, **known: Any) -> Past:
    """The session `number` days after the first; what is not given was not rated."""
    given: dict[str, Any] = {
        "id": number + 1,
        "began_at": BEGAN + timedelta(days=number),
        "scenario": "hard-day",
        "mode": "plain",
        "medium": "voice",
        "partner": "Maya",
        "ending": "closer",
        "completed": True,
        "over": True,
        "turns": 9,
        "retries": 0,
        "minutes": 4.0,
        **dict.fromkeys(("labels", "granular", "listening", "fixing", "defensive", "occasions")),
        "mood_before": None,
        "mood_after": None,
        "wordless": False,
    }
    return Past(**given | known)


def figures(number: int = 0, /, *, of: dict[str, Any] | None = None, **known: Any) -> Figures:
    """Of such a session; `of`: what of it is given."""
    return Figures(past(number, **(of or {})), **known)
