"""What of a report stands in columns of its own, and what is kept beside them."""

from collections.abc import Mapping
from typing import Any

RATED = ("labeling", "listening", "defensiveness")
"""What a debrief rates: a rating and counts, and no word that was said."""
_TURNS = ("turns", "retried")
"""What of a report stands in rows of its own."""


def figures_of(report: Mapping[str, Any]) -> dict[str, Any]:
    """The figures of a report that stand in columns."""
    debrief = report.get("debrief", {})
    labeling, listening, staying_open = (debrief.get(skill, {}) for skill in RATED)
    replies = [turn["reply"] for turn in report["turns"]]
    return {
        "turns": len(replies),
        "retries": len(report.get("retried", ())),
        "practised_s": max(0.0, replies[-1]["end_s"] - replies[0]["start_s"]) if replies else 0.0,
        "labels": labeling.get("count"),
        "granular": labeling.get("granular"),
        "listening": listening.get("count"),
        "fixing": listening.get("fixing"),
        "defensive": staying_open.get("count"),
        "occasions": staying_open.get("occasions"),
    }


def columns_of(report: Mapping[str, Any]) -> dict[str, Any]:
    """All of a report that stands with its session, in columns and beside them."""
    partner = report.get("partner") or {}
    return {
        "scenario": report.get("scenario", ""),
        "seed": report.get("seed", 0),
        "partner": partner.get("name", ""),
        "pronoun": partner.get("pronoun"),
        "ending": report.get("ending"),
        "completed": report.get("completed", False),
        "private": report.get("private", False),
        "broken_off": report.get("broken_off", False),
        "report": head_of(report),
        **figures_of(report),
    }


def head_of(report: Mapping[str, Any]) -> dict[str, Any]:
    """A report without its turns; their keys keep their place."""
    return {name: [] if name in _TURNS else value for name, value in report.items()}
