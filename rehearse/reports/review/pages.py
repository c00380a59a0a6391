"""The review: a page for the practice, and one for each client. They need nothing else: no script, no other file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from jinja2 import Template

from rehearse.coach.caseload import Letter, Record, Standing
from rehearse.coach.formats import Assignment, Try, Week
from rehearse.coach.judgements import Judgement
from rehearse.feedback.reliability import right_when_given
from rehearse.practice.standing import IN_WORDS
from rehearse.reports.drawing import drawn
from rehearse.reports.periods import day
from rehearse.reports.progress_page import environment
from rehearse.reports.review.changes import changes, what_changed
from rehearse.reports.review.focus import RULE, focus
from rehearse.reports.review.shown import OWN_SCENE, sessions_shown
from rehearse.reports.review.skills import BEFORE, LATELY

PRACTICE = "practice.html"
PAGES = re.compile(r"practice\.html|client-[0-9a-f]{12}\.html")
"""What the files are called: no name of a client's is in them."""
OF_LATE = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Review:
    """What the pages are made from."""

    records: Sequence[Record]
    assigned: Mapping[str, Assignment]
    judgements: Sequence[Judgement]
    at: datetime
    damaged: int = 0
    """Files of clients' that cannot be read."""


def page_name(client: str) -> str:
    """The file of the client who has that key."""
    return f"client-{client[:12]}.html"


def client_page(review: Review, record: Record) -> str:
    """What one client has shared."""
    newest, judgements = record.newest, [each for each in review.judgements if each.client == record.client]
    missing = f" Not here: {_numbers(record.missing)}." if record.missing else ""
    return _page(
        "client",
        review,
        record=record,
        practice=PRACTICE,
        shared=f"{_counted(record.count, 'share')}, the newest number {newest.number}, made on "
        f"{day(newest.made_at.date(), year=True)}; it goes up to {day(newest.until, year=True)}.{missing}",
        letters=[_letter(each) for each in record.letters],
        focus=focus(record, review.assigned, review.at.date()),
        adherence=[_adherence(each, review.assigned.get(each.progress.assignment)) for each in record.standings],
        plots=changes(record.weeks, newest.until) if record.weeks else [],
        changed=what_changed(record.weeks),
        tries=[_try(each) for each in reversed(record.tries)],
        sessions=sessions_shown(record, judgements),
        journal=[
            {"title": day(each.day, year=True), "question": each.question, "text": each.text}
            for each in reversed(record.journal)
        ],
        drawn=drawn,
        lately=LATELY,
        before=BEFORE,
        rule=RULE,
    )


def practice_page(review: Review, *, latest_first: bool = False) -> str:
    """All clients: by name, or by the day of their newest share."""
    records = sorted(review.records, key=lambda each: (each.name is None, (each.name or "").casefold(), each.client))
    latest = sorted(records, key=lambda each: each.newest.made_at, reverse=True)
    heard = {each.progress.assignment for record in records for each in record.standings}
    unheard = [each for id_, each in review.assigned.items() if id_ not in heard]
    return _page(
        "practice",
        review,
        range=f"{_counted(len(records), 'client')}, {_counted(sum(each.count for each in records), 'share')}.",
        troubles=list(_troubles(review)),
        questions=[
            {
                "href": page_name(each.client),
                "called": each.called,
                "asks": each.newest.asks,
                "on": day(each.newest.made_at.date(), year=True),
            }
            for each in latest
            if each.newest.asks
        ],
        order="By their newest share" if latest_first else "By name",
        clients=[
            {
                "href": page_name(each.client),
                "called": each.called,
                "key": each.short,
                "lines": list(_in_brief(each, review.assigned)),
            }
            for each in (latest if latest_first else records)
        ],
        unheard=[
            {"title": _task(each), "state": f"Made on {day(each.made_at.date(), year=True)}."}
            for each in reversed(unheard)
        ],
    )


def _page(name: str, review: Review, **values: Any) -> str:
    page = _template(name).render(right=round(10 * right_when_given()), at=day(review.at.date(), year=True), **values)
    return page.lstrip()


# Of a client.


