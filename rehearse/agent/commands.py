"""The spoken-command grammar: which whole utterances are meant for the program and not for the partner.

The grammar itself is data, `commands.yaml`; here it is read and compared.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML


class Command(StrEnum):
    """What the person can ask of the program at any moment."""

    PAUSE = "pause"
    GO_ON = "go_on"
    REPEAT = "repeat"
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    SOFTER = "softer"
    HINT = "hint"
    EXAMPLE = "example"
    TRY_AGAIN = "try_again"
    WHAT_IF = "what_if"
    SKIP = "skip"
    START_OVER = "start_over"
    HOW_AM_I_DOING = "how_am_i_doing"
    COUNTS = "counts"
    HELP = "help"
    CONTEST = "contest"
    STOP = "stop"


class WayOut(StrEnum):
    """What the person can say outside the scene, after the safety screen has found something, beside "stop"."""

    PART_OF_SCENE = "part_of_scene"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Wordings:
    """A command as the grammar has it."""

    command: Command
    does: str
    """What it is for, in one sentence."""
    always: tuple[str, ...]
    """Ways to say it at any time."""
    addressed: tuple[str, ...]
    """Ways that need the word "coach", because they could be meant for the partner."""


_HESITATION = re.compile(r"\b(?:u+m+|u+h+|e+r+m?|h+m+|mm+)\b(?!-)")
_LEAD_IN = re.compile(r"^(?:(?:okay|ok|well|so|alright|all right|right|now|and) )+(?=.)")
_BROKEN_OFF = re.compile(r"\b(\w{1,4})(?:-+|…|\.\.\.)\s*(?=\1)")
_RESTARTED = re.compile(r"\b(\w[\w' ]*?)(?: \1\b)+")
LONGEST_WORDS = 20
"""No command is longer, courtesies and all."""
_ALONE = ("{}.", "{}, please.", "Please {}.", "Um, {}.", "Okay, {}.")
_ADDRESSED = (
    *("Coach, {}.", "{}, coach.", "Hey coach, {}.", "Okay coach, {}.", "{} please, coach.", "Coach, {}, please."),
    *("Coach, can you {}?", "Coach, could you {}?", "Coach, can we {}?", "Coach, {} a bit.", "Coach, I need {}."),
    *("Can you {}, coach?", "Could you {}, coach?", "Can we {}, coach?", "Coach, could you {}, please?"),
)
"""How commands are said, apart from their wordings."""
_NOT_SAID = re.compile(r"[^\w' -]+|(?<!\w)-|-(?!\w)")
_PLEASE = ("please",)
_CALLING = r"(?:(?:hey|hi|hello|take|i'm|okay|ok|please|yes|no|so|well|sorry|listen|dear) )*"


def command_in(utterance: str, *, paused: bool = False) -> Command | None:
    """The command that `utterance` as a whole is, or None where it is a reply.

    While `paused` there is no partner to be meant, and the program need not be addressed.
    """
    grammar = _grammar()
    said = _plain(utterance)
    if command := _found(said, grammar.always, _PLEASE, _PLEASE):
        return command
    meant = said if paused else None
    if called := grammar.calling.fullmatch(said):
        meant = called["first"] or called["last"]
    if meant is None:
        return None
    return _found(meant, grammar.always | grammar.addressed, grammar.before, grammar.after)


def is_addressed(utterance: str) -> bool:
    """Whether `utterance` is said to the coach by name."""
    return bool(_grammar().calling.fullmatch(_plain(utterance)))


def answer_in(utterance: str) -> bool | None:
    """Whether `utterance` as a whole says yes (True) or no (False) to a question of the coach; None: neither.

    A command behind the yes or the no says it once more: "yes, stop", "no, go on".
    """
    grammar = _grammar()
    said = _compared(utterance)
    if called := grammar.calling.fullmatch(said):
        said = called["first"] or called["last"]
    for answer, commands in ((False, {Command.GO_ON}), (True, {Command.STOP, Command.START_OVER})):
        if found := grammar.answers[answer].match(said):
            rest = said[found.end() :].strip()
            if not rest or command_in(rest, paused=True) in commands:
                return answer
    return None


def way_out_in(utterance: str) -> WayOut | None:
    """The way out that `utterance` as a whole takes, where it was stepped out of the scene."""
    words = _grammar().stepped_out
    return next((way for said in said_alone(utterance) for way in WayOut if said in words[way]), None)


def asks_for_time(utterance: str) -> bool:
    """Whether nothing is said in `utterance` but that the person needs a moment."""
    return bool(_grammar().time.fullmatch(_plain(utterance)))


def objects(utterance: str) -> bool:
    """Whether `utterance` begins with words of disagreement: after the debrief only the coach can be meant by it."""
    said = f"{_plain(utterance)} "
    return any(
        said.startswith(f"{phrase} ") for phrase, command in _grammar().addressed.items() if command is Command.CONTEST
    )


def over_a_line() -> tuple[str, ...]:
    """What is listened for while a line plays: few short wordings, all of them commands without "coach"."""
    return _grammar().over_a_line


def over_a_question() -> tuple[str, ...]:
    """What else is listened for while the coach asks something."""
    return _grammar().over_a_question


def spoken_forms(*, addressed: bool) -> tuple[str, ...]:
    """Every command as it is written when it is said alone, with the courtesies that come most often: `addressed` to
    the coach, or not."""
    said = [said for each in wordings() for said in (*each.always, *(each.addressed if addressed else ()))]
    ways = _ADDRESSED if addressed else _ALONE
    forms = [way.format(each) for each in said for way in ways]
    return tuple(dict.fromkeys(form[0].upper() + form[1:] for form in forms if command_in(form)))


def choosing() -> Mapping[str, frozenset[str]]:
    """What is said between two scenes, as `said_alone` gives it: by its meaning, and the words `around` a title."""
    return _grammar().choosing


def said_alone(utterance: str) -> Iterator[str]:
    """`utterance` as it is compared, each time with one more courtesy taken from its ends."""
    grammar = _grammar()
    said = _compared(utterance)
    if called := grammar.calling.fullmatch(said):
        said = called["first"] or called["last"]
    yield said
    yield from _without(_plain(said), grammar.before, grammar.after)


def wordings() -> tuple[Wordings, ...]:
    """Every command with the ways to say it, for people to read."""
    return _grammar().wordings


@dataclass(frozen=True, slots=True)
class _Grammar:
    wordings: tuple[Wordings, ...]
    always: dict[str, Command]
    addressed: dict[str, Command]
    over_a_line: tuple[str, ...]
    over_a_question: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    calling: re.Pattern[str]
    """An utterance that is addressed; what it is besides is `first` or `last`."""
    answers: Mapping[bool, re.Pattern[str]]
    time: re.Pattern[str]
    choosing: Mapping[str, frozenset[str]]
    stepped_out: Mapping[WayOut, frozenset[str]]


@cache
def _grammar() -> _Grammar:
    text = (files("rehearse.agent") / "commands.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(text)
    kinds: dict[Command, dict[str, Any]] = {Command(name): each for name, each in data["commands"].items()}

    def by_phrase(*keys: str) -> dict[str, Command]:
        return {
            _plain(phrase): command for command, each in kinds.items() for key in keys for phrase in each.get(key, ())
        }

    wake = _any_of([*data["wake"], *data["wake_misheard"]])
    return _Grammar(
        tuple(
            Wordings(command, each["does"], tuple(each.get("always", ())), tuple(each.get("addressed", ())))
            for command, each in kinds.items()
        ),
        by_phrase("always", "misheard", "over_a_line"),
        by_phrase("addressed"),
        tuple(phrase for each in kinds.values() for phrase in each.get("over_a_line", ())),
        tuple(data["over_a_question"]),
        tuple(map(_compared, data["before"])),
        tuple(map(_compared, data["after"])),
        re.compile(rf"{_CALLING}{wake} (?P<first>.+?)(?: {wake})?|(?P<last>.+) {wake}(?: please| thanks| thank you)?"),
        {answer: re.compile(rf"(?:{_any_of(data[key])}(?: |$))+") for answer, key in ((True, "yes"), (False, "no"))},
        re.compile(
            rf"(?:(?:oh|sorry|please|wait|yeah|no) )*{_any_of(data['time'])}(?: (?:please|{_any_of(data['time'])}))*"
        ),
        {meaning: frozenset(map(_compared, phrases)) for meaning, phrases in data["choosing"].items()},
        {WayOut(way): frozenset(map(_compared, phrases)) for way, phrases in data["stepped_out"].items()},
    )


def _any_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(map(_compared, phrases), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})"


def _found(
    said: str, phrases: Mapping[str, Command], before: tuple[str, ...], after: tuple[str, ...]
) -> Command | None:
    """The command that is left of `said` when courtesies are taken from its ends, as few as need be."""
    return next((phrases[rest] for rest in _without(said, before, after) if rest in phrases), None)


def _without(said: str, before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[str]:
    left = [said]
    for rest in left:
        yield rest
        shorter = [rest.removeprefix(f"{each} ") for each in before if rest.startswith(f"{each} ")]
        shorter += [rest.removesuffix(f" {each}") for each in after if rest.endswith(f" {each}")]
        left += [each for each in shorter if each not in left]


def _plain(utterance: str) -> str:
    """`utterance` as it is compared, without the words that only lead in."""
    return _LEAD_IN.sub("", _compared(utterance))


def _compared(utterance: str) -> str:
    """`utterance` in lower case, without punctuation, hesitation and restarts."""
    said = _BROKEN_OFF.sub("", utterance.lower().replace("’", "'"))
    words = _HESITATION.sub(" ", _NOT_SAID.sub(" ", said)).split()
    said = " ".join(words)
    return _RESTARTED.sub(r"\1", said) if len(words) <= LONGEST_WORDS else said
