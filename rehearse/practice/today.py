"""One practice for today, and why just this one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rehearse.feedback.codes import Axis
from rehearse.practice.plan import next_practice
from rehearse.practice.practised import practised_sessions
from rehearse.practice.standing import Assigned, Choice, Standing
from rehearse.scenarios.schema import Scenario

if TYPE_CHECKING:
    from rehearse.practice.log import PracticeLog


@dataclass(frozen=True, slots=True)
class ForToday:
    """A practice of a few minutes."""

    scenario: Scenario
    mode: str
    """guided, plain or hard."""
    why: str
    """In a sentence or two."""
    skill: Axis
    from_coach: bool = False


def for_today(
    log: "PracticeLog", scenes: Sequence[Scenario], today: date, assigned: Iterable[Assigned] = ()
) -> ForToday:
    """What the coach has asked for and is soonest to be done; else what the plan says.

    Raises:
        LogError: the log cannot be read.
        ValueError: there are no `scenes`.
    """
    by_id = {scene.id: scene for scene in scenes}
    still_open = [each for each in assigned if each.scenario in by_id and (each.until is None or each.until >= today)]
    if still_open:
        first = min(still_open, key=lambda each: each.until or date.max)
        scene = by_id[first.scenario]
        until = f", until {first.until:%A %d %B}" if first.until else ""
        words = f" “{first.words}”" if first.words else ""
        skill = first.skill or scene.trains[0]
        why = f"Your coach has asked for it{until}.{words}"
        return ForToday(scene, first.mode or "plain", why, skill, from_coach=True)
    found = next_practice(scenes, practised_sessions(log, scenes), today)
    return ForToday(found.scenario, found.mode, found.reason, found.skill)


def first_of_all(here: Standing, found: ForToday) -> Standing:
    """Where somebody stands, with what is for today before everything else. What a coach has asked for stands first
    already, and their words are said of it; so does what they can go on with."""
    first = here.choices[0]
    if found.from_coach or (first.goes_on is not None and first.id == found.scenario.id):
        return here
    scene = found.scenario
    choice = Choice(scene.id, scene.title, (scene.partner.name, scene.id.replace("-", " ")), found.why)
    return Standing(here.says, (choice, *(each for each in here.choices if each.id != scene.id)))
