"""Defensiveness that holds the line: denying and excusing. A scolding verdict, so precision comes first."""

from collections.abc import Iterator

from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Cue, Exchange, Finding, Only, find
from rehearse.feedback.patterns.matter import stems
from rehearse.feedback.phrases import phrases

_NOT_TRUE = phrases(
    r"""
    (that|this|it) (is|was) (just |simply |complete |absolute |total |such )?(not true|untrue|
        not what happened|not how it (happened|was|went)|a lie|nonsense|rubbish|bullshit|bull|absurd|
        false|crap|garbage|not what i (said|meant|did)|not like that|simply not|ridiculous)
    (that|it) (did not|never) (even )?happen(ed)?
    i (never|did not ever) (said|did|told|called|promised|asked|meant|agreed|yelled|shouted|ignored|
        laughed|lied|used|touched|left|once|rolled|interrupted|flirted|complained|stopped)
    i never( did)?$
    (not|never) (once|even once)$
    i (did not|do not|was not|have not|would not|would never) (even )?(do (that|this|anything|any)|
        say (that|it|anything|any)|yell|shout|ignore|laugh|lie|roll|interrupt|forget|leave you|
        embarrass|snap|talk over|cut you|raise|make fun|hide|flirt|call you|treat you|take (it|
        anything) out|drink|blame|dismiss|side|disappear|avoid|clam up|act|criticize|criticise|touch|
        cheat|spend|promise|break|start|judge|humiliate|abandon|push|pull|brush|shut)
    (it is|it was|that is|that was|this is|how is (it|that|this)|why is (it|that|this)) (not )?(my|
        all my) (fault|problem)
    i (did|have done) (not do |nothing |not done anything )(anything )?wrong
    nothing (happened|is wrong with)
    not true
    since when (do|did|am|was|have|had) i
    when have i (ever )?\w+
    there was no (?!way|excuse|point|need|one|rush)\w+
    where (do|did) you get (that|this|these)
    when did i (ever|do|say)
    (do not|never) (tell me|say) i (never|did not|do not|always)
    (do not|stop) (put|putting) words in my mouth
    i do (so )?(listen|help|care|call|try|ask|text|say|tell you|talk|thank|hug|touch you)
    i did (so )?(listen|help|care|thank)
    i do not (see|think) (a|the|any|what|there is|that is) ~(problem|issue|wrong|big deal|like that)
    """
)
_NO_DENIAL = phrases(
    r"""
    i (was|am) not (going to|listening|there|paying|thinking|fair|trying|sure|ready|good|proud|myself|
        having|saying|being (fair|honest|kind|good)|leaving|asking|dismissing|hiding|coping|sleeping|
        seeing|used|feeling|giving you|going|arguing|telling)
    i (did not|do not) (always )?(say (enough|thank|anything)|stop)
    i (have not|had not) (been (there|fair|listening|good|around|present|honest|sleeping|the)|\w+ing)
    not your fault
    if i
    (that is|was|is) not fair (on|to) you
    i never (knew|thought|realized|realised|wanted|felt|noticed|asked (you|how)|stopped (to|and)|
        said (thank|sorry))
    i did ~(and|too|wrong)
    i do (care|love) (about|how|that)
    so (that )?i (do|did) not
    i never told (you|anyone) this
    """
)
_FALSE_APOLOGY = phrases(
    """
    sorry (that )?(you (feel|felt|took|think|see it|thought|got (upset|offended|hurt)|are (upset|hurt|
        offended|so|feeling|angry|mad)|were (upset|offended|hurt)|misunderstood|can not)|if (you|that|
        it|anything|i (hurt|upset|offended))|it (came across|hurt you))
    """
)
_MISREADS = phrases(
    """
    you are (just )?(imagining|making (it|this|that|things|stuff) up|reading (too much|things|into|
        stuff)|twisting|misremembering|remembering (it )?wrong|seeing things|hearing things|mistaken|
        confused)
    you (misunderstood|misread|misheard|got it (all )?wrong|have got it (all )?wrong|made that up|
        are making that up|took it (the )?wrong)
    (all|only) in your (head|mind)
    """
)

