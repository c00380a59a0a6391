"""What the coach says between the partner's lines. Short: the person is waiting to go on."""

from rehearse.dialogue import Line, Reply, Speaker, Unclear
from rehearse.feedback.quoting import quoted_sentence

NOT_UNDERSTOOD = (
    "I didn't catch that, sorry. Once more?",
    "I missed it again, sorry. Maybe a little closer to the microphone?",
)
MISHEARD = (
    "I'm not sure I heard that right. Once more?",
    "Sorry, I'm still not sure of the words. Maybe say it another way?",
)
"""Where there were words, and they were probably others."""
TYPE_IT = "I still can't make it out, sorry. If you like, type it here and press Enter."
ENGLISH_PLEASE = "I only follow English, sorry. Could you say that in English?"
HOW_TO = "Take your time; silence is fine. Say pause, repeat, hint or stop whenever you like."
WAITING = "There's no hurry. I'll be here. Just start talking when you like."
PAUSED = "Let's rest here. Say go on when you like, or stop."
STILL_THERE = "We're still resting. Say go on when you like, or stop."
TAKE_YOUR_TIME = "Take your time."
OFFER_HELP = "No hurry at all. If an idea would help, say hint."
ANY_OBJECTION = "If you see that differently, say: I don't agree."
LEFT_OUT = "Noted. I'll leave that one out."
IT_COUNTS = "Noted. This one counts for your coach."
NOTHING_SAID_YET = "I haven't said anything about an answer of yours yet."
WELCOME_BACK = "Welcome back. We go on where we stopped."
MOVING_ON = "All right, we move on."
STOP_HERE = "Stop here? Say yes, or go on."
START_OVER = "Start over from the first line? Say yes, or go on."
NOTHING_TO_RETRY = "There's no answer of yours to go back to yet."
NO_MORE_RETRIES = "In hard practice there is one second try a scene, and you've had it."
OR_RETRY = "Or say: try that again."
NOTHING_TO_GO_BY = "I've heard too little to say yet. Answer once, and ask me again."
GO_ON_LIKE_THAT = "So far I wouldn't change a thing. Go on like that."
SUPPOSE = "Suppose you had said:"
AND_NOW_YOU = "And now you."
TRY_IT = "To try it yourself, say: try that again."
NOTHING_TO_SUPPOSE = "There's nothing to answer yet. Ask me again once somebody has spoken."
HELP_IN_THE_SCENE = (
    "You can say: pause, repeat, hint, what could I say, try that again, coach what if, skip, or how am I doing."
)
HELP = {
    "briefing": "You can say: skip, repeat, slower, louder, or pause.",
    "paused": "You can say: go on, hint, what could I say, try that again, or start over.",
    "debriefing": "You can say: repeat, skip, slower, try that again, or start over.",
    "reviewing": "You can say: I don't agree, what if, repeat, try that again, or start over.",
    "yielding": "You can say: skip, try that again, or start over.",
}
"""By state; everywhere else `HELP_IN_THE_SCENE`."""
ALWAYS_STOP = "You can always say stop."
AT_THE_BOUND = {
    "slower": "That's as slow as I can.",
    "faster": "That's as fast as I can.",
    "louder": "That's as loud as I can.",
    "softer": "That's as soft as I can.",
}
"""By command."""
MICROPHONE_LOST = "I've lost the microphone. I'll wait."
BACK = "There you are again. We go on where we were."
STILL_AWAY = "I'm still waiting for the microphone. Take your time."
MUTED = "I hear nothing at all from the microphone. Is it muted?"
TELEPHONE = "I didn't catch that, sorry. This microphone sounds like a telephone: maybe a little slower?"
DEAF = "I can't follow speech just now, sorry. What you type reaches me."
HUNG = "I got stuck on that, sorry. Say it once more, or type it."
ABOUT_THE_MICROPHONE = {"muted": MUTED, "telephone": TELEPHONE, "deaf": DEAF, "hung": HUNG}
"""What is said about a reply that was not understood, by the reason."""
ASKING_AGAIN = (*NOT_UNDERSTOOD, *MISHEARD, TYPE_IT, TELEPHONE, HUNG)
"""What `asking_again` may come to."""
NOTHING_TO_COACH = "Here I'd rather not put words in your mouth. Say what is true for you, or say stop."
"""In place of a hint or an example, after abuse."""
FIXED = (
    *ASKING_AGAIN, ENGLISH_PLEASE, WAITING, PAUSED, STILL_THERE, TAKE_YOUR_TIME, OFFER_HELP,
    ANY_OBJECTION, LEFT_OUT,
    NOTHING_SAID_YET, MOVING_ON, STOP_HERE, START_OVER, NOTHING_TO_RETRY, NO_MORE_RETRIES, OR_RETRY, NOTHING_TO_GO_BY,
    GO_ON_LIKE_THAT, SUPPOSE, AND_NOW_YOU, TRY_IT, NOTHING_TO_SUPPOSE, IT_COUNTS,
    HELP_IN_THE_SCENE, *HELP.values(), ALWAYS_STOP, *AT_THE_BOUND.values(),
    WELCOME_BACK, MICROPHONE_LOST, STILL_AWAY, BACK, MUTED, DEAF, NOTHING_TO_COACH,
)  # fmt: skip
"""What can be needed in any scene, at any moment."""
NO_HINT = "Say in your own words what you just heard, and what they may be feeling."


def asking_again(heard: Reply | Unclear, times: int, *, misheard: bool, types: bool) -> str:
    """What is said of a reply that was not understood, after so many others in a row. `misheard`: there were words.
    `types`: whether what is typed reaches anybody."""
    wordings = MISHEARD if misheard else NOT_UNDERSTOOD
    if types and times >= len(wordings):
        return TYPE_IT
    wording = wordings[min(times, len(wordings) - 1)]
    return ABOUT_THE_MICROPHONE.get(heard.reason, wording) if isinstance(heard, Unclear) else wording


def coach(text: str) -> Line:
    """A line in the coach's voice."""
    return Line(text, Speaker.COACH)


def verdict(text: str) -> Line:
    """A line of the debrief: it may quote what the person said."""
    return Line(text, Speaker.COACH, private=True)


def example(text: str) -> Line:
    """Words for the present moment."""
    return coach(f"You could say: {text}")


def worth_trying(text: str) -> Line:
    """What could have been said, in between."""
    return coach(f"One thing to try: something like, {quoted_sentence(text)}")


def hint(text: str | None) -> Line:
    """A hint for the present moment."""
    return coach(f"Here's a thought. {text or NO_HINT}")
