"""What a coach has received, in the practice's database: the same as in a folder, and a trace of whoever opens it.

A file is kept as it came, encrypted to the coach. Beside it stand, readable, only its number, its days and what a
supervisor needs: sessions, replies and minutes by week, and how far assignments have come. How often somebody got
defensive is in what is encrypted.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import text

from rehearse.coach.formats import Share, Withdrawal
from rehearse.coach.inbox import MAX_FILE_BYTES, Outcome, Taken, opened, told
from rehearse.coach.keys import CoachKeys
from rehearse.coach.reading_files import content_of
from rehearse.coach.server.belonging import come_in, reason
from rehearse.coach.server.connection import Server
from rehearse.coach.shares import ENDING
from rehearse.coach.signing import Signed
from rehearse.errors import Refused

_CLIENTS_AT_ONCE = 50
"""Of so many the words are asked for in one transaction; they have to be read within ten minutes."""
_TAKE_SHARE = text(
    "SELECT outcome, of_client, is_new FROM rehearse_coach.take_share(:coach, :client, :file, :number, :made_at, "
    ":since, :until, :seal, :content, CAST(:weeks AS jsonb), CAST(:progress AS jsonb))"
)
_TAKE_WITHDRAWAL = text(
    "SELECT outcome, of_client, false AS is_new FROM rehearse_coach.take_withdrawal(:coach, :client, :file, :made_at)"
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a client has shared, encrypted to whoever asks for it."""

    client_key: str
    file: str
    """The share's id."""
    coach: str
    """Whom the client has made it for."""
    content: bytes


class PracticeInbox:
    """What was received by whoever has logged in; for a supervisor, what was handed over to them."""

    def __init__(self, server: Server, keys: CoachKeys, why: str) -> None:
        """Come in. `why`: what words are opened for; it goes into the audit trail.

        Raises:
            PracticeDatabaseError: as `come_in` does, or the reason is none.
        """
        come_in(server, keys)
        self._server = server
        self._keys = keys
        self._why = reason(why)
        self.damaged: list[Path] = []
        """Shares that could not be read when all were last read, as they would be called in a folder."""

    def take_in(self, path: Path) -> Taken:
        """Keep what is in the file at `path`, or drop what it withdraws. The file stays.

        Raises:
            Refused: as `Inbox.take_in` does.
            PracticeDatabaseError: the server does not take it.
        """
        content = content_of(path, MAX_FILE_BYTES)
        signed, document = opened(content, self._keys)
        about = {"coach": document.coach, "client": document.client.key, "made_at": document.made_at}
        if isinstance(document, Withdrawal):
            asked, about = _TAKE_WITHDRAWAL, {**about, "file": document.share}
        else:
            asked, about = _TAKE_SHARE, {**about, **self._row(document, signed), "content": content}
        with self._server.transaction() as connection:
            done = connection.execute(asked, about).one()
        taken = told(Outcome(done.outcome), signed, document, new=done.is_new)
        return replace(taken, says=f"{taken.says} (client {done.of_client} of the practice)")

    def shares(self, clients: Sequence[int] | None = None) -> Iterator[Share]:
        """All that are here for whoever has logged in, or those of some clients, by their numbers in the practice;
        client by client, in the order of the shares' numbers. `damaged` names what is not whole. Who opens whose words
        and what for is in the audit trail before they are read.

        Raises:
            PracticeDatabaseError: the server does not give them.
        """
        self.damaged = []
        if clients is None:
            with self._server.transaction() as connection:
                clients = connection.execute(text("SELECT rehearse_coach.clients_to_open()")).scalars().all()
        for begin in range(0, len(clients), _CLIENTS_AT_ONCE):
            for words in self.words(clients[begin : begin + _CLIENTS_AT_ONCE]):
                share = self._opened(words)
                if share:
                    yield share
                else:
                    self.damaged.append(Path(words.client_key[:32]) / f"{words.file}{ENDING}")

    def words(self, clients: Sequence[int]) -> Iterator[Words]:
        """What those clients have shared, who are known by their numbers in the practice.

        Raises:
            PracticeDatabaseError: the server does not give it.
        """
        with self._server.transaction() as connection:  # committed before anything can be read
            asked = connection.execute(
                text("SELECT entry, of_client FROM rehearse_coach.ask_to_open(CAST(:clients AS integer[]), :why)"),
                {"clients": list(clients), "why": self._why},
            )
            entries = {row.of_client: row.entry for row in asked}
        for client in filter(entries.__contains__, clients):
            with self._server.transaction() as connection:
                rows = connection.execute(
                    text("SELECT client_key, file, coach, content FROM rehearse_coach.words_of(:entry)"),
                    {"entry": entries[client]},
                ).all()
            for row in rows:
                yield Words(row.client_key, row.file, row.coach, row.content)

    def _opened(self, words: Words) -> Share | None:
        """None: it cannot be read, or is not the one that was asked for."""
        try:
            _, document = opened(words.content, self._keys, words.coach)
        except Refused:
            return None
        asked = (document.client.key, document.id) == (words.client_key, words.file)
        return document if isinstance(document, Share) and asked else None

    def _row(self, share: Share, signed: Signed) -> dict[str, Any]:
        kept = {"begins", "sessions", "completed", "turns", "retries", "minutes"}
        weeks = {each.begins: each.model_dump(mode="json", include=kept) for each in share.weeks}
        progress = {each.assignment: each.model_dump(mode="json") for each in share.progress}
        key = bytes.fromhex(self._keys.signs)
        return {
            "file": share.id,
            "number": share.number,
            "since": share.since,
            "until": share.until,
            "seal": hashlib.blake2b(signed.body, digest_size=32, key=key, person=b"seal").digest(),
            "weeks": json.dumps(list(weeks.values())),
            "progress": json.dumps(list(progress.values())),
        }
