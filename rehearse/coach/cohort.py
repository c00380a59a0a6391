"""A group's practice as sums over all who share it, from which nobody can tell what one of them did.

Each assignment for the group is told by itself, by the rules of `rehearse.coach.disclosure`. No two of them are told
whose people differ by fewer than `FEWEST`. What was told is told again until as many people have changed in it; where
somebody of it has withdrawn, nothing is. How many tries there were is told only with a whole distribution, which could
be computed from it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rehearse.coach.caseload import Record
from rehearse.coach.disclosure import FEWEST, apart, distribution, total
from rehearse.coach.formats import Assignment, FileId, Moment, OfACode, Try
from rehearse.coach.kept_file import read_kept, write_kept

SKILLS = ("labels", "listening", "fixing", "defensive")
STATE = "state"
"""How far somebody is: 0 not begun, 1 begun, 2 done."""
Numbers = dict[str, int]
"""Of one person: their state, and what is summed up. `labels_rest` is what is left of the occasions of `labels`."""


class Aggregate(BaseModel):
    """What is told of one assignment. None is what is hidden."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    made_at: Moment
    people: int
    none: int | None = None
    """So many have not begun."""
    some: int | None = None
    all: int | None = None
    tries: int | None = None
    """That counted."""
    replies: int | None = None
    """In these."""
    retried: int | None = None
    """Of the replies, those that were tried again."""
    skills: dict[str, OfACode | None] = {}
    """As in `Figures`."""


class _Told(BaseModel):
    """What was told last of an assignment. People are in it under names that only this coach can make."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parts: dict[str, str]
    """A digest of everybody's numbers: who has changed."""
    shown: dict[str, dict[str, int]]
    """Whatever was told, as it was when it was told last: what each person had in it, less who has withdrawn."""
    aggregate: Aggregate | None
    """None: somebody of it has withdrawn."""

    def without(self, gone: set[str]) -> "_Told":
        """The same when these people have withdrawn. Their digests stay: who is gone is a change."""
        if not gone:
            return self
        shown = {
            name: {person: value for person, value in series.items() if person not in gone}
            for name, series in self.shown.items()
        }
        return _Told(parts=self.parts, shown=shown, aggregate=None)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["rehearse.cohort/1"] = "rehearse.cohort/1"
    told: dict[FileId, _Told] = {}


def numbers(assignment: Assignment, records: Sequence[Record]) -> dict[str, Numbers]:
    """Of everybody who shares how far they have come with it, by their key."""
    return {
        record.client: _numbers(assignment, record.tries, standing.progress.done, standing.progress.of)
        for record in records
        for standing in record.standings
        if standing.progress.assignment == assignment.id
    }


def aggregate(
    people: Mapping[str, Numbers], shown: Mapping[str, Mapping[str, int]], at: datetime
) -> tuple[Aggregate, dict[str, dict[str, int]]]:
    """What may be told of these people, given what was `shown` before; and what is shown by now."""
    series = {name: {person: own[name] for person, own in people.items()} for name in next(iter(people.values()))}
    before = shown.get(STATE)
    cells = distribution(_cells(series[STATE]), _cells(before) if before is not None else None)
    sums = {name: total(values, shown.get(name)) for name, values in series.items() if name != STATE}
    if None in cells:
        sums["tries"] = None
    skills: dict[str, OfACode | None] = {}
    for skill in SKILLS:
        count, rest = sums[skill], sums[f"{skill}_rest"]
        told = count is not None and rest is not None
        skills[skill] = OfACode(count=count or 0, of=(count or 0) + (rest or 0)) if told else None
        if not told:
            sums[skill] = sums[f"{skill}_rest"] = None
    now = {name for name, value in sums.items() if value is not None} | ({STATE} if cells != [None] * 3 else set())
    return (
        Aggregate(
            made_at=at,
            people=len(people),
            none=cells[0],
            some=cells[1],
            all=cells[2],
            tries=sums["tries"],
            replies=sums["replies"],
            retried=sums["retried"],
            skills=skills,
        ),
        {name: dict(values) for name, values in shown.items()} | {name: series[name] for name in now},
    )


class Cohort:
    """A group, and what was told of it last."""

    def __init__(self, path: Path, secret: str) -> None:
        """`path`: where that is kept. `secret`: the coach's, in hexadecimal digits; without it nobody can tell from
        the file who is in the group.

        Raises:
            CoachError: the file is damaged.
        """
        self._path = path
        self._secret = bytes.fromhex(secret)
        self._file = read_kept(_File, path, "it says what was told of the group: bring it back from a backup")

    def tell(
        self, assignments: Sequence[Assignment], records: Sequence[Record], at: datetime
    ) -> list[tuple[Assignment, Aggregate | None]]:
        """What may be told now of each assignment for the group, and is remembered as told.

        Raises:
            OutputError: it cannot be remembered, and so is not told.
        """
        for each in assignments:
            people = {self._digest(client): own for client, own in numbers(each, records).items()}
            if told := self._next(each.id, people, at):
                self._file.told[each.id] = told
        write_kept(self._file, self._path)
        return [(each, told.aggregate if (told := self._file.told.get(each.id)) else None) for each in assignments]

    def _next(self, assignment: str, people: Mapping[str, Numbers], at: datetime) -> _Told | None:
        """What is to be remembered as told of it."""
        last = self._file.told.get(assignment)
        before = last.parts if last else {}
        parts = {person: self._digest(f"{person} {sorted(own.items())}") for person, own in people.items()}
        changed = sum(parts.get(each) != before.get(each) for each in {*parts, *before})
        others = [told.parts.keys() for id_, told in self._file.told.items() if id_ != assignment]
        kept = last.without(before.keys() - parts.keys()) if last else None
        if min(len(parts), changed) < FEWEST or not all(apart(parts.keys(), each) for each in others):
            return kept
        told, shown = aggregate(people, kept.shown if kept else {}, at)
        return _Told(parts=parts, shown=shown, aggregate=told)

    def _digest(self, of: str) -> str:
        return hashlib.blake2b(of.encode(), digest_size=16, key=self._secret, person=b"cohort").hexdigest()


def _cells(states: Mapping[str, int]) -> list[int]:
    return [sum(each == state for each in states.values()) for state in range(3)]


def _numbers(assignment: Assignment, tries: Sequence[Try], done: int, of: int) -> Numbers:
    until = assignment.until
    mine = [
        each
        for each in tries
        if each.counts
        and each.scenario == assignment.scenario
        and each.day >= assignment.made_at.date()
        and (until is None or each.day <= until)
    ]
    found = {
        STATE: 0 if not done else 1 if done < of else 2,
        "tries": len(mine),
        "replies": sum(each.turns for each in mine),
        "retried": sum(min(each.retries, each.turns) for each in mine),
    }
    for skill in SKILLS:
        known = [figure for each in mine if (figure := getattr(each.figures, skill)) is not None]
        found[skill] = sum(each.count for each in known)
        found[f"{skill}_rest"] = sum(each.of - each.count for each in known)
    return found
