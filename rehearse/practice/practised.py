"""What a plan needs to know of the sessions whose reports were kept."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from rehearse.feedback.ratings import Rating
from rehearse.practice.plan import SKILLS, Practised
from rehearse.scenarios.schema import Scenario

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""Where the name of a report begins with it."""


def practised_sessions(folder: Path, scenes: Iterable[Scenario]) -> list[Practised]:
    """The sessions whose reports lie in `folder`, in order of their names; without a folder there are none.

    What is no report, or a damaged one, or of a scene that is not there any more, is passed over.
    """
    by_id = {scene.id: scene for scene in scenes}
    return [found for path in sorted(folder.glob("*.json")) for found in _practised(path, by_id)]


# As much of a report as is needed here, old or new.


class _Rated(BaseModel):
    rating: Rating = Rating.NOT_RATED


class _Debrief(BaseModel):
    labeling: _Rated = _Rated()
    listening: _Rated = _Rated()
    defensiveness: _Rated = _Rated()


class _Report(BaseModel):
    format: Literal["rehearse.session/1"]
    scenario: str
    ending: str | None = None
    mode: str = "plain"
    debrief: _Debrief = _Debrief()


def _practised(path: Path, by_id: dict[str, Scenario]) -> Iterator[Practised]:
    try:
        report = _Report.model_validate_json(path.read_bytes())
        found = _DAY.match(path.name)
        when = date.fromisoformat(found[0]) if found else date.fromtimestamp(path.stat().st_mtime)
    except (OSError, ValueError, ValidationError):
        return
    scene = by_id.get(report.scenario)
    if scene or report.mode == "drill":
        yield Practised(
            report.scenario,
            scene.level or 1 if scene else 1,
            when,
            {axis: getattr(report.debrief, axis).rating for axis in SKILLS},
            scene.outcome_of(report.ending) if scene else None,
            report.mode,
        )
