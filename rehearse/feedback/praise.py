"""Strengths: what a reply did well, in the person's own words."""

from collections.abc import Sequence

from rehearse.feedback.codes import Code, Evidence
from rehearse.feedback.moment import Moment, advised_when_asked
from rehearse.feedback.quoting import quoted_sentence

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


def strengths(partner: str, moments: Sequence[Moment]) -> tuple[str, ...]:
    """The two that are most worth mentioning, and advice that came when it was asked for; none where there is none."""
    best: dict[Code, Evidence] = {}
    for moment in moments:
        for found in moment.coded.stated:
            if found.code not in best or found.confidence > best[found.code].confidence:
                best[found.code] = found
    praised: list[str] = []
    quoted: set[str] = set()
    for code, words in _PRAISE.items():
        if code in best and best[code].text not in quoted:
            quoted.add(best[code].text)
            praised.append(words.format(partner=partner, quote=quoted_sentence(best[code].text)))
    return (*praised[:2], *_timely_advice(partner, moments))


def _timely_advice(partner: str, moments: Sequence[Moment]) -> tuple[str, ...]:
    """Advice is a matter of timing and leave (MITI 4.2.1, "persuade with permission")."""
    if any(map(advised_when_asked, moments)):
        return (f"{partner} had asked for advice, and you gave some: that was the time for it.",)
    if any(Code.ADVISES_WITH_LEAVE in moment.coded.codes for moment in moments):
        return (f"You waited until {partner} wanted advice, and then gave some: that was the time for it.",)
    return ()
