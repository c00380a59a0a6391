"""Made-up people who answer a partner, to try a scenario on: what they do in a reply, and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from rehearse.feedback.codes import Code, CodedReply, Evidence
from rehearse.scenarios.schema import State

Weights = Mapping[Code, float]
"""How likely each move is, against each other."""

_LISTENING: Final[Weights] = {
    Code.LABELS_FEELING: 4,
    Code.REFLECTS: 3,
    Code.EXPLORES: 3,
    Code.VALIDATES: 3,
    Code.STAYS_PRESENT: 2,
    Code.ASKS_NEED: 1,
    Code.APPRECIATES: 1,
    Code.SHARES: 1,
}
_ALSO: Final[Mapping[str, Weights]] = {
    "complaint": {Code.OWNS: 8},
    "hurt": {Code.OWNS: 4},
    "bid": {Code.SHARES: 3, Code.APPRECIATES: 2, Code.NAMES_OWN_FEELING: 1},
    "good_news": {Code.APPRECIATES: 4, Code.NAMES_OWN_FEELING: 2},
    "nothing": {Code.SHARES: 4, Code.NAMES_OWN_FEELING: 3, Code.APPRECIATES: 3},
}
"""What somebody who listens does besides, by what the partner's line carries."""
_ADVISING: Final[Weights] = {Code.ADVISES_WITH_LEAVE: 4, Code.ADVISES: 2, Code.SHARES: 1, Code.STAYS_PRESENT: 1}
"""What somebody who listens does where advice is asked for."""
_FIXING: Final[Weights] = {Code.ADVISES: 6, Code.MINIMIZES: 3, Code.TURNS_TO_SELF: 2, Code.EXPLORES: 0.5}
_DEFENDING: Final[Weights] = {
    Code.DENIES: 4,
    Code.EXCUSES: 5,
    Code.COUNTERATTACKS: 3,
    Code.PSEUDO_FEELING: 1,
    Code.CONTEMPT: 1,
}
_WITHDRAWING: Final[Weights] = {Code.WITHDRAWS: 8, Code.MINIMIZES: 1, Code.DENIES: 1}

WORDS: Final[Mapping[Code, str]] = {Code.LABELS_FEELING: "you sound worn out"}
"""What is said, where it matters: a partner may quote it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply and its timing."""

    coded: CodedReply
    pause_before_s: float
    interrupted: bool


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody with habits."""

    name: str
    habits: Callable[[State, int, Random], Weights]
    """(the moment, how many replies they have given, chance) → what they are likely to do."""
    silent: float = 0.05
    """How often nothing they say is any move at all."""
    interrupts: float = 0.05

    def answer(self, moment: State, replies: int, chance: Random) -> Answer:
        """What they say: up to three moves, fewer being likelier."""
        moves: list[Code] = []
        if chance.random() >= self.silent:
            weights = dict(self.habits(moment, replies, chance))
            for _ in range(min(len(weights), chance.choices((1, 2, 3), (5, 3, 1))[0])):
                move = chance.choices(list(weights), list(weights.values()))[0]
                del weights[move]
                moves.append(move)
        return Answer(reply_of(moves), chance.expovariate(0.7), chance.random() < self.interrupts)


def reply_of(moves: list[Code], confidence: float = 0.9) -> CodedReply:
    """A reply that makes these moves in this order."""
    evidence, text = [], ""
    for move in moves:
        words = WORDS.get(move, str(move))
        evidence.append(Evidence(move, confidence, len(text), len(text) + len(words), words))
        text += f"{words}. "
    return CodedReply(text.strip(), tuple(evidence))


def _listening(moment: State, replies: int, chance: Random) -> Weights:
    if "asks_advice" in moment.carries:
        return _ADVISING
    weights = dict(_LISTENING)
    for carried in moment.carries:
        for code, weight in _ALSO.get(carried, {}).items():
            weights[code] = weights.get(code, 0) + weight
    return weights


def _learning(moment: State, replies: int, chance: Random) -> Weights:
    """Every reply is likelier to be a good one than that before it."""
    return _listening(moment, replies, chance) if chance.random() < 0.1 + 0.08 * replies else _FIXING


LISTENER = Persona("listener", _listening, silent=0.02, interrupts=0.02)
BEGINNER = Persona("beginner", _learning)
FIXER = Persona("fixer", lambda *_: _FIXING, interrupts=0.15)
DEFENDER = Persona("defender", lambda *_: _DEFENDING, interrupts=0.25)
WITHDRAWER = Persona("withdrawer", lambda *_: _WITHDRAWING, silent=0.15)
RANDOM = Persona("random", lambda *_: dict.fromkeys(Code, 1), silent=0.1)
PERSONAS: Final = (LISTENER, BEGINNER, FIXER, DEFENDER, WITHDRAWER, RANDOM)
