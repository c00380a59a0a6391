"""What a person says between two scenes: which one they want, and whether they want another.

The words themselves are data, in `commands.yaml`.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum

from rehearse.agent.commands import choosing, said_alone
from rehearse.practice.standing import Choice

NEARLY = 0.8
"""How much of a word of a title, or of all of it, has to be there (`difflib`'s ratio): "chore" for "chores", "heart
day" for "hard day"."""
_NUMBERS = ("first", "second", "third")


class Wish(StrEnum):
    """What is wanted, where no choice is named."""

    ANY = "any"
    ELSE = "else"
    AGAIN = "again"
    ENOUGH = "enough"


def wish_in(utterance: str) -> Wish | None:
    """What `utterance` as a whole wishes, or None."""
    words = choosing()
    return next((wish for said in _ways(utterance) for wish in Wish if said in words[wish]), None)


def number_in(utterance: str) -> int | None:
    """Which of three `utterance` as a whole says, from 0."""
    words = choosing()
    return next((_NUMBERS.index(each) for said in _ways(utterance) for each in _NUMBERS if said in words[each]), None)


def named_in(utterance: str, choices: Sequence[Choice]) -> Choice | None:
    """The one of `choices` that `utterance` names: every word of it that says anything is one of that choice alone, or
    all of it is nearly that choice's name."""
    for said in _ways(utterance):
        found = [choice for choice in choices if _has(choice, said.split()) or _is_nearly(choice, said)]
        if len(found) == 1:
            return found[0]
    return None


def _ways(utterance: str) -> list[str]:
    """`utterance` with ever fewer courtesies; at last without all that may stand around a name."""
    ways = list(said_alone(utterance))
    return [*ways, *(short for each in ways if (short := _without_what_is_around(each)))]


def _has(choice: Choice, wanted: Sequence[str]) -> bool:
    own = " ".join(word for name in (choice.title, *choice.ways) for word in said_alone(name)).split()
    return all(get_close_matches(word, own, 1, NEARLY) for word in wanted)


def _is_nearly(choice: Choice, said: str) -> bool:
    names = [way for name in (choice.title, *choice.ways) for way in _ways(name)]
    return bool(get_close_matches(said, names, 1, NEARLY))


def _without_what_is_around(said: str) -> str:
    around = choosing()["around"]
    return " ".join(word for word in said.split() if word not in around)
