"""Defensiveness that strikes back: counterattack and contempt. A scolding verdict, so precision comes first."""

import re
from collections.abc import Iterator
from itertools import pairwise

from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Cue, Exchange, Finding, Only, find
from rehearse.feedback.patterns.faults import FAULTS
from rehearse.feedback.phrases import phrases

_ABSOLUTELY = phrases(
    """
    you (always|never|constantly|forever)
    you are (always|never|constantly|forever)
    (everything|it|this|that) (is|has|has got to be) (always |all )?(about you|about how you|your way)
    (nothing|whatever|everything|anything) (i|that i) (do|say|try) ~(enough|wrong|right|good|matters|
        a problem|you)
    nothing is ever (good|enough)
    you (just |always |only )?(have to|keep|can not help|only ever|love to|like to|love|insist on|
        live to|are (just )?looking for|want) (a fight|drama|to (fight|argue|pick|start|make me|
        be right|win|punish|moan|complain|nag)|picking|nagging|digging|bringing|throwing|dragging|
        going on|on at|making me|attacking|blaming|moaning|complaining|score|keeping score|twisting|
        finding|pushing|a go)
    """
)
_TURNED_ROUND = phrases(
    r"""
    (what|how) about (when|the time|all the times?|that time|last|what|how) (you|your)
    what about (you|your)
    (maybe|perhaps|well|and|but|honestly|frankly) if you (were|had|did|would|could|just|stopped|ever|
        actually|paid|gave|spent|cared|asked|told|listened|spoke|acted|trusted|helped|let|did not|
        were not|had not|would not|made|came|could)
    if you (were|had|did not|were not|had not|would not|did|stopped|weren't) ~(i would|it would|maybe|
        then|so|i might|we would|things would|you would|an issue)
    if you (were|had) (more|less|not|bothered|listened|ever|even|once|just|told me|asked me)
    if you (did not|would not|were not|stopped|spent|paid|asked|listened|cared|could stop)
    you (started|started it|do it too|do the same|did the same|do that too|are no better|are one to|
        can talk|are just as|are worse|should talk|are hardly|are not exactly|are not (so )?perfect|
        asked for it|drove me|pushed me|push me|wind me up|set me off|provoked|made me|make me|gave me|
        give me)
    (it is|that is|this is|it was|which is|all) your (fault|problem|issue|doing|mess|own fault|
        own doing|choice|job)
    because (of you|you (are|never|always|keep|make|made|give|gave|nag|will not|can not|bite|start|
        treat|act|shout|yell|snap|turn|blow|freak|scream|do not))
    (look|listen) who is talking
    (take|have) a (good |long |hard )*look (at yourself|in the mirror)
    look at yourself
    (says|coming from|said|from) (the (one|woman|man|person|guy|girl|bloke|king|queen)|someone who)
    (rich|funny) coming from
    (she|he|you) (is|was|were|are) the one (who|that|with)
    (you|she|he) started it
    unlike you
    """
)
_CRITICIZES = phrases(
    r"""
    you (are|were|get|act|sound) (just |always |being |getting |acting |obviously |clearly |so |too |
        such |a |an |the |most |bit |way |all |completely |like )*{faults}
    (stop|quit) being (so |such a |a )?{faults}
    your skin's
    your (skin|temper|memory|ego|standards|attitude|mouth|tone|moods?|nagging|insecurit(y|ies)|drama|
        spending|mother|jealousy|imagination) (is|are|was|does|do|has)
    you have (got )?(a|an|some|such a|the) ~(temper|problem|issues|attitude|skin|memory|nerve|cheek|short)
    (the|you have got a) (nerve|cheek)
    you (could|should|might) have (\w+)
    you (did not|do not|have not|could not|would not|will not|can not|had not) (even|exactly|ever|once|
        bother|care|let me|ask me|ask|lift|listen|help|tell me|thank|notice|appreciate|respect|trust|
        see what i|see how|think of (me|anyone)|think about (me|anyone)|know (what i|the first|
        anything)|get it|take|understand|want to hear|leave me|stop|do)
    you (people|lot)
    you (spend|waste|wasted|flirt|snore|nag|moan|complain|whine|scream|sulk|sulked|sulking|ignore|
        ignored|walk out|walked out|roll|shut me|lie|lied|yell|shout|throw|threw|snap|snapped|interrupt|
        criticize|criticise|correct|undermine|attack|accuse|turned|treat|embarrassed|humiliated|left me|
        forgot|chose|ruined|ruin|wrecked|dump|dumped|dig|bring|brought|drag|spring|sprung|come at me|
        came at me|jump|jumped|go on|bang on|harp) ~(me|my|at|up|on|out|about|it|everything|everyone|
        all|like|every|money|too)
    (i am )?(sick|sick and tired|tired|so sick|so tired|fed up|done) (of|with) (you|your|this|being|
        hearing|walking|always|the|it|having|it all)
    (do not|stop|quit) (blame|nag|attack|blaming|nagging|attacking|yelling|shouting|accusing|lecturing|
        lecture|put this on me|play the|playing the|making me|twisting|acting|getting (so|all)|
        having a go|moaning|whining)
    (who|how) (made you|are you to|do you think you are|dare you)
    that is (just )?(your|you all over|typical|so typical|classic|so like you|what you always)
    (typical|not everything is about you|grow up|get over yourself)
    i am not your (maid|servant|mother|mum|dad|errand|slave|taxi|therapist|punching|secretary|bank|boss|
        enemy|child|skivvy)
    no (winning|pleasing|talking to|arguing|reasoning) (with )?you
    (ambush|fight|argument|battle|competition|inquisition|drama|war|crisis) with you
    you could ~(once|for once|sometimes|for a change|now and then|yourself)
    what is (wrong with you|your problem|your issue)
    you (think|act like|clearly think|seem to think) (i am|i|you are|it is|everything|money|the world)
    why (do|must|are) you (always|never|have to|so|such|making|just|constantly)
    why can not you (just|ever|be|let)
    nobody (else|could) ~(you|complains)
    you obviously
    you are (obviously|clearly|just) (mad|angry|in a mood|upset|trying|looking|picking|pissed|jealous|
        bitter)
    (you are|are you) ~(mad|angry|upset|crying|off|moaning) again
    """,
    faults=FAULTS,
)
_NO_ATTACK = phrases(
    r"""
    you (never|did not) (deserve|deserved|asked for|ask for|had|have) (that|this|it|to|any|a)
    you have (always|never) been (so |there|good|kind|patient|the|my)
    you always (know|make me (laugh|smile|feel)|show|remember|listen|have my)
    if you (want|need|like|would like|are (up|willing|okay|ready)|tell me|just want|can|feel like|had told)
    (could|can|would) you( please)?
    you could have (said|told me|asked me) (so|how|that)
    you should (not )?have (had|heard|got|to|been (able|told|the first))
    you (did not|do not) (have to|need to|do anything|deserve|get (an|to|any|what you)|feel|make me|want me|
        know (if|whether|where|when|how much))
    (i|me) (left|made|let|kept|put|told|gave|ignored|hurt|promised|forgot|embarrassed|snapped|lied) you
    (?<!about )when you
    (want|wanted|mean|meant) you to
    (makes|made) sense
    you (never|always) ~(and|so) i (am sorry|get)
    (of course|no wonder|course) you
    (sounds|like|feels) like ~you
    (afraid|scared|worried|terrified) (you|that you|of you)
    you (are|were) not (too |so |that |being |a |an )?{faults}
    (am i|was i)
    """,
    faults=FAULTS,
)

