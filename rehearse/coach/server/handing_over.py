"""A coach hands a client over to a supervisor, with what that client has shared so far; and takes that back."""

from contextlib import suppress

from sqlalchemy import text

from rehearse.coach.formats import Coach
from rehearse.coach.keys import CoachKeys, encrypt
from rehearse.coach.server.belonging import reason
from rehearse.coach.server.connection import Server
from rehearse.coach.server.inbox import PracticeInbox
from rehearse.errors import Refused


def hand_over(server: Server, keys: CoachKeys, client: int, role: str, to: Coach, why: str) -> int:
    """Encrypt what `client` has shared to the supervisor too who logs in as `role`; how many shares that are.

    Whether the keys in `to` are theirs is for the coach to find out: the server says so, and its owner rules it.

    Raises:
        PracticeDatabaseError: the client is none of the coach's, or the server does not allow it.
    """
    given = reason(why)
    inbox = PracticeInbox(server, keys, f"to hand over to {role}")
    copies = {}
    for each in inbox.words([client]):
        with suppress(Refused):  # what the coach cannot read, nobody can
            copies[each.file] = encrypt(keys.decrypt(each.content), to)
    with server.transaction() as connection:
        done = [
            connection.execute(
                text("SELECT rehearse_coach.hand_over(:client, :file, :role, :content, :why)"),
                {"client": client, "file": file, "role": role, "content": content, "why": given},
            ).scalar_one()
            for file, content in copies.items()
        ]
    return sum(done)


def take_back(server: Server, client: int, role: str, why: str) -> int:
    """Delete what was encrypted to the supervisor `role` of what `client` has shared; how many shares that were.

    Raises:
        PracticeDatabaseError: the server does not allow it.
    """
    with server.transaction() as connection:
        count: int = connection.execute(
            text("SELECT rehearse_coach.take_back(:client, :role, :why)"),
            {"client": client, "role": role, "why": reason(why)},
        ).scalar_one()
    return count
