"""The practice log: every session with every turn. What is asked of it comes as small values, never as rows.

    log = PracticeLog(Database.in_file(data_dir() / "practice.db"))
    for past in log.history(): ...
    log.report(past.id)       # as `rehearse.practice.report` gives it

Journal and planned talks are in `journal` and `talks`, over the same `database`; searching is in `searching`.
Every method raises `LogError` where the log cannot be read or written, and `SessionError` for a session that is not
there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm import load_only

from rehearse.errors import SessionError
from rehearse.practice.database import Database
from rehearse.practice.figures import columns_of, figures_of, head_of
from rehearse.practice.searching import Passage, Source, put, remove
from rehearse.practice.session import DRILL
from rehearse.practice.tables import RecordingRow, SessionRow, TurnRow


@dataclass(frozen=True, slots=True)
class Past:
    """A session, without its words."""

    id: int
    began_at: datetime
    """In the zone in which it was practised."""
    scenario: str
    mode: str
    """guided, plain, hard or drill."""
    medium: str
    """voice, typed or recorded."""
    partner: str
    ending: str | None
    completed: bool
    """Whether the scene was played to an ending."""
    over: bool
    """False: it was cut off, or goes on still."""
    turns: int
    """Those that count."""
    retries: int
    minutes: float
    """From the start of the first reply to the end of the last one."""
    labels: int | None
    """Replies that named a feeling. This and what follows: None where the lines gave no occasion."""
    granular: int | None
    """Of these, with a specific word."""
    listening: int | None
    fixing: int | None
    defensive: int | None
    """Replies that defended…"""
    occasions: int | None
    """…out of so many lines that one can get defensive about."""
    mood_before: int | None
    """From 0 (very bad) to 10 (very good)."""
    mood_after: int | None
    wordless: bool
    """Whether its words were dropped, and its figures kept."""
    private: bool = False
    """Whether the safety screen stepped in: the session is nobody else's business until the person says so."""
    broken_off: bool = False
    """Whether it ended with that: nothing is made of it, and it is not gone on with."""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn as it lies in the log."""

    number: int
    """From 0. A turn that was tried again has the number of the one that took its place."""
    retried: bool
    """Whether it was tried again, and counts for nothing."""
    entry: dict[str, Any]
    """As in the report."""
    hearable: bool = False
    """Whether its sound is kept."""


@dataclass(frozen=True, slots=True)
class PlacedTurn:
    """A turn and where it stands."""

    place: int
    """In order of time, over all turns of the session."""
    number: int
    retried: bool
    entry: dict[str, Any]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a session, and does not stand in its report."""

    began_at: datetime
    """In the zone in which it is practised."""
    mode: str = "plain"
    medium: str = "voice"
    ended_at: datetime | None = None
    source: str | None = None
    """The name of the file that it was read from."""


