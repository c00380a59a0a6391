"""The first layer: what says by itself that somebody may be in danger. The patterns are data, `patterns.yaml`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from rehearse.safety.finding import Direction, Kind

Danger = tuple[Kind, Direction | None]
DANGERS: dict[str, Danger] = {
    "self_harm": (Kind.SELF_HARM, None),
    "harm_to_others": (Kind.HARM_TO_OTHERS, None),
    "violence_by_partner": (Kind.VIOLENCE, Direction.BY_PARTNER),
    "violence_by_user": (Kind.VIOLENCE, Direction.BY_USER),
    "child_abuse": (Kind.CHILD_ABUSE, None),
    "unsafe_now": (Kind.UNSAFE_NOW, None),
}
"""By the name that the patterns and the linear layers have for them."""
_BEFORE_WORDS = 60
"""Characters before a pattern in which a denial is looked for."""


_DENIAL = re.compile(r"\b(?:not(?! let)|never)\b")
_DENIED_INSIDE = {"violence_by_user", "child_abuse"}
"""Of these a pattern is denied by a "never" in it; a no belongs to others ("he does not let me leave")."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that holds."""

    danger: str
    start: int
    end: int
    guarded_by: str | None
    """Why it does not count, where it does not."""


@dataclass(frozen=True, slots=True)
class Hits:
    """All that the patterns see in something that was said."""

    hits: tuple[Hit, ...]
    idioms: int
    """How many figures of speech were taken out."""

    @property
    def plain(self) -> Hit | None:
        """The first one that sets the screen off."""
        return next((hit for hit in self.hits if hit.guarded_by is None), None)

    @property
    def doubted(self) -> bool:
        """Whether there are words of danger, and something speaks against each of them."""
        return self.plain is None and bool(self.hits or self.idioms)


def look(said: str) -> Hits:
    """What the patterns see in `said`, which is written as `plain` does."""
    patterns = _patterns()
    without, idioms = patterns.idioms.subn(lambda found: "~" * len(found.group()), said)
    hits = [
        Hit(danger, found.start(), found.end(), patterns.guard(danger, without, found))
        for danger, pattern in patterns.plain.items()
        for found in pattern.finditer(without)
    ]
    return Hits(tuple(sorted(hits, key=lambda hit: hit.start)), idioms)


@dataclass(frozen=True, slots=True)
class _Patterns:
    plain: dict[str, re.Pattern[str]]
    idioms: re.Pattern[str]
    denied: re.Pattern[str]
    told: re.Pattern[str]
    past: re.Pattern[str]
    still: re.Pattern[str]

    def guard(self, danger: str, said: str, found: re.Match[str]) -> str | None:
        """What speaks against a match, if anything."""
        begins = said.rfind(" . ", 0, found.start()) + 1
        ends = said.find(" . ", found.end())
        sentence = said[begins : ends if ends >= 0 else None]
        if danger in _DENIED_INSIDE and _DENIAL.search(found.group()):
            return "denied"
        if self.told.search(sentence):
            return "told"
        if self.past.search(sentence) and not self.still.search(sentence):
            return "past"
        before = said[max(begins, found.start() - _BEFORE_WORDS) : found.start()]
        return "denied" if self.denied.search(before) else None


@cache
def _patterns() -> _Patterns:
    text = (files("rehearse.safety") / "patterns.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    words: dict[str, str] = data["words"]

    def compiled(patterns: Iterable[str], end: str = r"\b") -> re.Pattern[str]:
        written_out = [re.sub(r"\{([a-z]+)\}", lambda name: words[name[1]], each) for each in patterns]
        return re.compile(rf"\b(?:{'|'.join(written_out)}){end}")

    unless = data["unless"]
    return _Patterns(
        {danger: compiled(data["plain"][danger]) for danger in DANGERS},
        compiled(unless["idioms"]),
        compiled(unless["denied"], end="$"),
        compiled(unless["told"]),
        compiled(unless["past"]),
        compiled(unless["still"]),
    )
