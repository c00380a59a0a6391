"""Fixing by advice: what the partner should do, could do, or has done for them. Imperatives are in `instructing.py`."""

from collections.abc import Iterator

from rehearse.feedback.codes import Code
from rehearse.feedback.patterns.cue import Cue, Exchange, Finding, Only, find
from rehearse.feedback.phrases import phrases

_TASKS = """
    call ring email text write tell ask talk speak sort fix handle deal look find check google draft research figure
    report complain cancel message confront
"""

_YOU_SHOULD = phrases(
    r"""
    you (just |really |probably |definitely |still |also |then |do |only )?(should|ought to|need to|
        have got to|have to|must|had better|would better|would be better off|might want to|may want to|
        want to (try|get|be careful|think about|look|make sure|start|keep))
    you (just|simply) (need|have to|tell|call|go|say|ask|walk|get|put|ignore|block|take|leave)
    (we|then we|i think we) (just )?(should|need to|have got to|ought to|could (try|just|start))
    what you (should|need to|want to|have to|ought to) (do|say)
    what you (need|do) is
    you need (a|an|some) (?!hug|break|minute|moment|hand|cry)\w+
    you would (do well|be wise|be smart) to
    """
)
_NO_ORDER = phrases(
    """
    you should (be|feel) (proud|so)
    you (should|must) (have|not have|be|feel|never have|hear|see|know)
    you do not (have|need) to
    (need|have) to (know|hear|understand) (that )?i
    you need to (talk|vent|cry|sleep|stop (blaming|attacking|nagging|yelling))
    we (should|need to) (talk|both)
    (all|anything|everything|what|whatever|whenever) you (need|have) to
    you have to (be|do (this|that|it)|deal|live|carry|wonder|put up|go through|ask|beg|tell|wait|
        explain|admit)
    (like|that|as if) you have to
    if you (need|have) to
    must ~have
    do you
    you (have got|need) to be (kidding|joking)
    """
)
_SUGGESTS = phrases(
    r"""
    you could (just|always|try|also|start|ask|call|go|get|tell|talk|take|look|use|move|put|make|set|
        email|even|join|apply|say|maybe|probably|do|write|see|leave)
    have you (ever |even |already |actually )?(\w+ed|had (your|it|that|them|a)|been (taking|eating|to|
        getting|using|seeing|on|doing)|taken|written|got|gone|spoken|thought)
    (have|had) you (\w+ )?(tried|try|thought|considered|talked|spoken|asked|called|looked|been to|
        seen (a|the)|contacted|checked|told|written|emailed|googled|applied|reported|set|made (a|an)|
        signed|heard of|explained|put|started|gone)
    did you (try|think about|consider)
    why (do|would) not you (just |try )?(try|ask|tell|call|take|go|get|talk|quit|see|do|make|start|say|
        put|let|use|join|leave|find|speak|ring|write|look|come|block|stop|report|move|book)
    why not (just )?\w+
    (if i were|if it were|if i was|were i) (you|me)
    i would (just|probably|definitely|start|try|go|call|tell|talk|speak|ask|take|say|put|look|quit|
        leave|ring|email|write|send|keep|make|recommend|suggest|advise|check|find|use|block|report|get|
        do) (\w+)
    i (suggest|recommend|advise)
    (my|a word of|a bit of|a piece of|here is my|the best) (advice|suggestion|tip|recommendation)
    (how|what) about (trying|calling|talking|going|getting|asking|taking|making|doing|writing|looking|
        telling|we|a (walk|bath|break|run|holiday|list|plan|class|club|new))
    what if you (just |tried |asked |told |went |called |took |talked |said |did |got |started |left |
        moved |stopped |set |made |wrote |put )
    (best|smart|smartest|sensible|easiest|obvious|simplest|quickest|right) (thing|move|way|bet|step|
        option|solution) ~(is|would be|to do)
    (is|are|would be) better off
    it (would|might|could|may) ~(help|be good|be better|be worth|be best|be smart|be easier|
        be wise) ~(if you|for you to|to)
    (best to|better to|worth (a|\w+ing)|no harm in|no point in|the trick is|the key is|the answer is|
        all you (need|have) to do|make sure you|be sure to|simple as)
    (there is|there are) (a|an|this|some|loads|plenty|great|good) ~(apps?|books?|courses?|podcast|
        therapist|website|videos?|helpline|hotline|form|service|class|group|technique|trick|method|
        clinic|forum|charity)
    (studies|research|experts|statistically|apparently|according to|doctors) (show|shows|say|says|
        suggest|recommend|that|the)
    (put your foot down|stand up for yourself|stand up to)
    (therapy|counselling|counseling|yoga|meditation|exercise|melatonin|magnesium|a therapist) (would|
        will|might|could|can|really|does|helps|works)
    we will (make|draw|write|do|set|redo|get) (up )?(a|an|you|some) (list|plan|budget|spreadsheet|
        schedule|chart|appointment)
    """
)
_NO_SUGGESTION = phrases(
    r"""
    why (do|would) not you (tell me|say|talk to me|care|ever|listen|believe|trust|leave me|ask me)
    did you (try|ask|tell|think) (to )?(me|about me|about how i)
    i would (say|take it|do anything|get it|have|be|do the same|ask you|tell you)
    you could (say|try) (it|that|me|being)
    (what|how) about (you|me|when|the time|your)
    if i were you i would (be|feel)
    have you (decided|cried|slept|calmed|heard|eaten|been (okay|sleeping|crying|feeling|holding|hiding|carrying|
        alone|all|this|waiting|so)|
        felt|talked to me|finished|noticed (that|how) (you|i)|wanted|missed|ever (felt|wanted|loved|
        considered how i))
    what if you (were|are)
    """
)
_TAKES_OVER = phrases(
    r"""
    (let me|i will|i am going to|i can|i could|shall i|want me to|do you want me to|
        would you like me to|how about i|should i) (just |go |go and |come and |please |also |straight |
        actually )?{task} ~(him|her|them|your|someone|somebody|up|this out|that|for you|some|you (a|an|
        some|the)|a|an|the|to|hr|it|with|over|round)
    (leave it|give (it|them|him|her)) (with|to) me
    i will (sort|fix|handle) (it|this|that|him|her|them)
    """,
    task=_TASKS,
)
_NO_TAKEOVER = phrases(
    r"""
    (tell|ask|show|call|text|write|bring|get|give) you (what|that|how|about|something|the truth|when|why|i|so|
        because)
    i will (do|make|put|get|take|go|have|set) ~(better|effort|on me|down|away|my phone|tomorrow|on the calendar|
        myself|for a walk|for a drive|it up to you)
    or [^.?]*
    i (can|could|will) (hear|see|sit|hold|be|talk to you|not)
    (let me|i can|i could|i will) (do|get|take|have|go|make|put|look|check|find|try) ~(again|this right|
        that again|it right|in your eyes|moment|minute|breath|what i|my)
    i will (tell|ask|call|talk to|speak to) (my|you)
    let me (tell|ask|talk|get this|go first|look at you|make sure i|try|have|take|put (my|this|it))
    """
)
_WHEN_ASKED = phrases(
    r"""
    i would (?!love|like|be|have to|not know|rather|hate)\w+
    you (could|can|might|may) (?!be|not|do this)\w+
    (it|that) (depends|works)
    (go|try|start|take|use|say|tell|ask|keep|bring|make|put|get|do|wait|let|give|be|wear|write|call|talk|just) \w+
    """
)

_CUES = (
    Cue(Code.ADVISES, 0.9, _YOU_SHOULD, Only.FREE, unless=_NO_ORDER),
    Cue(Code.ADVISES, 0.85, _SUGGESTS, unless=_NO_SUGGESTION),
    Cue(Code.ADVISES, 0.75, _WHEN_ASKED, Only.ON_REQUEST | Only.STATED),
    Cue(Code.ADVISES, 0.8, _TAKES_OVER, Only.UNBLAMED, unless=_NO_TAKEOVER),
)


def find_advising(exchange: Exchange) -> Iterator[Finding]:
    """Advice, and the problem taken over."""
    yield from find(_CUES, exchange)