class PracticeLog:
    """Every session that was kept."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # Reading.

    def history(
        self, *, since: datetime | None = None, until: datetime | None = None, newest: int | None = None
    ) -> list[Past]:
        """The sessions that began in the time from `since` to before `until`, in the order in which they were kept;
        of these the `newest` so many."""
        query = select(SessionRow).order_by(SessionRow.id.desc())
        if since:
            query = query.where(SessionRow.began_at >= since)
        if until:
            query = query.where(SessionRow.began_at < until)
        with self.database.reading() as session:
            return [past_of(row) for row in _light(session, query.limit(newest))][::-1]

    def past(self, id_: int) -> Past:
        """One of them."""
        with self.database.reading() as session:
            return past_of(_row(session, id_))

    def last(self) -> Past | None:
        """The newest."""
        return next(iter(self.history(newest=1)), None)

    def turns(self, id_: int) -> list[KeptTurn]:
        """The turns of a session in order of time, with those that were tried again."""
        with self.database.reading() as session:
            _row(session, id_)
            sounds = select(RecordingRow.turn_id).join(TurnRow).where(TurnRow.session_id == id_, is_not_expired())
            heard = set(session.scalars(sounds))
            rows = session.scalars(select(TurnRow).where(TurnRow.session_id == id_).order_by(TurnRow.place))
            return [KeptTurn(row.number, row.retried, row.entry, row.id in heard) for row in rows]

    def all_turns(self, *, since: datetime | None = None) -> Iterator[tuple[int, list[KeptTurn]]]:
        """The turns of every session that began since then, by the session's id, in the order of `history`."""
        turn = TurnRow.__table__.c  # half the time of mapped columns: this is years of practice
        query = select(turn.session_id, turn.number, turn.retried, turn.entry).order_by(turn.session_id, turn.place)
        if since:
            query = query.join(SessionRow, SessionRow.id == turn.session_id).where(SessionRow.began_at >= since)
        with self.database.reading() as session:
            of_session, turns = -1, list[KeptTurn]()
            for row in session.execute(query.execution_options(yield_per=200)):
                if row.session_id != of_session:
                    if turns:
                        yield of_session, turns
                    of_session, turns = row.session_id, []
                turns.append(KeptTurn(row.number, row.retried, row.entry))
            if turns:
                yield of_session, turns

    def report(self, id_: int) -> dict[str, Any]:
        """The report of a session, format `rehearse.session/1`."""
        return next(self.reports([id_]))

    def reports(self, ids: Iterable[int]) -> Iterator[dict[str, Any]]:
        """The reports of these sessions."""
        with self.database.reading() as session:
            for id_ in ids:
                row = _row(session, id_)
                query = select(TurnRow.retried, TurnRow.number, TurnRow.entry).where(TurnRow.session_id == id_)
                entries = session.execute(query.order_by(TurnRow.place)).all()
                kept = [each.entry for each in entries if not each.retried]
                yield {**row.report, "turns": kept, "retried": [each.entry for each in entries if each.retried]}

    def placed_turns(self, id_: int) -> list[PlacedTurn]:
        """The turns of a session as they were written."""
        query = select(TurnRow).where(TurnRow.session_id == id_).order_by(TurnRow.place)
        with self.database.reading() as session:
            return [PlacedTurn(row.place, row.number, row.retried, row.entry) for row in session.scalars(query)]

    def position(self, id_: int) -> dict[str, Any] | None:
        """Where a session that was cut off goes on."""
        with self.database.reading() as session:
            return _row(session, id_).position

    def cut_off(self) -> Past | None:
        """The newest session that can be taken up."""
        going_on = SessionRow.ended_at.is_(None) & SessionRow.position.is_not(None)
        query = select(SessionRow).where(going_on, SessionRow.mode != DRILL)
        with self.database.reading() as session:
            return next(map(past_of, _light(session, query.order_by(SessionRow.id.desc()).limit(1))), None)

    # Writing.

    def add(self, report: Mapping[str, Any], about: About) -> int:
        """Keep a whole session; its id."""
        turns = [PlacedTurn(place, place, False, entry) for place, entry in enumerate(report["turns"])]
        for entry in report.get("retried", ()):
            number = next((turn.number for turn in turns if turn.entry["partner"] == entry["partner"]), 0)
            turns.append(PlacedTurn(len(turns), number, True, entry))
        return self.write(None, report, about, turns)

    def write(
        self,
        id_: int | None,
        report: Mapping[str, Any],
        about: About,
        changed: Sequence[PlacedTurn],
        gone: Sequence[int] = (),
        position: Mapping[str, Any] | None = None,
    ) -> int:
        """Keep how a session stands, all of it or nothing; its id.

        `changed`: the turns that are new, or other than they were; `gone`: the places of those that are no more.
        """
        values = _columns(report, about, position)
        with self.database.writing() as session:
            new = id_ is None
            if id_ is None:
                id_ = session.execute(insert(SessionRow).values(values).returning(SessionRow.id)).scalar_one()
            elif not session.execute(update(SessionRow).where(SessionRow.id == id_).values(values)).rowcount:  # type: ignore[attr-defined]
                raise _no_session(id_)
            _remove_turns(session, id_, gone)
            _add_turns(session, id_, [turn for turn in changed if new or not _changed(session, id_, turn)])
        return id_

    def rewrite(self, id_: int, report: Mapping[str, Any]) -> None:
        """Put a report whose verdicts have changed in place of the session's own; it has the same turns."""
        with self.database.writing() as session:
            _row(session, id_)
            session.execute(
                update(SessionRow).where(SessionRow.id == id_).values(report=head_of(report), **figures_of(report))
            )
            query = select(TurnRow.id, TurnRow.retried).where(TurnRow.session_id == id_).order_by(TurnRow.place)
            kept = [row for row, retried in session.execute(query) if not retried]
            for row, entry in zip(kept, report["turns"], strict=True):
                session.execute(update(TurnRow).where(TurnRow.id == row).values(entry=entry))

    def put_sound(self, id_: int, place: int, flac: bytes, seconds: float, expires_at: datetime) -> None:
        """Keep how the reply at `place` of a session sounded, until then; nothing where there is no such reply."""
        with self.database.writing() as session:
            turn = session.scalar(select(TurnRow.id).where(TurnRow.session_id == id_, TurnRow.place == place))
            if turn is not None:
                session.execute(delete(RecordingRow).where(RecordingRow.turn_id == turn))
                values = {"turn_id": turn, "flac": flac, "seconds": seconds, "expires_at": expires_at}
                session.execute(insert(RecordingRow).values(values))

    def sound(self, id_: int, number: int) -> bytes | None:
        """How the reply with that number sounded, as FLAC; None where that is not kept, or no longer."""
        query = (
            select(RecordingRow.flac)
            .join(TurnRow)
            .where(TurnRow.session_id == id_, TurnRow.number == number, ~TurnRow.retried, is_not_expired())
        )
        with self.database.reading() as session:
            return session.scalar(query)

    def set_mood(self, id_: int, *, before: int | None = None, after: int | None = None) -> None:
        """How the person felt before and after, from 0 to 10; what is None stays as it is."""
        values = {"mood_before": before, "mood_after": after}
        known = {name: value for name, value in values.items() if value is not None}
        with self.database.writing() as session:
            _row(session, id_)
            if known:
                session.execute(update(SessionRow).where(SessionRow.id == id_).values(known))

    def read_from(self, name: str) -> int | None:
        """The session that was read from the file of that name, with or without its suffix."""
        query = select(SessionRow.id).where(SessionRow.source.in_([name, f"{name}.json"]))
        with self.database.reading() as session:
            return session.scalar(query)

    def sources(self) -> set[str]:
        """The names of the files that sessions were read from."""
        with self.database.reading() as session:
            return {each for each in session.scalars(select(SessionRow.source)) if each}

    def count(self) -> int:
        """How many sessions there are."""
        with self.database.reading() as session:
            return session.scalar(select(func.count(SessionRow.id))) or 0


