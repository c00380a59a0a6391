"""Openness: owning a part, disclosing something vulnerable, asking for a break and saying when it ends."""

import re
from collections.abc import Iterator

from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Cue, Exchange, Finding, Only, find
from rehearse.feedback.phrases import phrases, word_list

_WRONG = """
    wrong unfair rude harsh selfish careless thoughtless mean cruel unkind defensive a_jerk an_idiot a_coward
    an_arse an_ass a_fool short cold distant insensitive dismissive snappy lazy lousy crap shitty rotten
    out_of_line out_of_order stupid dumb crappy nasty horrible at_fault to_blame too_harsh hard_on_you a_mistake
    low in_the_wrong childish petty awful ugly terrible cowardly hurtful disrespectful thick careless sloppy
    a_git a_pig a_prat a_muppet a_dick a_lousy a_rotten a_crappy a_shitty a_rubbish an_awful a_terrible
    a_horrible a_bad
"""
_DID = """
    took_it_out let_you left_you hurt_you snapped_at yelled_at shouted_at lied_to lied broke_your broke_a
    broke_my broke_something ignored_you ignored_it betrayed interrupted_you embarrassed_you went_behind
    went_too_far overstepped brushed_you brushed_it shut_you shut_down bit_your froze_you_out walked_away
    walked_out checked_out dropped_the_ball blew_that lost_it lost_my relapsed let_work let_things got_it_wrong
    got_that_wrong got_it_badly got_this_wrong did_that promised_you crossed_a crossed_the failed_you failed_at
    blew_it blew_up blew_you dismissed_you dismissed_it cut_you talked_over talked_down humiliated_you
    made_you_feel made_a_joke made_it_about made_fun laughed_at put_you_down put_you_in put_you_last put_work
    put_my put_them forgot_and messed_up screwed_up fucked_up cocked_up ballsed_up bottled_it dodged skipped_it
    owe_you owed_you treated_you threw_you blamed_you abandoned_you stopped_asking stopped_listening tuned_out
    zoned_out looked_away chickened_out bailed_on spoke_to_you rolled_my used_you slammed pushed_you chose_them
    sided_with hid_it went_quiet disappeared_on turned_my_back dumped_it took_you let_it let_the let_us let_that
    let_them let_him let_her assumed_the_worst promised_and said_i_would_and
"""

