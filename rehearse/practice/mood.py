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
_WELL = {"ok", "okay", "fine", "all right", "alright"} | {word for word, step in _STEP_OF.items() if step > 2} - {
    *("4", "four", "5", "five"),
    "better",
}
_NOT_WELL = 1
"""The step of what is good, or all right, and denied; where something else is denied, nothing is known."""
_PLEASANT = {"joyful": 4, "proud": 4, "grateful": 4, "tender": 4, "relieved": 3, "surprised": 2}
"""Families of feelings, by their step; every other one is hard."""
_SAID = re.compile(rf"\b(?:{'|'.join(sorted(_STEP_OF, key=len, reverse=True))})\b")
_BREAK = re.compile(r"[.,;:!?]+|\b(?:and|but|though)\b")
"""A denial does not reach beyond it."""
_DENIED = re.compile(r"\b(?:not|never|hardly|cannot|\w+n't)(?: [\w']+){0,4} $")
"""How the words before something denied end: "I don't feel all that "."""


def mood_in(text: str) -> int | None:
    """The mood that `text` says, from 0 to 10; None where it says none, or denies what it says of one.

    A feeling that the vocabulary knows counts as well: "worn out" is hard, "relieved" is not.
    """
    said = _BREAK.sub(" | ", text.lower().replace("’", "'"))
    said = " ".join(re.sub(r"[^\w'| ]+", " ", said).split())
    if found := max(_SAID.finditer(said), key=lambda each: len(each[0]), default=None):
        if _DENIED.search(said, 0, found.start()):
            return STEPS[_NOT_WELL] if found[0] in _WELL else None
        return STEPS[_STEP_OF[found[0]]]
    reading = read(text)
    for mention in mentions(reading):
        if family := next((sense.family for sense in mention.senses if sense.family), None):
            step = _PLEASANT.get(family.name, 1)
            if reading.negated(mention.start):
                return STEPS[_NOT_WELL] if step > 2 else None
            return STEPS[step]
    return None
