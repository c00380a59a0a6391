"""What a coach has received: files as they came, still encrypted, in a folder for each client.

Files come late, twice and out of order: a share is known by its id, and one that was withdrawn stays out however often
it comes, also where the withdrawal came first.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rehearse.coach.formats import MAX_SHARE_BYTES, Share, Withdrawal
from rehearse.coach.key_words import key_words
from rehearse.coach.keys import CoachKeys
from rehearse.coach.reading_files import content_of
from rehearse.coach.shares import ENDING
from rehearse.coach.signing import Signed, document_of, verify
from rehearse.errors import Refused
from rehearse.paths import private
from rehearse.whole_files import replacing

MAX_FILE_BYTES = 2 * MAX_SHARE_BYTES
"""Encrypted, and as text."""
WITHDRAWAL = ".rehearse-withdrawal"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file."""

    says: str
    body: bytes | None = None
    """What is new in it, to be shown."""
    withdrawn_by: str | None = None
    """The key of a client who has taken something back: what was made of it is to go, too."""


class Outcome(StrEnum):
    """What became of a share, or of a withdrawal."""

    TAKEN = "taken"
    HERE = "here"
    """It was taken before."""
    ANOTHER = "another"
    """Another share of this client has its id."""
    WITHDRAWN = "withdrawn"
    """It was withdrawn before it came, or came again."""
    DELETED = "deleted"
    """A withdrawal, and what it names is gone."""
    AWAITED = "awaited"
    """A withdrawal, and what it names is not here yet."""


class Inbox:
    """What was received, in a folder."""

    def __init__(self, folder: Path, keys: CoachKeys) -> None:
        self._folder = folder
        self._keys = keys
        self.damaged: list[Path] = []
        """Files that could not be read when all were last read."""

    def take_in(self, path: Path) -> Taken:
        """Keep what is in the file at `path`, or drop what it withdraws.

        Raises:
            Refused: it cannot be read with the coach's keys, is not signed by its client, was changed, is from a newer
                program, or another share has its id.
            OutputError: it cannot be written.
        """
        content = content_of(path, MAX_FILE_BYTES)
        signed, document = opened(content, self._keys)
        new = not (self._folder / document.client.key[:32]).exists()
        folder = private(self._folder / document.client.key[:32])
        if isinstance(document, Withdrawal):
            outcome = self._withdraw(folder, document, content)
        else:
            outcome = self._take(folder, document, signed, content)
        return told(outcome, signed, document, new=new)

    def shares(self) -> Iterator[Share]:
        """All that are here, client by client, in the order of their numbers; `damaged` names what is not whole."""
        self.damaged = []
        found = []
        for path in sorted(self._folder.glob(f"*/*{ENDING}")):
            try:
                _, document = opened(content_of(path, MAX_FILE_BYTES), self._keys)
            except Refused:
                self.damaged.append(path)
                continue
            if isinstance(document, Share):
                found.append(document)
        yield from sorted(found, key=lambda each: (each.client.key, each.number, each.made_at))

    def _withdraw(self, folder: Path, withdrawal: Withdrawal, content: bytes) -> Outcome:
        self._keep(folder / f"{withdrawal.share}{WITHDRAWAL}", content)
        there = folder / f"{withdrawal.share}{ENDING}"
        if not there.exists():
            return Outcome.AWAITED
        there.unlink()
        return Outcome.DELETED

    def _take(self, folder: Path, share: Share, signed: Signed, content: bytes) -> Outcome:
        if (folder / f"{share.id}{WITHDRAWAL}").exists():
            return Outcome.WITHDRAWN
        there = folder / f"{share.id}{ENDING}"
        if there.exists():
            with suppress(Refused):  # what is damaged here is replaced
                same = opened(content_of(there, MAX_FILE_BYTES), self._keys)[0].body == signed.body
                return Outcome.HERE if same else Outcome.ANOTHER
        self._keep(there, content)
        return Outcome.TAKEN

    def _keep(self, path: Path, content: bytes) -> None:
        with replacing(path) as temporary:
            temporary.write_bytes(content)


def drop_withdrawn(folder: Path) -> None:
    """Drop from `folder` what was withdrawn and has come from another machine of the coach, where it was there still.

    Raises:
        OSError: it cannot be deleted.
    """
    for path in folder.glob(f"*/*{WITHDRAWAL}"):
        path.with_suffix(ENDING).unlink(missing_ok=True)


def opened(content: bytes, keys: CoachKeys, coach: str | None = None) -> tuple[Signed, Share | Withdrawal]:
    """What a client has made for `coach`, or for whoever has the keys, in a file that these open.

    Raises:
        Refused: it cannot be read with the keys, is not signed by its client, was changed, is from a newer program, or
            was made for somebody else.
    """
    signed = verify(keys.decrypt(content))
    document = document_of(signed)
    if not isinstance(document, Share | Withdrawal):
        raise Refused("it is no share; choose a file that ends in .rehearse-share")
    if document.coach != (coach or keys.coach.signs):
        raise Refused("it was made for another coach, and passed on; ask your client for one of your own")
    return signed, document


def told(outcome: Outcome, signed: Signed, document: Share | Withdrawal, *, new: bool) -> Taken:
    """What became of a file, in words; `new`: nothing had come from that client before.

    Raises:
        Refused: another share has its id.
    """
    who = document.client.name or "a client"
    if isinstance(document, Withdrawal):
        if outcome is Outcome.DELETED:
            return Taken(f"{who} has withdrawn a share; it is deleted here", withdrawn_by=document.client.key)
        return Taken(f"{who} has withdrawn a share that is not here; it will not be taken when it comes")
    if outcome is Outcome.ANOTHER:
        raise Refused("it has the id of another share of this client; ask them for a new one")
    if outcome is Outcome.WITHDRAWN:
        return Taken(f"{who} has withdrawn this share; it is not taken")
    if outcome is Outcome.HERE:
        return Taken(f"share {document.number} of {who} is here already")
    first = f"; the first from a client with the key words “{key_words(document.client.key)}”" if new else ""
    return Taken(f"share {document.number} of {who}{first}", signed.body)
