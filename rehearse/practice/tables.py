"""The tables of the practice log, alike in SQLite and PostgreSQL. They are made and changed by `migrations` alone.

    session ─┬─ turn ─── recording        a session, its turns (tried again ones too), their sound if it was asked for
             └─ journal_entry             written after a session, or at any time
    planned_talk                          the real conversation: planned, held or not, looked back on
    proposal                              what was proposed for a day
    passage                               what can be searched (see `rehearse.practice.searching`)

Moments are in UTC, with the offset of the place beside those of which the day matters.
"""

from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, DateTime, ForeignKey, LargeBinary, MetaData, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

MOOD = "BETWEEN 0 AND 10"
"""How somebody feels before and after: from 0 (very bad) to 10 (very good)."""


class Utc(TypeDecorator[datetime]):
    """A moment that knows its zone; SQLite has none."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As UTC without a zone."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """With its zone."""
        return value.replace(tzinfo=UTC) if value else None


class Table(DeclarativeBase):
    """Base of all tables. A number that was given is never given again, also when what had it was forgotten."""

    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Utc, dict[str, Any]: JSON(none_as_null=True)}


class SessionRow(Table):
    """A session. Its figures stand in columns, so that a table of thousands reads no turn."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint(f"mood_before {MOOD}", name="mood_before"),
        CheckConstraint(f"mood_after {MOOD}", name="mood_after"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    began_at: Mapped[datetime] = mapped_column(index=True)
    utc_offset_s: Mapped[int]
    ended_at: Mapped[datetime | None]
    """None: it was cut off, or goes on still."""
    scenario: Mapped[str] = mapped_column(index=True)
    seed: Mapped[int] = mapped_column(BigInteger)
    mode: Mapped[str]
    medium: Mapped[str]
    """voice, typed or recorded."""
    partner: Mapped[str]
    pronoun: Mapped[str | None]
    ending: Mapped[str | None]
    completed: Mapped[bool]
    turns: Mapped[int]
    """Those that count."""
    retries: Mapped[int]
    practised_s: Mapped[float]
    labels: Mapped[int | None]
    """This and what follows: as in the debrief; None where the skill is not rated."""
    granular: Mapped[int | None]
    listening: Mapped[int | None]
    fixing: Mapped[int | None]
    defensive: Mapped[int | None]
    occasions: Mapped[int | None]
    mood_before: Mapped[int | None]
    mood_after: Mapped[int | None]
    source: Mapped[str | None] = mapped_column(unique=True)
    """The name of the report that it was read from, where it is older than the log."""
    wordless: Mapped[bool]
    """Whether its words were dropped, and its figures kept."""
    private: Mapped[bool]
    """Whether the safety screen stepped in."""
    broken_off: Mapped[bool]
    """Whether it ended with that."""
    report: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    """What its report holds beside the turns and what stands in columns: debrief, measures, and keys to come."""
    position: Mapped[dict[str, Any] | None] = mapped_column(deferred=True)
    """Where it goes on when it is taken up; None once it is over."""


class TurnRow(Table):
    """A turn, as its report has it."""

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("session_id", "place"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    place: Mapped[int]
    """In order of time, over all turns of the session."""
    number: Mapped[int]
    """From 0. A turn that was tried again has the number of the one that took its place."""
    retried: Mapped[bool]
    """Whether it was tried again, and counts for nothing."""
    entry: Mapped[dict[str, Any]]


class RecordingRow(Table):
    """How a reply sounded."""

    __tablename__ = "recording"

    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turn.id", ondelete="CASCADE"), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    seconds: Mapped[float]
    flac: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


class JournalRow(Table):
    """Something that somebody wrote or said for themselves."""

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="SET NULL"), index=True)
    written_at: Mapped[datetime] = mapped_column(index=True)
    utc_offset_s: Mapped[int]
    edited_at: Mapped[datetime | None]
    question: Mapped[str | None]
    text: Mapped[str]
    for_coach: Mapped[bool]
    """Whether the person has chosen that their coach may see just this entry."""


class PlannedTalkRow(Table):
    """The talk itself."""

    __tablename__ = "planned_talk"

    id: Mapped[int] = mapped_column(primary_key=True)
    planned_at: Mapped[datetime]
    with_whom: Mapped[str]
    about: Mapped[str]
    scenario: Mapped[str | None]
    """What it is practised with."""
    on_day: Mapped[date | None]
    first_sentence: Mapped[str]
    when_hot: Mapped[str]
    """What to do when it gets hot."""
    answered_at: Mapped[datetime | None]
    """When the person said what has become of it."""
    happened: Mapped[bool | None]
    """None: not known yet."""
    happened_on: Mapped[date | None]
    how_it_went: Mapped[str]
    say_again: Mapped[str]
    """What they would say again."""


class ProposalRow(Table):
    """A practice that was proposed for a day."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    scenario: Mapped[str]
    mode: Mapped[str]
    why: Mapped[str]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="SET NULL"), index=True)
    """What came of it."""


IN_ORDER: tuple[type[Table], ...] = (SessionRow, TurnRow, RecordingRow, JournalRow, PlannedTalkRow, ProposalRow)
"""What is referred to comes before what refers to it."""
