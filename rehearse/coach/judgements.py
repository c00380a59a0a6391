"""Where a coach agrees with the coder, and where not: kept in one small file, without a word of a client's.

What they see otherwise waits here until it goes along with the next assignment for that client.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rehearse.coach.caseload import Record
from rehearse.coach.formats import Correction, FileId, Key, Moment, Ref, Words
from rehearse.coach.kept_file import read_kept, write_kept
from rehearse.errors import CoachError
from rehearse.feedback.codes import Code
from rehearse.whole_files import alone_with

FILE = "judgements.json"


class Finding(StrEnum):
    """What a coach finds of a code."""

    RIGHT = "right"
    """The coder gave it, and they hear it too."""
    WRONG = "wrong"
    """The coder gave it, and they do not hear it."""
    MISSED = "missed"
    """They hear it, and the coder did not give it."""


class Judgement(BaseModel):
    """What a coach finds of a code in a reply that they were shown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    client: Key
    ref: Ref
    turn: Annotated[int, Field(ge=0, le=1000)]
    """Of those that count, from 0."""
    code: Code
    finding: Finding
    instead: Code | None = None
    """What they hear instead of one that is wrong."""
    note: Words | None = None
    made_at: Moment
    sent: FileId | None = None
    """The assignment with which it went."""

    @property
    def of(self) -> tuple[str, str, int, Code]:
        """What it is about: one reply's one code is judged once."""
        return self.client, self.ref, self.turn, self.code

    @property
    def waits(self) -> bool:
        """Whether the client is still to be told."""
        return self.finding is not Finding.RIGHT and self.sent is None

    @property
    def correction(self) -> Correction:
        """What the client is told. Of a code that the coder did not give it says that the feeling was not left for
        later after all, and what was done with it."""
        if self.finding is Finding.MISSED:
            return Correction(ref=self.ref, turn=self.turn, code="missed", instead=self.code, note=self.note)
        return Correction(ref=self.ref, turn=self.turn, code=self.code, instead=self.instead, note=self.note)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["rehearse.judgements/1"] = "rehearse.judgements/1"
    judgements: list[Judgement] = []


class Judgements:
    """Those in a folder."""

    def __init__(self, folder: Path) -> None:
        """Read what there is.

        Raises:
            CoachError: it is damaged.
        """
        self._path = folder / FILE
        self._file = self._read()

    @property
    def all(self) -> tuple[Judgement, ...]:
        """In the order in which they were made."""
        return tuple(self._file.judgements)

    def of(self, client: str) -> tuple[Judgement, ...]:
        """Those of one client's replies."""
        return tuple(each for each in self.all if each.client == client)

    def waiting(self, client: str) -> tuple[Judgement, ...]:
        """What this client is still to be told."""
        return tuple(each for each in self.of(client) if each.waits)

    def put(self, judgement: Judgement) -> None:
        """Keep it, in the place of an earlier one on the same.

        Raises:
            OutputError: it cannot be written.
        """
        self._change(lambda kept: [*(each for each in kept if each.of != judgement.of), judgement])

    def take_back(self, judgement: Judgement) -> None:
        """Forget what was found of that code.

        Raises:
            OutputError: that cannot be written.
        """
        self._change(lambda kept: [each for each in kept if each.of != judgement.of])

    def went(self, sent: Iterable[Judgement], assignment: str) -> None:
        """Remember with which assignment they went.

        Raises:
            OutputError: that cannot be written.
        """
        gone = set(sent)
        self._change(
            lambda kept: [each.model_copy(update={"sent": assignment}) if each in gone else each for each in kept]
        )

    def _change(self, change: Callable[[list[Judgement]], list[Judgement]]) -> None:
        """Change what is there by now: another command may have written since this one has read."""
        with alone_with(self._path):
            self._file = _File(judgements=change(self._read().judgements))
            write_kept(self._file, self._path)

    def _read(self) -> _File:
        return read_kept(_File, self._path, "bring it back from a backup, or delete it")


def judged(
    record: Record,
    ref: str,
    turn: int,
    code: Code,
    finding: Finding,
    at: datetime,
    *,
    instead: Code | None = None,
    note: str | None = None,
) -> Judgement:
    """A judgement on something that this client has shown. `ref`: the beginning of the session's.

    Raises:
        CoachError: they have not shown it, the code stands there or does not, or the note is too long.
    """
    session = record.session(ref)
    reply = session.reply(turn)
    if reply is None:
        raise CoachError(f"{record.called} has not shown you reply {turn + 1} of that session; look at their page")
    given = {each.code for each in reply.codes}
    if finding is Finding.MISSED and code in given:
        raise CoachError(f"the program has given {code} there; leave --missed out, or --confirm it")
    if finding is not Finding.MISSED and code not in given:
        stands = ", ".join(sorted(given)) or "no code"
        raise CoachError(f"{code} does not stand there, but {stands}; --missed says that you hear it all the same")
    if instead == code:
        raise CoachError(f"--instead names {code} again; name what you hear, or leave it out")
    try:
        return Judgement(
            client=record.client,
            ref=session.ref,
            turn=turn,
            code=code,
            finding=finding,
            instead=instead,
            note=note or None,
            made_at=at,
        )
    except ValidationError:
        raise CoachError("a note has 1 to 4,000 characters of plain text; write it otherwise") from None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one code: how a coach's ear and the coder go together, over what the coach has judged."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    """How often they heard it where the coder had not given it."""

    @property
    def given(self) -> int:
        """How often the coder had given it."""
        return self.right + self.wrong


def agreement(judgements: Iterable[Judgement]) -> Mapping[Code, Agreement]:
    """Code by code. What was heard instead of another counts as missed there."""
    counts = {code: dict.fromkeys(Finding, 0) for code in Code}
    for each in judgements:
        counts[each.code][each.finding] += 1
        if each.instead:
            counts[each.instead][Finding.MISSED] += 1
    return {
        code: Agreement(found[Finding.RIGHT], found[Finding.WRONG], found[Finding.MISSED])
        for code, found in counts.items()
        if any(found.values())
    }
