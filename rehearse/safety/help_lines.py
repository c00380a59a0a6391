"""Where people help, by country. The numbers are data, `help_lines.yaml`, each with its source and its date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from rehearse.safety.finding import Direction, Finding, Kind

GENERAL = "general"
"""The entry for every country that has none of its own."""
AT_MOST_DAYS = 365
"""A number that was last checked longer ago than this is not to be relied on."""


class Purpose(StrEnum):
    """What a line is for."""

    CRISIS = "crisis"
    VIOLENCE = "violence"
    STOPPING = "stopping"
    """For people who want to stop using violence."""
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Somebody who helps."""

    name: str
    number: str
    """As it is written; empty where there is only a site."""
    kinds: frozenset[Purpose]
    hours: str
    site: str
    source: str
    """The page on which the number was confirmed."""
    checked: date

    def is_current(self, today: date) -> bool:
        """Whether it was checked lately enough."""
        return (today - self.checked).days <= AT_MOST_DAYS


@dataclass(frozen=True, slots=True)
class Country:
    """The help there is in a country."""

    emergency: tuple[str, ...]
    lines: tuple[HelpLine, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """The help there is in a country for what was found."""

    emergency: str | None
    """The first of its emergency numbers; None where the country is not known."""
    lines: tuple[HelpLine, ...]


def countries() -> dict[str, Country]:
    """Everything that is known, by ISO 3166-1 code; `GENERAL` for the rest."""
    return _countries()


def help_for(finding: Finding | None, country: str | None) -> Help:
    """The help there is in `country` for what was found; with None, for everything.

    Where a country has no line for it, the general entry is given beside its crisis line.
    """
    known = _countries()
    here, general = known.get(country or "", known[GENERAL]), known[GENERAL].lines
    emergency = here.emergency[0] if here.emergency else None
    if finding is None:
        return Help(emergency, tuple(dict.fromkeys((*here.lines, *general))))
    purpose = _purpose(finding)
    fitting = tuple(line for line in here.lines if purpose in line.kinds)
    if not fitting and purpose is not Purpose.STOPPING:  # a crisis line answers to every need but that
        fitting = tuple(line for line in here.lines if Purpose.CRISIS in line.kinds)
        return Help(emergency, tuple(dict.fromkeys((*fitting, *general))))
    return Help(emergency, fitting or general)


def _purpose(finding: Finding) -> Purpose:
    match finding.kind:
        case Kind.SELF_HARM | Kind.HARM_TO_OTHERS:
            return Purpose.CRISIS
        case Kind.CHILD_ABUSE:
            return Purpose.CHILD
        case Kind.VIOLENCE if finding.direction is Direction.BY_USER:
            return Purpose.STOPPING
        case _:
            return Purpose.VIOLENCE


@cache
def _countries() -> dict[str, Country]:
    text = (files("rehearse.safety") / "help_lines.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    return {
        code: Country(
            tuple(each["emergency"]),
            tuple(
                HelpLine(**{**line, "number": str(line["number"]), "kinds": frozenset(map(Purpose, line["kinds"]))})
                for line in each["lines"]
            ),
        )
        for code, each in data.items()
    }
