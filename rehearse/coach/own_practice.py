"""What a coach has, in the folders of their own."""

from rehearse.coach.assignments import ENDING, read
from rehearse.coach.formats import Assignment
from rehearse.coach.inbox import Inbox
from rehearse.coach.judgements import Judgements
from rehearse.coach.keys import coach_keys
from rehearse.errors import Refused
from rehearse.paths import coach_dir, private


def own_inbox() -> Inbox:
    """What was received.

    Raises:
        CoachError: there are no keys to read it with.
    """
    return Inbox(private(coach_dir() / "received"), coach_keys(coach_dir()))


def own_assigned() -> dict[str, Assignment]:
    """What was assigned, by id, in the order in which it was; copies that are damaged are left out."""
    found = []
    for path in private(coach_dir() / "assigned").glob(f"*{ENDING}"):
        try:
            found.append(read(path).assignment)
        except Refused:
            continue
    return {each.id: each for each in sorted(found, key=lambda each: (each.made_at, each.id))}


def own_judgements() -> Judgements:
    """What the coach has judged.

    Raises:
        CoachError: it is damaged.
    """
    return Judgements(coach_dir())
