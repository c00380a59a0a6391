"""Clauses: where one begins and ends, also without marks and capitals, and what kind it is.

A clause begins at the end of a sentence, at a conjunction that brings its own subject ("and I …"), at a subject with
its verb that nothing before it governs, at a question's inverted verb, and at an interjection. It is what a guard
    looks at: whether it asks, whether it is negated, whether it reports what somebody said, whether a "but"
    takes it back.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from rehearse.feedback.phrases import phrases, word_list
from rehearse.feedback.plain import PlainText, Word, plain

NOMINATIVE = word_list("i he she they we")
PRONOUN = NOMINATIVE | word_list("you it that this there who nobody everyone everybody someone somebody nothing")
VERB = word_list(
    """
    am is are was were have has had do did does will would can could should might must may shall feel felt know
    knew think thought want wanted need needed get got love hate wish guess hear see saw understand never always
    just only said told forgot left made took went came keep kept hope mean meant tried try said sound sounds
    look looks seem seems deserve put worked gave hurt let miss missed feel feels used ought stopped started
    hated loved bet promise appreciate believe care found heard sat stood asked also still even hurts ran lied
    broke froze remember dread worry worked lost waited called wanted spent built cooked
    """
)
AUXILIARY = word_list(
    """
    am is are was were have has had do did does will would can could should might must shall
    """
)
EMBEDS = word_list(
    """
    that what how when why where who which else if because since while as like think thinks thought know knows
    knew say said says saying told tell me feel feels felt wish wished hope hoped guess bet mean means hear
    heard see saw believe until till before after than whether so though although sure glad sorry afraid scared
    terrified proud way time everything all once unless even or and but whatever however wherever moment every
    day stuff bit part people thing things something nothing anything hate hated love realise realize realised
    realized understand get worried happy suppose imagine course person one reason am is are was were do did
    does have has had can could would should will might let lets makes made making watching seeing not maybe
    supposing long to of for with about by from at case much least
    """
)
KNOWS = word_list(
    """
    know knew see saw understand wonder hear heard get imagine that is was of about to matter matters sure tell
    me remember figure ask no like for from with exactly not just i you he she they we it and or than as on at
    guess idea care what how when where who why which else course if whatever said say says told her him them
    """
)
"""After these a question word or an inverted verb does not begin a question of its own."""
_TAKES_AN_OBJECT = NOMINATIVE | AUXILIARY | word_list("you just not really still also only to")
CONJUNCTION = word_list("and but so because or cause")
INTERJECTION = word_list("oh wow ouch ugh aw aww anyway hey listen okay yeah christ jesus blimey damn jeez")
WH = word_list("what how why where when who which")
INVERTS_AFTER = WH | word_list("that if nor so than as else much many long not often far am is are was were")
"""After these an inverted verb belongs to the clause that has begun."""
LONGEST = 100
"""A clause ends after so many words at the latest: what looks at a clause then takes bounded time. The longest of the
6,969 replies tried has 49."""
_REPORTING = phrases(
    r"""
    told (?!you)\w+
    (i|we|they|and) tell (?!you|me)\w+
    (tells|telling) (?!you|me)\w+
    (?!you )\w+ (said|says|asked|shouted|yelled|wrote|texted|replied)
    (he|she) (goes|was like)
    """
)
_OPENERS = word_list(
    """
    and but so because or well oh okay yeah no hey look listen right god wow aw ouch ugh gosh please sorry
    anyway then now love honey babe baby sweetheart mate man darling dear buddy mum dad all hang on wait
    """
)
_INVERTED = phrases(
    """
    what|how|why|where|when|who|which|whose
    (am|is|are|was|were|have|has|had|do|did|does|will|would|can|could|should|might|must|shall) (not )?(i|you|he|she|
        they|
        we|it|that|this|there|anyone|anything|someone|the|your|my|his|her)
    (want|need|fancy|mind|care) (to|me|some|a|any|company|ideas|advice|help|if|space)
    (anything|anyone)
    """
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a reply in plain words; `start` and `end` are offsets into the plain text."""

    text: str
    """Its plain words, without the mark that ends it."""
    start: int
    end: int
    sentence: int
    """Which sentence it belongs to, from 0."""
    asks: bool
    """Whether it is put as a question."""
    opens_with: str
    """The conjunction that it begins with, or ""."""

    @property
    def core(self) -> str:
        """Its words without openers such as "well", "and", "oh"."""
        return _without_openers(self.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was said, in plain words and clauses."""

    said: str
    plain: PlainText
    clauses: tuple[Clause, ...]

    @property
    def text(self) -> str:
        """The plain words."""
        return self.plain.text

    def clause_at(self, offset: int) -> Clause:
        """The clause that holds the character at `offset` of `text`."""
        return self.clauses[max(0, bisect_right(self.clauses, offset, key=lambda clause: clause.start) - 1)]

    def sentence_of(self, clause: Clause) -> tuple[Clause, ...]:
        """All clauses of the same sentence."""
        first = bisect_left(self.clauses, clause.sentence, key=lambda other: other.sentence)
        last = bisect_right(self.clauses, clause.sentence, key=lambda other: other.sentence)
        return self.clauses[first:last]

    def clause_after(self, clause: Clause) -> Clause | None:
        """The next clause of the same sentence, if there is one."""
        place = bisect_right(self.clauses, clause.start, key=lambda other: other.start)
        return next((other for other in self.clauses[place : place + 1] if other.sentence == clause.sentence), None)

    def before(self, offset: int) -> str:
        """The words of the same clause before `offset`."""
        return self.text[self.clause_at(offset).start : offset]

    def anothers(self, start: int, end: int) -> bool:
        """Whether the words between `start` and `end` are reported or quoted, and so no move of the speaker's."""
        return self.reported(start) or self.quoted(start, end)

    def quoted(self, start: int, end: int) -> bool:
        """Whether all words between `start` and `end` stand between quotation marks."""
        first, last = self.plain.word_at(start), self.plain.word_at(max(start, end - 1))
        return all(word.quoted for word in self.plain.words[first : last + 1])

    def reported(self, offset: int) -> bool:
        """Whether the words at `offset` are what somebody else, or the speaker at another time, said."""
        clause = self.clause_at(offset)
        before = self.clause_at(clause.start - 1)
        joined = before.sentence == clause.sentence and clause.opens_with not in {"and", "but", "so"}
        start = before.start if joined else clause.start
        return _REPORTING.search(self.text[start:offset]) is not None

    def negated(self, offset: int) -> bool:
        """Whether a "not" or "never" earlier in the clause governs the words at `offset`."""
        return re.search(r"\b(?:not|never|without|nobody|hardly|instead of)\b", self.before(offset)) is not None


def read(said: str) -> Reading:
    """Level `said` and cut it into clauses."""
    text = plain(said)
    clauses: list[Clause] = []
    sentence, first = 0, 0
    words = text.words
    for index in range(len(words) + 1):
        at_end = index == len(words) or words[index].ends_sentence
        if not at_end and index - first < LONGEST and not (index > first and _begins(words, index, first)):
            continue
        if index > first:
            clauses.append(_clause(text, first, index, sentence, _mark(words, index) if at_end else ""))
        first = index
        if at_end:
            first, sentence = index + 1, sentence + 1
    return Reading(said, text, tuple(clauses))


def _mark(words: tuple[Word, ...], index: int) -> str:
    return words[index].text if index < len(words) else ""


def _clause(text: PlainText, first: int, stop: int, sentence: int, mark: str) -> Clause:
    start = text.starts[first]
    end = text.starts[stop - 1] + len(text.words[stop - 1].text)
    body = text.text[start:end]
    inverted = _INVERTED.match(_without_openers(body)) is not None
    opener = text.words[first].text
    return Clause(
        text=body,
        start=start,
        end=end,
        sentence=sentence,
        asks=mark == "?" or (inverted and mark != "."),
        opens_with=opener if opener in CONJUNCTION else "",
    )


def _begins(words: tuple[Word, ...], index: int, first: int) -> bool:
    """Whether the word at `index` begins a clause, the present one having begun at `first`."""
    word, before = words[index], words[index - 1].text
    following = words[index + 1].text if index + 1 < len(words) else ""
    if word.text == "but":
        return following != "also" and before not in {"nothing", "anything", "all"}
    if word.text in CONJUNCTION:
        return word.pause or _is_subject(words, index + 1) or _asks(words, index + 1)
    if before in CONJUNCTION and index - 1 == first:
        return False
    if word.text == "hang" and following == "on":
        return True
    if word.text in INTERJECTION:
        return before not in INTERJECTION and (
            word.pause or word.text not in {"okay", "yeah"} or _is_subject(words, index + 1)
        )
    if word.pause:
        return (
            _is_subject(words, index)
            or _asks(words, index)
            or index - first > 2
            or words[index - 1].text in {"no", "sorry"}
        )
    if _asks(words, index):
        return before not in CONJUNCTION and before not in (KNOWS if word.text in WH else INVERTS_AFTER)
    if before in EMBEDS or before in CONJUNCTION:
        return False
    return _is_subject(words, index) and (index - first > 1 or before not in INTERJECTION)


def _is_subject(words: tuple[Word, ...], index: int) -> bool:
    if index + 1 >= len(words):
        return False
    word, following = words[index].text, words[index + 1].text
    if word in NOMINATIVE:
        return not words[index + 1].ends_sentence
    return word in PRONOUN and following in VERB


def _asks(words: tuple[Word, ...], index: int) -> bool:
    if index + 1 >= len(words):
        return False
    word, following = words[index].text, words[index + 1].text
    if word in WH:
        return following in AUXILIARY | {"else"} or (word == "how" and following in {"long", "much", "many", "about"})
    third = words[index + 2].text if index + 2 < len(words) else ""
    if word in AUXILIARY and following in NOMINATIVE | {"you"}:
        return third not in AUXILIARY  # "of course you do i would too" asks nothing
    if word == "want":
        return following in {"me", "to"} and words[index - 1].text not in _TAKES_AN_OBJECT
    return word == "do" and following == "not" and third in {"be", "you"}


def _without_openers(text: str) -> str:
    words = text.split()
    first = next((index for index, word in enumerate(words) if word not in _OPENERS), len(words))
    return " ".join(words[first:])