def about(past: Past) -> About:
    """What is known of a session that goes on."""
    return About(past.began_at, past.mode, past.medium)


def past_of(row: SessionRow) -> Past:
    """A session's row as a value."""
    return Past(
        row.id,
        row.began_at.astimezone(timezone(timedelta(seconds=row.utc_offset_s))),
        row.scenario,
        row.mode,
        row.medium,
        row.partner,
        row.ending,
        row.completed,
        row.ended_at is not None,
        row.turns,
        row.retries,
        row.practised_s / 60,
        row.labels,
        row.granular,
        row.listening,
        row.fixing,
        row.defensive,
        row.occasions,
        row.mood_before,
        row.mood_after,
        row.wordless,
        row.private,
        row.broken_off,
    )


def utc_offset_s(moment: datetime) -> int:
    """Of a moment that knows its zone."""
    return int((moment.utcoffset() or timedelta()).total_seconds())


def is_not_expired() -> ColumnElement[bool]:
    """The condition for a recording that may be heard still; `forgetting.keep_to` drops the others."""
    return RecordingRow.expires_at >= now()


def now() -> datetime:
    """The present moment, in the zone of this machine."""
    return datetime.now(UTC).astimezone()


def _light(session: OrmSession, query: Select[SessionRow]) -> Iterable[SessionRow]:
    return session.scalars(query.options(load_only(*_SHOWN)))


_SHOWN = [
    getattr(SessionRow, each.key)
    for each in SessionRow.__table__.columns
    if each.key not in {"report", "position", "source", "seed", "pronoun"}
]


def _row(session: OrmSession, id_: int) -> SessionRow:
    row = session.get(SessionRow, id_)
    if row is None:
        raise _no_session(id_)
    return row


def _no_session(id_: int) -> SessionError:
    return SessionError(f"there is no session {id_} in the practice log; `rehearse history` lists them")


def _columns(report: Mapping[str, Any], about: About, position: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "began_at": about.began_at,
        "utc_offset_s": utc_offset_s(about.began_at),
        "ended_at": about.ended_at,
        "mode": about.mode,
        "medium": about.medium,
        "source": about.source,
        "wordless": False,
        "position": position,
        **columns_of(report),
    }


def _changed(session: OrmSession, of_session: int, turn: PlacedTurn) -> bool:
    """Whether there was such a turn, which is as `turn` now."""
    here = (TurnRow.session_id == of_session, TurnRow.place == turn.place)
    values = {"number": turn.number, "retried": turn.retried, "entry": turn.entry}
    return session.scalar(update(TurnRow).where(*here).values(values).returning(TurnRow.id)) is not None


def _add_turns(session: OrmSession, of_session: int, turns: Sequence[PlacedTurn]) -> None:
    if turns:
        rows = [{"session_id": of_session, **asdict(turn)} for turn in turns]
        ids = session.scalars(insert(TurnRow).returning(TurnRow.id, sort_by_parameter_order=True), rows)
        words = [(turn.entry["reply"]["text"], turn.entry["partner"]["text"]) for turn in turns]
        put(session, Source.TURN, [Passage(id_, *each) for id_, each in zip(ids, words, strict=True)])


def _remove_turns(session: OrmSession, of_session: int, places: Sequence[int]) -> None:
    if places:
        query = select(TurnRow.id).where(TurnRow.session_id == of_session, TurnRow.place.in_(places))
        ids = list(session.scalars(query))
        remove(session, Source.TURN, ids)
        session.execute(delete(TurnRow).where(TurnRow.id.in_(ids)))
