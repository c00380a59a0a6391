"""Progress as one HTML page that needs nothing else: no script, no other file, no network."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from rehearse.feedback.reliability import right_when_given
from rehearse.reports.calendar import calendar
from rehearse.reports.drawing import drawn, drawn_calendar, drawn_pairs
from rehearse.reports.figures import Figures, Practice
from rehearse.reports.in_brief import in_brief
from rehearse.reports.periods import day
from rehearse.reports.ratios import minutes_of
from rehearse.reports.small_multiples import small_multiples
from rehearse.reports.the_talk import shown_talks
from rehearse.reports.trying_again import trying_again


def progress_page(practice: Practice) -> str:
    """The page."""
    sessions = practice.sessions
    plots = small_multiples(sessions, practice.families) if sessions else []
    template = environment().get_template("progress.html")
    page = template.render(
        brief=in_brief([each.past for each in sessions], practice.proposed),
        range=range_of(practice),
        talks=shown_talks(practice),
        plots=plots,
        period=plots[0].period if plots else "",
        again=trying_again(sessions),
        calendar=calendar(sessions, practice.at.date()),
        drawn=drawn,
        drawn_pairs=drawn_pairs,
        drawn_calendar=drawn_calendar,
        right=round(10 * right_when_given()),
        at=day(practice.at.date(), year=True),
    )
    return page.lstrip()


def range_of(practice: Practice) -> str:
    """What all of it is made from, in a sentence."""
    sessions = practice.sessions
    if not sessions:
        held = practice.unanswered
        return f"{_counted(held, 'session')} so far, none with an answer." if held else "No session so far."
    first, last = (day(each.past.began_at.date(), year=True) for each in (sessions[0], sessions[-1]))
    when = first if first == last else f"{first} to {last}"
    return f"{when}: {_counted(len(sessions), 'session')}, {_duration(sessions)}."


def _duration(sessions: tuple[Figures, ...]) -> str:
    minutes = round(minutes_of(sessions))
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else _counted(minutes, "minute")


def _counted(count: int, unit: str) -> str:
    return f"{count:,} {unit}" + ("" if count == 1 else "s")


@cache
def environment() -> Environment:
    """Where the templates of all pages are."""
    return Environment(
        loader=PackageLoader("rehearse.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
