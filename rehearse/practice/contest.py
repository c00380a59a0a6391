"""Contesting what a kept session says a reply did. A contested verdict stays in the report, and counts for nothing."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rehearse.errors import SessionError
from rehearse.feedback.codes import MISSED
from rehearse.feedback.debrief import debrief
from rehearse.feedback.moment import Moment, verdicts
from rehearse.practice.reading import FAULTS, moment_of
from rehearse.practice.report import FORMAT, debrief_entry, write_entries

if TYPE_CHECKING:
    from rehearse.practice.log import PracticeLog


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
    contested_by: str | None = None
    """Who does not agree, where it is not the person."""


class KeptSession:
    """A session in the log, or its report in a file."""

    def __init__(self, name: str, report: dict[str, Any], write: Callable[[dict[str, Any]], object]) -> None:
        """`write` puts the report back where it was.

        Raises:
            SessionError: it is no whole report.
        """
        self.name = name
        self._report = report
        self._write = write
        try:
            if report["format"] != FORMAT:
                raise SessionError(f"{name} is no report in the format {FORMAT}; name another session")
            partner = report.get("partner")
            self._partner = (str(partner["name"]), partner["pronoun"]) if partner else None
            self._moments = [moment_of(turn) for turn in report["turns"]]
        except FAULTS:
            raise SessionError(f"{name} holds no whole report of a session; name another session") from None

    @classmethod
    def in_file(cls, path: Path) -> "KeptSession":
        """The report at `path`.

        Raises:
            SessionError: there is none, or it cannot be read.
        """
        try:
            report = json.loads(path.read_bytes())
        except OSError as error:
            raise SessionError(f"{path} cannot be read ({error.strerror}); check the path") from None
        except FAULTS:
            raise SessionError(f"{path} holds no whole report of a session; name another session") from None
        return cls(path.stem, report, lambda changed: write_entries(changed, path))

    @classmethod
    def in_log(cls, log: "PracticeLog", id_: int) -> "KeptSession":
        """The session `id_` of `log`.

        Raises:
            SessionError: there is none.
            LogError: the log cannot be read.
        """
        return cls(f"Session {id_}", log.report(id_), lambda changed: log.rewrite(id_, changed))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All of them in order, the contested ones too: a verdict keeps its number."""
        entries = self._report["turns"]
        return tuple(
            replace(verdict, contested_by=_entry(entries[turn], verdict).get("contested_by"))
            for turn, moment in enumerate(self._moments)
            for verdict in _verdicts(turn, moment)
        )

    def contest(self, verdict: Verdict, *, undo: bool = False, by: str | None = None) -> None:
        """Leave `verdict` out of every figure, or let it count again, and write that down. `by`: who does not agree,
        where it is not the person.

        Raises:
            OutputError: the report cannot be written; it is as it was.
            LogError: likewise.
        """
        turn = self._report["turns"][verdict.turn]
        entry = _entry(turn, verdict)
        if undo:
            entry.pop("contested", None)
            entry.pop("contested_by", None)
        else:
            entry["contested"] = True
            entry.update({"contested_by": by} if by else {})
        self._moments[verdict.turn] = moment_of(turn)
        self._make_debrief_anew()
        self._write(self._report)

    def _make_debrief_anew(self) -> None:
        """An older report does not hold what its debrief is made from: it is kept, and marked as not true any more.
        Where the safety screen ended the session, there is none."""
        if self._report.get("broken_off"):
            return
        if self._partner and all("carries" in turn for turn in self._report["turns"]):
            name, pronoun = self._partner
            told = self._report["debrief"].get("tried_again", [])  # what the first tries were answered is not kept
            made = debrief_entry(debrief(name, self._moments, pronoun=pronoun))
            self._report["debrief"] = {**made, "tried_again": told}
        elif any(moment.coded.contested for moment in self._moments):
            self._report["debrief"]["before_contesting"] = True
        else:
            self._report["debrief"].pop("before_contesting", None)


def _entry(turn: dict[str, Any], verdict: Verdict) -> dict[str, Any]:
    """Where in the report a verdict stands."""
    return turn if verdict.code == MISSED else next(each for each in turn["codes"] if each["code"] == verdict.code)


def _verdicts(turn: int, moment: Moment) -> Iterator[Verdict]:
    coded = moment.coded
    words = {str(found.code): found.text for found in coded.evidence}
    for code in verdicts(moment):
        yield Verdict(turn, coded.text, code, words.get(code, coded.text), code in coded.contested)
