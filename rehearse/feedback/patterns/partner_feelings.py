"""Whether a feeling word names or guesses a feeling of the partner."""

import re

from rehearse.feedback.feelings import Form
from rehearse.feedback.patterns.named import SELF, YOU, Named, before
from rehearse.feedback.phrases import phrases

_YOU_ARE = before(
    """
    you ((must|might|may|could|would|will|probably|obviously|clearly|just|still|also|have|had|have got to|must have|
        might have|got to|seem to|sound to) )?(be|are|were|feel|felt|feeling|been|sound|sounded|look|looked|seem|
        seemed|get|got|getting|become|left|end up|came away)
    (make|makes|made|making|leave|leaves|left|leaving|got|get|has|have|had|gets) you( feel| feeling)?
    (are|were|do|did) you( feel| feeling| still)?
    (sounds|seems|looks|sound|look) (like )?(you are|you were|you feel|you felt|you have been)
    part of you (is|was|feels|felt)
    (right|reason|allowed) to (be|feel)
    (okay|fine|natural|normal|understandable|all right|human) that you (are|feel)
    """
)
_IT_IS = before(
    r"""
    (that|it|this|which|today|waiting|being \w+|having \w+|not \w+) (all |whole thing )?(must|might|may|could|would|
        had|
        has|have|sounds?|is|was|can|feels?|felt|looks?|seems?)( got to| to)?( have| of)?( be| been| feel| felt)?
    (i bet|i imagine|i can imagine|i guess|i would imagine|must|bet|i would think)( that| it)?( be| have been| is|
         was|
        feels?| felt| would be| must be| have felt)?
    what a|what an|how
    (sounds|feels|seems|sounded)( like)?( it was| it is| that was| that is)?
    """
)
_FEELING_AS_A_THING = before(
    """
    (your|you have|you had|you feel|you felt|you are carrying|carrying|you carry|full of)
    (hear|see|sense|feel|notice|hearing|sensing|understand|get) (the|your|that|a lot of|some)
    (that is|what) (a|so much|a lot of)
    that|all that|such|so much
    """
)
_IT_DID = before("(must|might|could|would|has got to)( have)?|that|it|this")
_YOU_DO = before("you( must| are| have| had| have been| might| do| were| be| must have| must be)?")
_OPENS_CLAUSE = re.compile(
    r"^(?:(?:oh|so|and|still|kind|all|sounds|sounding|sound|seems|looking|looks|feeling|must|be|have|been|a|well|feel|god|"
    r"wow|okay|no wonder|bet|just|how|too|or|maybe|even|more|man|ugh|ouch|aw|hey|yeah) )*$"
)
_GUESSES = re.compile(r"\b(?:sounds?|seems|must|bet|feeling)\b")
_YOU_FOLLOW = re.compile(
    r"^ (?:you|that|it|this|she|he) (?:must|are|is|feel|felt|were|sound|was|would|have|look|seem)\b"
)
_NOUN_FOLLOWED = re.compile(r"^ (?:in your|you (?:are|feel|felt|must|have|carry)|of (?:not|being|losing|that)\b)")
_NO_LABEL = re.compile(
    r"\b(?:if|unless|not|never|as if|than|whether|why|because|every time|do not|whenever) (?:you|i|that|it)\b[^.?]*$"
    r"|\b(?:not|never|no need to|stop|hardly|without) (?:be|feel|feeling|being|get|getting|have to be|to be)\b[^.?]*$"
    r"|\bi (?:am|was|feel|felt|do not think|did not|do not)\b[^.?]*$"
    r"|\byou are (?:just|only) $"
)
_FEELS_WITH = phrases("of course|no wonder|must|right to")
_FINDS_FAULT = re.compile(r"\b(?:always|obviously|just|clearly|being|only|again|never|constantly)\b")
_BLAME_FAMILIES = frozenset({"jealous", "bored", "tender"})
_OFTEN_NO_FEELING = frozenset({"missed", "hurting", "worry", "miss"})
_SENTENCE_ABOUT_YOU = re.compile(r"\byou (?:are|get|were)\b[^.?]*$")


def is_partners(named: Named) -> float:
    """How surely the mention labels a feeling of the partner; 0 when it does not."""
    mention, left, right, tells = named.mention, named.left, named.right, named.exchange.partner.tells
    if _NO_LABEL.search(left) or _finds_fault(named):
        return 0.0
    if mention.sense(Form.PERSON, Form.PSEUDO) and _YOU_ARE.search(left):
        return 0.9
    if named.opening.endswith("how ") and _YOU_FOLLOW.match(right):
        return 0.85
    event = mention.sense(Form.EVENT)
    if event and _IT_IS.search(left) and not right.startswith(" of "):
        return 0.85
    if mention.sense(Form.PERSON, Form.EVENT, Form.PSEUDO) and _OPENS_CLAUSE.match(named.opening):
        alone = named.clause.end == mention.end and (event or tells)
        guessed = named.clause.asks or _YOU_FOLLOW.match(right) or _GUESSES.search(named.opening)
        return 0.75 if alone or guessed else 0.0
    if mention.sense(Form.NOUN) and (_FEELING_AS_A_THING.search(left) or _NOUN_FOLLOWED.match(right)):
        return 0.0 if re.search(r"\bmy\b", left) else 0.75
    if mention.sense(Form.DOES):
        to_you = right.startswith(" you") or "you" in mention.words.split()
        it_did = _IT_DID.search(left) is not None
        return 0.8 if (to_you or it_did) and ("must" in left or tells or (it_did and "you" in mention.words)) else 0.0
    if mention.sense(Form.ACTS) and _YOU_DO.search(left) and not named.clause.asks:
        return 0.6 if mention.words in _OFTEN_NO_FEELING and "must" not in left else 0.75
    if mention.sense(Form.IDIOM) and not SELF.search(f"{left} {mention.words}"):
        near = YOU.search(f"{left} {mention.words}") or re.search(r"\b(?:that|it|this|must|like)\b", left)
        return 0.85 if near or tells else 0.0
    return 0.0


def _finds_fault(named: Named) -> bool:
    """Whether "you're …" finds fault rather than feels with: certain, after a complaint, and with no "of course"."""
    if not named.exchange.partner.pressing or _FEELS_WITH.search(named.left):
        return False
    family = {sense.family.name for sense in named.mention.senses if sense.family}
    you_are = _SENTENCE_ABOUT_YOU.search(named.left)
    again = named.right.startswith(" again")
    return bool(you_are and (again or _FINDS_FAULT.search(you_are.group()) or family & _BLAME_FAMILIES))
