"""The report of a session, format `rehearse.session/1`: what other programs read."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rehearse.feedback.codes import Evidence
from rehearse.feedback.debrief import Debrief
from rehearse.feedback.timing import Timing
from rehearse.practice.session import Session, Turn
from rehearse.whole_files import replacing

FORMAT = "rehearse.session/1"


def report_of(session: Session) -> dict[str, Any]:
    """The report as plain JSON values. Times are seconds to the centisecond, latencies milliseconds."""
    return {
        "format": FORMAT,
        "scenario": session.scenario,
        "seed": session.seed,
        "ending": session.ending,
        "completed": session.completed,
        "turns": [_turn(turn) for turn in session.turns],
        "debrief": _debrief(session.debrief),
        "measures": _measures(session.timing),
    }


def write_report(session: Session, path: Path) -> None:
    """Write the report of `session` to `path`, whole or not at all, readable by its owner only.

    Raises:
        OutputError: the file cannot be written.
    """
    text = json.dumps(report_of(session), ensure_ascii=False, indent=2) + "\n"
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def evidence_of(found: Evidence) -> dict[str, Any]:
    """A code as every interface of the program gives it."""
    return {
        "code": str(found.code),
        "confidence": round(found.confidence, 3),
        "start": found.start,
        "end": found.end,
        "text": found.text,
    }


def _turn(turn: Turn) -> dict[str, Any]:
    reply, latency = turn.reply, turn.latency
    return {
        "partner": {"state": turn.state, "text": turn.line},
        "reply": {
            "text": reply.text,
            "start_s": round(reply.start_s, 2),
            "end_s": round(reply.end_s, 2),
            "pause_before_s": round(reply.pause_before_s, 2),
            "interrupted": reply.interrupted,
        },
        "codes": [evidence_of(found) for found in turn.coded.evidence],
        "latency_ms": {
            "endpoint": latency.endpoint,
            "transcribe": latency.transcribe,
            "decide": latency.decide,
            "speak": latency.speak,
            "total": latency.total,
        },
    }


def _debrief(debrief: Debrief) -> dict[str, Any]:
    labeling, listening, defensiveness = debrief.labeling, debrief.listening, debrief.defensiveness
    return {
        "labeling": _rated(labeling.rating, count=labeling.count, granular=labeling.granular),
        "listening": _rated(listening.rating, count=listening.count, fixing=listening.fixing),
        "defensiveness": _rated(defensiveness.rating, count=defensiveness.count, occasions=defensiveness.occasions),
        "strengths": list(debrief.strengths),
        "try_next": debrief.try_next,
        "instead_of": [
            {"said": each.said, "could_say": each.could_say, "why": each.why} for each in debrief.instead_of
        ],
    }


def _measures(timing: Timing) -> dict[str, float]:
    """What is not known is left out: a typed session has none."""
    return {name: round(value, 2) for name, value in asdict(timing).items() if value is not None}


def _rated(rating: str, **figures: int) -> dict[str, Any]:
    return {"rating": str(rating), **(figures if rating != "not rated" else {})}
