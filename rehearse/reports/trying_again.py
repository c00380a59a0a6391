"""Moments that were tried again: how the skills showed at first, and what became of it."""

from collections.abc import Callable, Sequence

from rehearse.feedback.moment import Moment
from rehearse.feedback.ratings import Rating, rate_defensiveness, rate_labeling, rate_listening
from rehearse.reports.figures import Figures
from rehearse.reports.plots import Pair, PairPlot, percent
from rehearse.reports.uncertainty import Share, wilson

NEWEST = 100
"""So many moments are looked at: what they show of years ago is no help."""
_SKILLS: dict[str, Callable[[Moment], Rating]] = {
    "named a feeling": lambda moment: rate_labeling([moment]).rating,
    "only listened": lambda moment: rate_listening([moment]).rating,
    "stayed open": lambda moment: rate_defensiveness([moment]).rating,
}


def trying_again(sessions: Sequence[Figures]) -> PairPlot:
    """Of the moments that gave occasion, in how many a skill was rated strong at first, and again."""
    retries = [retry for each in sessions for retry in each.retries][-NEWEST:]
    pairs = []
    for name, rate in _SKILLS.items():
        rated = [(rate(retry.first), rate(retry.last)) for retry in retries]
        both = [ratings for ratings in rated if Rating.NOT_RATED not in ratings]
        if both:
            first, last = (Share(sum(tried[at] is Rating.STRONG for tried in both), len(both)) for at in (0, 1))
            pairs.append(_pair(name, first, last))
    caption = "No moment has been tried again yet. Say “try that again” after an answer, and you can."
    if pairs:
        newest = "The newest " if len(retries) == NEWEST else ""
        caption = f"{newest}{len(retries)} {'moment' if len(retries) == 1 else 'moments'} tried again."
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
