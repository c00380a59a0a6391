"""Listening by being there: validating, staying present, appreciating."""

import re
from collections.abc import Iterator

from rehearse.feedback.codes import Code
from rehearse.feedback.feelings import Form
from rehearse.feedback.patterns.cue import Cue, Exchange, Finding, Only, find
from rehearse.feedback.patterns.faults import FAULTS
from rehearse.feedback.phrases import alternatives, phrases

_MAKES_SENSE = phrases(
    r"""
    (makes|make|made|making) ~sense
    (understandable|legitimate|valid|reasonable|justified)
    (of course|no wonder|little wonder|small wonder) (you|it|that|she|he|they|this)
    no wonder
    any(one|body) (would|in your)
    who would not
    (every|a) right to (be|feel)
    every right
    i (do not|would not|can not) blame you
    i (can|could|do|totally can) (see|understand|get|imagine) (why|how|that|where you)
    i (get|understand|hear) (why|that it|that you|how (hard|much|that|it|you|upsetting|painful)|where you)
    i (get|understand) it
    i can (imagine|only imagine|not imagine|not even imagine)
    that is (fair|valid|natural|normal|only (natural|human|normal|fair))
    (fair enough|rightly so|as you should be)
    i would (be|feel|have been|have felt|hate|have hated) [\w' ]{0,40} ?(too|as well|in your (shoes|
        place|position))
    good reasons?
    (normal|natural|human) to (want|feel|need)
    (thing|way) to (do|say|treat|find out|hear|end|lose|spend|start)
    the worst of it
    i would be (furious|livid|angry|gutted|upset|hurt|mad|scared|terrified|devastated|crushed|fuming|
        pissed|lost|heartbroken|raging)
    i would (hate|feel|want|lose|cry) ~(too|as well)
    you are allowed to
    it is (okay|all right|natural|normal|human|perfectly normal) (to|that you|if you|for you to|not to)
    you (did not|do not|never) deserve (that|this|it|to|any)
    you deserved? (better|more|to be)
    should (not|never) have (said|done|had to|happened|been|treated|put you)
    reasons? to (be|feel)
    you are right to (be|feel|want)
    not (weird|silly|stupid|daft|crazy|strange|pathetic|odd)( at all)?
    not an easy thing
    you are (only )?human
    only one person
    (that|this|it) sucks
    what a (horrible|awful|terrible|rotten|brutal|cruel|mean|nasty|lousy|rough|hard|shit|shitty|
        nightmare|long) \w+
    (bless you|you poor (thing|love|baby))
    you are not (crazy|overreacting|being silly|being dramatic|imagining)
    that would (hurt|sting|get|upset|bother|annoy|drive|make|break|crush|scare|infuriate) (me|anyone|
        anybody)
    """
)
_NO_SENSE = phrases(
    """
    (does|did|do) not make (any |much )?sense
    (see|get|understand|imagine) (why|how) (he|she|they|your (ex|sister|brother|mother|boss))
    of course (i|it is my|it is always)
    not ~(get|understand)
    i get it (okay|you|already|i)
    (no|what|any) right to
    i (get|understand) that (off|from|a lot)
    not (understandable|valid|reasonable|justified)
    """
)
_COMPANY = phrases(
    """
    i am (right |still |always |just )?(here|listening|not going anywhere|with you|beside you|
        by your side|on your side|in your corner|next to you|staying)
    right (beside you|next to you)
    (i have|we have|i) got you
    come here
    take (your time|all the time)
    no (rush|hurry)
    i will (be|stay|sit|hold|wait|come|go|keep you|lie|walk) ~(here|with you|right|next to|beside you|
        up|company|your hand|as long)
    (in this|through this|get through|face this|face it) ~together
    we will (get through|face|be okay|figure it out|get there)
    we are in this
    let me (hold|hug|just (hold|sit|be)|sit with|give you a hug)
    (can|could|may|shall) i (just )?(hold|hug|sit with|give you a hug)
    (want|going|like|love) to (just )?(hold|hug|sit with|be with|be here for|stay with) you
    (sit|stay|lie) (with me|here with me|next to me)
    (lean|cry|rest) on (me|my)
    let it (all )?out
    we can (just )?(sit|stay|lie|be)
    you have got me
    i will be (in|at|on|outside|by|near|beside) the
    no way you could have known
    (come |just )?sit (by|beside|next to|here|with) me
    (put|lay|rest) your head
    (there is )?nothing to fix
    you are safe
    as long as you (need|want|like)
    you can (cry|lean|fall apart|take your)
    (holding|hold) your hand
    """
)
_REASSURES = phrases(
    r"""
    (it|this|that|none of (this|it|that)) (is|was) not your (fault|doing|failing)
    none of (this|it|that) (is|was) (your fault|on you)
    you did (what you could|everything you could|your best|nothing wrong|all you could|
        the best you could|not do anything wrong)
    you are not (alone|on your own|a burden|(a|an) (terrible|bad|awful|rubbish) \w+|a failure|failing|
        broken|weak|useless|too much|going crazy)
    you are not (doing|going through) (this|it) alone
    you (are|were) not (a |an |so |that |being )?{faults}
    you do not need to (say|do|explain|talk|be|fix|decide|hold) \w+
    you do not have to (do|go through|carry|face|hold|decide|be|say|talk|explain|fix|apologize|
        apologise|pretend|have|earn) \w+
    """,
    faults=FAULTS,
)
_NO_COMPANY = phrases(
    """
    i am here (because|every|at|and you|doing|all day)
    (but|and) i am not going anywhere with
    not have to (be (so|mean|rude|like)|do (that|it|this) (like|every|now)|say (it|that))
    got you (a|some|the|this|that|flowers|out)
    take your time (as always|why not)
    i have got you (all wrong|figured)
    not ~in this together
    no (rush|hurry) (to|you)
    """
)
_THANKS = phrases(
    r"""
    thank you ~for (telling|trusting|sharing|saying|being|bringing|letting|listening|asking|talking|
        opening|putting|everything|your (honesty|patience|trust|help|courage)|sticking|noticing|showing|
        staying|speaking|having|carrying|hearing|caring|naming|all|not)
    i (do )?(love|adore) (that|how|it when|when|the way|watching|this about|your) ~(you|your|us|we)
    i love hearing
    i (do |just )?(appreciate|admire|respect|value|treasure|cherish) (you|that|how|it|your|the way|this|
        what|hearing)
    proud of (you|us|how you|the way you)
    (am|was|feel) ~(glad|happy|relieved|honored|honoured|touched|moved|grateful|thankful|
        lucky) (that )?(you|for you|to have you|i have you|we|for your|to be with|it is you)
    (means|meant) (a lot|the world|so much|everything|a great deal|lots|much|loads)
    you (are|were|have been) (such |always |the )?(an? )?(amazing|brave|strong|incredible|wonderful|
        kind|thoughtful|brilliant|generous|lovely|great|courageous|patient|star|best|fantastic|loving|
        caring|good (mum|dad|mother|father|friend|nurse|teacher|person|man|woman|daughter|son|wife|
        husband|partner|boss|parent)|legend|tough)
    (that|it|this) (took|takes|must have taken) ~(guts|courage|nerve|bravery)
    (that|it|this) (is|was) ~(brave|kind|thoughtful|sweet|gutsy|courageous|generous|big) of you
    (that|it|this) (is|was) (so )?(brave|courageous|gutsy)
    you (earned|deserve|deserved) (it|this|that|every)
    you (handled|managed|carried|pulled|nailed|smashed) (it|that|this|them|yourself)
    (good on you|well done)
    in awe of (you|how)
    that is (courage|guts|bravery|strength)
    (that|it) took (some doing|a lot|so much|everything)
    (that|it) must have taken (a lot|so much|everything|real|some)
    you are doing (great|well|brilliantly|amazing|so well|a great|fantastic|beautifully)
    i think you are (amazing|great|wonderful|brilliant|a \w+|incredible|lovely)
    i still (want|love|choose|fancy) you
    you are the \w+est \w+
    the (strongest|bravest|kindest|best|toughest|funniest|smartest) (person|man|woman|human|friend|mum|
        dad|thing)
    """
)
_NO_THANKS = phrases(
    r"""
    if you
    thank you for (nothing|not|that|the|all that)( \w+)?$
    love (it when|how) you (blame|criticize|nag|always|never|just|think|make|turn|act|get)
    (right|best|good) at (making|blaming|twisting)
    would (be|have been) (glad|happy|lovely)
    """
)

