"""What the coach says between the partner's lines. Short: the person is waiting to go on."""

from rehearse.dialogue import Line, Speaker

NOT_UNDERSTOOD = (
    "Sorry, I didn't catch that. Could you say it once more?",
    "I couldn't make that out. A little closer to the microphone, once more?",
)
ENGLISH_PLEASE = "I can only follow English here. Could you say that once more, in English?"
HOW_TO = "Take all the time you need. You can say pause, repeat, hint or stop at any moment."
WAITING = "I'll wait. Answer whenever you're ready, or say hint or stop."
PAUSED = "We're paused. Say go on when you're ready, or stop to finish."
STILL_THERE = "I'll wait here. Say go on when you're ready, or stop to finish."
TAKE_YOUR_TIME = "Take your time."
ANY_OBJECTION = "If you see that differently, say: I don't agree."
LEFT_OUT = "Noted. I'll leave that one out."
NOTHING_SAID_YET = "I haven't said anything about an answer of yours yet."
FIXED = (
    *NOT_UNDERSTOOD, ENGLISH_PLEASE, WAITING, PAUSED, STILL_THERE, TAKE_YOUR_TIME, ANY_OBJECTION, LEFT_OUT,
    NOTHING_SAID_YET,
)  # fmt: skip
"""What can be needed in any scene, at any moment."""
NO_HINT = "Say in your own words what you just heard, and what they may be feeling."


def coach(text: str) -> Line:
    """A line in the coach's voice."""
    return Line(text, Speaker.COACH)


def verdict(text: str) -> Line:
    """A line of the debrief: it may quote what the person said."""
    return Line(text, Speaker.COACH, private=True)


def hint(text: str | None) -> Line:
    """A hint for the present moment."""
    return coach(f"Here's a thought. {text or NO_HINT}")
