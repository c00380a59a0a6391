"""Coming in as a member of the practice, with the keys that one has."""

from sqlalchemy import text

from rehearse.coach.formats import Coach
from rehearse.coach.keys import CoachKeys
from rehearse.coach.server.connection import Server
from rehearse.coach.server.migrating import check
from rehearse.errors import PracticeDatabaseError

MAX_REASON = 200
"""Characters: what somebody opens words for goes into the audit trail."""


def come_in(server: Server, keys: CoachKeys) -> None:
    """See that the practice knows the keys, and name them to it the first time.

    Raises:
        PracticeDatabaseError: the server is away, has other tables, or knows the one who has logged in not at all or by
            other keys.
    """
    with server.transaction() as connection:
        check(connection)
        known = connection.execute(
            text("SELECT role, signs, opens FROM rehearse_coach.member WHERE id = rehearse_coach.me()")
        ).one_or_none()
        coach = keys.coach
        if known is None:
            raise PracticeDatabaseError(
                "you do not belong to the practice whose database that is; its owner adds you with "
                "`rehearse coach database add-coach NAME`"
            )
        if known.signs is None:
            connection.execute(
                text("SELECT rehearse_coach.join_with(:name, :signs, :opens)"), coach.model_dump(mode="json")
            )
        elif (known.signs, known.opens) != (coach.signs, coach.opens):
            raise PracticeDatabaseError(
                f"the practice knows {known.role} by other keys than yours; bring those back from a backup, or have "
                "its owner remove and add you"
            )


def supervisor(server: Server, role: str) -> Coach:
    """The supervisor who logs in as `role`.

    Raises:
        PracticeDatabaseError: there is none, they have not come in yet, or the server is away.
    """
    with server.transaction() as connection:
        found = connection.execute(
            text(
                "SELECT name, signs, opens FROM rehearse_coach.member "
                "WHERE role = :role AND kind = 'supervisor' AND left_at IS NULL AND signs IS NOT NULL"
            ),
            {"role": role},
        ).one_or_none()
    if found is None:
        raise PracticeDatabaseError(
            f"the practice knows no keys of a supervisor {role!r}; have them run `rehearse coach database sums`"
        )
    return Coach(name=found.name, signs=found.signs, opens=found.opens)


def reason(given: str) -> str:
    """What something is done for, as the audit trail takes it.

    Raises:
        PracticeDatabaseError: it is none, or too long.
    """
    found = " ".join(given.split())
    if not 0 < len(found) <= MAX_REASON:
        raise PracticeDatabaseError(f"the audit trail takes a reason of 1 to {MAX_REASON} characters; give another")
    return found
