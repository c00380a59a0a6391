"""How a client's practice changed over the weeks: the same plots as on their own page, from sums of weeks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rehearse.coach.caseload import without_gaps
from rehearse.coach.formats import Figures, Week
from rehearse.reports.in_brief import FEWEST
from rehearse.reports.periods import spans
from rehearse.reports.plots import Line, Mark, Plot, Shape, nice_top, percent
from rehearse.reports.review.skills import (
    SKILLS,
    Skill,
    fixed,
    lately_and_before,
    listened,
    named,
    named_precisely,
    stayed_open,
)
from rehearse.reports.uncertainty import LEVEL, Share, difference, total, wilson

NO_OCCASION = "no occasion"
NO_PRACTICE = "no practice"
_PERCENTS = ((0.0, "0%"), (0.5, "50%"), (1.0, "100%"))
_OPENNESS, _FIXING, _LISTENING, _LABELING, _ = (skill.reliability for skill in SKILLS)
_Rate = tuple[str, Callable[[Figures], Share], Shape]


def changes(weeks: Sequence[Week], until: date) -> list[Plot]:
    """All plots; `until`: the last day that is known of."""
    shown = _Weeks(weeks, *spans(without_gaps(weeks, until), lambda week: week.begins, smallest="week"))
    return [
        shown.practice(),
        shown.again(),
        shown.rates(
            "naming",
            "Feelings named",
            f"Of their replies, those that named a feeling. The coder: {_LABELING}.",
            ("named", named, "circle"),
        ),
        shown.rates(
            "precision",
            "Precise words",
            "Of the replies that named a feeling, those with a precise word: “overlooked”, not “bad”. "
            f"The coder on feelings named: {_LABELING}.",
            ("precise", named_precisely, "circle"),
        ),
        shown.rates(
            "listening",
            "Listening and fixing",
            "Of their replies, those that listened; those that advised unasked, played it down or turned to "
            f"themselves. The coder on listening: {_LISTENING}; on fixing: {_FIXING}.",
            ("listened", listened, "circle"),
            ("fixed", fixed, "square"),
        ),
        shown.rates(
            "openness",
            "Staying open",
            "Where there was something to get defensive about: how often they did not. "
            f"The coder on defending: {_OPENNESS}.",
            ("stayed open", stayed_open, "circle"),
        ),
    ]


def what_changed(weeks: Sequence[Week]) -> str:
    """Which skills showed clearly more or less often lately than before; the level is divided by their number
    (Bonferroni), as whichever stands out is said."""
    lately, before = lately_and_before(weeks)
    said = [each for skill in SKILLS if (each := _clearly(skill, lately, before))]
    if said:
        return " ".join(said)
    if any(min(skill.over(lately).of, skill.over(before).of) >= FEWEST for skill in SKILLS):
        return "No skill shows more or less often lately than before beyond what may be chance."
    return "There is too little so far to compare."


def _clearly(skill: Skill, lately: Sequence[Week], before: Sequence[Week]) -> str:
    now, then = skill.over(lately), skill.over(before)
    if min(now.of, then.of) < FEWEST:
        return ""
    low, high = difference(now, then, 1 - (1 - LEVEL) / len(SKILLS))
    if low <= 0 <= high:
        return ""
    way = "more" if low > 0 else "less"
    return f"They {skill.did} {way} often: {now.times} of {now.of} lately, {then.times} of {then.of} before."


@dataclass(frozen=True, slots=True)
class _Weeks:
    """All weeks with practice, and how they are shown."""

    weeks: Sequence[Week]
    kind: str
    spans: Sequence[tuple[str, tuple[Week, ...]]]

    def practice(self) -> Plot:
        lines = (
            self._counted("sessions", lambda week: week.sessions),
            self._counted("played to an ending", lambda week: week.completed),
        )
        return Plot(
            "practice",
            "Practice",
            lines,
            _counts(lines[0]),
            f"Sessions a {self.kind}; the filled part was played to an ending.",
            f"{self._sum(lambda week: week.sessions)} sessions in {len(self.weeks)} weeks with practice, "
            f"{sum(week.minutes for week in self.weeks):.0f} minutes; "
            f"{self._sum(lambda week: week.completed)} played to an ending.",
            period=self.kind,
            stacked=True,
        )

    def again(self) -> Plot:
        line = self._counted("tried again", lambda week: week.retries)
        return Plot(
            "again",
            "Tried again",
            (line,),
            _counts(line),
            f"Replies a {self.kind} that they took back and tried again. That is practice, and no fault.",
            f"{self._sum(lambda week: week.retries)} replies were tried again, beside "
            f"{self._sum(lambda week: week.turns)} that count.",
            period=self.kind,
            stacked=True,
        )

    def rates(self, key: str, title: str, about: str, *lines: _Rate) -> Plot:
        return Plot(key, title, tuple(self._rate(*line) for line in lines), _PERCENTS, about, period=self.kind)

    def _counted(self, name: str, count: Callable[[Week], int]) -> Line:
        sums = [(period, sum(map(count, group))) for period, group in self.spans]
        return Line(name, tuple(Mark(period, float(value), str(value)) for period, value in sums))

    def _rate(self, name: str, share: Callable[[Figures], Share], shape: Shape) -> Line:
        lately, before = lately_and_before(self.weeks)
        return Line(
            name,
            tuple(replace(_mark(share, group), name=period) for period, group in self.spans),
            _mark(share, lately),
            _mark(share, before) if before else None,
            shape,
        )

    def _sum(self, count: Callable[[Week], int]) -> int:
        return sum(map(count, self.weeks))


def _counts(line: Line) -> tuple[tuple[float, str], ...]:
    top = nice_top([mark.value or 0.0 for mark in line.marks], 4)
    return tuple((value, f"{value:g}") for value in (0.0, top / 2, top) if not value % 1)


def _mark(share: Callable[[Figures], Share], weeks: Sequence[Week]) -> Mark:
    found = total(share(week.figures) for week in weeks)
    if found.rate is None:
        return Mark("", None, NO_OCCASION if any(week.sessions for week in weeks) else NO_PRACTICE)
    band = wilson(found)
    figure = percent(found.rate, band)
    return Mark("", found.rate, f"{found.times} of {found.of}, {figure}", band, figure)
