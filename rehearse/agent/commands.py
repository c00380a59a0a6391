"""The spoken-command grammar: which whole utterances are meant for the program and not for the partner."""

import re
from enum import StrEnum
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

_FILLERS = re.compile(r"\b(um+|uh+|er+|okay|ok|please|coach)\b")
_NOT_WORDS = re.compile(r"[^a-z' ]+")


class Command(StrEnum):
    """What the person can ask of the program at any moment."""

    STOP = "stop"
    PAUSE = "pause"
    GO_ON = "go_on"
    REPEAT = "repeat"
    HINT = "hint"


def command_in(utterance: str) -> Command | None:
    """The command that `utterance` as a whole is, or None where it is a reply."""
    return _grammar().get(_plain(utterance))


@cache
def _grammar() -> dict[str, Command]:
    text = (files("rehearse.agent") / "commands.yaml").read_text(encoding="utf-8")
    phrases: dict[str, list[str]] = YAML(typ="safe", pure=True).load(text)
    return {_plain(phrase): Command(name) for name, wordings in phrases.items() for phrase in wordings}


def _plain(utterance: str) -> str:
    words = _NOT_WORDS.sub(" ", utterance.lower().replace("’", "'"))
    return " ".join(_FILLERS.sub(" ", words).split())
