"""The talk itself, which all practice is for: planned, held or not, and looked back on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from rehearse.errors import SessionError
from rehearse.practice.database import Database
from rehearse.practice.log import now
from rehearse.practice.searching import Passage, Source, put, remove, words_of
from rehearse.practice.tables import PlannedTalkRow


@dataclass(frozen=True, slots=True)
class PlannedTalk:
    """A talk that somebody wants to have."""

    with_whom: str
    about: str = ""
    scenario: str | None = None
    """What it is practised with."""
    on_day: date | None = None
    """Roughly when."""
    first_sentence: str = ""
    when_hot: str = ""
    """What to do when it gets hot."""
    happened: bool | None = None
    """None: not known yet."""
    happened_on: date | None = None
    how_it_went: str = ""
    say_again: str = ""
    """What they would say again."""
    id: int = 0
    planned_at: datetime | None = None
    answered_at: datetime | None = None
    """When the person said what has become of it."""


class Talks:
    """All of them. Every method raises `LogError`, and `SessionError` for a talk that is not there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def plan(self, talk: PlannedTalk) -> int:
        """Keep a new one; its id."""
        with self._database.writing() as rows:
            values = {"planned_at": now(), **_values(talk)}
            id_ = rows.execute(insert(PlannedTalkRow).values(values).returning(PlannedTalkRow.id)).scalar_one()
            put(rows, Source.TALK, [_passage(id_, talk)])
        return id_

    def change(self, talk: PlannedTalk) -> None:
        """Keep `talk` as it is now: `replace(talks.talk(3), on_day=…)`."""
        with self._database.writing() as rows:
            changed = update(PlannedTalkRow).where(PlannedTalkRow.id == talk.id).values(_values(talk))
            if rows.scalar(changed.returning(PlannedTalkRow.id)) is None:
                raise _no_talk(talk.id)
            remove(rows, Source.TALK, [talk.id])
            put(rows, Source.TALK, [_passage(talk.id, talk)])

    def forget(self, id_: int) -> None:
        """Delete it; `forgetting.sweep` takes what is left of it out of the file."""
        self.talk(id_)
        with self._database.writing() as rows:
            remove(rows, Source.TALK, [id_])
            rows.execute(delete(PlannedTalkRow).where(PlannedTalkRow.id == id_))

    def talk(self, id_: int) -> PlannedTalk:
        """One of them."""
        found = [each for each in self.talks() if each.id == id_]
        if not found:
            raise _no_talk(id_)
        return found[0]

    def talks(self) -> list[PlannedTalk]:
        """All of them in the order in which they were planned."""
        with self._database.reading() as rows:
            return [_talk(row) for row in rows.scalars(select(PlannedTalkRow).order_by(PlannedTalkRow.id))]


_FIELDS = (
    *("with_whom", "about", "scenario", "on_day", "first_sentence", "when_hot"),
    *("happened", "happened_on", "how_it_went", "say_again", "answered_at"),
)


def _values(talk: PlannedTalk) -> dict[str, Any]:
    return {name: getattr(talk, name) for name in _FIELDS}


def _talk(row: PlannedTalkRow) -> PlannedTalk:
    return PlannedTalk(id=row.id, planned_at=row.planned_at, **{name: getattr(row, name) for name in _FIELDS})


def _passage(id_: int, talk: PlannedTalk) -> Passage:
    return Passage(id_, words_of(PlannedTalkRow(**_values(talk))))


def _no_talk(id_: int) -> SessionError:
    return SessionError(f"there is no planned talk {id_}; `rehearse talk list` lists them")
