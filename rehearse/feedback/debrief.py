"""What is said of a session when it is over: strengths first, one thing to try, in the person's own words.

A skill for which no line gave occasion is "not rated", never zero. The marks below are this program's own, chosen so
that a rating says what a coach would say of so few turns; they are not norms.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rehearse.feedback.codes import AXES, Axis, Code, CodedReply, Evidence
from rehearse.feedback.feelings import granularity

FEELING = frozenset({"feeling", "hurt", "complaint", "bid", "good_news"})
"""Lines with a feeling in them to be named."""
ABOUT_US = frozenset({"hurt", "complaint", "bid"})
"""Lines one can get defensive about (the coding manual, "Defensiveness")."""
SOMETHING = FEELING | {"asks_advice"}
"""Lines with anything to listen to."""
QUOTED_CHARACTERS = 90
"""A longer quotation is hard to follow by ear."""


class Rating(StrEnum):
    """How a skill showed."""

    STRONG = "strong"
    SOME = "some"
    NOT_YET = "not yet"
    NOT_RATED = "not rated"


@dataclass(frozen=True, slots=True)
class Alternative:
    """What could have been said, and why it helps."""

    say: str
    why: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the partner and what the reply to it did."""

    line: str
    carries: frozenset[str]
    """What the line held that could be answered: feeling, hurt, complaint, bid, asks_advice, good_news, nothing."""
    coded: CodedReply
    instead: Mapping[str, Alternative]
    """By code, by axis, or `missed`: what could have been said at this line."""


@dataclass(frozen=True, slots=True)
class Labeling:
    """Feelings named, the partner's or one's own."""

    rating: Rating
    count: int
    """Replies that named one."""
    granular: int
    """Of these, with a specific word: "overlooked", not "bad"."""


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


@dataclass(frozen=True, slots=True)
class InsteadOf:
    """A moment that could have gone otherwise."""

    said: str
    could_say: str
    why: str


@dataclass(frozen=True, slots=True)
class Debrief:
    """The whole of it."""

    labeling: Labeling
    listening: Listening
    defensiveness: Defensiveness
    strengths: tuple[str, ...]
    try_next: str
    instead_of: tuple[InsteadOf, ...]

    @property
    def spoken(self) -> tuple[str, ...]:
        """What the coach says aloud: under a minute."""
        ratings = _ratings_in_words(self)
        return (*self.strengths, *([ratings] if ratings else []), self.try_next)


def debrief(partner: str, moments: Sequence[Moment]) -> Debrief:
    """What can be said of `moments` to the person who answered them; `partner` is the partner's name."""
    turning_points = [moment for moment in moments if _went_wrong(moment)]
    turning_points.sort(key=_gravity, reverse=True)
    alternatives = [found for moment in turning_points if (found := _instead_of(moment))]
    return Debrief(
        _labeling(moments),
        _listening(moments),
        _defensiveness(moments),
        _strengths(partner, moments),
        _try_next(partner, moments, turning_points),
        tuple(alternatives[:3]),
    )


def _labeling(moments: Sequence[Moment]) -> Labeling:
    occasions = [moment for moment in moments if moment.carries & FEELING]
    labels = [moment.coded.on(Axis.LABELING) for moment in moments if moment.coded.on(Axis.LABELING)]
    granular = sum(any(granularity(label.text) == "specific" for label in found) for found in labels)
    return Labeling(_rate(len(labels), len(occasions), strong_from=1 / 3), len(labels), granular)


def _listening(moments: Sequence[Moment]) -> Listening:
    occasions = [moment for moment in moments if moment.carries & SOMETHING]
    listened = sum(bool(moment.coded.on(Axis.LISTENING)) for moment in moments)
    fixed = sum(bool(_fixing(moment)) for moment in moments)
    rating = _rate(listened, len(occasions), strong_from=1 / 2)
    # MITI 4.2.1 counts reflections against questions and advice; here too, what was fixed weighs against it.
    if rating is Rating.STRONG and listened < 2 * fixed:
        rating = Rating.SOME
    return Listening(rating, listened, fixed)


def _defensiveness(moments: Sequence[Moment]) -> Defensiveness:
    occasions = [moment for moment in moments if moment.carries & ABOUT_US]
    defended = sum(bool(_defending(moment)) for moment in occasions)
    rating = _rate(len(occasions) - defended, len(occasions), strong_from=1.0)
    if 2 * defended > len(occasions):
        rating = Rating.NOT_YET
    return Defensiveness(rating, defended, len(occasions))


def _rate(times: int, occasions: int, strong_from: float) -> Rating:
    if not occasions:
        return Rating.NOT_RATED
    if times >= strong_from * occasions:
        return Rating.STRONG
    return Rating.SOME if times else Rating.NOT_YET


