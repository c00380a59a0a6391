"""What the partner's line calls for: is there something to be defensive about, was help asked for, is it good news."""

from dataclasses import dataclass
from functools import lru_cache

from rehearse.feedback.clauses import Reading, read
from rehearse.feedback.phrases import phrases

_ASKS_ADVICE = phrases(
    """
    what (should|shall|do|would|can|could) (i|we|you) (do|say|tell|suggest|recommend|try|wear|use|start|
        think|reckon|write)
    what (should|shall|would|can|could) (i|we|you)
    how (do|can|should|would|shall|could) (i|we|you) (get|tell|make|stop|start|fix|ask|say|deal|do|
        handle|even|know|find|talk|go|explain|break|help|answer|cope|let|keep|cook|write)
    how (do|does|can|should|would|could) (one|anyone|somebody|you)
    any (advice|ideas|idea|suggestions|tips|thoughts)
    should i
    shall i
    how to
    what is the (best|trick|right|quickest|easiest)
    (give|need|want|like|take|use|love|tell|be) ~your (advice|help|ideas|take|opinion|input|
        honest opinion|thoughts|two cents)
    (give|need|want|like|use|love) ~(advice|ideas|input|suggestions|tips)
    (can|could|would|will) you help
    can you (tell me how|show me|talk me through)
    (help|tell|show|teach|walk) me (how|what to|figure|decide|think|with|through|choose|pick|write|to|out)
    would you (do|say|take|go|tell|call|quit|ask)
    which (one|way)
    do you think i (should|ought|could)
    what (am i|are we) (supposed|meant) to do
    got any ~(ideas|advice|tips)
    could use (some|a|your) (help|advice|hand|ideas)
    where (do|should|would) (i|you) (start|begin|even start)
    what do you (think|reckon|suggest)
    """
)
_GIVES_LEAVE = phrases(
    "(yeah|sure|okay|please|go ahead|go on|please do|i would like that|i would love that|hit me|shoot|fire away)"
)
_TO_THE_SPEAKER = phrases(
    r"""
    (you|yours|yourself|about us|between us)
    your (comments?|jokes?|remarks?|phone|drinking|temper|tone|mother|mum|ex|family|dad|mates|friends|
        job|work|game|brother|sister)
    i am (always )?the (only )?one (who|that)
    i wish (we|you)
    (being|am) the only one
    i need you to
    we (are|never|used to|do not|have not|are not|hardly|barely|always|just|only|need|still|keep|fight|
        argue)
    it (is|was) (hard|humiliating|lonely|hurtful) ~(that|when|to)
    (that|it|which|comment \w+ \w+|comment|joke) (really )?(hurt|stung|upset me)
    \S+ (stung|hurt me|hurt my feelings)
    i hate (it|that|when|how)
    i (feel|felt) (abandoned|ignored|invisible|unheard|dismissed|unloved|alone in|like we)
    (marriage|this house|between us)
    """
)
_NOT_THE_SPEAKER = phrases(
    """
    you (know|would not believe|will not believe|guys|see)
    (thank|love|told|tell|believe|showing|promise|show|ask|owe) you
    (if|when) you (think|put|pour|are a)
    guess what
    (mind|what) you
    """
)
_BID = phrases(
    """
    (can|could|would|will) (we|you) (please|just|at least|maybe)? ?(talk|hold|sit|hug|listen|stay|come|
        look|tell|put|stop|be|hear|spend|go|have|turn|hold)
    i (miss|love) (you|us|how|when|feeling|being|your|the way)
    do you (love|still|even|ever|want|find|regret|miss|care|like)
    we need to talk
    i (want|need|would like|wanted) ~(to talk|us|you|a hug|to tell)
    (talk to me|are we okay|are we|closer?|hold me|hold my hand)
    i (feel|felt|thought) (like )?(we|you|marriage)
    i have been meaning to
    i wish (we|you)
    """
)
_ASKS_HOW = phrases(
    """
    (are|is) (you|everything|something|anything) ~(okay|all right|fine|wrong|upset|mad|angry|bothering|
        up|good|sure|well|sad)
    what is (wrong|up|going on|the matter|bothering you|on your mind|eating you)
    how (are|have) you
    how was (your|it|work|today)
    you (okay|all right|good|hungry)
    you have been quiet
    you (seem|look|sound|have gone) ~(quiet|off|sad|upset|down|distant|far away|miles away|low|different)
    you are (quiet|miles away|distant)
    what are you (thinking|feeling)
    how do you feel
    """
)
_GOOD_NEWS = phrases(
    """
    i (got|won|passed|did it|made it|finished|nailed|aced|landed|ran|beat|finally)
    (benign|all clear|promoted|scholarship|engaged|pregnant|proud)
    (good|great|amazing|best|big) (news|day)
    they (offered|picked|chose|said yeah|accepted|loved)
    i am ~(happy|glad|excited|thrilled|delighted|over the moon)
    guess what
    """
)
_BAD_NEWS = phrases(
    """
    (never|fired|rejected|diagnosed|dumped|robbed|worse|sacked|told|nothing|no|not|shouted|yelled|
        failed|cut|lost|hurt|worried|scared|sick|tired|hate|angry)
    (passed over|passed away|turned down|laid off|told off|the sack|the results?)
    """
)
_PRACTICAL = phrases(
    """
    (did|have|has|are|is|do|can|could|will|would) (you|he|she|they|we|it|there|the|your) ~(get|got|pick|
        picked|grab|pass|bring|put|feed|fed|call|called|book|booked|send|sent|fix|eat|eaten|home|dinner|
        milk|left|seen|open|time|pay|paid|take|taken)
    what time
    (where|when|who|which) (is|are|did|do|does|has|was|were)
    what (is for|did|is the|are we)
    """
)

