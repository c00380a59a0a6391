"""The scene in which somebody rehearses the talk that they have planned."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rehearse.scenarios.loader import LIBRARY, load
from rehearse.scenarios.schema import Scenario

TEMPLATE: Path = LIBRARY / "templates" / "own-talk.yaml"
_ID = re.compile(r"talk-(\d+)")
_SHE = re.compile(
    r"(?i)\b(?:(?:step|grand)?(?:mother|daughter)|mum(?:my)?|mom|sister|wife|girlfriend|aunt|niece|gran(?:dma)?)\b"
)
_HE = re.compile(
    r"(?i)\b(?:(?:step|grand)?(?:father|son)|dad(?:dy)?|brother|husband|boyfriend|uncle|nephew|grand(?:pa|dad))\b"
)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Whom the talk is with, as far as the plan tells."""

    name: str
    """As the coach says it: "Sam", "your sister"."""
    voice: Literal["female", "male"]
    pronoun: Literal["she", "he"] | None


def counterpart(with_whom: str, voice: Literal["female", "male"] | None = None) -> Counterpart:
    """Whom somebody means by `with_whom`; the pronoun only where a word for a relative tells it."""
    pronoun: Literal["she", "he"] | None = "she" if _SHE.search(with_whom) else "he" if _HE.search(with_whom) else None
    name = re.sub(r"(?i)\bmy\b", "your", with_whom.strip())[:60]
    return Counterpart(name, voice or ("male" if pronoun == "he" else "female"), pronoun)


def own_talk(talk: int, partner: Counterpart) -> Scenario:
    """The scene for the planned talk of that number.

    Raises:
        InvalidScenario: the template does not hold together.
    """
    template = load(TEMPLATE)
    card = template.partner.model_copy(
        update={"name": partner.name, "voice": partner.voice, "pronoun": partner.pronoun or "they"}
    )
    return template.model_copy(update={"id": f"talk-{talk}", "partner": card})


def talk_of(scenario: str) -> int | None:
    """The number of the planned talk that the scenario of this name rehearses; None: it is another one."""
    found = _ID.fullmatch(scenario)
    return int(found[1]) if found else None
