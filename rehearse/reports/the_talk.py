"""The talk itself as the progress page shows it: the aim, with what was practised for it and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rehearse.practice.talks import PlannedTalk
from rehearse.reports.figures import Figures, Practice
from rehearse.reports.periods import day

HELD_SHOWN = 3
"""Of those that have happened, the newest so many."""


@dataclass(frozen=True, slots=True)
class ShownTalk:
    """A talk in words."""

    title: str
    when: str
    practised: str
    held: bool
    said: tuple[tuple[str, str], ...]
    """What the person wrote, each with what it is."""


def shown_talks(practice: Practice) -> list[ShownTalk]:
    """Those that are still to be had, the nearest first; then the newest of those that were. What the person has
    decided against is left alone."""
    today = practice.at.date()
    open_ = (talk for talk in practice.talks if talk.happened is None)
    to_come = sorted(open_, key=lambda talk: talk.on_day or date.max)
    held = sorted((talk for talk in practice.talks if talk.happened), key=lambda talk: talk.happened_on or date.min)
    chosen = [*to_come, *held[::-1][:HELD_SHOWN]]
    return [_shown(talk, practice.sessions, today) for talk in chosen]


def _shown(talk: PlannedTalk, sessions: Sequence[Figures], today: date) -> ShownTalk:
    title = f"With {talk.with_whom}" + (f", about {talk.about}" if talk.about else "")
    said = [
        ("How it went", talk.how_it_went),
        ("You would say again", talk.say_again),
        ("Your first sentence", talk.first_sentence),
        ("When it gets hot", talk.when_hot),
    ]
    return ShownTalk(
        title,
        _when(talk, today),
        _practised(talk, sessions),
        bool(talk.happened),
        tuple((name, words) for name, words in said if words),
    )


def _when(talk: PlannedTalk, today: date) -> str:
    if talk.happened:
        return f"You had it on {day(talk.happened_on, year=True)}." if talk.happened_on else "You had it."
    if not talk.on_day:
        return "No day chosen yet."
    when, days = day(talk.on_day, year=talk.on_day.year != today.year), (talk.on_day - today).days
    if days < 0:
        return f"Planned for {when}. It can still be had: choose another day."
    return f"Planned for {when}, {({0: 'today', 1: 'tomorrow'}).get(days, f'in {days} days')}."


def _practised(talk: PlannedTalk, sessions: Sequence[Figures]) -> str:
    since = talk.planned_at
    times = sum(
        each.past.scenario == talk.scenario and (since is None or each.past.began_at >= since) for each in sessions
    )
    if not talk.scenario or not times:
        return ""
    return f"Practised {({1: 'once', 2: 'twice'}).get(times, f'{times} times')} since you planned it."
