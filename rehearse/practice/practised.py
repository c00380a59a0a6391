"""What a plan needs to know of the sessions that are in the log."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import BaseModel

from rehearse.feedback.ratings import Rating
from rehearse.practice.plan import SKILLS, Practised
from rehearse.practice.session import DRILL
from rehearse.scenarios.schema import Scenario

if TYPE_CHECKING:
    from rehearse.practice.log import PracticeLog

NEWEST = 100
"""What was longer ago has no part in what comes next."""


def practised_sessions(log: "PracticeLog", scenes: Iterable[Scenario]) -> list[Practised]:
    """The newest sessions, in the order in which they were kept.

    Those of a scene that is not there any more are passed over, and those that the safety screen ended.

    Raises:
        LogError: the log cannot be read.
    """
    by_id = {scene.id: scene for scene in scenes}
    newest = [past for past in log.history(newest=NEWEST) if not past.broken_off]
    pasts = [past for past in newest if past.scenario in by_id or past.mode == DRILL]
    reports = log.reports(past.id for past in pasts)
    found = []
    for past, report in zip(pasts, reports, strict=True):
        scene = by_id.get(past.scenario)
        rated = _Debrief.model_validate(report.get("debrief", {}))
        found.append(
            Practised(
                past.scenario,
                scene.level or 1 if scene else 1,
                past.began_at.date(),
                {axis: getattr(rated, axis).rating for axis in SKILLS},
                scene.outcome_of(past.ending) if scene else None,
                past.mode,
            )
        )
    return found


class _Rated(BaseModel):
    rating: Rating = Rating.NOT_RATED


class _Debrief(BaseModel):
    labeling: _Rated = _Rated()
    listening: _Rated = _Rated()
    defensiveness: _Rated = _Rated()
