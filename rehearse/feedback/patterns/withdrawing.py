"""Defensiveness that leaves: shutting the topic down, going flat, changing the subject."""

from collections.abc import Iterator

from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Cue, Exchange, Finding, Only, find
from rehearse.feedback.patterns.matter import stems
from rehearse.feedback.phrases import phrases, word_list

_SHUTS_DOWN = phrases(
    """
    (drop|forget|leave) it
    (just )?leave (it|me) (alone|be)
    (can|could) (we|you|i) (please |just |maybe )*(not|drop (it|this)|leave (it|this)|
        talk about something else|change the subject|watch|eat|go to (bed|sleep)|do this (another|later|
        some))
    we have been (over|through) this
    do not start$
    (i am|we are) not (going (round|over|through)|doing|having|talking about|discussing|getting into|
        going (there|into))
    (i am|we are) done (talking|here|with this|discussing)
    i am (out of here|off out|going (to bed|out|for a (drive|smoke|run|walk)|to (the pub|sleep|the gym|work)))
    i (do not|can not|will not) (want to|wish to|care to|need to|feel like|have time (to|for)|
        have the energy (to|for)|be bothered|do this|deal with this|feel anything|see the point) ?(talk|
        talking|discuss|this|about it|get into|go there|hear|again|it|with this|now)?
    not (now|tonight|this again|again|in the mood|up for this)
    leave me (alone|be|out of)
    nothing (to (say|talk about|discuss)|left to say|more to say)
    (end of (story|discussion|conversation)|case closed|subject closed|moving on|conversation over|
        good night|goodnight|night night|talk to the hand|not interested|suit yourself|have it your way|
        please yourself|you win|if you say so|think what you (want|like)|believe what you (want|like)|
        do what you (want|like))
    (it|that) does not matter
    whatever
    (is it|are we|do we have to|must we|do we really have to|can we ever not) ~(do|doing|talk|discuss|
        have) (this|that|it|about)
    (i am |it is )?(fine|okay|good|nothing) (drop|leave|just leave|stop asking|forget|can we|what is for)
    never mind
    get off my (back|case)
    (i can not|you can not) win
    (just |only )?(kidding|joking)$
    i (said|told you|already said) (i am |it is )?(fine|okay|nothing)
    """
)
_NO_SHUTDOWN = phrases(
    r"""
    can we not (fight|argue|yell|shout|be|lose|let)
    (not|do not want to|not going to|can not|will not|never) (to )?(drop|leave|forget|let) (it|this|
        that|you)
    i do not want to (leave|talk over|hurt|lose|fight|argue|make|interrupt|be|do this (badly|wrong|
        alone|half|while|when)|talk you|rush|say|get|fix|push|miss|add|go back|keep|let|pretend|dodge|
        hide|brush|give|see you|assume|tell you|snap|hear it half)
    whatever (?!mate|man|dude|then|fine|okay|sure|just|drop|leave|forget|can|not|do|good)\w+
    (he|she|they|it|i|you) (will|would|might) forget it
    i would (drop|leave) it
    before ~forget it
    (a|the|last|every|one) (good night|goodnight)
    (we|you) (will|would) have nothing to (say|talk about)
    you (do not|never) have to
    you do not
    does not matter (how|if|when|whether|who)
    i (do not|can not) (need to|feel like) (fix|solve|be right|win|say)
    leave it (with|to) me
    (he|she|they) (said|told|will not|does not)
    never mind (the|that|about|all|him|her)
    not again with
    (or|and) ~leave it
    leave it (until|till|there for)
    """
)
_CHANGES_SUBJECT = phrases(
    r"""
    (anyway|so|right|well|oh) ~(what is|did|have|who|when|how|is|are|where|shall|what) ~(dinner|tea|
        supper|lunch|game|match|telly|score|bins|dog|milk|remote|tonight|shopping|hungry|pizza|takeaway|
        film|show|weekend|car|news|weather)
    (what is|what are we having|what have we got) for (dinner|tea|supper|lunch|breakfast)
    (the|my) (game|match|show|film|news|football|programme|kettle) (is|has) (on|starting|about to|
        started|boiled)
    """
)
_FLAT = phrases(
    """
    (i do not know|what) (what )?(you want me to say|do you want me to say|to tell you|
        to say( to (that|this|it|you))?)( (right )?now)?
    i am (good|okay|all right)
    (i am )?(fine|grand|nothing|never mind|nothing is wrong|i do not know|not really|nothing much|busy|
        tired|just tired|fine by me|it is fine|everything is fine|it is nothing|no idea|who knows|
        does not matter|i guess|maybe|if you say so|noted|okay fine|so what|i suppose|same as always)
    """
)
_SHUT = Only.ON_PRESSING | Only.FREE

_CUES = (
    Cue(Code.WITHDRAWS, 0.85, _SHUTS_DOWN, Only.FREE, unless=_NO_SHUTDOWN),
    Cue(Code.WITHDRAWS, 0.75, _CHANGES_SUBJECT, Only.FREE),
    Cue(Code.WITHDRAWS, 0.8, _FLAT, _SHUT | Only.WHOLE),
)


def find_withdrawing(exchange: Exchange) -> Iterator[Finding]:
    """What in the reply shuts down."""
    if exchange.partner.good_news or exchange.partner.practical:
        return
    yield from find(_CUES, exchange)
    yield from _change_of_subject(exchange)


_CLOSED = phrases(
    r"""
    (did|has|have|is|are|was|were|does|do|where|when|who|what time|what is) (?!you (feel|mean|want|think|need|okay|
        all right|
        love|miss)|it (me|something i)|this|that|we|i)\w+
    """
)
_HOLDS_BACK = word_list("okay yeah oh right sure maybe well so anyway no fine hey")


def _change_of_subject(exchange: Exchange) -> Iterator[Finding]:
    """A complaint or a bid answered with nothing but a question about something else."""
    reply = exchange.reply
    if not exchange.partner.pressing or exchange.partner.asks_how_you_are:
        return
    said = [clause for clause in reply.clauses if not set(clause.text.split()) <= _HOLDS_BACK]
    if (
        len(said) == 1
        and _CLOSED.match(said[0].core)
        and not stems(said[0].text) & stems(exchange.partner.reading.text)
    ):
        yield Finding(Code.WITHDRAWS, said[0].start, said[0].end, 0.65)
