"""Reading what a report holds back into the values it was made from."""

from collections.abc import Mapping
from typing import Any

from rehearse.dialogue import Reply
from rehearse.feedback.codes import MISSED, Code, CodedReply, Evidence
from rehearse.feedback.language import ENGLISH
from rehearse.feedback.moment import Alternative, Moment, Occasion
from rehearse.moments import TurnMoments
from rehearse.practice.session import Turn

FAULTS = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading raises where something is not as it should be."""


def turn_of(entry: Mapping[str, Any]) -> Turn:
    """A turn of a report, old or new; times are to the centisecond."""
    partner, said = entry["partner"], entry["reply"]
    reply = Reply(
        said["text"],
        said["start_s"],
        said["end_s"],
        said.get("pause_before_s", 0.0),
        said.get("interrupted", False),
        said.get("confidence", 1.0),
        voiced_s=said.get("voiced_s"),
        backchannels=said.get("backchannels"),
    )
    moment = moment_of(entry)
    return Turn(
        partner["state"],
        partner["text"],
        reply,
        moment.coded,
        moment.occasion,
        entry.get("partner_s", 0.0),
        partner.get("unsaid", ""),
        TurnMoments(**entry.get("moments_ms", {})),
    )


def moment_of(entry: Mapping[str, Any]) -> Moment:
    """What a turn of a report was, for the feedback."""
    contested = {each["code"] for each in entry["codes"] if each.get("contested")}
    coded = CodedReply(
        entry["reply"]["text"],
        tuple(map(_evidence, entry["codes"])),
        tuple(map(_evidence, entry.get("unsure", ()))),
        frozenset(contested | ({MISSED} if entry.get("contested") else set())),
        entry.get("language", ENGLISH),
    )
    occasion = Occasion(
        frozenset(entry.get("carries", ())),
        tuple(entry.get("feels", ())),
        {way: Alternative(each["say"], each["why"]) for way, each in entry.get("instead", {}).items()},
    )
    return Moment(entry["partner"]["text"], occasion, coded)


def _evidence(entry: Mapping[str, Any]) -> Evidence:
    return Evidence(Code(entry["code"]), float(entry["confidence"]), entry["start"], entry["end"], entry["text"])