_MOCKS = phrases(
    r"""
    here we go
    here (comes|it comes|you go again)
    poor (little )?(you|baby|victim|princess|me|old me)
    (boo hoo|cry me a river|blah blah|blah|yada yada|violins?|get over yourself|save it for|tell it to (someone|
        your)|spare me)
    give me (a break|strength)
    (drama queen|your (majesty|highness|ladyship|lordship|honor|honour|holiness)|cry ?baby|snowflake|psycho|
        nutter|nutcase|moron|bitch|einstein|sherlock|martyr|mother teresa|dr phil|freud|oprah|saint \w+|
        little miss|miss perfect|mr perfect|mister perfect)
    (husband|wife|mother|father|dad|mum|son|daughter|parent|victim|performance|martyr|comedian|
        detective) of the (year|century)
    (want|expecting|expect|deserve|get you|give you|after|here is your|where is my) ~(medal|round of applause|
        trophy|gold star|standing ovation|sticker|parade|award|certificate|prize|slow clap|statue|plaque|oscar)
    (someone|somebody) call the \w+
    (stop the press|breaking news|write (it|that) (down )?in your diary)
    (guilt trip|pity party|sob story|waterworks|crocodile tears|the silent treatment again|temper tantrum)
    (good luck|have fun) with that
    do you (even )?hear yourself
    (are you|what are you|is this|who are you|how old are you) (five|twelve|three|a child|my (mother|mum|boss|dad|
        teacher|therapist|warden|parole officer)|kidding me|for real|serious)
    (you are|and you are) (now )?my (mother|mum|boss|therapist|warden|teacher|dad)
    you are (such )?(a |an )?(pathetic|joke|hilarious|idiot|moron|child|baby|embarrassment|psycho|nuts|clueless|
        unbelievable|disgusting|nag|loser|cow|freak|piece of work|lunatic|nutcase|nightmare|laughing stock)
    (how|well how) (convenient|original|tragic|sweet|touching|precious|noble|big of you|nice for you|
        terrible for you)
    (that is|this is|now that is) (rich|hilarious|a laugh|adorable|precious|priceless|cute|a good one|gold)
    (some of us|normal people|most adults) (have|work|actually|manage|can|do|cope|know|would)
    i can not do anything right( can i)?
    a grown (man|woman) \w+ing
    (i know|yeah|oh) nag
    (nag nag|moan moan|whinge whinge|pathetic|peasants)
    (call|ring|tell|write to) the (newspapers|news|tabloids|king|queen|president|pope)
    (yeah|okay) (dear|mother|sir|boss|master|mummy|madam|your)
    (there she goes|there he goes|off you go|off we go|here she goes|wow just wow|slow clap)
    (bless your|bless your little)
    (whatever you say|if you say so) (dear|love|boss|princess|doctor|your)
    """
)
_SARCASM = phrases(
    r"""
    (oh|wow|well|yeah|ha) (please|brilliant|great|wonderful|lovely|fantastic|perfect|congratulations|marvelous|
        marvellous|terrific|fabulous|how (sweet|convenient|touching|nice|lovely)|spare me|charming|super|
        nice|joy|goody)
    (yeah|sure|uh huh) right
    oh sure \w+
    well that is (charming|lovely|nice|great|just great|rich|a first|fantastic|wonderful|brilliant|just wonderful)
    (oh|well|wow|yeah|god|sure|right|so|fine|okay|and) (i am|i must be|i guess i am|i suppose i am) (a|an|the|
        such a|always the|just a|clearly the|obviously the) ~(monster|devil|villain|bad guy|worst|terrible|awful|
        horrible|criminal|satan|antichrist|tyrant|beast|bad one)
    i am (a|such a|the) (monster|villain|devil|bad guy|worst|antichrist)
    the worst (husband|wife|person|mother|father|human|man|woman|boyfriend|girlfriend|parent|dad|mum|friend|son|
        daughter|partner|son in law) (in the world|ever|alive|on (earth|the planet)|of all time)
    (happy|satisfied|pleased|feel better) now
    (all|always) my fault ~(happy|then|is it|as usual|as always|again)
    (everything|it) is (all |always )?my fault
    (shall|should|do) i ~(popcorn|kneel|bow|beg|grovel|take notes|salute|curtsy|get on my knees|write that|
        applaud|clap|book a)
    let me (get|find|play|fetch) ~(violin|popcorn|tissues|notebook|hankie)
    let me guess
    (call|alert) the (cops|police|papers|press|media|army)
    (popcorn|bravo)
    """
)
_NO_MOCKERY = phrases(
    """
    (oh|well|wow|yeah) (sure|please|great|brilliant|nice|lovely|wonderful) (what|tell|i|we|how|that|come|talk|do|
        let|keep|forgive|news|idea|love|you)
    (you are|are) not (a|an|nuts|pathetic|stupid|crazy)
    give me a break ?(of|for)
    some of us (are|were) (going|meeting)
    i am not (happy|pleased)
    good luck with (that )?(tomorrow|it|the)
    poor you (come|that)
    (so|very) (happy|pleased) now
    """
)