_MINE_TO_OWN = phrases(
    """
    (that|this|it|part of it|some of it) (is|was|one is) (all |entirely |totally |completely )?(on me|
        my fault|my bad|my doing|my mistake|mine to own|down to me|my responsibility|mine)
    (all on me|my bad|my mistake)
    (there is )?(something|some truth|a lot|a point) in (it|that|what you)
    it stops (today|now|here)
    (ugly|honest|plain) truth
    i will stop$
    you are not wrong
    i (own|admit|take|accept|will take) (that|it|responsibility|my part|the blame|full responsibility|
        my share)
    (take|taking) (full )?responsibility
    (i apologize|i apologise|my apologies|an apology)
    no excuses?
    (not going to|will not) (make excuses|dress it up|excuse|pretend|defend (it|myself)|argue with that)
    (guilty|busted|fair cop|you got me|you caught me)
    there is (some )?truth in
    you have (a|got a) point
    you (did not|never) deserve (that|it|this)
    you should not have (had to|to)
    you (should have|deserved) (had|heard|got|an apology|better|more)
    i (see|can see|get|hear|understand|realize|realise) (now )?(how|that|what) (i|that (hurt|landed|
        felt|came))
    i could have (done|handled|said|been|asked|called|told|put|spoken|listened|stood)
    """
)
_I_WAS_WRONG = phrases(
    r"""
    i (was|am|have been|am being|was being) (so |too |such )?{wrong}
    (that|it|which|what i (said|did)) was (so |too |such )?{wrong}( of me| thing)?
    (that|it|which) was not (fair|okay|right|kind|on|good enough|nice)
    i called you (?!back|first|from|when|to|last|twice|at|on|the|and|an|for|every|yesterday)\w+
    (it is|that is) (childish|selfish|cowardly|lazy|not good enough|not okay|a bad habit|no way to)
    """,
    wrong=_WRONG,
)
_I_DID_WRONG = phrases(
    """
    (i|and i|yeah i|but i) (just |really |totally |completely |do |did |have |then )?{did}
    i (should|ought to) (not |never |at least )?have
    i (was not|did not|have not|was never|am not|do not) (listening|there for you|listen|show up|stand up|
        back you|have your back|notice|think about you|think about how|think how|consider|stick up|check|bother|
        hear you|there when|come through|been there|been listening|been fair|make time|made time|ask you|stop to|
        give you|paying attention|pay attention|stop them|say anything|tell you|been honest|been around|
        been present)
    i (have been|was) (hiding|avoiding|taking you for|ignoring|neglecting|letting|leaving|dodging|absent|
        checked out|short with|horrible to|glued|on my phone|hard to|unfair|taking it out|putting|treating|
        selfish|a ghost)
    i (do that|do do that|do tune out|do leave|do shut|do interrupt|get defensive|get snappy|go quiet|
        did say that|did do that|did promise|did leave|did forget|said that and|do go)
    i (forgot|missed it|missed your|lied|snapped|flaked|froze|exploded|overreacted)
    """,
    did=_DID,
)
_NO_OWNING = phrases(
    r"""
    (not|never) (my fault|on me|my problem|wrong|out of line|rude|my bad|my doing)
    all my fault
    always my fault
    i should have (known|guessed|seen|married|listened to my|stayed|never|said nothing|kept my mouth)
    i (forgot|lied) (because|about (him|her|them))
    i (was not|did not|never) (even|flirting|lying|yelling|shouting|drunk|that late|call you|forget|lie|leave you|
        ignore|hurt|mean|say that)
    (that|it) was (wrong|awful|terrible|horrible|rude|mean|cruel|unfair|hurtful|stupid) of (him|her|them|you|your)
    i was stupid (to|enough)
    did you( ever)?
    (when|if) i (was|snapped|forgot)
    i am (stupid|an idiot|awful|terrible) (now|am i|then|apparently)
    i (left|let) you (have|a|some|dinner|sleep|lie|go|do|buy|stay|choose|pick|win)
    i (owe|owed) you nothing
    i forgot (one|once|the milk)
    i am (always|the one) (wrong|in the wrong)
    you should have (had|got|heard) (it|the)? ?(from|by) (him|her|them)
    """
)
_SORRY = phrases("(i am |i was |and i am |so |really |truly )*sorry")
_SORRY_NOT = phrases(
    r"""
    sorry (that )?(you (?!had|have had|were left|got left|have been left)\w+|you are|your|he|she|they|to hear|
        about (him|her|your|the|that)|that (happened|he|she|they)|it hurt|this is|what|excuse me|okay|all right|
        i can not|i have to|to say|are you|did you|is that|was i|am i|no|mate|love but|if)
    sorry (for|that i) (breathing|existing|having|being (alive|tired|busy|human|born|me|a man|such)|
        not being (perfect|a|enough)|asking|trying|working|caring|living|wanting|exist|am not|work|have)
    sorry i (exist|am not|do not|was not|breathed|asked|have|work|spoke|tried|care)
    not sorry
    sorry (happy|i said|how many|have you|what is for)
    (said|saying|say) ~sorry
    (well|oh|wow|fine|okay okay) (i am )?sorry
    """
)
_GRANTS = phrases(
    """
    you are (right|not wrong|absolutely right|so right|completely right|dead right)
    (that is|it is|fair|that is a|it is a) (true|fair|fair point|point|a fair point) (and i|i)
    (i know i|yeah i|true i) (did|have|was|do|said|snapped|lied|forgot|left|promised|was not|did not|have not|
        do not|am)
    """
)
_NO_GRANT = phrases(
    """
    you are right (to|about (him|them|her)|he|she|they|here|you)
    are you right
    (and|because|so) (so|what|i would do it)
    yeah i (am|do|was|did|have) (listening|not|and|because|so|what|happy|glad|with you|hear|mean|too|
        been (missing|thinking|lonely|scared|worried))
    i know i (am|was|did|have) (not|right)
    """
)
_NOT_KNOWING = phrases(
    """
    i (just )?(do not|did not|never|still do not|am not) (even |always |quite |ever )?(know|knew|understand|sure) (how|
        what|where|whether|if) (to|i|you (want|need) me|we)
    i have no idea (how|what|where) to
    i (do not have|have no|can not find|could not find) (the |any )?(right )?words
    (lost for words|at a loss for words|no words)
    i (am|was|have never been|have always been|get) (bad|not good|not great|rubbish|terrible|no good|awful|
        useless|hopeless|good|clumsy|out of my depth) (at|with) (this|talking|words|feelings|saying|showing|these|
        that|it|conversations)
    """
)
_FEARS_AND_NEEDS = phrases(
    r"""
    i (worry|am worried|get worried|panic|panicked|freeze|get scared|am afraid|was afraid|get so scared|go blank|
        go numb|clam up|get flooded|shut down|lock up|lie awake|lay awake|cried|cry)
    (i|me) (need|needed) (you|to feel|to know|reassurance|to be (held|close|near|wanted|heard|loved)|a hug|us|
        your (help|support|arms))
    i (want|wanted|long|ache|would love|wish|hope|would like) (for )?(us|to be (closer|close|better|near|with you|
        held|wanted|good|someone|the kind|there)|to feel|you to (feel|know|be happy|want me|hold|see me)|that too|
        it too|this too|to get (this|it) right|closeness|more of you|i (could|knew|was|had|were)|we (could|were|
        had)|my (dad|mum|father|mother))
    (the truth is|to tell you the truth|never told (you|anyone)|never said this|it is (hard|not easy) for me|
        hard (for me )?to (admit|say)|i find (it|this) hard|i struggle|i am struggling|i have been struggling|
        i have trouble)
    (growing up|when i was (a (kid|child|boy|girl|teenager)|little|young|small|five|six|seven|eight|nine|ten|
        eleven|twelve)|as a (kid|child|boy|girl)|in my (family|house))
    my (dad|father|mum|mother|parents|old man) (used to|always|never|would|left|drank|yelled|shouted|hit|walked|did)
    i do not want to (lose|hurt you|let you down|push you|get (this|it) wrong|be (someone|the|like my|alone)|
        disappoint|make it worse|mess this up|be that)
    (that|it|this) (scares|frightens|terrifies|worries|shames|kills) me
    (part|a part|some part) of me
    i (always|never) (feel|felt) (like )?(i|alone|good enough|not|wanted)
    i (feel|felt|feel like|felt like) (far from you|distant|like (a|an) \w+|like i (am|can not|keep|do not|let|
        failed|have|might|will|never))
    """
)
_NO_SHARING = phrases(
    """
    what (else |more )?(you|she|he|they) (want|wants|need|expect|mean)
    i do not know (what|why|how) (you|he|she|they|that|to tell you|you want me to)
    i need you to
    i (wish|hope) (you|he|she|they)
    wish i had (never|known|been there)
    (afraid|scared|worried) (you|that you) (will|would) have to
    how to (cook|drive|cope with you|use|work)
    i cried (laughing|with laughter)
    i do not know how to (fix it|do it)$
    need (help with|the|your help with)
    """
)

