"""What to practise next, told by what was practised before.

Skill that was learned in one scene does not carry over to the next by itself, so a skill holds only when it has shown
in two different scenes; and what is left alone fades, so it comes back after days, each time more of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from rehearse.feedback.codes import Axis
from rehearse.feedback.ratings import Rating
from rehearse.practice.standing import BEGINNING, IN_WORDS
from rehearse.scenarios.schema import Scenario

HARDEST = 5
SPACING_DAYS: Final = (1, 3, 7, 16)
"""Until a skill comes back: longer each time that it came back and was strong. Practice with gaps keeps better than
practice without (Cepeda and others 2006); how long they are is this program's own choice."""
SCENES_TO_HOLD = 2
"""Different scenes in which a skill has to be strong before it is made harder."""
LOW_ENDINGS = 2
"""Low endings of one scene in a row after which it is made easier."""
SKILLS: Final[Mapping[Axis, frozenset[Axis]]] = {
    Axis.LABELING: frozenset({Axis.LABELING}),
    Axis.LISTENING: frozenset({Axis.LISTENING, Axis.FIXING}),
    Axis.DEFENSIVENESS: frozenset({Axis.DEFENSIVENESS}),
}
"""The skills that the debrief rates, in the order in which they are begun with; and what trains each."""

Mode = Literal["guided", "plain", "hard"]


@dataclass(frozen=True, slots=True)
class Practised:
    """An earlier practice, as far as it tells what comes next."""

    scenario: str
    level: int
    when: date
    ratings: Mapping[Axis, Rating] = field(default_factory=dict)
    """Of the skills in `SKILLS`; those that are left out are not rated."""
    outcome: Literal["up", "level", "down"] | None = None
    """Where its ending led; None where it stopped before one."""
    mode: str = "plain"
    """As in `rehearse.practice.session.Session`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The next practice."""

    scenario: Scenario
    skill: Axis
    mode: Mode
    reason: str
    """Why this one, in one sentence."""


@dataclass
class _Skill:
    """How far a skill has come."""

    level: int = BEGINNING
    strong_in: set[str] = field(default_factory=set)
    """Scenes of this level, or above it, in which it was strong."""
    reviews: int = 0
    """How often in a row it came back and was strong."""
    last: date | None = None
    hardest: int = 0
    """The highest level at which it was practised."""
    too_hard: str | None = None
    """The scene that has just made it easier."""

    def due(self) -> date | None:
        """When it is to come back; None where it was never practised."""
        gap = SPACING_DAYS[min(self.reviews, len(SPACING_DAYS) - 1)]
        return self.last and self.last + timedelta(days=gap)

    def practised(self, session: Practised, rating: Rating) -> None:
        """Take in a session in which it was rated."""
        strong = rating is Rating.STRONG
        due = self.due()
        if not strong:
            self.reviews = 0
            self.strong_in.discard(session.scenario)
        elif due and session.when >= due:
            self.reviews += 1
        self.last = session.when
        self.hardest = max(self.hardest, session.level)
        alone = session.mode in {"plain", "hard"}  # with hints, or out of a scene, it has not shown yet that it holds
        if strong and alone and session.level >= self.level:
            self.strong_in.add(session.scenario)
        if len(self.strong_in) >= SCENES_TO_HOLD and self.level < HARDEST:
            self.level += 1
            self.strong_in.clear()

    def ease(self, session: Practised) -> None:
        """Take in that a scene was too hard."""
        self.level = max(BEGINNING, min(self.level, session.level) - 1)
        self.strong_in.clear()
        self.too_hard = session.scenario