_STRIKE = Only.ON_PRESSING | Only.FREE
_CUES = (
    Cue(Code.COUNTERATTACKS, 0.85, _ABSOLUTELY, _STRIKE, unless=_NO_ATTACK),
    Cue(Code.COUNTERATTACKS, 0.85, _TURNED_ROUND, _STRIKE, unless=_NO_ATTACK),
    Cue(Code.COUNTERATTACKS, 0.8, _CRITICIZES, _STRIKE, unless=_NO_ATTACK),
    Cue(Code.CONTEMPT, 0.85, _MOCKS, Only.FREE, unless=_NO_MOCKERY),
    Cue(Code.CONTEMPT, 0.8, _SARCASM, _STRIKE, unless=_NO_MOCKERY),
)


def find_attacking(exchange: Exchange) -> Iterator[Finding]:
    """What in the reply strikes back."""
    if exchange.partner.good_news or exchange.partner.practical:
        return
    yield from find(_CUES, exchange)
    yield from _parrots(exchange)
    yield from _blame(exchange)


_YOU_DO = re.compile(
    r"^(?:(?:and|but|because|well|yeah|oh|no|look|maybe|plus|only|since) )*(?:you|your \w+) (?!know\b)\w+"
)
_KINDLY = phrases(
    r"""
    you (are|were) (right|not wrong|hurt|upset|angry|sad|scared|amazing|not (alone|crazy|stupid)|
        the (best|love|one i))
    you (need|needed|want|wanted|deserve|deserved|matter|mean|waited|trusted|asked|told|said|hoped|must|
        felt|feel|look|sound|seem|sat|opened|can|will|should|had to|would like|have every|worked|
        carried|see|saw|love|loved)
    you (do not|did not) (deserve|have to|need to)
    you have been
    you (are|were) \w+ing
    you are not (?!here|there|fair|easy|perfect|innocent|\w+ing)\w+$
    (i|me) .* you
    """
)