_ONLY = phrases(
    r"""
    i (was|have been|had been) (just|only) (\w+)
    i am (just|only) (trying|tired|busy|joking|saying|being honest|stating|asking|telling|doing)
    i (just|only) (did|said|told|wanted|meant|went|asked|left|forgot|looked|got|needed|tried|checked|
        snapped|took|raised|bought|had)
    i (am|was) (only|just) human
    (it|that) was (just |only )?(a joke|banter|a work (thing|call)|an emergency|an accident|one time|
        once|meant as|funny|nothing|due|late|crowded|chaos|busy)
    (i am|i was|i have been|i am only|i was only) (trying|joking|kidding|messing|teasing|doing my best|
        doing the best)
    i (did not|never) mean (to|it|that|anything|any)
    (slipped my mind|lost track|an honest mistake|in my defense|in my defence)
    """
)
_BUSY = """
    tired busy exhausted stressed swamped slammed at_work working driving asleep ill sick stuck held_up distracted
    under_pressure under_a_lot in_a_meeting in_a_rush in_a_hurry up_all_night on_call caught_up knackered
    shattered trying drunk hungover on_a_deadline on_the_phone dealing rushed running_late preoccupied
    snowed_under hungry starving half_asleep finishing worn_out burnt_out wiped run_off fried
"""
_CIRCUMSTANCE = phrases(
    """
    i (was|have been|am|had been|got) (so |just |still |already |too |really )*{busy}
    i (had|have|had got|have got) (so |just |really )*(no choice|no option|a deadline|work|a lot on|
        a lot going|a million|a (long|bad|hard|rough|terrible|horrible) (day|week)|a headache|a meeting|
        a call|deadlines|meetings|three|four|ten|things|stuff|early|an early|no other)
    i (had not|did not have|had no|never had) (the |a |any |much )?(time|choice|sleep|slept|eaten|
        signal|idea you|clue you|minute|chance)
    (what|how) (else )?(was|am|were) i (supposed|meant) to
    (what|how) (else )?(could|can) i (do|have)
    (nobody|no one|she|he|they) (never |ever )?(told|said|asked|mentioned|reminded|warned) (me|anything|us|it)
    you never (told|said|asked|mentioned|reminded|warned) (me|anything|us|it)
    you (told|asked) me to
    (you|she|he|they) did not (tell|say|ask|remind|mention|warn) ?(me|anything|us|it)?
    (my phone|the phone|my battery|the battery|traffic|the traffic|the trains?|the car|my boss|the kids|
        my alarm|the meeting|the bus|work|the deadline|the signal|the flight|the boss|the client) (was|
        were|died|dyed|is|broke|had|ran|has|made|kept|got|needed|would|went|did|called|wanted)
    because (i|he|she|they|it|the|my|work|that|there)
    (he|she|they|somebody|someone) (asked|made|told|forced|begged|needed|called|kept|wanted|was|
        were) (me|there|going|sick|having|in)
    i (could not|can not) (just |exactly |even )?(help|read|be|do everything|control|say no|drop|leave|
        get out|get away|answer|talk|hear|make it|find)
    (work|things) (is|has|have|was|were|are|has been|have been|had been) (just )?(been )?(crazy|mad|
        busy|insane|mental|hectic|a lot|nuts|chaos|manic|full on|hell)
    (how|what) was i (supposed )?to know
    i (forgot|meant to|was going to|thought (you|it|we|that you)|assumed|figured|did not (know|realize|
        realise|see|think|want to|get|hear))
    (i was (raised|brought up)|that is (just )?(how|the way|who) i)
    (if i (do not|did not|had not)|somebody has to|someone has to)
    """,
    busy=_BUSY,
)
_GOOD_DEEDS = phrases(
    r"""
    i (do|did|have|cook|cooked|clean|cleaned|pay|paid|work|worked|make|made|bought|buy|drive|drove|put|get up|
        took|take|bring|brought|fixed|booked|mow|mowed|earn|handle|provide|keep|carry|picked up|wash|washed|bring|
        built|took) ~(dishes|laundry|bins|kids|bills|cooking|mortgage|rent|school|shopping|garden|lawn|cleaning|
        money|tax|taxes|roof|driving|floors|baths?|beds|lunches|hours|week|dinner|breakfast|night|morning|weekend|
        shifts|overtime|flowers|jobs|college|groceries|trash|garage|family|holiday|house|car|kitchen|pipes?)
    i (put|got) you through
    everything i (do|did|have done)
    (who|and who) (do you think )?(pays|paid|does|did|cooks|cleans|drives|works|took|fixed|gets up)
    two jobs
    after (everything|all) i
    i (listened|texted|called|rang|hugged|kissed|told you|said|asked you) ~(yesterday|on (sunday|monday|tuesday|
        wednesday|thursday|friday|saturday)|last|this|hours?|twice|three|morning|night|times)
    """
)
_NO_EXCUSE = phrases(
    r"""
    i (was|am|have been) (just|only) (thinking|scared|about to|so|as|there|wrong|a coward|being|not|hurt|afraid|
        sad|embarrassed|going to say|saying|here|glad|wondering)
    (no|not an|that is no|not a good) excuses?
    on me
    my fault
    i (forgot|just forgot) (and|about you|you|how)
    i did not (know|realize|realise|see|think|hear|get) (how|that (hurt|you (were|felt))|it (hurt|was|felt)|
        you (were|felt)|about|of|what (it|that|you))
    i just did not want
    i have (to|got) (be honest|admit|own|say)
    i (could not|can not) (look|face|bear|admit|imagine|be more)
    (had|have) no (idea|words|clue) ?(you|it|that|how)?$
    i (was|am) (going|trying) to (do better|change|be better|understand|hear|listen)
    i am trying
    because (i (love|care|was wrong|was being|want|was (scared|ashamed|afraid|jealous|hurt|embarrassed))|
        you (deserve|matter|are right))
    would not have
    wish
    """
)

