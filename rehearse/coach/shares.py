"""What was shared when, and taking it back. Of what was in it only the kinds are kept here, and no word of it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from rehearse.coach.formats import MAX_SHARE_BYTES, Client, Coach, FileId, Moment, Share, Withdrawal
from rehearse.coach.kept_file import read_kept, write_kept
from rehearse.coach.keys import ClientKey, encrypt
from rehearse.coach.paper import page_of
from rehearse.coach.preview import lines_on_paper
from rehearse.coach.signing import body_of, sign
from rehearse.errors import CoachError
from rehearse.whole_files import replacing

FILE = "shares.json"
ENDING = ".rehearse-share"


class Sent(BaseModel):
    """A share that was made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: FileId
    number: int | None
    """None: it went on paper, where the coach's program does not count."""
    made_at: Moment
    coach: Coach
    held: tuple[str, ...]
    """What was in it beside counts: "2 quotes"."""
    journal: tuple[int, ...] = ()
    """Entries that were in it, by their numbers in the log."""
    withdrawn_at: Moment | None = None


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Literal["rehearse.shares/1"] = "rehearse.shares/1"
    shares: list[Sent] = []


@dataclass(frozen=True, slots=True)
class Draft:
    """A share that is to be looked at before it goes."""

    share: Share
    body: bytes
    """What is signed and encrypted, byte for byte, and what the preview is made from."""
    journal: tuple[int, ...] = ()
    """The entries that are in it, by their numbers in the log."""


def drafted(share: Share, journal: Sequence[int] = ()) -> Draft:
    """`share` as it will go."""
    return Draft(share, body_of(share), tuple(journal))


class Shares:
    """Those in a folder."""

    def __init__(self, folder: Path) -> None:
        """Read what there is.

        Raises:
            CoachError: it is damaged.
        """
        self._path = folder / FILE
        self._file = read_kept(_File, self._path, "it says what you have shared: bring it back from a backup")

    @property
    def all(self) -> tuple[Sent, ...]:
        """In the order in which they were made."""
        return tuple(self._file.shares)

    def next_number(self, coach: Coach) -> int:
        """The number of the next share with that coach."""
        return 1 + max((each.number or 0 for each in self.all if each.coach.signs == coach.signs), default=0)

    def journal_shown(self, coach: Coach) -> dict[int, datetime]:
        """The journal entries that this coach was shown, and when last. What was withdrawn was shown, too: it goes
        again only if the client says so."""
        return {id_: each.made_at for each in self.all if each.coach.signs == coach.signs for id_ in each.journal}

    def send(self, draft: Draft, coach: Coach, key: ClientKey, path: Path) -> None:
        """Write what was looked at to `path`, such that only the coach can read it, and put it on the list first: it
        may go as soon as it is there.

        Raises:
            CoachError: it is too large, or the coach's key cannot be used.
            OutputError: it cannot be written.
        """
        if len(draft.body) > MAX_SHARE_BYTES:
            raise CoachError(f"that is more than {MAX_SHARE_BYTES // 1024**2} MiB; share fewer recordings")
        content = encrypt(sign(draft.body, key.signing(coach.signs)), coach)
        self._send(draft, draft.share.number, coach, content, path)

    def print(self, draft: Draft, coach: Coach, path: Path) -> None:
        """Write a page with what was looked at to `path`, to be printed or read by anybody, and put it on the list.

        Raises:
            OutputError: it cannot be written.
        """
        self._send(draft, None, coach, page_of(lines_on_paper(draft.body)).encode(), path)

    def _send(self, draft: Draft, number: int | None, coach: Coach, content: bytes, path: Path) -> None:
        share = draft.share
        held = tuple(_held(share))
        sent = Sent(id=share.id, number=number, made_at=share.made_at, coach=coach, held=held, journal=draft.journal)
        self._write([*self.all, sent])
        try:
            with replacing(path) as temporary:
                temporary.write_bytes(content)
        except BaseException:
            self._write([each for each in self.all if each.id != share.id])
            raise

    def withdraw(self, named: str, key: ClientKey, at: datetime, path: Path) -> Sent:
        """Write to `path` what asks the coach's program to drop a share; which one it was. As often as one likes.

        Raises:
            CoachError: there is no such share.
            OutputError: it cannot be written.
        """
        found = [each for each in self.all if each.id.startswith(named) and len(named) >= 4]
        if len(found) != 1:
            raise CoachError(f"there is no share {named!r}; `rehearse share list` lists them")
        sent = found[0]
        if sent.number is None:
            raise CoachError("that went on paper, which no program can take back; ask your coach to destroy it")
        withdrawal = Withdrawal(
            id=secrets.token_hex(8),
            made_at=at,
            client=Client(key=key.public(sent.coach.signs)),
            coach=sent.coach.signs,
            share=sent.id,
        )
        content = encrypt(sign(body_of(withdrawal), key.signing(sent.coach.signs)), sent.coach)
        with replacing(path) as temporary:
            temporary.write_bytes(content)
        withdrawn = sent.model_copy(update={"withdrawn_at": withdrawal.made_at})
        self._write([withdrawn if each.id == sent.id else each for each in self.all])
        return sent

    def _write(self, shares: Sequence[Sent]) -> None:
        self._file = _File(shares=list(shares))
        write_kept(self._file, self._path)


def _held(share: Share) -> list[str]:
    kinds = {
        "single session": len(share.tries),
        "quote": len(share.quotes),
        "transcript": len(share.transcripts),
        "recording": len(share.recordings),
        "journal entry": len(share.journal),
        "question": len(share.asks),
        "text of your own": sum(each is not None for each in (share.hard, share.says)),
    }
    plural = {"journal entry": "journal entries", "text of your own": "texts of your own"}
    return [f"{count} {name if count == 1 else plural.get(name, f'{name}s')}" for name, count in kinds.items() if count]
