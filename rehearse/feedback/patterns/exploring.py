"""Listening by asking: inviting more of the partner's experience, and asking what would help."""

from collections.abc import Iterator

from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Cue, Exchange, Finding, Only, find
from rehearse.feedback.phrases import phrases

_INVITES = phrases(
    """
    tell me (more|about|what|everything|all|how|the|where|which|why)
    (talk|walk|take) me through
    say more
    talk to me
    help me (understand|see|get it)
    (want|would like|love|like|ready|here|dying|need) to (hear|understand|know) (it|more|about|what|how|
        all|everything|the|that|why|where|you|your|every)
    i would (like|love) to (hear|understand|know)
    (keep|go on|keep going|keep talking|go ahead)
    i am (all ears|curious)
    start (wherever|anywhere|from|at) ~(you|beginning|start|top)
    (let me|i want to) hear
    """
)
_NO_INVITATION = phrases(
    """
    (want|would like) to know why
    talk to me (when|like)
    not ~talk to me
    keep (it|your|the|that|in|saying|quiet|up|digging|bringing|score|an|a|doing|on|my|everything)
    i keep
    you (just )?keep
    to keep
    go on (then|a|with|about)
    tell me (how|what) to
    (do|to) ~tell me
    """
)
_OPEN_QUESTIONS = phrases(
    r"""
    what (was|is|has|were|would) ~(like|about|mean|happening|worst|hardest|weighing|eating|underneath|
        behind|coming|scaring|making|bothering|most|on your mind|going on|up)
    what (do|did|does|would|are|has|have) (you|that|it|this|part|your|the \w+) ~(feel|feeling|miss|mean|
        need|think|want|wish|remember|make of|bring|notice|love|going through|thinking|happen|give|
        worry|afraid|imagine|see|enjoy|scare)
    what (happened|happens|made|makes|brought|scares|hurts|hurt|worries|bothers|bothered|stung|changed|
        feels|comes|sticks|stuck|set|got|gets|goes|hit|would|led|kept|keeps)
    what (is|has) happened
    how come
    (what|which) (part|bit|piece)
    how (are|have|did|do|does|has|was|is) (you|that|it|this|your|things|everything|the|they|she|he)
    how long (have|has|did|were)
    are (you|things) (okay|all right|doing okay|holding up)
    (is everything|everything|you) (okay|all right)
    (want|would you like|do you want|feel like|fancy|care|wanna) ~(talk|tell|share|say more|vent|unpack)
    (can|could|would|will) you (tell me|say|talk|help me understand|share|describe|walk me)
    when did (you|that|it) (start|first|begin|notice|feel)
    (is|was) there (more|something|anything|a part)
    (did|does|do) (it|that|you) ~(feel|hurt|bring|remind|scare|come up|still)
    where (do|did|does) you feel
    anything else
    go back to
    (will|would|could|can) you (tell|show) me
    who is \w+ing you
    when (it|that|this|she|he|they) \w+ what
    """
)
_OPEN_QUESTION = phrases(
    r"""
    (what|how) (?!time|much|many|old|far|dare|kind|colour|color|day|number|did (he|she|they) (say|do)|
        was your|is your (name|number)|about|else|if|am i|was i|can i|should|would you (do|say)|
        do i)(\w+ ){0,5}(you|your|that|it|this|they|he|she)
    how come
    (is|was) (it|that) [^.?]{0,120} or
    """
)
_ACCUSES_OR_FIXES = phrases(
    """
    what (else |more |the hell |on earth )?(do|did) you (want|expect|mean|need)( from| of| off)? me
    what (else |more |the hell |on earth )?(do|did) you (expect|want)
    what (made|makes|got) (you think|you so|you such|into you)
    what would you (do|have me|like me)
    what would (i|we|they)
    what (is|was) (wrong with you|your|the) (problem|big deal|point|matter|issue|deal|use)
    what is wrong with you
    what are you (talking|doing|on about|moaning|complaining|trying)
    what (am|was|were) i (supposed|meant)
    what (is|are we having) for
    what was your (time|score|grade|mark)
    how (am|was) i
    how (can|could|dare|would|many|much|old|far) you?
    how (is that|is it|is this|was that|was it) my
    what happened to (you|your|the|my)
    how do you (know|want|expect|think)
    (what|how) ~(i|me|we|my|us)
    what is it (now|this time)
    (what|how) ~(tried|solve|fix|plan|get there|get home|pay)
    how (do|are) you always
    are you okay with
    do you (want|still) ~or
    did you feel like (asking|calling|telling)
    does that mean
    do you still (want|have)
    """
)
_WHAT_WOULD_HELP = phrases(
    """
    what (would|could|might|will) ~(help|feel good|feel right|be helpful|make (it|this) easier|
        make you feel|comfort|do you good)
    what (do|would) you (need|like|want)( most)?( from me| right now| tonight| now| most| me to do| more)?
    what can i do
    how can i (help|support|be there|make (it|this)|best|show up)
    (is there )?(anything|something|one thing) (i can|you need|i could|that would|you would like|you want)
    would (it|that) (help|be okay|be better|feel better)
    (should|shall|do you want me to|want me to) (i )?just (listen|sit|be)
    how (would|do) you (like|want) (me|us) to
    """
)
_OFFERS_CHOICE = phrases(
    r"""
    (do you want|would you like|want|would you prefer|would you rather|should i|shall i|do you need|need|are you after|
        are you looking for|you want|just) [^.?]{0,120} or [^.?]{0,120}
    """
)
_ASKS_LEAVE = phrases(
    """
    (can|could|may|might|shall|should) i ~(you )?(one |an? |some |any )?(ideas?|advice|suggestions?|
        thoughts?|opinion|offer|suggest|tell you what i)
    (would you like|do you want|want|open to|up for|mind if|okay if) ~(ideas?|advice|suggestions?|
        thoughts?|opinion|offer|suggest|brainstorm|input|two cents)
    (do|would) you (want|like|prefer|rather) ~(listen|hold you|company|space|distraction|quiet|be alone|
        be left alone|a hug)
    """
)
_NO_NEED_ASKED = phrases(
    """
    what do you (want|need) (me to|from me|now|from|of|off)( say| do| do about)?( now)?( a| an| with)?
    (want|like) to talk about it$
    or what
    what can i do (about|if|when)
    (or|and) (am i|do i|are you)
    """
)
_LETS_KNOW = phrases("tell me what (you need|would help|helps)|let me know (what|if) (you need|would help|there is)")

_QUESTION = Only.ASKED | Only.FREE
_CUES = (
    Cue(Code.EXPLORES, 0.85, _INVITES, unless=_NO_INVITATION),
    Cue(Code.EXPLORES, 0.85, _OPEN_QUESTIONS, _QUESTION, unless=_ACCUSES_OR_FIXES),
    Cue(Code.EXPLORES, 0.75, _OPEN_QUESTION, _QUESTION, unless=_ACCUSES_OR_FIXES),
    Cue(Code.ASKS_NEED, 0.9, _WHAT_WOULD_HELP, _QUESTION, unless=_NO_NEED_ASKED),
    Cue(Code.ASKS_NEED, 0.85, _OFFERS_CHOICE, _QUESTION, unless=_NO_NEED_ASKED),
    Cue(Code.ASKS_NEED, 0.9, _ASKS_LEAVE, _QUESTION),
    Cue(Code.ASKS_NEED, 0.75, _LETS_KNOW),
)


def find_exploring(exchange: Exchange) -> Iterator[Finding]:
    """Questions and invitations that listen."""
    yield from find(_CUES, exchange)
