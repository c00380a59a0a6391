"""What the coach says between the partner's lines. Short: the person is waiting to go on."""

from rehearse.dialogue import Line, Speaker

NOT_UNDERSTOOD = (
    "I didn't catch that, sorry. Once more?",
    "I missed it again, sorry. Maybe a little closer to the microphone?",
)
ENGLISH_PLEASE = "I only follow English, sorry. Could you say that in English?"
HOW_TO = "Take your time; silence is fine. Say pause, repeat, hint or stop whenever you like."
WAITING = "There's no hurry. I'll be here. Just start talking when you like."
PAUSED = "Let's rest here. Say go on when you like, or stop."
STILL_THERE = "We're still resting. Say go on when you like, or stop."
TAKE_YOUR_TIME = "Take your time."
OFFER_HELP = "No hurry at all. If an idea would help, say hint."
ANY_OBJECTION = "If you see that differently, say: I don't agree."
LEFT_OUT = "Noted. I'll leave that one out."
NOTHING_SAID_YET = "I haven't said anything about an answer of yours yet."
MICROPHONE_LOST = "I've lost the microphone. I'll wait."
BACK = "There you are again. We go on where we were."
STILL_AWAY = "I'm still waiting for the microphone. Take your time."
MUTED = "I hear nothing at all from the microphone. Is it muted?"
TELEPHONE = "I didn't catch that, sorry. This microphone sounds like a telephone: maybe a little slower?"
ABOUT_THE_MICROPHONE = {"muted": MUTED, "telephone": TELEPHONE}
"""What is said about a reply that was not understood, by the reason."""
FIXED = (
    MICROPHONE_LOST, STILL_AWAY, BACK, MUTED, TELEPHONE,
    *NOT_UNDERSTOOD, ENGLISH_PLEASE, WAITING, PAUSED, STILL_THERE, TAKE_YOUR_TIME, OFFER_HELP, ANY_OBJECTION, LEFT_OUT,
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
