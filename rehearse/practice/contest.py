"""Contesting what a kept session says a reply did. A contested verdict stays in the report, and counts for nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rehearse.errors import SessionError
from rehearse.feedback.codes import MISSED, Code, CodedReply, Evidence
from rehearse.feedback.debrief import debrief
from rehearse.feedback.moment import Alternative, Moment, Occasion, verdicts
from rehearse.practice.report import FORMAT, debrief_entry, write_entries


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reply was understood to do."""

    turn: int
    """From 0."""
    reply: str
    code: str
    """A code, or `MISSED`."""
    words: str
    """Those that earned the code; the whole reply for `MISSED`."""
    contested: bool


class KeptSession:
    """The report of a session, as it lies in its file."""

    def __init__(self, path: Path) -> None:
        """Read it.

        Raises:
            SessionError: there is none at `path`, or it cannot be read.
        """
        self._path = path
        try:
            self._report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            if self._report["format"] != FORMAT:
                raise SessionError(f"{path} is no report in the format {FORMAT}; name another session")
            partner = self._report.get("partner")
            self._partner = (str(partner["name"]), partner["pronoun"]) if partner else None
            self._moments = [_moment(turn) for turn in self._report["turns"]]
        except OSError as error:
            raise SessionError(f"{path} cannot be read ({error.strerror}); check the path") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise SessionError(f"{path} holds no whole report of a session; name another session") from None

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All of them in order, the contested ones too: a verdict keeps its number."""
        return tuple(verdict for turn, moment in enumerate(self._moments) for verdict in _verdicts(turn, moment))

    def contest(self, verdict: Verdict, *, undo: bool = False) -> None:
        """Leave `verdict` out of every figure, or let it count again, and write that down.

        Raises:
            OutputError: the report cannot be written; it is as it was.
        """
        turn = self._report["turns"][verdict.turn]
        entry = turn if verdict.code == MISSED else next(e for e in turn["codes"] if e["code"] == verdict.code)
        if undo:
            entry.pop("contested", None)
        else:
            entry["contested"] = True
        self._moments[verdict.turn] = _moment(turn)
        self._make_debrief_anew()
        write_entries(self._report, self._path)

    def _make_debrief_anew(self) -> None:
        """An older report does not hold what its debrief is made from: it is kept, and marked as not true any more.
        Where the safety screen ended the session, there is none."""
        if self._report.get("private") and not self._report.get("completed"):
            return
        if self._partner and all("carries" in turn for turn in self._report["turns"]):
            name, pronoun = self._partner
            self._report["debrief"] = debrief_entry(debrief(name, self._moments, pronoun=pronoun))
        elif any(moment.coded.contested for moment in self._moments):
            self._report["debrief"]["before_contesting"] = True
        else:
            self._report["debrief"].pop("before_contesting", None)


def _verdicts(turn: int, moment: Moment) -> Iterator[Verdict]:
    coded = moment.coded
    words = {str(found.code): found.text for found in coded.evidence}
    for code in verdicts(moment):
        yield Verdict(turn, coded.text, code, words.get(code, coded.text), code in coded.contested)


def _moment(turn: dict[str, Any]) -> Moment:
    contested = {entry["code"] for entry in turn["codes"] if entry.get("contested")}
    coded = CodedReply(
        turn["reply"]["text"],
        tuple(map(_evidence, turn["codes"])),
        tuple(map(_evidence, turn.get("unsure", ()))),
        frozenset(contested | ({MISSED} if turn.get("contested") else set())),
    )
    occasion = Occasion(
        frozenset(turn.get("carries", ())),
        tuple(turn.get("feels", ())),
        {way: Alternative(each["say"], each["why"]) for way, each in turn.get("instead", {}).items()},
    )
    return Moment(turn["partner"]["text"], occasion, coded)


def _evidence(entry: dict[str, Any]) -> Evidence:
    return Evidence(Code(entry["code"]), float(entry["confidence"]), entry["start"], entry["end"], entry["text"])