def next_practice(scenes: Sequence[Scenario], earlier: Sequence[Practised], today: date) -> Plan:
    """The next practice of somebody who has practised `earlier`, in order of time.

    A skill gets harder when it was strong in two different scenes, and easier when a scene has ended low twice in a
    row. It comes back after days. No scene is played three times in a row, where there is another.

    Raises:
        ValueError: there are no `scenes`.
    """
    if not scenes:
        raise ValueError("there is no scenario to plan with; reinstall the program")
    by_id = {scene.id: scene for scene in scenes}
    skills = _how_far(by_id, earlier)
    twice = [each.scenario for each in earlier[-2:]]
    fit = [scene for scene in scenes if twice != [scene.id] * 2] or scenes
    for skill in sorted(skills, key=lambda each: _urgency(each, skills[each], fit, today)):
        if trains := [scene for scene in fit if _trains(scene, skill) and _level(scene) <= skills[skill].level]:
            scene = min(trains, key=lambda each: _distance(each, skill, skills[skill], earlier))
            return Plan(scene, skill, _mode(skills[skill]), _reason(by_id, scene, skill, skills[skill], today))
    easiest = min(fit, key=lambda each: (_level(each), each.id))
    skill = next((each for each in SKILLS if _trains(easiest, each)), Axis.LISTENING)
    return Plan(easiest, skill, "guided", f"It is the easiest one with {easiest.partner.name}.")


def _how_far(scenes: Mapping[str, Scenario], earlier: Iterable[Practised]) -> dict[Axis, _Skill]:
    skills = {axis: _Skill() for axis in SKILLS}
    low: defaultdict[str, int] = defaultdict(int)
    for session in earlier:
        for skill in skills.values():
            skill.too_hard = None
        for axis, rating in session.ratings.items():
            if axis in skills and rating is not Rating.NOT_RATED:
                skills[axis].practised(session, rating)
        if session.outcome:
            low[session.scenario] = low[session.scenario] + 1 if session.outcome == "down" else 0
        if low[session.scenario] == LOW_ENDINGS:
            low[session.scenario] = 0
            scene = scenes.get(session.scenario)
            for axis in skills:
                if scene is None or _trains(scene, axis):
                    skills[axis].ease(session)
    return skills


def _urgency(axis: Axis, skill: _Skill, scenes: Iterable[Scenario], today: date) -> tuple[int, ...]:
    """What got easier goes first, then what is due for longest, then what another scene can bring on and is furthest
    behind, or was not practised for longest."""
    due, order = skill.due(), [*SKILLS].index(axis)
    if skill.too_hard:
        return 0, order
    if due and due <= today:
        return 1, (due - today).days, order
    brings_on = any(
        _trains(each, axis) and _level(each) == skill.level and each.id not in skill.strong_in for each in scenes
    )
    return 2, not brings_on, skill.level if skill.last else 0, skill.last.toordinal() if skill.last else 0, order


def _distance(
    scene: Scenario, axis: Axis, skill: _Skill, earlier: Sequence[Practised]
) -> tuple[bool, int, bool, int, bool, str]:
    """The fittest is another one than last time, as hard as the skill allows, and one that it was not strong in yet;
    then what was not played for longest, and what trains it above all."""
    played = [place for place, each in enumerate(earlier, 1) if each.scenario == scene.id]
    last = max(played, default=0)
    mainly = scene.trains[0] in SKILLS[axis]
    too_easy = skill.level - _level(scene)
    return bool(last) and last == len(earlier), too_easy, scene.id in skill.strong_in, last, not mainly, scene.id


def _mode(skill: _Skill) -> Mode:
    if skill.too_hard:
        return "guided"
    return "hard" if skill.level == HARDEST and skill.reviews >= len(SPACING_DAYS) else "plain"


def _reason(scenes: Mapping[str, Scenario], scene: Scenario, axis: Axis, skill: _Skill, today: date) -> str:
    what = IN_WORDS[axis]
    due = skill.due()
    if skill.too_hard:
        hard = scenes.get(skill.too_hard)
        how = "with hints" if hard and _level(hard) == _level(scene) else "a step easier"
        return f"{hard.title if hard else 'The last scene'} has been hard twice, so this one is {how}."
    if skill.last is None:
        return f"A good place to begin with {what}."
    if _level(scene) > skill.hardest:
        return f"You were strong at {what} in two different scenes, so this one asks a little more."
    if due and due <= today:
        days = (today - skill.last).days
        return f"It's {days} day{'s' if days > 1 else ''} since {what}, and it keeps best when it comes back."
    if skill.strong_in and scene.id not in skill.strong_in:
        return f"You were strong at {what} in one scene, and another one shows whether it holds."
    return f"One more go at {what}, while it is fresh."


def _trains(scene: Scenario, skill: Axis) -> bool:
    return bool(SKILLS[skill].intersection(scene.trains))


def _level(scene: Scenario) -> int:
    return scene.level or BEGINNING
