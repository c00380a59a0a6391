"""What the coach asks for the journal, and about the mood before and after a session."""

from rehearse.agent.interview import AT_LENGTH_S, Answers, Interview, Question, Script
from rehearse.practice.mood import mood_in

ENTRY = "entry"
MOOD = "mood"
MOOD_BEFORE = "Before we begin: how are you, from one to five, or in a word?"
MOOD_AFTER = "And how are you now, from one to five, or in a word?"
MOOD_AGAIN = "A number from one to five, or a word like: tired."
MOOD_S = (7.0,)
"""Who says nothing has answered."""
HOW_TO = "Take as long as you like. When you're done, say: that's it."
HOW_TO_TYPED = "Write as much as you like. An empty line ends it."
KEPT = "Thank you. I'll keep that, for you alone."
NOTHING = "Nothing to keep, then. That's fine."
THANKS = "Thank you."
ALL_RIGHT = "All right."
FIXED = (MOOD_BEFORE, MOOD_AFTER, MOOD_AGAIN, HOW_TO, KEPT, NOTHING, THANKS, ALL_RIGHT)
"""What can be needed."""


def journaling(question: str, *, typed: bool = False, waiting: float = 1.0) -> Interview:
    """One entry; its text is the answer named `ENTRY`."""
    how = HOW_TO_TYPED if typed else HOW_TO
    script = in_order(Question(ENTRY, f"{question} {how}", quotes=True, at_length=True, patience_s=AT_LENGTH_S))
    return Interview(
        script, lambda said: KEPT if said.get(ENTRY, "").strip() else NOTHING, typed=typed, waiting=waiting
    )


def asking_mood(says: str, *, typed: bool = False, waiting: float = 1.0) -> Interview:
    """How somebody is; the answer is named `MOOD`."""
    script = in_order(Question(MOOD, says, reads=mood_in, again=MOOD_AGAIN, patience_s=MOOD_S))
    return Interview(script, lambda said: THANKS if said.get(MOOD) else ALL_RIGHT, typed=typed, waiting=waiting)


def in_order(*questions: Question) -> Script:
    """One after the other."""

    def next_one(answers: Answers) -> Question | None:
        return next((each for each in questions if each.name not in answers), None)

    return next_one
