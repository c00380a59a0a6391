"""What a coach has received: files as they came, still encrypted, in a folder for each client.

Files come late, twice and out of order: a share is known by its id, and one that was withdrawn stays out however often
it comes, also where the withdrawal came first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
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
        signed, document = self._opened(content)
        new = self._is_new(document.client.key)
        folder = private(self._folder / document.client.key[:32])
        who = document.client.name or "a client"
        if isinstance(document, Withdrawal):
            self._keep(folder / f"{document.share}{WITHDRAWAL}", content)
            there = folder / f"{document.share}{ENDING}"
            if there.exists():
                there.unlink()
                return Taken(f"{who} has withdrawn a share; it is deleted here", withdrawn_by=document.client.key)
            return Taken(f"{who} has withdrawn a share that is not here; it will not be taken when it comes")
        if (folder / f"{document.id}{WITHDRAWAL}").exists():
            return Taken(f"{who} has withdrawn this share; it is not taken")
        there = folder / f"{document.id}{ENDING}"
        if there.exists():
            if self._opened(there.read_bytes())[0].body != signed.body:
                raise Refused("it has the id of another share of this client; ask them for a new one")
            return Taken(f"share {document.number} of {who} is here already")
        self._keep(there, content)
        first = f"; the first from a client with the key words “{key_words(document.client.key)}”" if new else ""
        return Taken(f"share {document.number} of {who}{first}", signed.body)

    def shares(self) -> Iterator[Share]:
        """All that are here, client by client, in the order of their numbers; `damaged` names what is not whole."""
        self.damaged = []
        found = []
        for path in sorted(self._folder.glob(f"*/*{ENDING}")):
            try:
                _, document = self._opened(content_of(path, MAX_FILE_BYTES))
            except Refused:
                self.damaged.append(path)
                continue
            if isinstance(document, Share):
                found.append(document)
        yield from sorted(found, key=lambda each: (each.client.key, each.number, each.made_at))

    def _opened(self, content: bytes) -> tuple[Signed, Share | Withdrawal]:
        signed = verify(self._keys.decrypt(content))
        document = document_of(signed)
        if not isinstance(document, Share | Withdrawal):
            raise Refused("it is no share; choose a file that ends in .rehearse-share")
        if document.coach != self._keys.coach.signs:
            raise Refused("it was made for another coach, and passed on; ask your client for one of your own")
        return signed, document

    def _is_new(self, client: str) -> bool:
        return not (self._folder / client[:32]).exists()

    def _keep(self, path: Path, content: bytes) -> None:
        with replacing(path) as temporary:
            temporary.write_bytes(content)
