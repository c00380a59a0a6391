"""A question for the journal that fits: told by what was practised lately, what was hard, and what is still to come."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rehearse.feedback.clauses import read
from rehearse.feedback.feelings import Granularity, mentions
from rehearse.scenarios.schema import Scenario

if TYPE_CHECKING:
    from rehearse.practice.log import PracticeLog

LATELY = 5
"""So many sessions say which words somebody uses now."""
NOT_AGAIN = 7
"""A question comes back only after so many entries."""
TALK_DAYS = 14
"""A talk that is no further away is on one's mind."""
NOUNS = {
    "sad": "sadness",
    "lonely": "loneliness",
    "afraid": "fear",
    "angry": "anger",
    "ashamed": "shame",
    "guilty": "guilt",
    "hurt": "hurt",
    "overwhelmed": "too much at once",
    "tired": "tiredness",
    "disappointed": "disappointment",
    "longing": "longing",
    "overlooked": "being overlooked",
    "relieved": "relief",
    "proud": "pride",
    "joyful": "joy",
    "grateful": "gratitude",
    "tender": "tenderness",
}
"""Families of feelings, as a question names them; in the order in which those that were not named are asked about."""
ASKED_ABOUT = ("tender", "afraid", "longing", "joyful", "ashamed", "grateful", "lonely", "proud", "angry", "sad")
AT_ANY_TIME = (
    "What has stayed with you from today?",
    "What did you not say today, that you would have liked to?",
    "When did somebody really hear you? What did they do?",
    "What are you afraid would happen if you said it?",
    "Where did you feel it in your body, and what would you call it?",
    "What do you wish the other person knew about you?",
    "What went a little better than it used to?",
    "Whom would you like to be closer to, and what stands in between?",
)


@dataclass(frozen=True, slots=True)
class Lately:
    """What there is to ask about."""

    question: str | None = None
    """The scenario's own, of the session that it is written after."""
    hard: str | None = None
    """The title of the last scene, where that ended low or was broken off."""
    named: tuple[str, ...] = ()
    """Families of the feelings that were named lately, the most frequent first."""
    vague: str | None = None
    """A word that was said for a feeling lately, and says little."""
    talk: tuple[str, date | None] | None = None
    """With whom a talk is planned, and for when."""
    asked: Sequence[str] = ()
    """The questions of the journal's entries, in order of time."""


def question_for(lately: Lately, today: date) -> str:
    """The first that fits and was not asked of late."""
    recent = set(lately.asked[-NOT_AGAIN:])
    if fresh := next((each for each in _that_fit(lately, today) if each not in recent), None):
        return fresh
    last = {question: place for place, question in enumerate(lately.asked)}
    return min(AT_ANY_TIME, key=lambda each: last.get(each, -1))


def _that_fit(lately: Lately, today: date) -> Iterator[str]:
    if lately.question:
        yield lately.question
    if lately.talk:
        whom, day = lately.talk
        if day is None or today <= day <= today + timedelta(days=TALK_DAYS):
            yield f"You want to talk with {whom}. What are you most afraid of in it?"
            yield f"If the talk with {whom} went well, what would be different afterwards?"
    if lately.hard:
        yield f"“{lately.hard}” was hard last time. What in it was hard for you?"
    if lately.vague:
        yield f"You said “{lately.vague}” for a feeling lately. What would be a more exact word?"
    if lately.named:
        known = [NOUNS[each] for each in lately.named if each in NOUNS][:2]
        unnamed = [each for each in ASKED_ABOUT if each not in lately.named]
        if known and unnamed:
            yield f"Lately you have named {' and '.join(known)}. Where has there been {NOUNS[unnamed[0]]}?"


def lately(log: "PracticeLog", scenes: Mapping[str, Scenario], *, session: int | None = None) -> Lately:
    """What there is to ask about somebody's practice, where they write after `session` or at any time.

    Raises:
        LogError: the log cannot be read.
        SessionError: there is no such session.
    """
    from rehearse.practice.journal import Journal
    from rehearse.practice.talks import Talks

    past = log.past(session) if session is not None else None
    last = past or log.last()
    scene = scenes.get(last.scenario) if last and not last.broken_off else None
    hard = scene is not None and last is not None and (not last.completed or scene.outcome_of(last.ending) == "down")
    named, vague = _feelings_named(log)
    ahead = [talk for talk in Talks(log.database).talks() if talk.happened is None]
    return Lately(
        question=scene.question if past and scene else None,
        hard=scene.title if hard and scene else None,
        named=named,
        vague=vague,
        talk=(ahead[-1].with_whom, ahead[-1].on_day) if ahead else None,
        asked=[entry.question for entry in Journal(log.database).entries() if entry.question],
    )


def _feelings_named(log: "PracticeLog") -> tuple[tuple[str, ...], str | None]:
    """The families of feelings that the last sessions named, and the last word for one that says little."""
    families = Counter[str]()
    vague = None
    for past in log.history(newest=LATELY):
        if past.broken_off:
            continue
        for turn in log.turns(past.id):
            for found in turn.entry.get("codes", ()):
                if "granularity" not in found or found.get("contested"):
                    continue
                words = [
                    (mention.words, sense.family)
                    for mention in mentions(read(found["text"]))
                    for sense in mention.senses
                    if sense.family
                ]
                families.update(family.name for _, family in words)
                if found["granularity"] == Granularity.VAGUE and words:
                    vague = words[0][0]
    return tuple(name for name, _ in families.most_common()), vague
