"""Reflections: clauses that give back what the partner said.

There is no list of reflections; they are known by their shape. A reflection states, it is about "you" or about the
partner's own matter, and it neither blames, nor instructs, nor speaks of the speaker.
"""

import re
from collections.abc import Iterator

from rehearse.feedback.clauses import Clause
from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Exchange, Finding
from rehearse.feedback.patterns.matter import stems
from rehearse.feedback.phrases import phrases

_ANNOUNCED = phrases(
    r"""
    (it )?(sounds|seems|looks|feels|sound|seem) (to me )?(like|as if|as though) (you|he|she|they|it|
        this|the|your|there|that|nobody|no one|everything|part)
    what i (am hearing|hear|heard)
    i (hear|am hearing) (you saying|that you|that he|that she|that they)
    if i (have got|understand|am hearing|have heard|heard)
    (you are|you were) (saying|telling me)
    let me (see if i|check i|make sure i)
    in other words
    (it is |it was |almost |kind )?like (you|he|she|nobody|no one|everything|the whole|everyone|they) \w+
    it is like
    (a |some )?part of you
    on (the )?one hand
    """
)
_ABOUT_YOU = phrases(
    r"""
    (you|and you|you just|you really|you also|you still) (wanted|needed|had|hoped|expected|worked|gave|
        put|spent|sat|stood|waited|tried|did|got|went|carried|held|showed|stayed|want|need|wish|walked|
        came|opened|asked|trusted|reached|thought|kept|ended|found|poured|built|cooked|planned|heard|
        saw|felt|feel|miss|would like|would love|would rather|do not|did not|never|can not|could not|
        were not|are not|came|watched|drove|lost|finally|have|had|said|told|hate|love|know|knew|
        deserve to|took|ran|made|bent|rearranged|gave up|counted|prepared|rehearsed|paid|fought|raised|
        covered|thought)
    (you are|you were|you are the one|you were the one) (stuck|left|alone|\w+ing|caught|asked|told|
        expected|the one|counting|on your own|by yourself|there|up (all|at)|afraid|worried|up against|
        in the|at your|not|pulled|torn|being|trying|still|also|up)
    you have been
    (all|after all) (that|those|this|of that)
    (your|and your) (\w+ )(was|is|just|has|had|did|got|went|gets|said|told|did not|will not|never)
    """
)
_BETWEEN_THE_TWO = phrases(
    r"""
    (you|and you) (needed|wanted|waited|trusted|asked|opened up|reached|hoped|expected|sat|stood|lay|
        looked (for|at|over|round|around)|turned to|came to|were (?!screaming|shouting|yelling|nagging|
        attacking|acting|making|being|picking|flirting|drinking|lying to|going on|having a go|blaming|
        moaning|asleep) (\w+ing|left|there|waiting)|are (left|carrying|doing|going|lying|sitting|
        waiting)|have been (\w+ing|left|on your own|alone|the one)|had to|end up|ended up|get left|
        got left|got the|feel like|felt like|want|need|miss|would like)
    """
)
_NO_REFLECTION = phrases(
    """
    you (should|could|can|will|would|always|never|must|might|ought|need to|had better)
    you (are|were) (right|welcome|wrong|kidding|joking|good|fine|okay|going to be|overreacting|
        imagining|making|being|doing (great|it|well|fine)|not (a|an|alone|on your|the|going|stupid|
        failing))
    you (have got|have) to (?!sit|stand|watch|listen|wait|live|carry|face|explain|prove|start|do it all|
        pretend|keep|ask|beg)
    you (did|have done) (what|everything|your best|nothing|the best|all|great|well|amazing|it|a (great|
        good))
    you do not (have to|need to)
    you (know|said|want to|do not know|have got this|deserve|have got me)
    (you|do|just|thank you|please|try|maybe|at least|because|if|when) (want|know|try|maybe)? ?(me|i|to)
    .* if you
    (at least|thank you|please|do not|let|maybe|just|try|for|as)
    you need (a|an|some|to)
    you have (every|a) right
    """
)
_ASKS = phrases(
    """
    what|how|why|where|when|who|which|do|did|are|is|have|has|can|could|would|will|should|was|were|want|does
    """
)
_ABSOLUTE = phrases("never|always")
_OF_THE_SPEAKER = phrases("i|my|me|mine|we|us|our|myself")
_RETELLS = re.compile(
    r"^(?:(?:so|and|wait|okay|hang on|then|oh|god|wow|christ|jesus|no way|man|mate|ouch|ugh|basically|blimey|right) )+"
)
_TAKEN_IN = re.compile(
    r"^i (?:know|think|hear|see|get|imagine|guess|bet|can see|can hear|can tell|understand|reckon)(?: that)? "
)
_VERB = phrases("am|is|are|was|were|do|does|have|has|will|would|can|could|must|sounds?|let|take|come|go")
_ABOUT_OTHERS = phrases("he|she|they|it|nobody|no one|the|your")
_STATES = phrases(
    """
    you|your|it|he|she|they|the|all|nobody|no one|everyone|every|after|before|without|especially|not|no|like|that|and
    now|two|three|four|five|six|ten|twenty|another|on|in|with|at|one|just
    """
)
_FRAGMENT = phrases(
    r"""
    (on|in|with|after|without|every|all (that|those|this)|right (before|after|in|outside|next)|being|having|
        not (one|a|even)|another|two|three|four|five|six|seven|eight|nine|ten|twenty) \w+
    """
)
_YOURS = phrases("your?")
_NOT_SO = phrases("you (are|were) not")
_NEGATES = phrases("not|never|nobody|nothing|no")


