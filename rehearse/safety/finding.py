"""What the screen can find."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What somebody may be in danger of."""

    SELF_HARM = "self_harm"
    """Suicide, hurting oneself, wanting to be dead."""
    HARM_TO_OTHERS = "harm_to_others"
    """Meaning to hurt somebody who is neither the partner nor a child."""
    VIOLENCE = "violence"
    """Violence or coercion in the relationship; see `Direction`."""
    CHILD_ABUSE = "child_abuse"
    """A child that is hurt or left in danger, by anybody."""
    UNSAFE_NOW = "unsafe_now"
    """Danger at this very moment."""


class Direction(StrEnum):
    """Who is violent."""

    BY_PARTNER = "by_partner"
    BY_USER = "by_user"


ABUSE = frozenset({Kind.VIOLENCE, Kind.CHILD_ABUSE, Kind.UNSAFE_NOW})
"""After these nobody is told to take blame, and leaving is quick and leaves nothing on the screen."""


@dataclass(frozen=True, slots=True)
class Finding:
    """That somebody may be in danger. It is never stored."""

    kind: Kind
    direction: Direction | None
    """For `Kind.VIOLENCE`."""
    words: str
    """The part of what was said that set it off."""
    confidence: float
    """0–1: the linear layers' probability; 1 where a pattern is plain enough by itself."""
