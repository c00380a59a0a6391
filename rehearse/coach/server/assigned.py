"""What a coach has assigned, in the practice's database: a copy that is encrypted to themselves."""

from collections.abc import Iterator

from sqlalchemy import text

from rehearse.coach.assignments import assignment_in
from rehearse.coach.formats import Assignment
from rehearse.coach.keys import CoachKeys, encrypt
from rehearse.coach.server.belonging import come_in
from rehearse.coach.server.connection import Server
from rehearse.errors import Refused


class AssignedInPractice:
    """The copies of whoever has logged in."""

    def __init__(self, server: Server, keys: CoachKeys) -> None:
        """Come in.

        Raises:
            PracticeDatabaseError: as `come_in` does.
        """
        come_in(server, keys)
        self._server = server
        self._keys = keys

    def keep(self, assignment: Assignment, content: bytes) -> None:
        """As `Assigned` has it."""
        with self._server.transaction() as connection:
            connection.execute(
                text(
                    "INSERT INTO rehearse_coach.assignment (file, made_at, content) VALUES (:file, :made_at, :content) "
                    "ON CONFLICT DO NOTHING"
                ),
                {
                    "file": assignment.id,
                    "made_at": assignment.made_at,
                    "content": encrypt(content, self._keys.coach),
                },
            )

    def all(self) -> Iterator[Assignment]:
        """As `Assigned` has it."""
        with self._server.transaction() as connection:
            contents = connection.execute(
                text("SELECT content FROM rehearse_coach.assignment ORDER BY made_at, file")
            ).scalars()
            kept = contents.all()
        for each in kept:
            try:
                yield assignment_in(self._keys.decrypt(each))
            except Refused:
                continue
