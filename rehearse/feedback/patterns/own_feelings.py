"""Whether a feeling word names the speaker's own feeling."""

import re

from rehearse.feedback.feelings import Form
from rehearse.feedback.patterns.named import SELF, YOU, Named, before
from rehearse.feedback.phrases import alternatives

_I_AM = before(
    r"""
    (i|part of me|a part of me) ?(must|might|still|just|also|do|did|only|have|had|always|never|will|can|could|usually|
        have just|have always|get)? ?(am|was|were|feel|felt|get|got|been|became|feels|is|be|being|feeling|go|went|
        start feeling|started feeling|end up feeling|ended up feeling|ended up|came away|feel myself getting|
        feel myself|was being)
    (makes?|made|making|leaves?|left|leaving|gets?|got|has|had|have) me( feel| feeling| be)?
    than (feel|be|look)
    i [\w' ]{0,40}(feeling|felt)
    """
)
_I_HAVE = before(
    """
    (my|i have|i had|i feel|i felt|i have got|i get|i got|fills me with|full of|comes from|out of|it was|that was|
        that is|it is|there is|there was)
    """
)
_I_DO = before(
    """
    i( just| still| do| was| am| have| had| also| always| only| think| did| have been| keep| kept| sometimes| would|
        often| got| will| to)?
    i (have|am|was) (always|just|been)
    """
)
_AS_IF = alternatives(
    r"""
    so|just|constantly|totally|always|being|like|\w+ and
    (like|as if) i (am|was|have been)( being)?
    """
)
_I_FEEL = re.compile(
    r"(?<!\S)(?:i|me|myself) (?:(?:just|still|do|always|have|am|was|often|also|only) )*(?:feel|felt|feeling|feels)"
    rf"(?: (?:{_AS_IF}))* $"
)
_HURTS_ME = re.compile(r"(?:^|\b(?:that|it|this|which|ouch|still|does) )$")
_TO_ME = re.compile(
    r"^(?: (?:me|to hear|to think|to know|that (?:you|i)|when you|because|too|a lot|more than)\b|$| [.])"
)
_FOR_ME = re.compile(r"^ (?:to (?:say|admit|tell you|ask)|for me)\b")
_I_FOLLOW = re.compile(r"^ i (?:am|was|feel|felt|get|have been)\b")
_WILLING = re.compile(r"^ to (?:help|do|listen|talk|see|sit|take|go|come|hold|tell|try|wait|give|share|answer|be)\b")
_LONGED_FOR = re.compile(r"^ (?:you|us|this|having|being|that|feeling|talking)\b")
_NOT_MINE = re.compile(
    r"\b(?:if|unless|would) i\b[^.?]*$|\bwould (?:be|feel|make me|have been|get) (?:\w+ )?$|\bnot (?:\w+ ){0,2}$|\bno $"
)
_NOTHING = re.compile(r"\b(?:nobody|no one|nothing|not|never) $")
_LITERAL = re.compile(
    r"^ (?:at|with being|with that|in (?:traffic|meetings|a meeting|the (?:office|car))|with (?:the|a) (?:kids|client)|"
    r"free|the (?:bus|train|call|point|turn|exit|deadline|appointment|school)|your (?:call|text|message))\b"
)
_BAD = frozenset({"bad", "terrible", "awful", "horrible", "rotten", "sick"})


def is_judgement(named: Named) -> bool:
    """Whether it is a pseudo-feeling that the speaker says they feel: "I feel attacked"."""
    return named.mention.sense(Form.PSEUDO) is not None and _I_FEEL.search(named.left) is not None


def is_soft(named: Named) -> bool:
    """Whether naming it discloses something vulnerable."""
    sense = named.mention.sense(Form.PERSON, Form.NOUN, Form.IDIOM, Form.DOES, Form.ACTS)
    guilt = named.mention.words in _BAD and re.match(r" (?:about|that i|for)\b", named.right)
    return bool((sense and sense.family and sense.family.soft) or guilt)


def is_own(named: Named) -> float:
    """How surely the mention names a feeling of the speaker; 0 when it does not."""
    mention, left, right = named.mention, named.left, named.right
    if _LITERAL.match(right) or _NOT_MINE.search(left):
        return 0.0
    person = mention.sense(Form.PERSON)
    if person and person.family and (_I_AM.search(left) or _I_FOLLOW.match(right)):
        # "I'm happy to help" is willing; after a complaint "I was just tired" wards off blame.
        willing = person.family.name == "joyful" and _WILLING.match(right)
        wards_off = person.family.name == "tired" and named.exchange.partner.complaint
        too_proud_to = person.family.name == "proud" and left.endswith("too ") and right.startswith(" to ")
        return 0.0 if willing or wards_off or too_proud_to else 0.9
    if mention.sense(Form.EVENT) and _FOR_ME.match(right):
        return 0.8
    if mention.sense(Form.NOUN) and _I_HAVE.search(left) and SELF.search(left):
        return 0.7
    if mention.sense(Form.ACTS) and _I_DO.search(left):
        missed_a_bus = mention.words in {"missed", "missing"} and not _LONGED_FOR.match(right)
        return 0.0 if missed_a_bus else 0.8
    if mention.sense(Form.DOES):
        if _NOTHING.search(left):
            return 0.0
        to_me = "me" in mention.words.split() or right.startswith(" me")
        if to_me or (named.exchange.partner.pressing and _HURTS_ME.search(left) and _TO_ME.match(right)):
            return 0.8
    if mention.sense(Form.IDIOM):
        near = SELF.search(named.opening) and not YOU.search(f"{named.opening} {mention.words}")
        return 0.9 if SELF.search(mention.words) else 0.8 if near else 0.0
    return 0.0
