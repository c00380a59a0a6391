"""Whether a reply that has paused is over, judged by its words.

The encoder has learned it from replies that were broken off (`training/breaking_off.py`): the probability is that of
an end here, where others went on. Some last words say by themselves that more is to come; there the encoder is not
asked.
"""

import re

from rehearse.dialogue import Thought
from rehearse.feedback.coder import at_hand

OPEN_ENDED = 0.02
"""The probability of an end where the last words say that there is more: somebody may still leave it at that."""
UNKNOWN = 0.4
"""Where there is no encoder to ask: it is waited about half as long as the speaker's own long pauses are."""
SUBORDINATE = 0.1
"""No more than so is the probability after a subordinate clause to which the main one is missing."""

_FILLER = r"um+|uh+|er+|erm|hm+|mm+"
_OPEN_WORD = (
    r"a|an|the|my|your|our|their|and|but|or|because|cause|cos|cuz|if|while|unless|than|of|which|whose|"
    r"i'm|i've|i'll|you're|you've|we're|we've|they're|i mean|sort of|kind of"
)
"""Words that no English sentence ends with. What might be the end the encoder judges."""

_TIME = r"(?:second|sec|moment|minute)"
_ASKS_FOR_TIME = (
    rf"let me (?:think|see)(?: about (?:it|that)| for a {_TIME})?|give me a {_TIME}|(?:just|for) (?:one|a) {_TIME}|"
    r"how (?:do i|to) (?:say|put) (?:this|it)|what's the word|where was i"
)
_ASKS_FOR_TIME_ALONE = rf"hold on|hang on|wait|one {_TIME}|a {_TIME}"
"""What does so only where nothing stands before it: one can also wait for somebody else."""
_TRAILS_OFF = re.compile(
    rf"(?:^|[\s,.;:!?…—–-])(?:{_FILLER}|{_OPEN_WORD}|{_ASKS_FOR_TIME})[\s,.;:!…—–-]*$"
    rf"|(?:^|[,.;:!?…—–-]\s*)(?:(?:{_FILLER}|oh|okay|ok|well|yeah|no|sorry)[\s,]+)*(?:{_ASKS_FOR_TIME_ALONE})[\s,.;:!…—–-]*$"
    r"|(?:\.\.\.|…|[,;:—–-])\s*$",
    re.IGNORECASE,
)
_SUBJECT = (
    r"(?:(?:i|you|he|she|it|we|they|that|this|there)(?:'\w+)?|the|a|an|my|your|our|his|her|their|"
    r"somebody|someone|everybody)"
)
_LEAD_IN = (
    rf"(?:(?:{_FILLER}|wow|oh|okay|ok|well|yeah|yes|no|like|you know|i (?:think|guess|mean)|that|so|and|but)[\s,.!]+)"
)
_MAIN_CLAUSE_IS_MISSING = re.compile(
    rf"(?:^{_LEAD_IN}*|[.;!?…—–]\s*(?:so|and|but)\s)"
    rf"(?:when|after|before|while|if|(?:the )?(?:next|last|first|every) time|the (?:moment|minute))\s+{_SUBJECT}\s+"
    r"(?!(?:want|like|can|could|say so|ready)\W*$)"
    r"(?:(?!(?:i|you|he|she|we|they)\b)[^\s,.;:!?…]+\s+){0,8}(?!(?:i|you|he|she|we|they)\b)[^\s,.;:!?…]+[.!?…]*$",
    re.IGNORECASE,
)
"""A first sentence that begins with "when" or the like, or a later one with "and when", and goes on without a comma or
a second subject."""
_LAST_MARK = re.compile(r"[\s.,;:!?…—–\"“”()-]+$")


def whole_thought(partner: str, reply: str) -> Thought:
    """Judge the words so far of a `reply` to the `partner`'s line, as a recognizer writes them.

    Its full stop or question mark is not believed: it stands behind whatever was said before the silence.
    """
    if not reply.strip() or trails_off(reply):
        return Thought(OPEN_ENDED, trails_off=True)
    coder = at_hand()
    ends = coder.ends(partner, open_ended(reply)) if coder else UNKNOWN
    return Thought(min(ends, SUBORDINATE) if lacks_main_clause(reply) else ends)


def open_ended(text: str) -> str:
    """`text` without the mark at its end: as the encoder has learned to judge it."""
    return _LAST_MARK.sub("", text)


def lacks_main_clause(reply: str) -> bool:
    """Whether the last sentence of `reply` is "And when he said that" or the like."""
    return bool(_MAIN_CLAUSE_IS_MISSING.search(reply.replace("’", "'")))


def trails_off(reply: str) -> bool:
    """Whether the last words of `reply` say that there is more to come, or ask for time."""
    return bool(_TRAILS_OFF.search(reply.replace("’", "'")))