_CUES = (
    Cue(Code.VALIDATES, 0.9, _MAKES_SENSE, Only.FREE | Only.STATED, unless=_NO_SENSE),
    Cue(Code.STAYS_PRESENT, 0.9, _COMPANY, unless=_NO_COMPANY),
    Cue(Code.STAYS_PRESENT, 0.8, _REASSURES, Only.FREE | Only.STATED, unless=_NO_COMPANY),
    Cue(Code.APPRECIATES, 0.85, _THANKS, Only.STATED, unless=_NO_THANKS),
)

_HAPPENING = alternatives(
    r"""
    (that|it|this|which|what a|how|he|she|they|those|these|work|today|yesterday|the \w+|your \w+|
        what (he|she|they) (did|said)) (all |just |still |really |do )?(must|might|may|could|would|had|
        has|have|sounds?|sounded|is|was|are|were|feels?|felt|looks?|seems?|got)
    sounds|sounded|sound|seems|what|how|must be|must have been|bet
    """
)
_LINKS = alternatives(
    """
    got to|have|be|been|feel|felt|like|it|that|is|was|so|too|such|a|an|the|pretty|all|some|kind|beyond|still|also|
        one|things
    had|you|long|and|proper|utter|total|pure|day|just
    """
)
_SAID_OF_WHAT_HAPPENED = re.compile(rf"(?<!\S)(?:{_HAPPENING})(?: (?:{_LINKS}))* $")
_NOT_THEIRS = phrases("i|my|me|not|never|if|no")
_ELSEWHERE = re.compile(r" (?:of (?:me|you)|for me|with you|deal|on you|(?:one )?to (?:hear|say))\b")


def find_supporting(exchange: Exchange) -> Iterator[Finding]:
    """What in the reply holds the partner up."""
    yield from find(_CUES, exchange)
    yield from _hardship(exchange)


def _hardship(exchange: Exchange) -> Iterator[Finding]:
    """Words of hardship said of what happened: "that sounds really hard"."""
    reply = exchange.reply
    for mention in exchange.mentions:
        clause = reply.clause_at(mention.start)
        if not mention.sense(Form.HARDSHIP) or reply.anothers(mention.start, mention.end) or clause.asks:
            continue
        left = reply.text[clause.start : mention.start]
        right = reply.text[mention.end : clause.end]
        found = _SAID_OF_WHAT_HAPPENED.search(left)
        # "That was rude of me" owns; "a shame you …" blames.
        alone = clause.text == mention.words and exchange.partner.tells
        if alone or (found and not _NOT_THEIRS.search(left) and not _ELSEWHERE.match(right)):
            yield Finding(Code.VALIDATES, clause.start, clause.end, 0.8)