_DEFEND = Only.ON_COMPLAINT | Only.FREE
_CUES = (
    Cue(Code.DENIES, 0.9, _NOT_TRUE, _DEFEND, unless=_NO_DENIAL),
    Cue(Code.DENIES, 0.9, _FALSE_APOLOGY, _DEFEND),
    Cue(Code.DENIES, 0.85, _MISREADS, _DEFEND),
    Cue(Code.EXCUSES, 0.85, _ONLY, _DEFEND, unless=_NO_EXCUSE),
    Cue(Code.EXCUSES, 0.75, _CIRCUMSTANCE, _DEFEND, unless=_NO_EXCUSE),
    Cue(Code.EXCUSES, 0.8, _GOOD_DEEDS, _DEFEND, unless=_NO_EXCUSE),
)


def find_defending(exchange: Exchange) -> Iterator[Finding]:
    """What in the reply denies or excuses."""
    yield from find(_CUES, exchange)
    yield from _flat_rejection(exchange)
    yield from _explanation(exchange)


_OPENERS = "no oh what well look wait excuse_me so and but that_is yeah honestly"
_SAYS_NO = phrases(
    r"""
    ({opener} )*(nobody|no one) \w+
    ({opener} )*i ((do|did|was|am|have|had|would|could|can) not|never)
    """,
    opener=_OPENERS,
)
_SAYS_YES = phrases(
    r"""
    ({opener} )*i (?!want|would|love|noticed|know|hear|should|could|can|get|feel|have let|am listening|am here|
        did (?!too|so)\w)\w+
    """,
    opener=_OPENERS,
)
_NOTHING_MORE = phrases(
    "({opener} )*i (did|do|was|am|have|had|never|never did)( not| too| so)?$",
    opener=_OPENERS,
)


def _flat_rejection(exchange: Exchange) -> Iterator[Finding]:
    """The opposite of the complaint: "I don't take sides" to "you take her side", "I do" to "you never ask"."""
    partner = exchange.partner
    if not partner.complaint or partner.fears:
        return
    for clause in exchange.reply.clauses[:3]:
        no = _SAYS_NO.match(clause.text)
        opposite = (_SAYS_YES.match(clause.text) and not no) if partner.of_lack else no
        if clause.asks or not opposite or "not always" in clause.text:
            continue
        if _NOTHING_MORE.match(clause.text) or stems(clause.text) & stems(partner.reading.text):
            yield Finding(Code.DENIES, clause.start, clause.end, 0.75 if _NOTHING_MORE.match(clause.text) else 0.7)
            return


_EXPLAINS = phrases(
    r"""
    ({opener} )*((she|he) )?(i|we) (was|had|have been|have to|went|came|leave|thought|needed|tried|work|worked|stayed|
        did it|took|drink|go|could not|raised|put|am allowed)
    ({opener} )*(?!that |this |there |what |you |it (?!has|had))((the|my|her|his|our|some) )?[\w']+ (was|were|had|
        has been|have been|has got|kept|ran|made|took|rang|called|wanted|needed|came|would not|did not|does not)
    """,
    opener="and but well look so only yeah no okay oh because",
)
_NO_EXPLANATION = phrases(
    """
    you are right|sorry|on me|hurt|scared|afraid|love|thank|sounds|must|miss|fault|fair|true|wrong|stupid|notice|
        noticed
    """
)
_NOT_AN_EXPLANATION_OPENS = phrases("what|how|who|when|where|why|nobody|it is")


def _explanation(exchange: Exchange) -> Iterator[Finding]:
    """A complaint answered with nothing but how it came about."""
    if not exchange.partner.complaint or exchange.partner.asks_only:
        return
    for clause in exchange.reply.clauses:
        if (
            _EXPLAINS.match(clause.text)
            and len(clause.text.split()) > 2
            and not clause.asks
            and not exchange.reply.anothers(clause.start, clause.end)
            and not _NO_EXPLANATION.search(clause.text)
            and not _NOT_AN_EXPLANATION_OPENS.match(clause.text)
        ):
            yield Finding(Code.EXCUSES, clause.start, clause.end, 0.6)
            return
