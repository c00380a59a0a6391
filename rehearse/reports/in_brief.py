"""What went better and what to practise next, in two plain sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rehearse.feedback.codes import Axis
from rehearse.practice.log import Past
from rehearse.practice.standing import IN_WORDS
from rehearse.practice.today import ForToday
from rehearse.reports.uncertainty import LEVEL, Share, difference, total

T = TypeVar("T")

LATELY = 10
"""Sessions that "lately" means at most, and never more than half of them: recent enough to be about now."""
BEFORE = 30
"""Sessions before these that they are held against, at most."""
FEWEST = 10
"""With fewer replies on either side nothing is compared, and what is said of them is said to rest on few."""


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that can be practised, as a share that rises with it."""

    better: str
    """Fits after "You " and after "You may have "."""
    to_practise: str
    times: str
    """How often it showed, such as "in {} replies"."""
    mark: float
    """What is less than this has room. After the ratings of the debrief; this program's own, no norm."""
    share: Callable[[Past], Share]
    axis: Axis | None = None
    """That scenes train, where it is one of these."""


@dataclass(frozen=True, slots=True)
class Change:
    """A skill lately and before."""

    skill: Skill
    lately: Share
    before: Share

    def often(self, share: Share) -> str:
        """A share of the skill in words."""
        return self.skill.times.format(_times(share))

    @property
    def comparable(self) -> bool:
        """Whether there are replies enough on both sides."""
        return min(self.lately.of, self.before.of) >= FEWEST

    @property
    def _band(self) -> tuple[float, float]:
        """With the level divided by the number of skills (Bonferroni): whichever stands out is said first."""
        return difference(self.lately, self.before, 1 - (1 - LEVEL) / len(SKILLS))

    @property
    def by(self) -> float:
        """How much the rate has risen; 0 where that cannot be told."""
        if not self.comparable:
            return 0.0
        return self.lately.times / self.lately.of - self.before.times / self.before.of

    @property
    def clearly_better(self) -> bool:
        """Whether chance alone would hardly make it so."""
        return self.comparable and self._band[0] > 0

    @property
    def clearly_less(self) -> bool:
        """Likewise, in the other direction."""
        return self.comparable and self._band[1] < 0

    @property
    def room(self) -> float:
        """How much of the way to the mark is left: 0–1."""
        return 1 - min(1.0, self.lately.times / self.lately.of / self.skill.mark) if self.lately.of else 0.0


def in_brief(sessions: Sequence[Past], proposed: ForToday | None = None) -> tuple[str, str]:
    """What went better, and what to practise next. `sessions`: those with replies in them, in order of time.

    What is `proposed` for today is what to practise next; without it, the skill that has the most room. A change that
    may be chance is said to be uncertain. Nothing is said of a skill for which there was no occasion.
    """
    if not sessions:
        return "Nothing has been practised yet.", "`rehearse practice hard-day` is a good place to begin."
    changes = changes_of(sessions)
    best = max(changes, key=lambda change: (change.clearly_better, change.by))
    return _better(best, changes), _as_proposed(proposed, changes) if proposed else _next(changes, best)


def changes_of(sessions: Sequence[Past]) -> list[Change]:
    """Every skill lately and before, in the order of `SKILLS`."""
    lately, before = lately_and_before(sessions)
    return [Change(skill, total(map(skill.share, lately)), total(map(skill.share, before))) for skill in SKILLS]


def lately_and_before(sessions: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    """The newest sessions, and those before them that they are held against."""
    newest = max(1, min(LATELY, len(sessions) // 2))
    return sessions[-newest:], sessions[-newest - BEFORE : -newest]


def _better(best: Change, changes: Sequence[Change]) -> str:
    if best.by > 0:
        figures = f"{best.often(best.lately)} lately, {_times(best.before)} before"
        if best.clearly_better:
            return f"You {best.skill.better}: {figures}."
        return f"You may have {best.skill.better}, but it can still be chance: {figures}."
    if not any(change.comparable for change in changes):
        return "You have begun; it takes a few more sessions until a change can be seen."
    return "No skill has shown more often lately than before; harder scenes alone can do that."


def _next(changes: Sequence[Change], best: Change) -> str:
    change = max(changes, key=lambda change: (change.clearly_less, change.room))
    if not change.clearly_less and not change.room:
        unseen = next((each for each in changes if not each.lately.of), None)
        if unseen:
            return f"Practise next: {unseen.skill.to_practise}; there has been no occasion lately."
        return "Practise next: a harder scene. Lately every skill has shown as often as the debrief calls strong."
    if change is best and change.by > 0:
        return "Practise next: the same again; it is still what has the most room."
    figures = f"lately {change.often(change.lately)}"
    if change.clearly_less:
        figures += f", {_times(change.before)} before"
    elif change.lately.of < FEWEST:
        figures += ", which is little to go by"
    return f"Practise next: {change.skill.to_practise} ({figures})."


def _as_proposed(proposed: ForToday, changes: Sequence[Change]) -> str:
    lately = next((each for each in changes if each.skill.axis is proposed.skill and each.lately.of), None)
    figures = f" (lately {lately.often(lately.lately)})" if lately else ""
    return f"Practise next: “{proposed.scenario.title}”, for {IN_WORDS[proposed.skill]}{figures}. {proposed.why}"


def _times(share: Share) -> str:
    return f"{share.times} of {share.of}"


# The skills.


def stayed_open(past: Past) -> Share:
    """Of the lines that one can get defensive about, those that were answered openly."""
    return Share((past.occasions or 0) - (past.defensive or 0), past.occasions or 0)


def did_not_fix(past: Past) -> Share:
    """Replies without advice that nobody had asked for, playing down, or turning to oneself."""
    return Share(past.turns - past.fixing, past.turns) if past.fixing is not None else Share(0, 0)


def fixed(past: Past) -> Share:
    """The others."""
    return Share(past.fixing, past.turns) if past.fixing is not None else Share(0, 0)


def listened(past: Past) -> Share:
    """Replies that listened."""
    return Share(past.listening, past.turns) if past.listening is not None else Share(0, 0)


def named(past: Past) -> Share:
    """Replies that named a feeling."""
    return Share(past.labels, past.turns) if past.labels is not None else Share(0, 0)


def named_precisely(past: Past) -> Share:
    """Of these, those with a precise word."""
    return Share(past.granular or 0, past.labels or 0)


SKILLS = (
    Skill(
        "stayed open more often when something was held against you",
        "staying open when something is held against you",
        "in {} such moments",
        9 / 10,
        stayed_open,
        Axis.DEFENSIVENESS,
    ),
    Skill(
        "held back fixing more often",
        "hearing it out before you fix anything",
        "in {} replies",
        3 / 4,
        did_not_fix,
        Axis.FIXING,
    ),
    Skill(
        "listened more often",
        "listening; say back what you heard, or ask for more",
        "in {} replies",
        1 / 2,
        listened,
        Axis.LISTENING,
    ),
    Skill(
        "named feelings more often",
        "naming the feeling that you hear",
        "in {} replies",
        1 / 3,
        named,
        Axis.LABELING,
    ),
    Skill(
        "found precise words for feelings more often",
        "a precise word for a feeling, “overlooked” rather than “bad”",
        "for {} feelings",
        1 / 2,
        named_precisely,
    ),
)
"""What costs a conversation most comes first, as in the debrief: of equals the first is said."""
