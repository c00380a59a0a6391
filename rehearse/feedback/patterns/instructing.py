"""Instructions: imperatives that tell the partner what to do ("block his number", "try not to think about it").

English has no mark for the imperative: it is a bare verb where a clause begins. After a complaint it is more often a
request or a rebuke than advice, and counts for less.
"""

import re
from collections.abc import Iterator

from rehearse.feedback.clauses import Clause
from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Exchange, Finding
from rehearse.feedback.phrases import alternatives, phrases

_VERBS = """
    accept agree aim answer apologise apologize appeal apply arrange ask avoid ban bin block book borrow break
    breathe bring build buy call cancel carry challenge change chat check choose chuck claim clean clear close
    complain concentrate confront consider contact cook count cut dab deal decide delete demand ditch document
    download draft draw dress drink drive drop eat email empty enjoy enrol exercise explain face feed file fill
    find finish fire fix focus follow forgive freeze get give go google grab hang hide hire ignore insist install
    invite join jot keep kick lay learn leave let limit line list lock log look lower make mark measure meditate
    meet mention move mute negotiate note offer open order pack pay phone pick picture plan point press study
    spend remind expel appreciate pop practice practise prepare pretend print prioritise prioritize protect pull
    push put quit raise read record refuse register remember remind remove rent repeat replace reply report
    request reset resign rest return ring rinse rub run save say schedule search see sell send set show shut sign
    sit skip sleep smile soak sort speak split stand start stay stick stop suggest sue swallow switch take talk
    teach tell text think threaten throw tidy try turn unfollow unplug update use visit wait walk warm wash watch
    wear work write
"""
_OBJECT = """it him her them the your a an to some yourself that this out up off on all more less no for in
    with one two whatever what everything hr someone somebody people away back down"""

_IMPERATIVE = phrases("(do not |never |always |just |try and |go and )?{verb}", verb=_VERBS)
_JUST_DO = phrases(
    "(just|and just|then just|please|maybe just|and do not|just do not|so just|or just|better) {verb} {object}",
    verb=_VERBS,
    object=_OBJECT,
)
_AND_DO = phrases("and (do not )?{verb} {object}", verb=_VERBS, object=_OBJECT)
_OPENERS = alternatives(
    """
    and|but|so|then|okay|well|oh|look|listen|hey|just|please|maybe|honestly|or|first|next time|if you can|yeah|no
    right|love|babe|honey|mate|instead|anyway|for now|tomorrow|tonight|meanwhile|obviously|simple|easy|for starters|next
    come on|again|personally|step one|in future|worst case
    """
)
_OPENER = re.compile(rf"(?:(?:{_OPENERS}) )+")
_NOT_TO_DO = phrases(
    r"""
    (do not|stop|try not to) (worry|be|cry|panic|stress|feel|get|say|tell|know|start|you|think (i|so|
        you)|want|have|need|believe|mean|care|even|blame|talk|apologize|apologise|give up|do|dwell|
        overthink|make (a|me|this|it))
    (come here|take your time|take all|let it (all )?out|let (me|us|go)|tell me|talk to me|walk me|
        go on|go ahead|go for it|say more|keep (going|talking|telling)|hang (on|in)|look (at me|i|you|
        it|that|who|we|here|what|how)|sit (with me|down|here)|give me|stay (here|with me))
    (drop|leave|forget|stop|quit) (it|this|that|me|being|\w+ing)
    (get (over|a grip|lost|off|real|it|that|in here|used to|why|how|on with)|snap out|think of it|
        think (i|you|it|that|we|so|about how|he|she|they)|see (you|if|how|what|that|i|it|the)|
        wait (what|a|for me|until you|so|i|did|that|you|he|she|they|is|till)|say (it|that|what|you|
        something|the word|so))
    (work|rest|sleep|plan|list|book|call|look|drink|walk|run|talk|face|hand|cut|change|point|ring|show|
        set|note|hang|break|hide|kick|book|visit|watch) (is|was|has|were|will|are|would|in|of|does|did|
        had|and)
    (look|see|think|remember|wait|imagine|mind) ?(when|how|on the bright)?$
    (look on|look at the|count your|start (again|over)|move on|make sense|stay (strong|positive)|
        keep your chin|give it (time|a rest)|turn (it|that) around|take it (easy|from me)|take care|
        smile|let it go|try (being|living|having|working|doing))
    (thank|bless) you
    pick (one|your)
    (give over|give it|get in|shut up|start wherever|start anywhere)
    """
)
_TO_SPEAKER = phrases("me|us|i|my")
_SUBJECT = phrases("i|we|you|he|she|they|it|that|can|could|would")
_GOVERNED = re.compile(
    r"\b(?:i|we|you|he|she|they|it|to|can|could|would|will|should|did|do|does|not|that|who|might|must|may|me|us|there|"
    r"want|help|going|always|never|\w+ed) (?:just |please |maybe |even )?$"
)


def find_instructions(exchange: Exchange) -> Iterator[Finding]:
    """Imperatives that are advice."""
    if exchange.partner.practical:
        return
    confidence = 0.6 if exchange.partner.complaint else 0.8
    for clause in exchange.reply.clauses:
        start = _instruction(clause)
        if start is not None and not exchange.reply.anothers(clause.start, clause.end):
            yield Finding(Code.ADVISES, clause.start + start, clause.end, confidence)
            return


def _instruction(clause: Clause) -> int | None:
    """Where in the clause an instruction begins."""
    if clause.asks:
        return None
    opener = _OPENER.match(clause.text)
    start = opener.end() if opener else 0
    core = clause.text[start:]
    if _IMPERATIVE.match(core) and _is_advice(core) and len(core.split()) > 1:
        return start
    for match in (*_JUST_DO.finditer(clause.text), *_AND_DO.finditer(clause.text)):
        if match.start() == 0 or _GOVERNED.search(clause.text[: match.start()]):
            continue
        # "I sat and take …" goes on about its subject; "… and take your shoes off" after an instruction does not.
        goes_on = match.group().startswith("and ") and _SUBJECT.match(clause.core)
        if not goes_on and _is_advice(match.group().split(" ", 1)[1] + clause.text[match.end() :]):
            return match.start()
    return None


def _is_advice(core: str) -> bool:
    return not (_NOT_TO_DO.match(core) or _TO_SPEAKER.search(core))
