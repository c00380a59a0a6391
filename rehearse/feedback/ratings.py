"""How each skill showed.

A skill for which no line gave occasion is "not rated", never zero. The marks below are this program's own, chosen so
that a rating says what a coach would say of so few turns; they are not norms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rehearse.feedback.codes import Axis
from rehearse.feedback.feelings import Granularity, Stance
from rehearse.feedback.labels import Label, label_of
from rehearse.feedback.moment import ABOUT_US, FEELING, SOMETHING, Moment, advised_when_asked, defending, fixing


class Rating(StrEnum):
    """How a skill showed."""

    STRONG = "strong"
    SOME = "some"
    NOT_YET = "not yet"
    NOT_RATED = "not rated"


@dataclass(frozen=True, slots=True)
class Labeling:
    """Feelings named, the partner's or one's own."""

    rating: Rating
    count: int
    """Replies that named one."""
    granular: int
    """Of these, with a specific word: "overlooked", not "bad"."""
    tentative: int
    """Of these, such that the other could say no: "it sounds like", not "you're obviously"."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Listening against fixing."""

    rating: Rating
    count: int
    """Replies that listened."""
    fixing: int
    """Replies that advised, played down or turned to oneself."""


@dataclass(frozen=True, slots=True)
class Defensiveness:
    """Staying open where there was something to defend; `strong` is open."""

    rating: Rating
    count: int
    """Replies that defended."""
    occasions: int
    """Lines that carried a complaint, a hurt or a bid."""


def rate_labeling(moments: Sequence[Moment]) -> Labeling:
    """How feelings were named, where there were any."""
    occasions = [moment for moment in moments if moment.carries & FEELING]
    labeled = [labels for moment in moments if (labels := _labels(moment))]
    granular = sum(any(label.granularity is Granularity.SPECIFIC for label in labels) for labels in labeled)
    tentative = sum(any(label.stance is Stance.TENTATIVE for label in labels) for labels in labeled)
    return Labeling(_rate(len(labeled), len(occasions), strong_from=1 / 3), len(labeled), granular, tentative)


def rate_listening(moments: Sequence[Moment]) -> Listening:
    """How much was listened, against how much was fixed. Advice that was asked for is neither."""
    listened = sum(bool(moment.coded.on(Axis.LISTENING)) for moment in moments)
    fixed = sum(bool(fixing(moment)) for moment in moments)
    occasions = sum(
        bool(moment.carries & SOMETHING) and (bool(moment.coded.on(Axis.LISTENING)) or not advised_when_asked(moment))
        for moment in moments
    )
    rating = _rate(listened, occasions, strong_from=1 / 2)
    # MITI 4.2.1 counts reflections against questions and advice; here too, what was fixed weighs against it.
    if rating is Rating.STRONG and listened < 2 * fixed:
        rating = Rating.SOME
    return Listening(rating, listened, fixed)


def rate_defensiveness(moments: Sequence[Moment]) -> Defensiveness:
    """How open the replies stayed, where there was something to defend."""
    occasions = [moment for moment in moments if moment.carries & ABOUT_US]
    defended = sum(bool(defending(moment)) for moment in occasions)
    rating = _rate(len(occasions) - defended, len(occasions), strong_from=1.0)
    if 2 * defended > len(occasions):
        rating = Rating.NOT_YET
    return Defensiveness(rating, defended, len(occasions))


def ratings_in_words(labeling: Labeling, listening: Listening, defensiveness: Defensiveness) -> str:
    """What was counted, as a coach would say it; nothing of a skill that is not rated."""
    sentences = []
    if labeling.rating is not Rating.NOT_RATED:
        named = f"You named a feeling {_times(labeling.count)}" if labeling.count else "You didn't name a feeling yet"
        named += _of_these(labeling.granular, labeling.count, "with a precise word")
        named += _of_these(labeling.tentative, labeling.count, "as a guess")
        sentences.append(named)
    if listening.rating is not Rating.NOT_RATED:
        heard = f"You listened {_times(listening.count)}" if listening.count else "You didn't get to listening yet"
        heard += f", and tried to fix things {_times(listening.fixing)}" if listening.fixing else ""
        sentences.append(heard)
    if defensiveness.rating is not Rating.NOT_RATED:
        sentences.append(
            f"You defended yourself {_times(defensiveness.count)}"
            if defensiveness.count
            else "You stayed open where you could have defended yourself"
        )
    return " ".join(f"{sentence}." for sentence in sentences)


def _labels(moment: Moment) -> list[Label]:
    return [label for found in moment.coded.on(Axis.LABELING) if (label := label_of(moment.coded, found))]


def _rate(times: int, occasions: int, strong_from: float) -> Rating:
    if not occasions:
        return Rating.NOT_RATED
    if times >= strong_from * occasions:
        return Rating.STRONG
    return Rating.SOME if times else Rating.NOT_YET


def _of_these(some: int, count: int, how: str) -> str:
    if not some:
        return ""
    return f", {how}" if some == count else f", {_times(some)} {how}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
