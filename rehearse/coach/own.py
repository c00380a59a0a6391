"""What a client has from their coaches, in the folders of their own."""

from datetime import date
from typing import TYPE_CHECKING

from rehearse.coach.assignments import Assignments, Standing, standings
from rehearse.coach.counting import counted
from rehearse.paths import coach_dir, private, scenarios_dir

if TYPE_CHECKING:
    from rehearse.practice.log import PracticeLog


def own_assignments() -> Assignments:
    """Those that were added here."""
    return Assignments(private(coach_dir() / "assignments"), scenarios_dir())


def own_standings(log: "PracticeLog", today: date) -> list[Standing]:
    """How far each of them has come.

    Raises:
        LogError: the log cannot be read.
    """
    found = own_assignments().all()
    return standings(found, counted(log), today) if found else []