def find_reflections(exchange: Exchange) -> Iterator[Finding]:
    """Clauses that reflect."""
    partner = exchange.partner
    if partner.asks_advice or partner.practical or partner.good_news:
        return
    matter = stems(partner.reading.text)
    for clause in exchange.reply.clauses:
        if confidence := _reflects(exchange, clause, matter):
            yield Finding(Code.REFLECTS, clause.start, _with_next(exchange, clause), confidence)


def _reflects(exchange: Exchange, clause: Clause, matter: frozenset[str]) -> float:
    """How surely the clause reflects; 0 when it does not."""
    retold = _RETELLS.match(clause.text) is not None
    body = _TAKEN_IN.sub("", _RETELLS.sub("", clause.core))
    words = body.split()
    if not words or exchange.reply.anothers(clause.start, clause.end):
        return 0.0
    if _ANNOUNCED.match(body) and len(words) > 3:
        return 0.85
    if _ASKS.match(body) or clause.opens_with in {"because", "but", "or"} or _NO_REFLECTION.match(body):
        return 0.0
    of_the_speaker = _OF_THE_SPEAKER.search(body) is not None
    if not of_the_speaker and _echoes(clause, body, matter):
        return 0.7
    if exchange.partner.pressing:
        return 0.65 if _BETWEEN_THE_TWO.match(body) and not _ABSOLUTE.search(body) else 0.0
    if of_the_speaker:
        return 0.0
    if _contradicts(exchange, body, matter):
        return 0.0
    if _ABOUT_YOU.match(body) and len(words) > 2:
        return 0.8 if retold else 0.7
    if len(words) < 4:
        return 0.0
    if retold and clause.start == 0 and _ABOUT_OTHERS.match(body):
        return 0.7
    if _FRAGMENT.match(body) and not _VERB.search(body):
        return 0.65
    shared = len(stems(body) & matter)
    about_them = _YOURS.search(body) is not None and _STATES.match(body) is not None and not clause.asks
    return 0.65 if shared >= 2 or about_them else 0.0


def _contradicts(exchange: Exchange, body: str, matter: frozenset[str]) -> bool:
    """Whether it denies, in comfort, what the partner said of themselves: "You're not clumsy." to "I'm so clumsy"."""
    said_not = _NEGATES.search(exchange.partner.reading.text) is not None
    return not said_not and _NOT_SO.match(body) is not None and bool(stems(body) & matter)


def _echoes(clause: Clause, body: str, matter: frozenset[str]) -> bool:
    """Whether the reply opens by giving back some words of the partner's own: "Four hundred.", "They laughed?"."""
    first = clause.sentence == 0 or clause.start < 12
    brief = len(body.split()) <= 7 and not _VERB.search(body)
    return first and brief and bool(stems(body) & matter)


def _with_next(exchange: Exchange, clause: Clause) -> int:
    """The end of the clause, or of the one joined to it by "and" when that is not about the speaker."""
    following = exchange.reply.clause_after(clause)
    if following and following.opens_with == "and" and not _OF_THE_SPEAKER.search(following.text):
        return following.end
    return clause.end
