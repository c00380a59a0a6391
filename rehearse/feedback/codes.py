"""The codes that a reply can earn, grouped in axes, and a coded reply.

The constructs are those of MITI 4.2.1 (reflections, questions, persuasion with and without leave), SPAFF and ABCS
(defensiveness, repair), EPITOME (emotional reactions, explorations), Hill's helping skills, NVC (feelings against
pseudo-feelings) and affect labeling (Lieberman 2007).
"""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """What a reply did."""

    LABELS_FEELING = "labels_feeling"
    NAMES_OWN_FEELING = "names_own_feeling"
    PSEUDO_FEELING = "pseudo_feeling"
    REFLECTS = "reflects"
    EXPLORES = "explores"
    VALIDATES = "validates"
    STAYS_PRESENT = "stays_present"
    ASKS_NEED = "asks_need"
    APPRECIATES = "appreciates"
    ADVISES = "advises"
    ADVISES_WITH_LEAVE = "advises_with_leave"
    MINIMIZES = "minimizes"
    TURNS_TO_SELF = "turns_to_self"
    OWNS = "owns"
    SHARES = "shares"
    TAKES_SPACE = "takes_space"
    DENIES = "denies"
    EXCUSES = "excuses"
    COUNTERATTACKS = "counterattacks"
    CONTEMPT = "contempt"
    WITHDRAWS = "withdraws"


class Axis(StrEnum):
    """A skill, or what gets in its way."""

    LABELING = "labeling"
    LISTENING = "listening"
    FIXING = "fixing"
    OPENNESS = "openness"
    DEFENSIVENESS = "defensiveness"


AXES: dict[Axis, frozenset[Code]] = {
    Axis.LABELING: frozenset({Code.LABELS_FEELING, Code.NAMES_OWN_FEELING}),
    Axis.LISTENING: frozenset({Code.REFLECTS, Code.EXPLORES, Code.VALIDATES, Code.STAYS_PRESENT, Code.ASKS_NEED}),
    Axis.FIXING: frozenset({Code.ADVISES, Code.MINIMIZES, Code.TURNS_TO_SELF}),
    Axis.OPENNESS: frozenset({Code.OWNS, Code.SHARES, Code.TAKES_SPACE, Code.APPRECIATES}),
    Axis.DEFENSIVENESS: frozenset({Code.DENIES, Code.EXCUSES, Code.COUNTERATTACKS, Code.CONTEMPT, Code.WITHDRAWS}),
}
"""Which codes count for an axis; `pseudo_feeling` and `advises_with_leave` count for none."""

HELPING = AXES[Axis.LABELING] | AXES[Axis.LISTENING] | AXES[Axis.OPENNESS]
"""What helps whoever tells."""
ADVICE = frozenset({Code.ADVISES, Code.ADVISES_WITH_LEAVE})
"""Advice with leave or without."""
MISSED = "missed"
"""The verdict on a reply that did nothing with the feeling in the line before it. It has no words of its own."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A code with the words that earned it."""

    code: Code
    confidence: float
    """The probability that a human coder would give the code too, 0–1."""
    start: int
    """Character offset into the reply."""
    end: int
    """Character offset just past the last one."""
    text: str
    """The reply's characters from `start` to `end`."""


@dataclass(frozen=True, slots=True)
class CodedReply:
    """A reply and what it did."""

    text: str
    """The reply as it was heard."""
    evidence: tuple[Evidence, ...]
    """In order of their place in the reply; a code stands at most once."""
    unsure: tuple[Evidence, ...] = ()
    """Codes that are likely, and not likely enough to be stated. They count for nothing."""
    contested: frozenset[str] = frozenset()
    """Codes that the person does not agree with, or `MISSED`. They are kept, and count for nothing."""
    language: str = "en"
    """Why nothing was coded, where it is not "en": the ISO 639 code of another language, "und" for one that could not
    be told, "zxx" where there are no words."""

    @property
    def stated(self) -> tuple[Evidence, ...]:
        """The evidence that counts: what nobody has contested."""
        return tuple(found for found in self.evidence if found.code not in self.contested)

    @property
    def codes(self) -> frozenset[Code]:
        """The codes that count."""
        return frozenset(found.code for found in self.stated)

    def on(self, axis: Axis) -> tuple[Evidence, ...]:
        """The evidence that counts for `axis`."""
        return tuple(found for found in self.stated if found.code in AXES[axis])
