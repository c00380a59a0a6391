"""Where a person stands, told by the sessions that were kept, and what they may practise next."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rehearse.feedback.codes import Axis
from rehearse.practice.earlier import Kept
from rehearse.scenarios.schema import Scenario

MOST_WORDS = 40
"""What somebody who listens is told of a coach's note; the rest can be read."""
HEAR_IT = " To hear it from them, run: rehearse assignment hear."
BEGINNING = 1
"""The level of a scenario that names none."""

IN_WORDS = {
    Axis.LABELING: "naming feelings",
    Axis.LISTENING: "listening",
    Axis.FIXING: "listening before you help",
    Axis.OPENNESS: "opening up",
    Axis.DEFENSIVENESS: "staying open",
}
"""What a scenario trains, as the coach says it."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Something that the person's coach has asked them to practise."""

    scenario: str
    done: int = 0
    """How often they have done it."""
    of: int = 1
    """How often they are to."""
    words: str = ""
    """What the coach says to it."""
    skill: Axis | None = None
    mode: str | None = None
    """guided, plain or hard; None: as the person has set it."""
    until: date | None = None
    """The last day."""
    spoken: bool = False
    """Whether they have spoken a note, too."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is offered: a scene, most often."""

    id: str
    """The scenario's."""
    title: str
    ways: tuple[str, ...]
    """What else it may be called."""
    why: str
    """What speaks for it, in one short sentence."""
    is_scene: bool = True
    """Whether it can count for a coach."""
    mode: str | None = None
    """How hard it is to be, where the coach has said so."""
    goes_on: int | None = None
    """The session that was cut off in it, where that is what is offered."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands."""

    says: str
    """One sentence, or two short ones."""
    choices: tuple[Choice, ...]
    """Every scene, the fittest first. At least one."""


def standing(scenes: Sequence[Scenario], kept: Sequence[Kept], assigned: Sequence[Assigned] = ()) -> Standing:
    """Where somebody stands who has `kept` these sessions, in order of time.

    First comes what their coach has asked for; then a scene that broke off, or ended low; then what they have not done
    yet, one level up at most, rather with another skill; the rest last.

    Raises:
        ValueError: there are no `scenes`.
    """
    if not scenes:
        raise ValueError("there is no scenario to choose; reinstall the program")
    by_id = {scene.id: scene for scene in scenes}
    last = next((each for each in reversed(kept) if each.scenario in by_id), None)
    open_now = [each for each in assigned if each.scenario in by_id]
    reasons = {each.scenario: f"From your coach, {each.done} of {each.of} done." for each in open_now}
    goes_on: dict[str, int | None] = {}
    says = "We begin with something easy."
    if last:
        title, low = by_id[last.scenario].title, by_id[last.scenario].outcome_of(last.ending) == "down"
        says = f"Last time you practised: {title}."
        if not last.completed:
            says = f"Last time we stopped half-way through: {title}."
            if last.scenario not in reasons:
                goes_on[last.scenario] = last.goes_on
                reasons[last.scenario] = "You could go on with it." if last.goes_on else "You could begin it again."
        elif low:
            says = f"Last time, {title} ended on a low note. That happens."
            reasons.setdefault(last.scenario, "It's worth another try.")
    if open_now:
        first = open_now[0]
        count = "one practice" if len(open_now) == 1 else f"{len(open_now)} practices"
        says = f"You have {count} open from your coach: {by_id[first.scenario].title}, {first.done} of {first.of} done."
        says += f" They say: {_spoken(first.words)}" if first.words else ""
        says += HEAR_IT if first.spoken else ""
    for scene in _in_order(scenes, kept, by_id[last.scenario] if last else None):
        reasons.setdefault(scene.id, _why(scene, kept))
    modes = {each.scenario: each.mode for each in reversed(open_now)}
    choices = (
        _choice(by_id[name], why, mode=modes.get(name), goes_on=goes_on.get(name)) for name, why in reasons.items()
    )
    return Standing(says, tuple(choices))


def _in_order(scenes: Iterable[Scenario], kept: Sequence[Kept], last: Scenario | None) -> list[Scenario]:
    """The fittest first."""
    done = {each.scenario for each in kept if each.completed}
    level, trained = (_level(last), set(last.trains)) if last else (BEGINNING - 1, set())

    def rank(scene: Scenario) -> tuple[bool, bool, bool, int, str]:
        too_hard = _level(scene) > level + 1
        return scene.id in done, too_hard, trained.issuperset(scene.trains), abs(_level(scene) - level - 1), scene.id

    return sorted(scenes, key=rank)


def _why(scene: Scenario, kept: Sequence[Kept]) -> str:
    if any(each.scenario == scene.id and each.completed for each in kept):
        return "You know this one."
    if not kept and _level(scene) == BEGINNING:
        return f"A good place to begin, with {scene.partner.name}."
    return f"With {scene.partner.name}, for {IN_WORDS[scene.trains[0]]}."


def _spoken(note: str) -> str:
    """The beginning of a note: as many whole sentences as are followed by ear, at least one."""
    first, *more = re.split(r"(?<=[.!?])\s+", " ".join(note.split()))
    for sentence in more:
        if len(f"{first} {sentence}".split()) > MOST_WORDS:
            break
        first = f"{first} {sentence}"
    words = first.split()
    said = first if len(words) <= MOST_WORDS else " ".join(words[:MOST_WORDS]) + " …"
    return said if said[-1] in ".!?…" else f"{said}."


def _choice(scene: Scenario, why: str, *, mode: str | None, goes_on: int | None) -> Choice:
    ways = (scene.partner.name, scene.id.replace("-", " "))
    return Choice(scene.id, scene.title, ways, why, mode=mode, goes_on=goes_on)


def _level(scene: Scenario) -> int:
    return scene.level or BEGINNING