_PRAISE = {
    Code.OWNS: "You took your part of it: {quote} That takes courage, and it opens the door.",
    Code.LABELS_FEELING: "You put a name to what {partner} felt: {quote}",
    Code.SHARES: "You let {partner} see something of yourself: {quote}",
    Code.REFLECTS: "You gave back what you had heard: {quote} That shows you were listening.",
    Code.VALIDATES: "You said that it made sense: {quote}",
    Code.EXPLORES: "You asked for more instead of assuming: {quote}",
    Code.ASKS_NEED: "You asked what was needed before helping: {quote}",
    Code.TAKES_SPACE: "You asked for a break and said when you would be back: {quote}",
    Code.STAYS_PRESENT: "You stayed, without solving anything: {quote}",
    Code.NAMES_OWN_FEELING: "You said what you felt: {quote}",
    Code.APPRECIATES: "You told {partner} what you value: {quote}",
}
"""In the order in which they are worth mentioning."""


def _strengths(partner: str, moments: Sequence[Moment]) -> tuple[str, ...]:
    best: dict[Code, Evidence] = {}
    for moment in moments:
        for found in moment.coded.evidence:
            if found.code not in best or found.confidence > best[found.code].confidence:
                best[found.code] = found
    praised: list[str] = []
    quoted: set[str] = set()
    for code, words in _PRAISE.items():
        if code in best and best[code].text not in quoted:
            quoted.add(best[code].text)
            praised.append(words.format(partner=partner, quote=_quoted_sentence(best[code].text)))
    if praised:
        return tuple(praised[:2])
    if moments:
        return (f"You stayed in the conversation with {partner} and kept answering. That's where it begins.",)
    return ("You came to practise. That's where it begins.",)


def _went_wrong(moment: Moment) -> bool:
    if _against(moment):
        return True
    helped = any(moment.coded.on(axis) for axis in (Axis.LABELING, Axis.LISTENING, Axis.OPENNESS))
    advised = "asks_advice" in moment.carries and moment.coded.codes & {Code.ADVISES, Code.ADVISES_WITH_LEAVE}
    return not helped and not advised and bool(moment.carries & FEELING)


def _against(moment: Moment) -> tuple[Evidence, ...]:
    """What worked against the conversation, the gravest first."""
    return (*_defending(moment), *_fixing(moment))


def _defending(moment: Moment) -> tuple[Evidence, ...]:
    return moment.coded.on(Axis.DEFENSIVENESS) if moment.carries & ABOUT_US else ()


def _fixing(moment: Moment) -> tuple[Evidence, ...]:
    """What was fixed that nobody had asked to be: advice that was asked for is none of it."""
    return tuple(
        found
        for found in moment.coded.on(Axis.FIXING)
        if found.code is not Code.ADVISES or "asks_advice" not in moment.carries
    )


def _gravity(moment: Moment) -> int:
    """What costs a conversation most comes first; among equals, what came first."""
    return 2 * bool(_defending(moment)) + bool(_fixing(moment))


def _instead_of(moment: Moment) -> InsteadOf | None:
    for found in _against(moment):
        axis = Axis.DEFENSIVENESS if found.code in AXES[Axis.DEFENSIVENESS] else Axis.FIXING
        for way in (str(found.code), str(axis)):
            if way in moment.instead:
                return InsteadOf(found.text, moment.instead[way].say, moment.instead[way].why)
    if "missed" in moment.instead:
        return InsteadOf(moment.coded.text, moment.instead["missed"].say, moment.instead["missed"].why)
    return None


def _try_next(partner: str, moments: Sequence[Moment], turning_points: Sequence[Moment]) -> str:
    for moment in turning_points:
        if found := _instead_of(moment):
            return (
                f"One thing to try. When {partner} said, {_quote(moment.line)}, you said, {_quote(found.said)}. "
                f"You could have said, {_quoted_sentence(found.could_say)} {found.why}"
            )
    if moments:
        return "One thing to try: the same scene again, in other words. It won't go quite the same way."
    return "One thing to try: stay for one answer, in whatever words come."


def _ratings_in_words(result: Debrief) -> str:
    labeling, listening, defensiveness = result.labeling, result.listening, result.defensiveness
    sentences = []
    if labeling.rating is not Rating.NOT_RATED:
        named = f"You named a feeling {_times(labeling.count)}" if labeling.count else "You didn't name a feeling yet"
        if labeling.granular:
            often = "" if labeling.granular == labeling.count else f" {_times(labeling.granular)}"
            named += f",{often} with a precise word"
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


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _quote(words: str) -> str:
    """`words` in quotation marks; of many, the first sentences, or as many words as can be followed by ear."""
    words = " ".join(words.split()).strip(" .,;")
    if len(words) <= QUOTED_CHARACTERS:
        return f"“{words}”"
    if sentences := re.match(rf".{{15,{QUOTED_CHARACTERS}}}[.!?](?= )", words):
        return f"“{sentences[0].rstrip('.')}”"
    return f"“{words[:QUOTED_CHARACTERS].rsplit(' ', 1)[0].rstrip(' .,;')}…”"


def _quoted_sentence(words: str) -> str:
    """A quotation that ends the sentence it stands in."""
    quotation = _quote(words)
    return quotation if quotation[-2] in "?!…" else f"{quotation[:-1]}.”"
