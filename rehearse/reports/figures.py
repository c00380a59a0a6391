"""What a session showed, as far as progress is made of it: its figures, without its words."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rehearse.feedback.codes import Axis, Code
from rehearse.feedback.feelings import Granularity, vocabulary
from rehearse.feedback.labels import families_named
from rehearse.feedback.ratings import Rating, rate_defensiveness, rate_labeling, rate_listening
from rehearse.practice.log import KeptTurn, Past, PracticeLog
from rehearse.practice.reading import moment_of
from rehearse.practice.talks import PlannedTalk, Talks

REFLECTIONS = frozenset({Code.REFLECTS, Code.LABELS_FEELING})
"""MITI counts a feeling that is guessed as a reflection too."""
QUESTIONS = frozenset({Code.EXPLORES, Code.ASKS_NEED})
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…\n]*")


@dataclass(frozen=True, slots=True)
class Retry:
    """A moment that was tried again: how the skills showed at first and at last, where there was occasion."""

    first: Mapping[Axis, Rating]
    last: Mapping[Axis, Rating]


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
    entries = [turn.entry for turn in turns if not turn.retried]
    spoken = [entry for entry in entries if "voiced_s" in entry["reply"]]
    counts = [_reflections_and_questions(entry) for entry in entries]
    return Figures(
        past,
        tuple(entry["reply"].get("pause_before_s", 0.0) for entry in spoken),
        tuple((_seconds(entry), entry["partner_s"]) for entry in spoken if entry.get("partner_s")),
        frozenset().union(*map(_families, entries)),
        sum(reflections for reflections, _ in counts),
        sum(questions for _, questions in counts),
        tuple(_retries(turns)),
    )


def _seconds(entry: Mapping[str, Any]) -> float:
    spoken: float = entry["reply"]["end_s"] - entry["reply"]["start_s"]
    return spoken


def _stated(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [found for found in entry["codes"] if not found.get("contested")]


def _families(entry: Mapping[str, Any]) -> frozenset[str]:
    precise = (found["text"] for found in _stated(entry) if found.get("granularity") == Granularity.SPECIFIC)
    return frozenset().union(*map(families_named, precise))


def _reflections_and_questions(entry: Mapping[str, Any]) -> tuple[int, int]:
    """Sentences that give back, and sentences that ask.

    MITI counts every question. Those after facts have no code, so what ends in a question mark and did nothing else is
    one too.
    """
    codes, text = _stated(entry), entry["reply"]["text"]
    if not codes and "?" not in text:
        return 0, 0
    reflections = questions = 0
    for sentence in _SENTENCE.finditer(text):
        here = {found["code"] for found in codes if found["start"] < sentence.end() and sentence.start() < found["end"]}
        reflections += bool(here & REFLECTIONS)
        questions += bool(here & QUESTIONS) or (not here and "?" in sentence.group())
    return reflections, questions


def _retries(turns: Sequence[KeptTurn]) -> Iterable[Retry]:
    kept = {turn.number: turn for turn in turns if not turn.retried}
    first: dict[int, KeptTurn] = {}
    for turn in turns:
        if turn.retried:
            first.setdefault(turn.number, turn)
    for number, turn in first.items():
        if number in kept:
            yield Retry(_ratings(turn), _ratings(kept[number]))


def _ratings(turn: KeptTurn) -> dict[Axis, Rating]:
    moments = [moment_of(turn.entry)]
    rated = {
        Axis.LABELING: rate_labeling(moments).rating,
        Axis.LISTENING: rate_listening(moments).rating,
        Axis.DEFENSIVENESS: rate_defensiveness(moments).rating,
    }
    return {axis: rating for axis, rating in rated.items() if rating is not Rating.NOT_RATED}