_BREAK = phrases(
    r"""
    (give|need|needed|have|take|get|can|could|let|after|in|for|just|back in|about|like|than) ~(minutes?|hours?|
        half hour|half an hour|ten|twenty|fifteen|thirty|five|an hour|a minute|a moment|a breather|a break|a walk|
        some air|a little while|a while|time out|timeout|a pause|a night|the evening|a beat)
    (after|once|when|until|as soon as) ([\w']+ ){0,6}(down|asleep|bed|home|gone|done|finished|settled|back|quiet)
    (after|once|when|until|tomorrow|tonight|later|at|by|before|this evening|in the morning|first thing|on|over|
        as soon as) ~(dinner|tea|supper|breakfast|lunch|bath|bed|bedtime|work|shower|asleep|down|home|morning|
        evening|tonight|night|saturday|sunday|monday|tuesday|wednesday|thursday|friday|weekend|call|meeting|walk|
        eight|nine|ten|seven|six|coffee|quiet|finished|done|head|clear|parked|calmed|slept|gone|back|cooled|eaten|
        school|settled|morning)
    (tonight|tomorrow|this evening|saturday|sunday)
    (pause|breather|time out|timeout|step (out|outside|away)|cool (off|down)|clear my head|walk (round|around)|
        collect (myself|my thoughts)|get my head|splash)
    """
)
_RETURN = phrases(
    r"""
    (then|and|after that|so|but) ~(i|we) (will |can |do |really |just |promise i will )*(talk|come back|be back|
        listen|hear|sit|finish|pick|want|go over|all|am all|am yours|am here|go through|answer|start|try|do this|
        have this|look|give|tell|explain)
    (come|be|coming|straight|right) back
    (pick|picking) (it|this|that) (back )?up
    (talk|finish|continue|do|have|return to|go back to|try|start|discuss|get into|sort) (this|it|then|about it|
        about this|properly|that|again|tonight|tomorrow)
    (want|would like|promise|ready) to (hear|talk|do this|finish|listen|sit|have this|come back|get this right|
        give (this|it|you)|answer|get into|do it)
    i am (all yours|yours|all ears|there)
    you (have|get|will have|will get|can have) (my|all of me|me|all my)
    i will (find you|come find|meet you|listen|sit|tell you|answer|make (us|some)|hear|turn (it|the)|explain|
        be (ready|there|here|able)|come to you|bring)
    let us (talk|sit|do|finish|pick|have|come)
    (can|could|shall) we (talk|do this|come back|pick|sit|finish)
    hear (it|this|you|the|all|everything) ~(properly|out|then)
    (okay|deal|promise) [?.]$
    (do )?want to [.]
    """
)

