"""What a session showed, as far as progress is made of it: its figures, without its words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rehearse.feedback.codes import Code
from rehearse.feedback.feelings import Granularity, vocabulary
from rehearse.feedback.labels import families_named
from rehearse.feedback.moment import Moment
from rehearse.practice.log import KeptTurn, Past, PracticeLog
from rehearse.practice.reading import moment_of
from rehearse.practice.talks import PlannedTalk, Talks
from rehearse.practice.today import ForToday

REFLECTIONS = frozenset({Code.REFLECTS, Code.LABELS_FEELING})
"""MITI counts a feeling that is guessed as a reflection too."""
QUESTIONS = frozenset({Code.EXPLORES, Code.ASKS_NEED})
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…\n]*")


@dataclass(frozen=True, slots=True)
class Retry:
    """A moment that was tried again, at first and at last."""

    first: Moment
    last: Moment


@dataclass(frozen=True, slots=True)
class Figures:
    """A session in which something was answered. What is not known of it is empty."""

    past: Past
    pauses_s: tuple[float, ...] = ()
    """Before each spoken reply."""
    talk_s: tuple[tuple[float, float], ...] = ()
    """Of each spoken reply: how long the person spoke, and the partner before it."""
    families: frozenset[str] = frozenset()
    """Of the feelings that were named precisely."""
    reflections: int = 0
    questions: int = 0
    retries: tuple[Retry, ...] = ()


@dataclass(frozen=True, slots=True)
class Practice:
    """All that was practised, and what for."""

    at: datetime
    """When this was looked at."""
    sessions: tuple[Figures, ...] = ()
    """In the order in which they began; those in which nothing was answered are left out, and those that the safety
    screen ended."""
    talks: tuple[PlannedTalk, ...] = ()
    unanswered: int = 0
    """Sessions in which nothing was answered."""
    families: tuple[str, ...] = ()
    """All there are to be named."""
    proposed: ForToday | None = None
    """What to practise next."""


def practice_of(log: PracticeLog, at: datetime) -> Practice:
    """Read the log as far as progress is made of it.

    Raises:
        LogError: it cannot be read.
    """
    history = [past for past in log.history() if not past.broken_off]
    turns = dict[int, Figures]()
    sessions = {past.id: past for past in history if past.turns}
    for id_, kept in log.all_turns():
        if past := sessions.get(id_):
            turns[id_] = figures_of(past, kept)
    known = sorted(
        (turns.get(past.id) or Figures(past) for past in sessions.values()), key=lambda each: each.past.began_at
    )
    return Practice(
        at,
        tuple(known),
        tuple(Talks(log.database).talks()),
        len(history) - len(known),
        tuple(family.name for family in vocabulary().families if not set(family.words) <= family.vague),
    )


def figures_of(past: Past, turns: Sequence[KeptTurn]) -> Figures:
    """The figures of a session with these turns."""
    pauses, talk = list[float](), list[tuple[float, float]]()
    families = set[str]()
    reflections = questions = 0
    for turn in turns:
        if turn.retried:
            continue
        reply = turn.entry["reply"]
        if "voiced_s" in reply:
            pauses.append(reply.get("pause_before_s", 0.0))
            if partner_s := turn.entry.get("partner_s"):
                talk.append((reply["end_s"] - reply["start_s"], partner_s))
        stated = [found for found in turn.entry["codes"] if not found.get("contested")]
        for found in stated:
            if found.get("granularity") == Granularity.SPECIFIC:
                families |= families_named(found["text"])
        if stated or "?" in reply["text"]:
            gave_back, asked = _reflections_and_questions(reply["text"], stated)
            reflections += gave_back
            questions += asked
    retries = tuple(_retries(turns)) if past.retries else ()
    return Figures(past, tuple(pauses), tuple(talk), frozenset(families), reflections, questions, retries)


def _reflections_and_questions(text: str, stated: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Sentences that give back, and sentences that ask.

    MITI counts every question. Those after facts have no code, so what ends in a question mark and did nothing else is
    one too.
    """
    reflections = questions = 0
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span()
        here = {found["code"] for found in stated if found["start"] < end and start < found["end"]}
        reflections += not here.isdisjoint(REFLECTIONS)
        questions += not here.isdisjoint(QUESTIONS) or (not here and "?" in sentence.group())
    return reflections, questions


def _retries(turns: Sequence[KeptTurn]) -> Iterable[Retry]:
    kept = {turn.number: turn for turn in turns if not turn.retried}
    first: dict[int, KeptTurn] = {}
    for turn in turns:
        if turn.retried:
            first.setdefault(turn.number, turn)
    for number, turn in first.items():
        if number in kept:
            yield Retry(moment_of(turn.entry), moment_of(kept[number].entry))
