"""Keeping a session in the log as it goes: each turn is there before the partner answers it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from rehearse.errors import LogError, SessionError
from rehearse.practice.log import About, PlacedTurn, PracticeLog, now
from rehearse.practice.reading import FAULTS, turn_of
from rehearse.practice.report import report_of
from rehearse.practice.session import CutOff, Position, Session, Turn

Entry = dict[str, Any]


class Keeping:
    """Keeps one session.

    Where the log cannot be written the session goes on in memory, and each turn tries again to have all of it kept.
    """

    def __init__(
        self,
        log: PracticeLog,
        about: About,
        *,
        trouble: Callable[[LogError], None],
        goes_on: int | None = None,
    ) -> None:
        """`trouble` is told the first time that something cannot be kept. `goes_on`: the session that is taken up."""
        self._log = log
        self._about = about
        self._trouble = trouble
        self.id = goes_on
        """The session's, once something of it is in the log."""
        self.failed: LogError | None = None
        """Why what there is now is not all kept."""
        self._places: list[int] = []
        """Where each turn that counts stands in time."""
        self._retried: dict[int, int] = {}
        """The numbers of those that were tried again, by their places."""
        self._kept: dict[int, PlacedTurn] = {}
        """What the log holds, by place."""
        self._next_place = 0
        self._position: Position | None = None
        if goes_on is not None:
            self._position = log.position(goes_on)
            self._know(log.placed_turns(goes_on))

    def keep(self, session: Session, position: Position) -> None:
        """Keep how `session` stands after a turn."""
        report = report_of(session)
        self._position = position
        self._place(report)
        self._write(report, over=session.broken_off)

    def keep_sound(self, flac: bytes, seconds: float, expires_at: datetime) -> None:
        """Keep how the reply of the last turn sounded, if the turn itself is kept."""
        if self.id is None or self.failed or not self._places:
            return
        try:
            self._log.put_sound(self.id, self._places[-1], flac, seconds, expires_at)
        except LogError as error:
            self._trouble(error)

    def end(self, session: Session) -> bool:
        """Keep `session`, which is over or was cut short, unless nothing was said in it; whether it is kept."""
        report = report_of(session)
        self._place(report)
        if self.id is None and not report["turns"] and not report["retried"]:
            return True
        self._write(report, over=session.over)
        return self.failed is None

    def _know(self, turns: Sequence[PlacedTurn]) -> None:
        self._kept = {turn.place: turn for turn in turns}
        self._places = [turn.place for turn in turns if not turn.retried]
        self._retried = {turn.place: turn.number for turn in turns if turn.retried}
        self._next_place = 1 + max(self._kept, default=-1)

    def _place(self, report: Mapping[str, Any]) -> None:
        """Find out what has become of the turns since the last time: at most one thing."""
        new = len(report["retried"]) - len(self._retried)
        for number in range(len(self._places) - new, len(self._places)):
            self._retried[self._places[number]] = number
        del self._places[len(self._places) - new :]
        del self._places[len(report["turns"]) :]
        while len(self._places) < len(report["turns"]):
            self._places.append(self._next_place)
            self._next_place += 1

    def _write(self, report: Mapping[str, Any], *, over: bool) -> None:
        counting = [
            PlacedTurn(place, number, False, entry)
            for number, (place, entry) in enumerate(zip(self._places, report["turns"], strict=True))
        ]
        retried = [
            PlacedTurn(place, number, True, entry)
            for (place, number), entry in zip(self._retried.items(), report["retried"], strict=True)
        ]
        present = {turn.place: turn for turn in counting + retried}
        changed = [turn for place, turn in present.items() if self._kept.get(place) != turn]
        gone = [place for place in self._kept if place not in present]
        about = replace(self._about, ended_at=now() if over else None)
        position = None if over else self._position
        try:
            self.id = self._log.write(self.id, report, about, changed, gone, position)
        except (LogError, SessionError) as error:
            self._fail(error if isinstance(error, LogError) else LogError(str(error)))
        else:
            self._kept, self.failed = present, None

    def _fail(self, error: LogError) -> None:
        first = self.failed is None
        self.failed = error
        if first:
            self._trouble(error)


def cut_off(log: PracticeLog, id_: int) -> CutOff:
    """What there is of a session that was cut off.

    Raises:
        SessionError: it is not there, it is over, or it cannot be read.
        LogError: the log cannot be read.
    """
    past, position = log.past(id_), log.position(id_)
    if past.over:
        how = "was stopped" if past.broken_off else "was played to its end"
        raise SessionError(f"session {id_} {how}; `rehearse practice {past.scenario}` begins it anew")
    if position is None:
        raise SessionError(f"where session {id_} stopped is not known; begin anew: `rehearse practice {past.scenario}`")
    turns = log.placed_turns(id_)
    try:
        counting, retried = (_read(turns, retried=retried) for retried in (False, True))
    except FAULTS:
        raise SessionError(f"session {id_} is damaged; begin anew: `rehearse practice {past.scenario}`") from None
    return CutOff(counting, retried, position, past.private)


def _read(turns: Sequence[PlacedTurn], *, retried: bool) -> tuple[Turn, ...]:
    return tuple(turn_of(turn.entry) for turn in turns if turn.retried is retried)