_OF_LACK = phrases("(you|we) ~(not|never|hardly|barely|rarely|stopped)")
_FEARS = phrases(
    """
    i am (so )?(worried|scared|afraid|frightened|terrified)
    i (worry|fear)
    i feel (like|as if)
    do you (still|even|love|like)
    """
)
_ASKS_ONLY = phrases(
    "(am|is) not (mad|angry|upset|blaming|accusing)|just (curious|asking|wondering|want to (understand|know))|no blame",
)


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """What a partner's line carries, as far as it decides how the reply is read."""

    reading: Reading
    complaint: bool
    """It finds fault with the speaker, or tells of a hurt that has to do with them."""
    bid: bool
    """It reaches for the speaker: for talk, touch, an answer that matters."""
    asks_advice: bool
    """It asks for help, an opinion or a way to do something, or gives the leave that was asked for."""
    asks_how_you_are: bool
    """It asks after the speaker."""
    good_news: bool
    """It tells of something glad."""
    of_lack: bool
    """What it finds fault with is something that the speaker did not do."""
    fears: bool
    """It is afraid of something between the two rather than blaming."""
    practical: bool
    """It is nothing but a practical question or request."""
    asks_only: bool
    """It says of itself that it blames nobody and only wants to know."""

    @property
    def pressing(self) -> bool:
        """Whether there is something to be defensive about."""
        return self.complaint or self.bid or self.asks_how_you_are

    @property
    def tells(self) -> bool:
        """Whether it tells of the partner's own day rather than of what is between the two."""
        return not (self.pressing or self.practical or self.asks_advice)


@lru_cache(maxsize=256)
def read_partner(line: str) -> PartnerLine:
    """Say what `line` carries."""
    reading = read(line)
    text = reading.text
    asks = any(clause.asks for clause in reading.clauses)
    only_asks = asks and len({clause.sentence for clause in reading.clauses}) == 1
    asks_advice = bool(_ASKS_ADVICE.search(text) or (len(reading.plain.words) < 8 and _GIVES_LEAVE.match(text)))
    asks_how = _ASKS_HOW.search(text) is not None
    good_news = _GOOD_NEWS.search(text) is not None and not _BAD_NEWS.search(text)
    practical = only_asks and _PRACTICAL.search(text) is not None and not asks_how
    to_the_speaker = _TO_THE_SPEAKER.search(_NOT_THE_SPEAKER.sub(" ", text)) is not None
    return PartnerLine(
        reading=reading,
        complaint=to_the_speaker and not (practical or asks_advice or asks_how or good_news),
        bid=_BID.search(text) is not None and not practical,
        asks_advice=asks_advice,
        asks_how_you_are=asks_how,
        good_news=good_news,
        of_lack=_OF_LACK.search(text) is not None,
        fears=_FEARS.search(text) is not None,
        practical=practical,
        asks_only=_ASKS_ONLY.search(text) is not None,
    )
