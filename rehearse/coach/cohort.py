"""A group's practice as sums over all who share it, from which nobody can tell what one of them did.

The rules are the usual ones for statistics on few people (Hundepool et al. 2012, Statistical Disclosure Control):

1. Nothing is told of fewer than `FEWEST` people.
2. A cell of a distribution with fewer people is hidden, and another one with it, so that it cannot be computed from the
   rest; together those hidden hold at least `FEWEST`. Where all are in one cell, nothing is told: it would tell of each.
3. A sum is told where at least `FEWEST` have part in it, and nobody more than half. The same holds for what is left of
   the whole. How many tries there were is told only with a whole distribution, which could be computed from it.
4. No two aggregates differ by fewer than `FEWEST` people: neither those of two assignments for the group, nor that of
   today and the last one that was told. Until so many have changed, the last one is told again; where somebody of it has
   withdrawn, none.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from rehearse.coach.caseload import Record
from rehearse.coach.formats import Assignment, FileId, Moment, OfACode
from rehearse.errors import CoachError
from rehearse.whole_files import replacing

FEWEST = 5
SKILLS = ("labels", "listening", "fixing", "defensive")


class Aggregate(BaseModel):
    """What is told of one assignment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    assignment: FileId
    made_at: Moment
    people: int
    none: int | None = None
    """So many have not done it yet. None, here and below: hidden."""
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
    """An aggregate, and by digests only this coach can make who had which part in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parts: dict[str, str]
    aggregate: Aggregate | None
    """None: somebody of it has withdrawn."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["rehearse.cohort/1"] = "rehearse.cohort/1"
    told: dict[FileId, _Told] = {}


@dataclass(frozen=True, slots=True)
class Part:
    """What one person did for an assignment."""

    done: int
    of: int
    tries: int
    replies: int
    retried: int
    skills: Mapping[str, OfACode | None]


def parts(assignment: Assignment, records: Sequence[Record]) -> dict[str, Part]:
    """Everybody who shares how far they have come with it, by their key."""
    found = {}
    for record in records:
        for standing in record.standings:
            if standing.progress.assignment == assignment.id:
                found[record.client] = _part(assignment, record, standing.progress.done, standing.progress.of)
    return found


def aggregate(assignment: Assignment, found: Sequence[Part], at: datetime) -> Aggregate | None:
    """What may be told of these people by themselves; None of fewer than `FEWEST`."""
    if len(found) < FEWEST:
        return None
    none = sum(each.done == 0 for each in found)
    all_ = sum(each.done >= each.of > 0 for each in found)
    cells = hidden_cells([none, len(found) - none - all_, all_])
    whole = None not in cells
    skills = {}
    for skill in SKILLS:
        each_one = [part.skills[skill] or OfACode(count=0, of=0) for part in found]
        count = _sum([each.count for each in each_one])
        rest = _sum([each.of - each.count for each in each_one])
        skills[skill] = None if count is None or rest is None else OfACode(count=count, of=count + rest)
    return Aggregate(
        assignment=assignment.id,
        made_at=at,
        people=len(found),
        none=cells[0],
        some=cells[1],
        all=cells[2],
        tries=_sum([each.tries for each in found]) if whole else None,
        replies=_sum([each.replies for each in found]),
        retried=_sum([each.retried for each in found]),
        skills=skills,
    )


def hidden_cells(cells: Sequence[int]) -> list[int | None]:
    """A distribution without the cells that would tell on somebody, nor those from which they could be computed."""
    if max(cells) == sum(cells):
        return [None] * len(cells)
    hidden = {index for index, count in enumerate(cells) if 0 < count < FEWEST}
    while hidden and len(hidden) < len(cells) and (len(hidden) == 1 or sum(cells[index] for index in hidden) < FEWEST):
        hidden.add(min((each for each in range(len(cells)) if each not in hidden), key=cells.__getitem__))
    return [None if index in hidden else count for index, count in enumerate(cells)]


def _sum(values: Sequence[int]) -> int | None:
    total = sum(values)
    told = sum(each > 0 for each in values) >= FEWEST and 2 * max(values) <= total
    return total if told else None


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
        self._file = _File()
        if path.exists():
            try:
                self._file = _File.model_validate_json(path.read_bytes())
            except (ValidationError, OSError):
                raise CoachError(
                    f"{path} cannot be read, and says what was told of the group; bring it back from a backup"
                ) from None

    def tell(
        self, assignments: Sequence[Assignment], records: Sequence[Record], at: datetime
    ) -> list[tuple[Assignment, Aggregate | None]]:
        """What may be told now of each assignment for the group, and is remembered as told.

        Raises:
            OutputError: it cannot be remembered, and so is not told.
        """
        for each in assignments:
            found = parts(each, records)
            told = self._next(each, found, at)
            if told is not None:
                self._file.told[each.id] = told
        self._write()
        return [(each, told.aggregate if (told := self._file.told.get(each.id)) else None) for each in assignments]

    def _next(self, assignment: Assignment, found: Mapping[str, Part], at: datetime) -> _Told | None:
        """What is to be remembered as told of it."""
        last = self._file.told.get(assignment.id)
        now = {self._digest(client): self._digest(f"{client} {part}") for client, part in found.items()}
        before = last.parts if last else {}
        kept = last.model_copy(update={"aggregate": None}) if last and before.keys() - now.keys() else last
        changed = sum(now.get(each) != before.get(each) for each in {*now, *before})
        others = [told.parts.keys() for id_, told in self._file.told.items() if id_ != assignment.id]
        if changed < FEWEST or not all(_apart(now.keys(), each) for each in others):
            return kept
        fresh = aggregate(assignment, list(found.values()), at)
        return _Told(parts=now, aggregate=fresh) if fresh else kept

    def _digest(self, of: str) -> str:
        return hashlib.blake2b(of.encode(), digest_size=16, key=self._secret, person=b"cohort").hexdigest()

    def _write(self) -> None:
        with replacing(self._path) as temporary:
            temporary.write_text(json.dumps(self._file.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")


def _apart(some: Set[str], others: Set[str]) -> bool:
    """Whether nobody can be told from the difference of two aggregates."""
    return all(not 0 < len(left) < FEWEST for left in (some - others, others - some)) or not some & others


def _part(assignment: Assignment, record: Record, done: int, of: int) -> Part:
    tries = [
        each
        for each in record.tries
        if each.counts
        and each.scenario == assignment.scenario
        and each.day >= assignment.made_at.date()
        and (assignment.until is None or each.day <= assignment.until)
    ]
    skills: dict[str, OfACode | None] = {}
    for skill in SKILLS:
        known = [figure for each in tries if (figure := getattr(each.figures, skill)) is not None]
        skills[skill] = OfACode(count=sum(each.count for each in known), of=sum(each.of for each in known))
    return Part(
        done=done,
        of=of,
        tries=len(tries),
        replies=sum(each.turns for each in tries),
        retried=sum(min(each.retries, each.turns) for each in tries),
        skills=skills,
    )
