"""One moment of a scene: a line of the partner, the reply to it, and what in the reply worked against the talk."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rehearse.feedback.codes import ADVICE, AXES, HELPING, MISSED, Axis, Code, CodedReply, Evidence

FEELING = frozenset({"feeling", "hurt", "complaint", "bid", "good_news"})
"""Lines with a feeling in them to be named."""
ABOUT_US = frozenset({"hurt", "complaint", "bid"})
"""Lines one can get defensive about (the coding manual, "Defensiveness")."""
_ABOUT_BLAME = AXES[Axis.DEFENSIVENESS] | {Code.OWNS}
SOMETHING = FEELING | {"asks_advice"}
"""Lines with anything to listen to."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """What could have been said, and why it helps."""

    say: str
    why: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a line of the partner gave occasion for."""

    carries: frozenset[str] = frozenset()
    """What the line held that could be answered: feeling, hurt, complaint, bid, asks_advice, good_news, nothing."""
    feels: tuple[str, ...] = ()
    """Precise words for the feeling in it."""
    instead: Mapping[str, Alternative] = field(default_factory=dict)
    """By code, by axis, or `missed`: what could have been said at this line."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the partner and what the reply to it did."""

    line: str
    occasion: Occasion
    coded: CodedReply
    answer: str = ""
    """What the partner said to it."""

    @property
    def carries(self) -> frozenset[str]:
        """What the line held that could be answered."""
        return self.occasion.carries


def defending(moment: Moment) -> tuple[Evidence, ...]:
    """What defended, where there was something to get defensive about."""
    return moment.coded.on(Axis.DEFENSIVENESS) if moment.carries & ABOUT_US else ()


def fixing(moment: Moment) -> tuple[Evidence, ...]:
    """What was fixed that nobody had asked to be: advice that was asked for is none of it."""
    return tuple(
        found
        for found in moment.coded.on(Axis.FIXING)
        if found.code is not Code.ADVISES or "asks_advice" not in moment.carries
    )


def against(moment: Moment) -> tuple[Evidence, ...]:
    """What worked against the conversation, the gravest first."""
    return (*defending(moment), *fixing(moment))


def advised_when_asked(moment: Moment) -> bool:
    """Whether the partner asked for advice and got some."""
    return "asks_advice" in moment.carries and bool(moment.coded.codes & ADVICE)


def missed(moment: Moment) -> bool:
    """Whether there was a feeling, and the reply did nothing with it.

    A code that the coder is unsure of, or that the person has contested, leaves that open.
    """
    if not moment.carries & FEELING or against(moment) or moment.coded.contested:
        return False
    done = moment.coded.codes | {found.code for found in moment.coded.unsure}
    return not done & HELPING and not ("asks_advice" in moment.carries and done & ADVICE)


def verdicts(moment: Moment) -> tuple[str, ...]:
    """All that is said of the reply and can be contested: its codes, or that it missed what was there.

    Contested ones are among them.
    """
    codes = tuple(str(found.code) for found in moment.coded.evidence)
    uncontested = replace(moment, coded=replace(moment.coded, contested=frozenset()))
    return (*codes, MISSED) if missed(uncontested) else codes


def gravity(moment: Moment) -> int:
    """What costs a conversation most comes first: defending, then fixing, then missing what was there."""
    return 2 * bool(defending(moment)) + bool(fixing(moment))


def without_blame(moment: Moment) -> Moment:
    """The moment with nothing said of it that could tell somebody to take blame: no defending, no owning, and of a line
    that one can get defensive about neither the occasion nor what could have been said."""
    return replace(moment, occasion=_without_blame(moment.occasion), coded=code_without_blame(moment.coded))


def code_without_blame(coded: CodedReply) -> CodedReply:
    """The reply without the codes of defending and owning."""
    return replace(
        coded,
        evidence=tuple(found for found in coded.evidence if found.code not in _ABOUT_BLAME),
        unsure=tuple(found for found in coded.unsure if found.code not in _ABOUT_BLAME),
    )


def _without_blame(occasion: Occasion) -> Occasion:
    if occasion.carries & ABOUT_US:
        return replace(occasion, carries=occasion.carries - ABOUT_US, instead={})
    about = {*_ABOUT_BLAME, Axis.DEFENSIVENESS, Axis.OPENNESS}
    return replace(occasion, instead={way: each for way, each in occasion.instead.items() if way not in about})
