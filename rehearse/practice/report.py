"""The report of a session, format `rehearse.session/1`: what other programs read."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rehearse.dialogue import Reply
from rehearse.feedback.codes import MISSED, CodedReply, Evidence
from rehearse.feedback.debrief import Debrief
from rehearse.feedback.labels import label_of
from rehearse.feedback.language import ENGLISH
from rehearse.feedback.moment import Occasion
from rehearse.feedback.timing import Timing
from rehearse.moments import TurnMoments
from rehearse.practice.session import Session, Turn
from rehearse.whole_files import replacing

FORMAT = "rehearse.session/1"


def report_of(session: Session) -> dict[str, Any]:
    """The report as plain JSON values. Times are seconds to the centisecond, latencies milliseconds.

    `moments_ms` are milliseconds after the end of the reply's speech; those that are not known are left out.
    `retried` holds the turns that were tried again; nothing else is made from them. `contested` stands at a code, or at
    a turn whose verdict is that it missed the feeling; else it is left out. `counts` stands where the person has said
    so. `private` stands where the safety screen has stepped in: nothing of the session is anybody else's business then,
    unless the person says so. `broken_off` stands where it ended with that.
    """
    return {
        "format": FORMAT,
        "scenario": session.scenario,
        "seed": session.seed,
        "mode": str(session.mode),
        "ending": session.ending,
        "completed": session.completed,
        "partner": {"name": session.partner, "pronoun": session.pronoun},
        "turns": [turn_entry(turn) for turn in session.turns],
        "retried": [turn_entry(turn) for turn in session.retried],
        "debrief": debrief_entry(session.debrief),
        "measures": {} if session.broken_off else _measures(session.timing),
        **({"counts": True} if session.counts else {}),
        **({"private": True} if session.private else {}),
        **({"broken_off": True} if session.broken_off else {}),
    }


def write_report(session: Session, path: Path) -> None:
    """Write the report of `session` to `path`, as `write_entries` does."""
    write_entries(report_of(session), path)


def write_entries(report: dict[str, Any], path: Path) -> None:
    """Write a report to `path`, whole or not at all, readable by its owner only.

    Raises:
        OutputError: the file cannot be written.
    """
    text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
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


def turn_entry(turn: Turn) -> dict[str, Any]:
    """A turn as the report has it; `rehearse.practice.reading` makes it a turn again."""
    reply, latency, coded = turn.reply, turn.latency, turn.coded
    return {
        "partner": {
            "state": turn.state,
            "text": turn.line,
            **({"unsaid": turn.unsaid} if turn.unsaid else {}),
        },
        "reply": {
            "text": reply.text,
            "start_s": round(reply.start_s, 2),
            "end_s": round(reply.end_s, 2),
            "pause_before_s": round(reply.pause_before_s, 2),
            "interrupted": reply.interrupted,
            **_heard(reply),
        },
        **({"partner_s": round(turn.partner_s, 2)} if turn.partner_s else {}),
        **({"language": coded.language} if coded.language != ENGLISH else {}),
        "codes": [_code(coded, found) for found in coded.evidence],
        "unsure": [evidence_of(found) for found in coded.unsure],
        **({"contested": True} if MISSED in coded.contested else {}),
        **_occasion(turn.occasion),
        "latency_ms": {
            "endpoint": latency.endpoint,
            "transcribe": latency.transcribe,
            "decide": latency.decide,
            "speak": latency.speak,
            "total": latency.total,
        },
        **_moments(turn.moments),
    }


def _heard(reply: Reply) -> dict[str, Any]:
    """What is known of a spoken reply alone."""
    known = {"voiced_s": reply.voiced_s, "backchannels": reply.backchannels}
    return {
        **({"confidence": round(reply.confidence, 3)} if reply.confidence != 1 else {}),
        **{name: value for name, value in known.items() if value is not None},
    }


def _moments(moments: TurnMoments) -> dict[str, Any]:
    known = {name: moment for name, moment in asdict(moments).items() if moment is not None}
    return {"moments_ms": known} if known else {}


def _code(coded: CodedReply, found: Evidence) -> dict[str, Any]:
    label = label_of(coded, found)
    return {
        **evidence_of(found),
        **({"granularity": label.granularity, "stance": label.stance} if label else {}),
        **({"contested": True} if found.code in coded.contested else {}),
    }


def _occasion(occasion: Occasion) -> dict[str, Any]:
    """All else that the debrief is made from, so that it can be made again when a verdict is contested later: the
    scenario's file may have changed by then, or be gone."""
    return {
        "carries": sorted(occasion.carries),
        "feels": list(occasion.feels),
        "instead": {way: {"say": each.say, "why": each.why} for way, each in occasion.instead.items()},
    }


def debrief_entry(debrief: Debrief) -> dict[str, Any]:
    """A debrief as the report has it."""
    labeling, listening, defensiveness = debrief.labeling, debrief.listening, debrief.defensiveness
    return {
        "labeling": _rated(
            labeling.rating, count=labeling.count, granular=labeling.granular, tentative=labeling.tentative
        ),
        "listening": _rated(listening.rating, count=listening.count, fixing=listening.fixing),
        "defensiveness": _rated(defensiveness.rating, count=defensiveness.count, occasions=defensiveness.occasions),
        "strengths": list(debrief.strengths),
        "try_next": debrief.try_next,
        "instead_of": [
            {"said": each.said, "could_say": each.could_say, "why": each.why} for each in debrief.instead_of
        ],
        "finer_word": debrief.finer_word,
        "question": debrief.question,
        "tried_again": [asdict(each) for each in debrief.tried_again],
    }


def _measures(timing: Timing) -> dict[str, float]:
    """What is not known is left out: a typed session has none."""
    return {name: round(value, 2) for name, value in asdict(timing).items() if value is not None}


def _rated(rating: str, **figures: int) -> dict[str, Any]:
    return {"rating": str(rating), **(figures if rating != "not rated" else {})}
