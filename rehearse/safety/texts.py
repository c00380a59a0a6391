"""What is said after a finding: fixed texts by language, `texts/`, and the numbers of a country in them."""

import os
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from rehearse.safety.finding import ABUSE, Direction, Finding, Kind
from rehearse.safety.help_lines import Help, HelpLine, help_for

ENGLISH = "en"
SPOKEN_LINES = 2
"""More numbers at once are not remembered by ear; all of them are shown."""
_DIGITS = {
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four",
    "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SteppingOut:
    """All that is said about one finding."""

    first: tuple[str, ...]
    """At once: what was heard, what this is, where people help, the ways out."""
    again: tuple[str, ...]
    """After a silence, or words that are no way out: where people help, and the ways out."""
    help: Help
    """To be shown."""


def stepping_out(
    finding: Finding, country: str | None, *, in_a_scene: bool = True, language: str = ENGLISH
) -> SteppingOut:
    """What is said about `finding` to somebody in `country` (ISO 3166-1), in the middle of a scene or at the desk."""
    texts = _texts(language)
    there_is = help_for(finding, country)
    ways_out = "ways_out" if in_a_scene else "ways_out_at_the_desk"
    if in_a_scene and finding.kind in ABUSE:
        ways_out = "ways_out_abuse"
    where = _where(there_is, texts)
    first = (f"{texts['opening']} {texts[_name(finding)]}", texts["program"], where, texts[ways_out])
    return SteppingOut(first, (texts["waiting"], where, texts[ways_out]), there_is)


def ended(language: str = ENGLISH) -> str:
    """What is said where the person ends it."""
    return _texts(language)["ended"]


def country_of(chosen: str | None) -> str | None:
    """The country that was `chosen`, else that of the system's language setting, else None."""
    if chosen:
        return chosen
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if set_to := os.environ.get(name):
            found = re.match(r"[a-z]{2,3}_([A-Z]{2})\b", set_to)
            return found[1] if found else None
    return None


def known_texts(country: str | None) -> tuple[str, ...]:
    """Everything that can be said in `country`, to be rendered before it is needed."""
    findings = [Finding(kind, None, "", 1.0) for kind in Kind if kind is not Kind.VIOLENCE]
    findings += [Finding(Kind.VIOLENCE, direction, "", 1.0) for direction in Direction]
    said = [stepping_out(each, country, in_a_scene=scene) for each in findings for scene in (True, False)]
    return tuple(dict.fromkeys((*(text for each in said for text in (*each.first, *each.again)), ended())))


def _where(there_is: Help, texts: dict[str, str]) -> str:
    spoken = [_spoken(line, texts) for line in there_is.lines[:SPOKEN_LINES]]
    number = there_is.emergency
    last = texts["emergency"].format(number=spelled(number)) if number else texts["emergency_anywhere"]
    return " ".join((*spoken, last))


def _spoken(line: HelpLine, texts: dict[str, str]) -> str:
    if not line.number:
        return texts["site"].format(site=line.site.replace(".", " dot "))
    return texts["line"].format(name=line.name, number=spelled(line.number))


def spelled(number: str) -> str:
    """A number as it is read out: digit by digit, with a rest between its groups."""
    groups = re.findall(r"\d+", number)
    return ", ".join(" ".join(_DIGITS[digit] for digit in group) for group in groups)


def _name(finding: Finding) -> str:
    return f"{finding.kind}_{finding.direction}" if finding.direction else str(finding.kind)


@cache
def _texts(language: str) -> dict[str, str]:
    """The texts by name; what was heard, by what was found."""
    text = (files("rehearse.safety") / "texts" / f"{language}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    heard: dict[str, str] = data.pop("heard")
    return data | heard