def _letter(letter: Letter) -> dict[str, Any]:
    about = "They ask" if letter.asks else "They say"
    return {
        "title": f"{about}, {day(letter.on, year=True)}",
        "asks": letter.asks,
        "hard": letter.hard,
        "says": letter.says,
    }


def _adherence(standing: Standing, asked: Assignment | None) -> dict[str, str]:
    progress = standing.progress
    state = "open" if progress.open else "done" if progress.done >= progress.of else "over"
    told = f"{progress.done} of {progress.of} done, {state}, as they said on {day(standing.on, year=True)}."
    if asked is None:
        return {
            "title": f"An assignment that is not on this machine ({progress.assignment})",
            "state": told,
            "note": "",
        }
    return {"title": _task(asked), "state": told, "note": asked.note}


def _task(asked: Assignment) -> str:
    parts = [asked.scenario, "once" if asked.times == 1 else f"{asked.times} times"]
    if asked.until:
        parts.append(f"by {day(asked.until, year=True)}")
    if asked.skill:
        parts.append(f"for {IN_WORDS[asked.skill]}")
    if asked.mode:
        parts.append(f"mode {asked.mode}")
    if asked.cohort:
        parts.append(f"for the group {asked.cohort}")
    return ", ".join(parts)


def _try(each: Try) -> dict[str, str]:
    title = [day(each.day, year=True), each.scenario or OWN_SCENE]
    title += [f"mode {each.mode}"] if each.mode != "plain" else []
    title += ["counts"] if each.counts else ["picked by them"]
    ended = "played to an ending" if each.completed else "not played to an ending"
    if each.ending:
        ended = f"ended in “{each.ending}”"
    state = [ended, _counted(each.turns, "reply", "replies"), f"{each.retries} tried again"]
    state.append(f"{each.minutes:g} minutes")
    figures = each.figures
    for name, figure in (
        ("named a feeling", figures.labels),
        ("listened", figures.listening),
        ("fixed", figures.fixing),
        ("defended", figures.defensive),
    ):
        if figure is not None and figure.of:
            state.append(f"{name} in {figure.count} of {figure.of}")
    return {"title": ", ".join(title), "state": ", ".join(state)}


# Of the practice.


def _troubles(review: Review) -> Iterator[str]:
    if review.damaged:
        them = "It counts" if review.damaged == 1 else "They count"
        yield f"{_counted(review.damaged, 'file')} cannot be read. {them} for nothing; have it sent again."
    waiting = sum(each.waits for each in review.judgements)
    if waiting:
        yield f"{_counted(waiting, 'correction')} of yours {'waits' if waiting == 1 else 'wait'} for an assignment."


def _in_brief(record: Record, assigned: Mapping[str, Assignment]) -> Iterator[str]:
    newest = record.newest
    missing = f"; not here: {_numbers(record.missing)}" if record.missing else ""
    yield f"Newest share: number {newest.number}, {day(newest.made_at.date(), year=True)}{missing}."
    weeks = [each for each in record.weeks if each.sessions and newest.until - each.begins < OF_LATE]
    yield f"In the four weeks up to {day(newest.until)}: {_practised(weeks)}."
    for each in record.standings:
        if each.progress.open:
            asked = assigned.get(each.progress.assignment)
            until = f", by {day(asked.until, year=True)}" if asked and asked.until else ""
            name = asked.scenario if asked else "an assignment from elsewhere"
            yield f"Open: {name}, {each.progress.done} of {each.progress.of} done{until}."


def _practised(weeks: Sequence[Week]) -> str:
    if not weeks:
        return "no practice that they share"
    sessions, minutes = sum(each.sessions for each in weeks), sum(each.minutes for each in weeks)
    return f"{_counted(sessions, 'session')} in {_counted(len(weeks), 'week')}, {minutes:.0f} minutes"


def _numbers(missing: Sequence[int]) -> str:
    shown = ", ".join(map(str, missing[:5])) + (" …" if len(missing) > 5 else "")
    return f"number {shown} (still on its way, lost or withdrawn)"


def _counted(count: int, unit: str, units: str = "") -> str:
    return f"{count:,} {unit if count == 1 else units or f'{unit}s'}"


@cache
def _template(name: str) -> Template:
    return environment().get_template(f"review/{name}.html")
