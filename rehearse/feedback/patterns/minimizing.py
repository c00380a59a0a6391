"""Fixing by turning away: playing the trouble down, or making it about oneself."""

from collections.abc import Iterator

from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Cue, Exchange, Finding, Only, find
from rehearse.feedback.phrases import phrases

_NOT_SO_BAD = phrases(
    r"""
    (it|that|this|things|which|they|he|she|\w+ing) (is|was|are|were) not (that|such|all that|even|the|
        as|a|so) ?(a |an )?(bad|big|deal|serious|hard|worst|end of the world|huge|important|big a deal|
        awful|terrible|difficult|tragedy|disaster|big of a deal)
    (is|was) not (exactly |hardly )?(the end|the worst|a big|a tragedy|life and death)
    (no|not a) (big deal|biggie|great loss|drama|harm done)
    (it|this|that) (is|was) (just|only|literally) (a|an|one|some|work|money|hair|words|stuff|dinner)
    (he|she|they) (is|was|are|were) only (trying|joking|teasing|kidding|being|messing|a|an)
    at least
    (that|it) (is|was) (nothing|silly|daft|peanuts|hardly)
    nothing to (worry|cry|be|get|stress)
    (could|might) (be|have been) ~worse
    (worse|bigger) (things|problems|off)
    (first world|not worth (crying|getting|worrying|the))
    so what [.?]
    so what if
    (is that|that is) (it|all)$
    nobody (is|has)? ?(died|noticed|even noticed)
    (not going to|will not) kill you
    (can not|could not) (be|have been) (that|so) \w+
    (all|every) \w+ (is|are|do|does) (like that|the same|that)
    they say that (about|to)
    (it is|that is|he was|she was) (just|only) (a|an) \w+
    (it is|that is|he was|she was) (a|an) (hamster|dog|cat|car|job|exam|test|game|party|haircut|meeting|phase|
        inch|dress|chair)
    (barely|hardly) (noticeable|noticed|a scratch|anything|the end)
    (a bit|bit) much$
    give over
    loosen up
    (survived|had|seen|been through) worse
    \w+ out of (ten|five|a hundred)
    (it is|that is) (one|an|a) (inch|day|night|cup|plate|dinner|party|date|haircut|text)$
    stop it$
    what is the big deal
    (upset|worked up|fuss|drama|crying|worrying|stressed) (over|about|for) nothing
    it is (all )?in your head
    you (do not|never) need to (be so|get so|make such)
    """
)
_STOP_FEELING = phrases(
    """
    (calm|settle|simmer) down
    (relax|chill|chill out|lighten up|cheer up|chin up|man up|toughen up|buck up|suck it up|snap out|
        shake it off|get over it|get a grip|get on with it|brush it off|take it easy|
        pull yourself together|let it go|keep your chin up|look alive)
    you are (just |totally |really |so |being )?(over ?reacting|overthinking|overthinking it|dramatic|
        exaggerating|so dramatic|catastrophizing|catastrophising|overdoing|working yourself|making (a|
        too|such))
    (making|make) (a )?(big deal|mountain|fuss|drama|scene|thing out|such a|too much)
    (blowing|blow) (it|this|things) (up|out)
    (do not|stop|no need to|quit|try not to) (be|get|feel|being|getting|feeling) (so |all |too |
        like )?(sad|silly|daft|scared|upset|dramatic|ridiculous|hard on yourself|stupid|a baby|negative|
        soft|worked up|down|bad|sorry for yourself|that|emotional|angry|stressed|anxious|nervous|
        worried|afraid)
    (do not|stop|no need to|quit|try not to) (worry|worrying|cry|crying|stress|stressing|panic|
        panicking|dwell|sweat it|overthink|overthinking|fret|sulk|sulking|moping|beat yourself|
        let it get|let (him|her|them|it) get|take it (so |too )?(personally|hard|seriously|to heart))
    """
)
_WILL_PASS = phrases(
    """
    (you|it|she|he|they|things|everything|this|that) (will|is going to|are going to) (all |probably |
        surely |just |soon )?(be (fine|okay|all right|grand|over|better|great|good)|have forgotten|
        smash it|work out|turn out|blow over|pass|get over|sort itself|get better|look better|
        feel better|seem|heal|laugh|survive|live|cope|forget|manage|find (another|someone|something|
        a better)|bounce back|smash|ace|come (round|around|good)|get another|do (great|fine|
        brilliantly)|love you|calm down|settle)
    (plenty|loads|lots) (more|of (time|other|jobs|fish|people))
    (other|more) fish
    time heals
    tomorrow is (another|a new)
    give it (a (week|month|year|few)|time)
    sleep on it
    """
)
_COMPARES = phrases(
    """
    (everyone|everybody) (goes through|feels|fails|struggles|hates|loses|cries|breaks|dies|argues|fights|forgets|messes)
    (everyone|everybody) (has|gets|makes) ~(days|weeks|moments|problems|mistakes|that|it|them|down|nervous|stressed)
    (everyone|everybody) is ~(like that|the same|tired|busy|struggling|flat|stressed|scared|nervous)
    everybody's
    (we|people|all couples|all kids|couples|lots of people|plenty of people|most people|kids|parents|
        bosses|all of us) (all |always )(get|go|have|feel|do|fight|argue|say|are|fail|lose|make|forget|
        struggle)
    (happens to|it happens|these things happen|shit happens|happens all the time)
    (look|look at|see|think of|think about) (on )?the (bright|positive|plus|upside|good)
    (other|most|lots of|plenty of|loads of) (people|kids|families|women|men|couples) (have|do not|would|dream|
        kill|can not)
    some people (do not even|would kill|dream|have real|have nothing|have it worse)
    there are (people|kids|children) (starving|dying|with|in|who)
    (blessing in disguise|everything happens|happens for a reason|silver lining|was not meant to be|
        not the only one|not the first)
    (count your blessings|be (grateful|thankful|glad)|you (should|ought to) be (grateful|glad|thankful|
        happy))
    you are (lucky|one of the lucky)
    (that is|that is just) (life|how it goes|the way it is|how it is|business|work|parenting|marriage|
        kids|family)
    (life|it) goes on
    """
)
_EXPLAINS_AWAY = phrases(
    r"""
    (i am sure|i bet|bet|probably|surely|i reckon) (it is|he|she|they|it was|nothing|that is|
        it will) ~(nothing|fine|mean it|meant|okay|busy|joking|just|all right|stressed|tired|be)
    (it is|it was) (probably|surely) (nothing|fine|just|only)
    you are (just|only) (tired|hungry|hormonal|stressed|emotional|nervous|bored|sad|down|low|overtired|
        jealous)
    you are not (really )?(depressed|sad|lonely|scared|anxious|angry|ill|sick|tired|hurt|stressed|
        worried|that \w+)
    do not be (ridiculous|absurd|daft|silly)
    """
)
_NO_PLAYING_DOWN = phrases(
    """
    (not|never) (have to|need to) (calm|relax|be)
    (i|we) will
    okay (to|that|if)
    (tell|told|telling|say|said) ~(calm down|relax|fine)
    i (need|want|have|am|just need|would like|should|was|did|do|thought|could)
    (to|me|and|you|can|could|help) (calm|relax|settle|chill|breathe)
    (so|and|but) i can (calm|relax)
    at least (tell|let|give|i|try|listen|an hour|ten|for|not)
    (anyone|everyone) (would|who)
    it is okay
    nothing you
    (act|acts|acting|act like|treat|treated|like) ~(nothing|no big deal)
    said no big deal
    i hope
    if (it|you|that)
    so what (i|you|was|is|are|did|do|would|happened|does|were)
    do not (worry|stress) about (me|my)
    """
)
_MINE = phrases(
    r"""
    (my|mine) (day|week|job|boss|night|shift|commute|work|back|head|year|own day) (was|is|has been|also|
        too|did)
    mine (was|is|are|were|did|has|does|never|always)
    (you think|if you think) (that is|you have|you are|yours is) ~(bad|tired|hard|had it|stressed|rough|
        busy|tough)
    (same thing|the same|exactly that|something similar|that) (just )?happened to me
    i (went|have been|have gone|was) (through|in) (the same|that|exactly|something similar|this)
    (been there|join the club|welcome to my world|try being me|story of my life|snap|tell me about it i|
        same here i|me too i|same i|ditto i)
    (reminds me of|that is like) (when|the time) (i|my|we)
    wait (until|till) you (hear|get|see|have|are)
    i had it (worse|way|harder)
    at least (you|yours) ~(i|mine|my)
    try (living|being|having|working|doing) (with )?(my|me|what i|mine)
    what about (me|my)
    when i (had|was|did|got|went|lost|broke|worked|moved|failed)
    """
)

