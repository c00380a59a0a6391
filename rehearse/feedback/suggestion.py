"""What could have been said instead, where no scenario knows the moment: for `rehearse feedback`.

Inside a scene every state brings such lines of its own, fit for what was told there; these fit any line of their kind.
"""

from rehearse.feedback.codes import ADVICE, HELPING, Axis, Code, CodedReply
from rehearse.feedback.feelings import mentions
from rehearse.feedback.language import ENGLISH
from rehearse.feedback.moment import Alternative
from rehearse.feedback.partner_line import read_partner

_DEFENDED = Alternative(
    "That hurt you, and I want to understand it. Tell me how it was for you.",
    "It answers the hurt before the facts, and the facts can wait.",
)
_WITHDREW = Alternative(
    "This is a lot for me right now. Give me twenty minutes, and then I want to hear it.",
    "A break with a time to it is a promise that can be waited for.",
)
_JUDGED = Alternative(
    "I feel hurt, and I'd like to tell you when it happened.",
    "A feeling can be answered; a judgement can only be argued with.",
)
_FIXED = Alternative(
    "That sounds like a lot. Do you want ideas, or should I just listen?",
    "Who is asked first can say what would help.",
)
_MISSED = Alternative(
    "What was that like for you?",
    "It shows that you want the whole story before you answer it.",
)
_MISSED_COMPLAINT = Alternative(
    "You're right to tell me. What was the worst of it?",
    "A complaint that is heard out has less need to be repeated.",
)


def suggestion(partner: str, coded: CodedReply) -> Alternative | None:
    """What could have been said to `partner`'s line instead of the reply; None where nothing went wrong, where nobody
    knows what was answered, and where it is not plain that there was something to answer.
    """
    if not partner.strip() or coded.language != ENGLISH:
        return None
    if coded.codes & {Code.WITHDRAWS, Code.TAKES_SPACE} == {Code.WITHDRAWS}:
        return _WITHDREW
    if coded.on(Axis.DEFENSIVENESS):
        return _DEFENDED
    if Code.PSEUDO_FEELING in coded.codes:
        return _JUDGED
    if coded.on(Axis.FIXING):
        return _FIXED
    line = read_partner(partner)
    told = not line.good_news and any(mention.senses for mention in mentions(line.reading))
    if not told or coded.unsure or coded.codes & (HELPING | ADVICE):
        return None
    return _MISSED_COMPLAINT if line.complaint else _MISSED
