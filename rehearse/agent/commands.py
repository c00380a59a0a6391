"""The spoken-command grammar: which whole utterances are meant for the program and not for the partner."""

import re
from enum import StrEnum
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

_ADDRESS = "coach"
_FILLERS = re.compile(r"\b(um+|uh+|er+|okay|ok)\b")
_NOT_SAID = re.compile(r"[^\w' ]+")


class Command(StrEnum):
    """What the person can ask of the program at any moment."""

    STOP = "stop"
    PAUSE = "pause"
    GO_ON = "go_on"
    REPEAT = "repeat"
    HINT = "hint"
    CONTEST = "contest"


def command_in(utterance: str, *, paused: bool = False) -> Command | None:
    """The command that `utterance` as a whole is, or None where it is a reply.

    While `paused` there is no partner to be meant, and the program need not be addressed.
    """
    words = _plain(utterance).split()
    addressed = _ADDRESS in (words[:1] + words[-1:])
    bare = " ".join(word for word in words if word != _ADDRESS)
    always, if_addressed = _grammar()
    return always.get(bare) or (if_addressed.get(bare) if addressed or paused else None)


def over_a_line() -> tuple[str, ...]:
    """What can be said while a line plays: all that works without the program being addressed."""
    return tuple(_grammar()[0])


def objects(utterance: str) -> bool:
    """Whether `utterance` begins with words of disagreement: after the debrief only the coach can be meant by it."""
    words = f"{_plain(utterance)} "
    return any(
        words.startswith(f"{phrase} ") for phrase, command in _grammar()[1].items() if command is Command.CONTEST
    )


@cache
def _grammar() -> tuple[dict[str, Command], dict[str, Command]]:
    text = (files("rehearse.agent") / "commands.yaml").read_text(encoding="utf-8")
    phrases: dict[str, dict[str, list[str]]] = YAML(typ="safe", pure=True).load(text)

    def wordings(when: str) -> dict[str, Command]:
        return {_plain(each): Command(name) for name, kinds in phrases.items() for each in kinds[when]}

    return wordings("always"), wordings("addressed")


def _plain(utterance: str) -> str:
    words = _NOT_SAID.sub(" ", utterance.lower().replace("’", "'"))
    return " ".join(_FILLERS.sub(" ", words).split())