_CUES = (
    Cue(Code.MINIMIZES, 0.85, _NOT_SO_BAD, Only.FREE, unless=_NO_PLAYING_DOWN),
    Cue(Code.MINIMIZES, 0.9, _STOP_FEELING, Only.FREE, unless=_NO_PLAYING_DOWN),
    Cue(Code.MINIMIZES, 0.8, _WILL_PASS, Only.STATED, unless=_NO_PLAYING_DOWN),
    Cue(Code.MINIMIZES, 0.8, _COMPARES, Only.FREE, unless=_NO_PLAYING_DOWN),
    Cue(Code.MINIMIZES, 0.75, _EXPLAINS_AWAY, unless=_NO_PLAYING_DOWN),
    Cue(Code.TURNS_TO_SELF, 0.85, _MINE, Only.ON_TELLING | Only.STATED),
)


def find_minimizing(exchange: Exchange) -> Iterator[Finding]:
    """Trouble played down, or answered with one's own."""
    yield from find(_CUES, exchange)
    yield from _own_story(exchange)


_TELLS_OF_SELF = phrases(
    r"""
    (i|my|mine|we) ((just|really|also|still|do|only) )?(?!am |can |could |would |will |hear |see |get (it|that|why|
        how)|
        understand |think |know |want |love |do not |bet |wonder |imagine |guess |feel |need |wish |appreciate |
        hope |believe |
        suggest |recommend |have got you|mean |should |all |like |envy |god |goodness |am sorry |
        told (you|her|him|them) (he|she|it|they) )\w+
    """
)


def _own_story(exchange: Exchange) -> Iterator[Finding]:
    """An answer to the partner's trouble that is, for the most part, a story about the speaker."""
    if not exchange.partner.tells or exchange.partner.good_news:
        return
    clauses = exchange.reply.clauses
    story = [
        clause
        for clause in clauses
        if _TELLS_OF_SELF.match(clause.core) and not {"you", "your"} & set(clause.text.split())
    ]
    told = sum(len(clause.text.split()) for clause in story)
    about_partner = any({"you", "your"} & set(clause.text.split()) for clause in clauses)
    opens_with_it = bool(story) and story[0].start < 15 and not about_partner
    mostly = told >= 6 and told >= (0.4 if about_partner else 0.3) * len(exchange.reply.text.split())
    if told >= 4 and (opens_with_it or mostly) and not (about_partner and any(clause.asks for clause in clauses)):
        yield Finding(Code.TURNS_TO_SELF, story[0].start, story[-1].end, 0.65)
