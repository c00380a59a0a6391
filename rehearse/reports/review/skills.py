"""The skills as a coach sees them: sums of weeks, and beside each how far its figures can be trusted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rehearse.coach.formats import Figures, OfACode, Week
from rehearse.feedback.codes import Axis
from rehearse.feedback.reliability import measured
from rehearse.reports.in_brief import SKILLS as OWN_SKILLS
from rehearse.reports.uncertainty import Share, total

LATELY = 4
"""Weeks with practice that "lately" means at most, and never more than half of them."""
BEFORE = 12
"""Weeks before these that they are held against, at most."""


@dataclass(frozen=True, slots=True)
class Skill:
    """Something that can be practised, as a share that rises with it."""

    name: str
    """Fits after "Look at"."""
    did: str
    """Fits after "They" and before "in 3 of 8 replies"."""
    out_of: str
    """What its share is out of."""
    axis: Axis
    mark: float
    """What the program calls strong, no norm."""
    share: Callable[[Figures], Share]

    @property
    def reliability(self) -> str:
        """How far the coder can be trusted with it; fits after "The coder: "."""
        figures = measured()["written"]["axes"][str(self.axis)]
        return (
            f"right in {figures['precision']:.0%} of such verdicts, finds {figures['recall']:.0%} of what is there, "
            f"κ {figures['kappa']:.2f}"
        )

    def over(self, weeks: Iterable[Week]) -> Share:
        """All of them together."""
        return total(self.share(week.figures) for week in weeks)


def named(figures: Figures) -> Share:
    """Replies that named a feeling."""
    return _share(figures.labels)


def named_precisely(figures: Figures) -> Share:
    """Of these, those with a precise word."""
    return _share(figures.granular)


def listened(figures: Figures) -> Share:
    """Replies that listened."""
    return _share(figures.listening)


def fixed(figures: Figures) -> Share:
    """Replies with advice that nobody had asked for, playing down, or turning to oneself."""
    return _share(figures.fixing)


def did_not_fix(figures: Figures) -> Share:
    """The others."""
    return _rest(figures.fixing)


def stayed_open(figures: Figures) -> Share:
    """Of the lines that one can get defensive about, those that were answered openly."""
    return _rest(figures.defensive)


def lately_and_before(weeks: Sequence[Week]) -> tuple[Sequence[Week], Sequence[Week]]:
    """The newest weeks with practice in them, and those before that they are held against."""
    practised = [week for week in weeks if week.sessions]
    newest = max(1, min(LATELY, len(practised) // 2))
    return practised[-newest:], practised[-newest - BEFORE : -newest]


def _share(figure: OfACode | None) -> Share:
    return Share(figure.count, figure.of) if figure else Share(0, 0)


def _rest(figure: OfACode | None) -> Share:
    return Share(figure.of - figure.count, figure.of) if figure else Share(0, 0)


SKILLS = tuple(
    Skill(name, did, out_of, axis, own.mark, share)
    for own, (name, did, out_of, axis, share) in zip(
        OWN_SKILLS,
        (
            (
                "staying open when something is held against them",
                "stayed open",
                "moments in which something was held against them",
                Axis.DEFENSIVENESS,
                stayed_open,
            ),
            ("hearing it out before they fix anything", "held back fixing", "replies", Axis.FIXING, did_not_fix),
            ("listening", "listened", "replies", Axis.LISTENING, listened),
            ("naming the feeling that they hear", "named a feeling", "replies", Axis.LABELING, named),
            (
                "precise words for feelings",
                "found a precise word",
                "replies that named a feeling",
                Axis.LABELING,
                named_precisely,
            ),
        ),
        strict=True,
    )
)
"""In the order of the client's own program: what costs a conversation most comes first."""
