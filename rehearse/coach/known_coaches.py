"""The coaches whose key words a client has compared."""

from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from rehearse.coach.formats import Coach, Moment, Title
from rehearse.coach.kept_file import read_kept, write_kept
from rehearse.errors import CoachError

FILE = "known-coaches.json"


class KnownCoach(BaseModel):
    """A coach whom the client has met."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    coach: Coach
    met_at: Moment
    called: Title | None = None
    """What the client wishes to be called by them."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["rehearse.known-coaches/1"] = "rehearse.known-coaches/1"
    coaches: list[KnownCoach] = []


class KnownCoaches:
    """Those in a folder."""

    def __init__(self, folder: Path) -> None:
        """Read what there is.

        Raises:
            CoachError: it is damaged.
        """
        self._path = folder / FILE
        self._file = read_kept(
            _File, self._path, "bring it back from a backup, or delete it and compare your coach's words again"
        )

    @property
    def all(self) -> tuple[KnownCoach, ...]:
        """In the order in which they were met."""
        return tuple(self._file.coaches)

    def knows(self, coach: Coach) -> bool:
        """Whether both keys are those that the words were compared of."""
        return any(each.coach.signs == coach.signs and each.coach.opens == coach.opens for each in self.all)

    def named_alike(self, coach: Coach) -> bool:
        """Whether another coach has that name: most likely this one with new keys, or somebody who pretends."""
        return any(each.coach.name.casefold() == coach.name.casefold() for each in self.all)

    def find(self, named: str | None) -> KnownCoach:
        """The one of that name; the only one, where none is named.

        Raises:
            CoachError: there is none, or several could be meant.
        """
        if not self.all:
            raise CoachError("you know no coach yet; add what they gave you: `rehearse assignment add FILE`")
        wanted = (named or "").casefold()
        found = [each for each in self.all if wanted in each.coach.name.casefold() or each.coach.signs == wanted]
        exact = [each for each in found if each.coach.name.casefold() == wanted or each.coach.signs == wanted]
        chosen = exact or found
        if len(chosen) == 1:
            return chosen[0]
        names = ", ".join(f"{each.coach.name} ({each.coach.signs[:8]}…)" for each in self.all)
        if not chosen:
            raise CoachError(f"you know no coach {named!r}; there are {names}")
        raise CoachError(f"several coaches could be meant; say which with --to: {names}, or the whole key")

    def meet(self, coach: Coach, at: datetime) -> None:
        """Know them from now on.

        Raises:
            OutputError: that cannot be written.
        """
        if not self.knows(coach):
            kept = [each for each in self.all if each.coach.signs != coach.signs]
            self._write([*kept, KnownCoach(coach=coach, met_at=at)])

    def call_me(self, coach: Coach, name: str | None) -> None:
        """Be called so by this coach.

        Raises:
            CoachError: that is no name.
            OutputError: that cannot be written.
        """
        try:
            self._write(
                [
                    KnownCoach(coach=each.coach, met_at=each.met_at, called=name) if each.coach == coach else each
                    for each in self.all
                ]
            )
        except ValidationError:
            raise CoachError("a name has 1 to 80 characters, in one line; give another with --as") from None

    def _write(self, coaches: list[KnownCoach]) -> None:
        self._file = _File(coaches=coaches)
        write_kept(self._file, self._path)
