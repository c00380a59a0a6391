"""What the coach says in a drill: after each answer one short line, at the end one sentence."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from rehearse.agent.coach_lines import coach, verdict
from rehearse.dialogue import Line
from rehearse.feedback.codes import ADVICE, AXES, Axis, Code
from rehearse.feedback.labels import feeling_named
from rehearse.feedback.moment import Moment

DRILLED: Final[Mapping[Axis, frozenset[Code]]] = {
    Axis.LABELING: frozenset({Code.LABELS_FEELING}),
    Axis.LISTENING: AXES[Axis.LISTENING] | {Code.LABELS_FEELING},
    Axis.OPENNESS: AXES[Axis.OPENNESS] | {Code.NAMES_OWN_FEELING},
}
"""The skills that can be drilled, and what an answer has to do."""
BRIEFING: Final[Mapping[Axis, str]] = {
    Axis.LABELING: "People tell you something, one after the other. Answer each once, and name the feeling you hear.",
    Axis.LISTENING: "People tell you something, one after the other. Answer each once, and only listen: give back what "
    "you heard, or ask for more.",
    Axis.OPENNESS: "People want something of you, one after the other. Answer each once, and let them see something of "
    "yourself: what you feel, what you value, or your part of it.",
}
DONE: Final[Mapping[Code, str]] = {
    Code.LABELS_FEELING: "You named it. That's it.",
    Code.NAMES_OWN_FEELING: "You said what you feel. Good.",
    Code.REFLECTS: "You gave it back. That's listening.",
    Code.EXPLORES: "You asked for more. That's listening.",
    Code.VALIDATES: "You said it makes sense. Good.",
    Code.STAYS_PRESENT: "You stayed. That's enough.",
    Code.ASKS_NEED: "You asked what's needed. Good.",
    Code.APPRECIATES: "You said what you value. Good.",
    Code.OWNS: "You took your part. That opens doors.",
    Code.SHARES: "You showed something of yourself. Good.",
    Code.TAKES_SPACE: "A break with a return. Good.",
}
FIRST: Final[Mapping[Axis, str]] = {
    Axis.LABELING: "Try the feeling first.",
    Axis.LISTENING: "Try listening first.",
    Axis.OPENNESS: "Show yourself first.",
}
INSTEAD: Final[Mapping[str, str]] = {
    "plan": "That was a plan.",
    "small": "That made it small.",
    "own story": "Your own story.",
    "defended": "That defended.",
}
"""What an answer did in place of it."""
OTHERWISE: Final[Mapping[Axis, str]] = {
    Axis.LABELING: "You listened. And the feeling in it?",
    Axis.LISTENING: "That was kind. Now ask, or give back.",
    Axis.OPENNESS: "You listened. And you, in this?",
}
"""What helped, and was not what is drilled."""
NOTHING: Final[Mapping[Axis, str]] = {
    Axis.LABELING: "No feeling named yet. Guess one.",
    Axis.LISTENING: "Give back a word you heard.",
    Axis.OPENNESS: "Say one thing about yourself.",
}
_KINDS: Final[Mapping[str, frozenset[Code]]] = {
    "plan": ADVICE,
    "small": frozenset({Code.MINIMIZES}),
    "own story": frozenset({Code.TURNS_TO_SELF}),
    "defended": AXES[Axis.DEFENSIVENESS],
}
_DID: Final[Mapping[Axis, str]] = {
    Axis.LABELING: "named the feeling",
    Axis.LISTENING: "listened",
    Axis.OPENNESS: "showed something of yourself",
}
_TO_TRY: Final[Mapping[str, str]] = {
    "plan": "keep the plan back for one more sentence",
    "small": "let it be as big as it is",
    "own story": "stay with their story a little longer",
    "defended": "find the part that is true before you explain",
}
_TO_TRY_ELSE: Final[Mapping[Axis, str]] = {
    Axis.LABELING: "begin with “you sound”, and one feeling word",
    Axis.LISTENING: "begin with one word that you heard",
    Axis.OPENNESS: "begin with “I”, and what it is like for you",
}


def fixed(skill: Axis) -> tuple[str, ...]:
    """All that can be said after an answer and quotes nobody."""
    instead = (f"{each} {FIRST[skill]}" for each in INSTEAD.values())
    return (*DONE.values(), *instead, OTHERWISE[skill], NOTHING[skill])


def feedback(skill: Axis, moment: Moment) -> Line:
    """What is said of an answer, in at most three seconds."""
    stated = moment.coded.stated
    if does(skill, moment):
        found = next(each for each in stated if each.code in DRILLED[skill])
        feeling = feeling_named(found.text) if found.code is Code.LABELS_FEELING else None
        return verdict(f"Named it: {feeling}.") if feeling else coach(DONE[found.code])
    if kind := _instead(moment):
        return coach(f"{INSTEAD[kind]} {FIRST[skill]}")
    helped = any(each.code in codes for each in stated for codes in (*DRILLED.values(), AXES[Axis.LABELING]))
    return coach(OTHERWISE[skill] if helped else NOTHING[skill])


def does(skill: Axis, moment: Moment) -> bool:
    """Whether the answer did what is drilled; advice or an excuse beside it does not take that away."""
    return bool(moment.coded.codes & DRILLED[skill])


def summary(skill: Axis, moments: Sequence[Moment]) -> Line:
    """What went well, and what to try, in one sentence."""
    done = [does(skill, moment) for moment in moments]
    if not moments:
        return coach("You came to practise, and the lines will be here another time.")
    if all(done):
        return coach(f"You {_DID[skill]} every time; to try next: the same in a whole scene.")
    kinds = Counter(_instead(moment) for moment, did in zip(moments, done, strict=True) if not did)
    kind = kinds.most_common(1)[0][0]
    well = f"You {_DID[skill]} in {sum(done)} of {len(moments)}" if any(done) else "You answered every one of them"
    return coach(f"{well}; to try next: {_TO_TRY[kind] if kind else _TO_TRY_ELSE[skill]}.")


def _instead(moment: Moment) -> str | None:
    return next((kind for kind, codes in _KINDS.items() if moment.coded.codes & codes), None)
