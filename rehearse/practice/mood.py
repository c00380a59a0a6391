"""How somebody says they are, in one word or by a number, on the log's scale from 0 (very bad) to 10 (very good)."""

import re

from rehearse.feedback.clauses import read
from rehearse.feedback.feelings import mentions

STEPS = (0, 3, 5, 7, 10)
"""What 1 to 5 come to."""
_STEP_OF = {
    word: step
    for step, words in enumerate(
        (
            "1|one|won|awful|terrible|horrible|dreadful|very bad|really bad",
            "2|two|too|bad|low|rough|poor|rubbish|meh|not good|not so good|not great|not so great|not well",
            "3|three|ok|okay|fine|so so|all right|alright|not bad|not too bad|in between|mixed",
            "4|four|good|well|nice|better|quite good|pretty good|hopeful",
            "5|five|great|wonderful|excellent|brilliant|lovely|fantastic|very good|really good|very well",
        )
    )
    for word in words.split("|")
}
_PLEASANT = {"joyful": 4, "proud": 4, "grateful": 4, "tender": 4, "relieved": 3, "surprised": 2}
"""Families of feelings, by their step; every other one is hard."""
_SAID = re.compile(rf"\b(?:{'|'.join(sorted(_STEP_OF, key=len, reverse=True))})\b")


def mood_in(text: str) -> int | None:
    """The mood that `text` says, from 0 to 10; None where it says none.

    A feeling that the vocabulary knows counts as well: "worn out" is hard, "relieved" is not.
    """
    said = " ".join(re.sub(r"[^\w' ]+", " ", text.lower()).split())
    if found := _SAID.findall(said):
        return STEPS[_STEP_OF[max(found, key=len)]]
    families = (sense.family for mention in mentions(read(text)) for sense in mention.senses if sense.family)
    family = next(families, None)
    return STEPS[_PLEASANT.get(family.name, 1)] if family else None