def _blame(exchange: Exchange) -> Iterator[Finding]:
    """A complaint answered with what the partner does: "you tell your sister everything"."""
    if not exchange.partner.complaint:
        return
    for clause in exchange.reply.clauses:
        if clause.asks or exchange.reply.anothers(clause.start, clause.end) or len(clause.text.split()) < 4:
            continue
        if _YOU_DO.match(clause.text) and not (_KINDLY.search(clause.text) or _NO_ATTACK.search(clause.text)):
            yield Finding(Code.COUNTERATTACKS, clause.start, clause.end, 0.65)
            return


def _parrots(exchange: Exchange) -> Iterator[Finding]:
    """The complaint thrown back: "Oh, I embarrassed you?", the same sentence said twice."""
    if not exchange.partner.complaint:
        return
    clauses = [clause for clause in exchange.reply.clauses if len(clause.text.split()) > 2]
    for clause, following in pairwise(clauses):
        if clause.text == following.text and clause.text.startswith("you "):
            yield Finding(Code.CONTEMPT, clause.start, following.end, 0.75)
    turned = _turned_round(exchange.partner.reading.text)
    for clause in clauses[:2]:
        if re.match(r"(?:oh|so|wow) ", clause.text) and (clause.asks and clause.core in turned):
            yield Finding(Code.CONTEMPT, clause.start, clause.end, 0.65)


def _turned_round(text: str) -> str:
    """The partner's words with "you" and "I" changed over."""
    swapped = {"you": "i", "i": "you", "me": "you", "your": "my", "my": "your", "am": "are", "are": "am"}
    return " ".join(swapped.get(word, word) for word in text.split())