_CUES = (
    Cue(Code.OWNS, 0.9, _MINE_TO_OWN, Only.ON_PRESSING | Only.STATED | Only.FREE, unless=_NO_OWNING),
    Cue(Code.OWNS, 0.85, _I_WAS_WRONG, Only.ON_PRESSING | Only.STATED | Only.FREE, unless=_NO_OWNING),
    Cue(Code.OWNS, 0.8, _I_DID_WRONG, Only.ON_PRESSING | Only.STATED | Only.FREE, unless=_NO_OWNING),
    Cue(Code.OWNS, 0.85, _SORRY, Only.ON_PRESSING | Only.STATED | Only.FREE, unless=_SORRY_NOT),
    Cue(Code.OWNS, 0.85, _GRANTS, Only.ON_PRESSING | Only.STATED | Only.FREE, unless=_NO_GRANT),
    Cue(Code.SHARES, 0.8, _NOT_KNOWING, Only.STATED | Only.FREE, unless=_NO_SHARING),
    Cue(Code.SHARES, 0.8, _FEARS_AND_NEEDS, Only.STATED, unless=_NO_SHARING),
)


def find_openness(exchange: Exchange) -> Iterator[Finding]:
    """What in the reply owns, shares or asks for a break."""
    yield from find(_CUES, exchange)
    yield from _concessions(exchange)
    yield from _breaks(exchange)


_BARE = re.compile(
    r"(?:(?:yeah|no|okay|true|god|oh|right|look|so|and|well) )*"
    r"(?P<said>i (?:know|did|was|do|have|am|could have|should have|could|had|was not|did not|have not|never did)|"
    r"guilty|busted|true|fair|you are right)(?: (?:know|and|i|promise|too))?"
)
_GRANTED_EITHER_WAY = frozenset({"i know", "you are right", "guilty", "true", "i could have"})
_I_DO = phrases(
    r"""
    i (do|did) (?!not|love|care|want|think|know|understand|listen|hear|help|try|appreciate|my|the|it|everything|all|
        so)\w+
    """
)
_HALF_GRANTED = frozenset({"i know", "true", "fair"})
_AGREES = frozenset(
    {"yeah", "true", "fair", "agreed", "yeah maybe", "you are not wrong", "ouch yeah", "okay yeah", "okay fair"}
)
_BACKCHANNELS = word_list("okay yeah right sure i see got it hm mm")
_ONE_BREATH = 100
"""Characters within which the break and the promise are shown as one piece of evidence."""
_DENIAL = phrases("not|never|hardly|barely")


def _concessions(exchange: Exchange) -> Iterator[Finding]:
    """A complaint granted in so many words: "I did." to "you forgot", "I didn't." to "you never asked"."""
    if not exchange.partner.complaint:
        return
    of_lack = exchange.partner.of_lack
    opening = exchange.reply.clauses[0]
    says_more = any(not set(clause.text.split()) <= _BACKCHANNELS for clause in exchange.reply.clauses[1:])
    if opening.text in _AGREES and len(exchange.reply.sentence_of(opening)) == 1 and says_more:
        yield Finding(Code.OWNS, opening.start, exchange.reply.clauses[1].end, 0.6)
    for clause in exchange.reply.clauses[:4]:
        if not of_lack and _I_DO.match(clause.core) and not clause.asks:
            yield Finding(Code.OWNS, clause.start, clause.end, 0.6)
        match = _BARE.fullmatch(clause.text)
        if match is None or clause.asks:
            continue
        said = match.group("said")
        lacks = _DENIAL.search(said) is not None
        if lacks == of_lack or said in _GRANTED_EITHER_WAY:
            yield Finding(Code.OWNS, clause.start, clause.end, 0.6 if said in _HALF_GRANTED else 0.75)


def _breaks(exchange: Exchange) -> Iterator[Finding]:
    """A break, or another time, asked for together with the promise to come back."""
    reply = exchange.reply
    if not exchange.partner.pressing:
        return
    pause, back = _BREAK.search(reply.text), _RETURN.search(reply.text)
    if pause and back and not reply.anothers(pause.start(), pause.end()):
        near = abs(back.start() - pause.start()) < _ONE_BREATH
        start = min(pause.start(), back.start()) if near else pause.start()
        end = max(pause.end(), back.end()) if near else pause.end()
        yield Finding(Code.TAKES_SPACE, start, reply.clause_at(end - 1).end, 0.8)
