"""What a coach has: in the folders of their own, or in their practice's database."""

from rehearse.coach.formats import Assignment
from rehearse.coach.judgements import Judgements
from rehearse.coach.keys import coach_keys
from rehearse.coach.opening import Received, open_assigned, open_inbox
from rehearse.paths import coach_dir


def own_inbox(why: str = "review") -> Received:
    """What was received. `why`: what it is opened for, as a practice's audit trail has it.

    Raises:
        CoachError: there are no keys to read it with, or the practice's database cannot be used.
    """
    return open_inbox(coach_dir(), coach_keys(coach_dir()), why)


def own_assigned() -> dict[str, Assignment]:
    """What was assigned, by id, in the order in which it was; copies that are damaged are left out.

    Raises:
        CoachError: there are no keys, or the practice's database cannot be used.
    """
    return {each.id: each for each in open_assigned(coach_dir(), coach_keys(coach_dir())).all()}


def own_judgements() -> Judgements:
    """What the coach has judged.

    Raises:
        CoachError: it is damaged.
    """
    return Judgements(coach_dir())
