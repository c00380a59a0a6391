"""The figures of sessions, put together as counts of what could have been."""

from collections.abc import Iterable, Sequence

from rehearse.coach.formats import Figures, OfACode
from rehearse.practice.log import Past


def figures_of(pasts: Sequence[Past]) -> Figures:
    """Over all of `pasts`; a skill that had no occasion in a session does not count there, neither for nor against."""
    labels = _sum((past.labels, past.turns) for past in pasts)
    return Figures(
        labels=labels,
        granular=_sum((past.granular, past.labels or 0) for past in pasts) if labels and labels.count else None,
        listening=_sum((past.listening, past.turns) for past in pasts),
        fixing=_sum((past.fixing, past.turns) for past in pasts),
        defensive=_sum((past.defensive, past.occasions or 0) for past in pasts),
    )


def _sum(counts: Iterable[tuple[int | None, int]]) -> OfACode | None:
    """Reports of older programs may count more than there was occasion for."""
    known = [(count, of) for count, of in counts if count is not None]
    return OfACode(count=sum(min(pair) for pair in known), of=sum(of for _, of in known)) if known else None
