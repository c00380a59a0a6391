"""Reflections to questions, as MITI 4.2.1 counts them, over enough practice to mean something.

Moyers, Manuel & Ernst (2014), Motivational Interviewing Treatment Integrity Coding Manual 4.2.1: a counsellor with one
reflection to a question is fair, with two good. The authors call these marks expert opinion, without norms. They are
made for twenty minutes of a counsellor's session, so less practice than that is not measured here. MITI's share of
complex reflections is left out: the codes do not tell complex reflections from simple ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from rehearse.reports.figures import Figures
from rehearse.reports.periods import MOST
from rehearse.reports.uncertainty import Band, Share, odds, wilson

MINUTES = 20
"""The length of a sample that MITI is scored on."""
FAIR, GOOD = 1.0, 2.0


@dataclass(frozen=True, slots=True)
class Ratio:
    """Reflections to questions in at least `MINUTES` of practice."""

    sessions: tuple[Figures, ...]

    @property
    def reflections(self) -> int:
        """Sentences that gave something back."""
        return sum(each.reflections for each in self.sessions)

    @property
    def questions(self) -> int:
        """Sentences that asked."""
        return sum(each.questions for each in self.sessions)

    @property
    def value(self) -> float | None:
        """Infinite without a question; None where there is neither."""
        if self.questions:
            return self.reflections / self.questions
        return inf if self.reflections else None

    @property
    def band(self) -> Band:
        """Wilson's, of the share of reflections among both."""
        return odds(wilson(Share(self.reflections, self.reflections + self.questions)))


def minutes_of(sessions: Sequence[Figures]) -> float:
    """How long they took together."""
    return sum(each.past.minutes for each in sessions)


def ratios(sessions: Sequence[Figures]) -> list[Ratio]:
    """The ratios of at most `MOST` stretches of practice, each of at least `MINUTES`; none where there is less.

    They are laid from the newest session backwards; what is left over at the beginning belongs to the first.
    """
    length = max(MINUTES, minutes_of(sessions) / MOST)
    stretches: list[list[Figures]] = []
    stretch: list[Figures] = []
    minutes = 0.0
    for session in reversed(sessions):
        stretch.append(session)
        minutes += session.past.minutes
        if minutes >= length:
            stretches.append(stretch)
            stretch, minutes = [], 0.0
    if stretches:
        stretches[-1] += stretch
    return [Ratio(tuple(reversed(each))) for each in reversed(stretches)]
