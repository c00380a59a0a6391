"""Moments that were tried again: how the skills showed at first, and what became of it."""

from collections.abc import Sequence

from rehearse.feedback.codes import Axis
from rehearse.feedback.ratings import Rating
from rehearse.reports.figures import Figures
from rehearse.reports.plots import Pair, PairPlot, percent
from rehearse.reports.uncertainty import Share, wilson

_IN_WORDS = {
    Axis.LABELING: "named a feeling",
    Axis.LISTENING: "only listened",
    Axis.DEFENSIVENESS: "stayed open",
}


def trying_again(sessions: Sequence[Figures]) -> PairPlot:
    """Of the moments that gave occasion both times, in how many a skill was rated strong at first, and again."""
    retries = [retry for each in sessions for retry in each.retries]
    pairs = []
    for axis, name in _IN_WORDS.items():
        both = [
            (retry.first[axis], retry.last[axis]) for retry in retries if axis in retry.first and axis in retry.last
        ]
        if both:
            first, last = (Share(sum(tried[at] is Rating.STRONG for tried in both), len(both)) for at in (0, 1))
            pairs.append(_pair(name, first, last))
    caption = "No moment has been tried again yet. Say “again” after an answer, and you can." if not pairs else ""
    if pairs:
        moments = "moment was" if len(retries) == 1 else "moments were"
        caption = f"{len(retries)} {moments} tried again."
    return PairPlot(
        "What trying again changed",
        tuple(pairs),
        "Of the moments that you tried again: in how many your answer did this at first (□), and again (●).",
        caption,
    )


def _pair(name: str, first: Share, last: Share) -> Pair:
    bands = wilson(first), wilson(last)
    figures = f"{first.times} of {first.of}", f"{last.times} of {last.of}"
    rates = first.times / first.of, last.times / last.of
    said = f"{figures[0]}, {percent(rates[0], bands[0])}", f"{figures[1]}, {percent(rates[1], bands[1])}"
    return Pair(name, *rates, *bands, said, figures)
