"""The plots of the progress page, each about one thing. There is no score over all of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from math import inf, log2

from rehearse.practice.log import Past
from rehearse.reports.figures import Figures
from rehearse.reports.in_brief import fixed, lately_and_before, listened, named_precisely, stayed_open
from rehearse.reports.periods import Period, day, periods
from rehearse.reports.plots import Line, Mark, Plot, Shape, nice_top, percent
from rehearse.reports.ratios import FAIR, GOOD, MINUTES, Ratio, minutes_of, ratios
from rehearse.reports.uncertainty import (
    Band,
    Share,
    median_band,
    ratio_band,
    total,
    wilson,
)

NO_OCCASION = "no occasion"
UNKNOWN = "not known"
_PERCENTS = ((0.0, "0%"), (0.5, "50%"), (1.0, "100%"))
_RATIOS = ((-2.0, "1:4"), (-1.0, "1:2"), (0.0, "1:1"), (1.0, "2:1"), (2.0, "4:1"), (3.0, "8:1"))
_Known = Callable[[Sequence[Figures]], Mark]


def small_multiples(sessions: Sequence[Figures], families: Sequence[str]) -> list[Plot]:
    """All of them. `sessions`: in order of time; `families`: all feelings that can be named."""
    kind, shown = periods(sessions)
    return [
        _labels(sessions, kind, shown),
        _precision(sessions, kind, shown),
        _families(sessions, families, kind, shown),
        _listening(sessions, kind, shown),
        _openness(sessions, kind, shown),
        _ratio(sessions),
        _pause(sessions, kind, shown),
        _talk(sessions, kind, shown),
        *([_mood(sessions, kind, shown)] if any(_moods(each.past) for each in sessions) else []),
    ]


# Of the codes.


def _labels(sessions: Sequence[Figures], kind: str, shown: Sequence[Period]) -> Plot:
    def counted(count: Callable[[Past], int | None]) -> _Known:
        def mark(group: Sequence[Figures]) -> Mark:
            return _mean([times for each in group if (times := count(each.past)) is not None], NO_OCCASION)

        return mark

    lines = (
        _line(sessions, "feelings named", counted(lambda past: past.labels), shown),
        _line(sessions, "of these, precisely", counted(lambda past: past.granular), shown),
    )
    top = nice_top(
        [value for line in lines for mark in line.known for value in (mark.value or 0, *(mark.band or ()))], 4
    )
    return Plot(
        "labels",
        "Feelings named",
        lines,
        tuple((value, f"{value:g}") for value in (0.0, top / 2, top) if not value % 1),
        "In a session: answers in which you named a feeling, theirs or your own; the filled part with a precise word.",
        period=kind,
        stacked=True,
    )


def _precision(sessions: Sequence[Figures], kind: str, shown: Sequence[Period]) -> Plot:
    return Plot(
        "precision",
        "Precise words",
        (_line(sessions, "precise", _rate(named_precisely, "none named"), shown),),
        _PERCENTS,
        "Of the answers that named a feeling, those with a precise word: “overlooked”, not “bad”.",
        period=kind,
    )


def _families(sessions: Sequence[Figures], families: Sequence[str], kind: str, shown: Sequence[Period]) -> Plot:
    found = accumulate((_named(period.sessions) for period in shown), lambda known, new: known | new)
    marks = tuple(
        Mark(period.name, float(len(known)), str(len(known))) for period, known in zip(shown, found, strict=True)
    )
    ever = _named(sessions)
    used = [name for name in families if name in ever]
    unused = [name for name in families if name not in ever]
    caption = f"{len(used)} of {len(families)} so far"
    caption += f": {', '.join(used)}." if used else "."
    caption += f" Not yet: {', '.join(unused)}." if used and unused else ""
    return Plot(
        "families",
        "Families of feelings",
        (Line("families so far", marks, Mark("", None, f"{len(used)} of {len(families)}")),),
        ((0.0, "0"), (float(len(families)), str(len(families)))),
        "How many families of feelings you have found a precise word for so far.",
        caption,
        period=kind,
        in_steps=True,
    )


def _listening(sessions: Sequence[Figures], kind: str, shown: Sequence[Period]) -> Plot:
    listening, fixing = _rate(listened), _rate(fixed)
    return Plot(
        "listening",
        "Listening and fixing",
        (_line(sessions, "listened", listening, shown), _line(sessions, "fixed", fixing, shown, "square")),
        _PERCENTS,
        "Of your answers, those that listened; those that advised unasked, played it down or turned to your own story.",
        period=kind,
    )


def _openness(sessions: Sequence[Figures], kind: str, shown: Sequence[Period]) -> Plot:
    return Plot(
        "openness",
        "Staying open",
        (_line(sessions, "stayed open", _rate(stayed_open), shown),),
        _PERCENTS,
        "Where there was something to get defensive about: how often you did not. A gap is a session without occasion.",
        period=kind,
    )


def _ratio(sessions: Sequence[Figures]) -> Plot:
    worded = [each for each in sessions if not each.past.wordless]
    minutes, stretches = minutes_of(worded), ratios(worded)
    marks = tuple(
        Mark(
            _ends(each.sessions),
            None if each.value is None else _log(each.value),
            f"{each.reflections} to {each.questions}{', ' if _figure(each) else ''}{_figure(each)}",
            _logs(each),
            _figure(each),
        )
        for each in stretches
    )
    lately = Mark("", None, f"{minutes:.0f} of {MINUTES} minutes")
    note = f"Not enough yet: {lately.said} of practice."
    if stretches:
        lately = marks[-1]
        note = f"In the last {minutes_of(stretches[-1].sessions):.0f} minutes of practice {lately.said}."
    return Plot(
        "ratio",
        "Reflections to questions",
        (Line("reflections to questions", marks, lately, marks[-2] if len(marks) > 1 else None),),
        _RATIOS,
        f"What you gave back against what you asked, over at least {MINUTES} minutes of practice each. "
        "The guides for counsellors: 1:1 fair, 2:1 good (MITI 4.2).",
        note,
        guides=((log2(FAIR), "fair"), (log2(GOOD), "good")),
        period="stretch",
    )


# Of the timing.


def _pause(sessions: Sequence[Figures], kind: str, shown: Sequence[Period]) -> Plot:
    def median_pause(group: Sequence[Figures]) -> Mark:
        pauses = sorted(pause for each in group for pause in each.pauses_s)
        if not pauses:
            return Mark("", None, UNKNOWN)
        middle = (pauses[(len(pauses) - 1) // 2] + pauses[len(pauses) // 2]) / 2
        band = median_band(pauses)
        return Mark("", middle, f"{middle:.1f} s" + _from_to(band, "{:.1f}"), band)

    line = _line(sessions, "median pause", median_pause, shown)
    top = nice_top([max(mark.value or 0, mark.band[1] if mark.band else 0) for mark in line.known], 2)
    return Plot(
        "pause",
        "Pause before answering",
        (line,),
        tuple((value, f"{value:g} s") for value in (0.0, top / 2, top)),
        "Silence before your spoken answers, the median. Neither long nor short is better.",
        period=kind,
    )


def _talk(sessions: Sequence[Figures], kind: str, shown: Sequence[Period]) -> Plot:
    def share(group: Sequence[Figures]) -> Mark:
        talk = [seconds for each in group for seconds in each.talk_s]
        own, both = sum(own for own, _ in talk), sum(own + theirs for own, theirs in talk)
        if not both:
            return Mark("", None, UNKNOWN)
        band = ratio_band([(own, own + theirs) for own, theirs in talk])
        return Mark("", own / both, percent(own / both, band), band)

    return Plot(
        "talk",
        "Your share of the talk",
        (_line(sessions, "your share", share, shown),),
        _PERCENTS,
        "Of all the time in which somebody spoke, yours. There is no right share.",
        period=kind,
    )


# Of the person.


def _moods(past: Past) -> tuple[int, int] | None:
    if past.mood_before is None or past.mood_after is None:
        return None
    return past.mood_before, past.mood_after


def _mood(sessions: Sequence[Figures], kind: str, shown: Sequence[Period]) -> Plot:
    def at(place: int) -> _Known:
        return lambda group: _mean([moods[place] for each in group if (moods := _moods(each.past))], "not asked")

    return Plot(
        "mood",
        "How you were",
        (_line(sessions, "before", at(0), shown, "square"), _line(sessions, "after", at(1), shown)),
        ((0.0, "0"), (5.0, "5"), (10.0, "10")),
        "From 0 to 10, as you said before and after practising. A hard scene may leave you lower for a while.",
        period=kind,
    )


# What they have in common.


def _named(sessions: Iterable[Figures]) -> frozenset[str]:
    return frozenset(family for each in sessions for family in each.families)


def _line(
    sessions: Sequence[Figures], name: str, known: _Known, shown: Iterable[Period], shape: Shape = "circle"
) -> Line:
    lately, before = lately_and_before(sessions)
    return Line(
        name,
        tuple(replace(known(period.sessions), name=period.name) for period in shown),
        known(lately),
        known(before) if before else None,
        shape,
    )


def _mean(values: Sequence[int], without: str) -> Mark:
    if not values:
        return Mark("", None, without)
    mean = sum(values) / len(values)
    band = ratio_band([(value, 1) for value in values])
    return Mark("", mean, f"{mean:.1f}" + _from_to(band, "{:.1f}") if band else f"{mean:g}", band)


def _rate(share: Callable[[Past], Share], without: str = NO_OCCASION) -> _Known:
    def mark(group: Sequence[Figures]) -> Mark:
        found = total(share(each.past) for each in group)
        if found.rate is None:
            return Mark("", None, without)
        band = wilson(found)
        return Mark(
            "", found.rate, f"{found.times} of {found.of}, {percent(found.rate, band)}", band, percent(found.rate, band)
        )

    return mark


def _from_to(band: Band | None, form: str) -> str:
    return f" ({form.format(band[0])}–{form.format(band[1])})" if band else ""


def _ends(sessions: Sequence[Figures]) -> str:
    return day(sessions[-1].past.began_at.date(), year=True)


def _log(ratio: float) -> float:
    lowest, highest = _RATIOS[0][0], _RATIOS[-1][0]
    if ratio in {0.0, inf}:
        return highest if ratio else lowest
    return min(max(log2(ratio), lowest), highest)


def _logs(ratio: Ratio) -> Band:
    low, high = ratio.band
    return _log(low), _log(high)


def _figure(ratio: Ratio) -> str:
    if ratio.value is None or ratio.value == inf:
        return ""
    low, high = ratio.band
    return f"{ratio.value:.1f}:1 ({low:.1f}–{high:.1f})"
