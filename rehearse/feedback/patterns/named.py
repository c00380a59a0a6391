"""A feeling word with the words around it: what tells whose feeling it names."""

import re
from dataclasses import dataclass
from functools import cached_property

from rehearse.feedback.clauses import Clause
from rehearse.feedback.feelings import Mention
from rehearse.feedback.patterns.cue import Exchange
from rehearse.feedback.phrases import alternatives

SELF = re.compile(r"\b(?:i|me|my|myself)\b")
YOU = re.compile(r"\byour?\b")
_SUBJECT = re.compile(r"(?<!\S)(?<!like )(?<!as if )(?:i|you|that|it|this|my|your)(?!\S)")
_REACH = 70
"""Characters beside a mention that can matter to it."""
_PASSED_OVER = alternatives(
    """
    so|too|just|still|more|all|both|such|obviously|clearly|probably|maybe|perhaps|also|already|now|even|as|that|how
    a|an|the|this|some|always|again|well|only|sure|like|much|out|particularly|suddenly|sometimes|often|most|mostly
    at|in|of|lot|lots|bit|little|real|deep|utter|kind|feeling|being|beyond|almost|not just|on top of that|right|here
    """
)


def before(text: str) -> re.Pattern[str]:
    """Phrases that end right before a mention, but for adverbs and the first of two feelings ("tired and …")."""
    gap = rf"(?: (?:{_PASSED_OVER}))*(?: [\w']+ (?:and|or))?(?: (?:{_PASSED_OVER}))* $"
    return re.compile(rf"(?<!\S)(?:{alternatives(text)}){gap}")


@dataclass(frozen=True)
class Named:
    """A mention of the vocabulary, in its place."""

    exchange: Exchange
    mention: Mention

    @cached_property
    def clause(self) -> Clause:
        """The clause that it stands in."""
        return self.exchange.reply.clause_at(self.mention.start)

    @cached_property
    def left(self) -> str:
        """The words before it in the same sentence, as far as they can matter."""
        start = self.exchange.reply.sentence_of(self.clause)[0].start
        return self.exchange.reply.text[max(start, self.mention.start - _REACH) : self.mention.start]

    @cached_property
    def opening(self) -> str:
        """The words before it in the same clause."""
        return self.exchange.reply.text[self.clause.start : self.mention.start]

    @cached_property
    def right(self) -> str:
        """The words after it in the same sentence, as far as they can matter."""
        end = min(self.exchange.reply.sentence_of(self.clause)[-1].end, self.mention.end + _REACH)
        return self.exchange.reply.text[self.mention.end : end]

    @property
    def start(self) -> int:
        """Where the words that name the feeling begin: at their subject, or with the clause."""
        subjects = list(_SUBJECT.finditer(self.left))
        return self.mention.start - len(self.left) + subjects[-1].start() if subjects else self.clause.start

    @property
    def end(self) -> int:
        """Where they end: with the clause."""
        return max(self.mention.end, self.clause.end)
