"""What the coach says at the front door, before and after a scene. Short: it is heard again and again."""

from collections.abc import Sequence

from rehearse.agent.commands import Command
from rehearse.practice.standing import Choice

HELLO = "Hello. It's good to hear from you."
HELLO_FIRST = "Hello. I'm your coach."
INTRODUCTION = (
    "Here you practise a hard conversation before you have it. Somebody says something that is hard to hear, and you "
    "answer aloud. I come in before and after. Nobody else hears it. It's practice, and no therapy.",
    "Take all the time you need. I don't mind silence. You steer with your voice; let's try three words. "
    "If you'd rather not, say skip.",
)
WORDS_TO_TRY = (
    (Command.PAUSE, "When you need a rest, say: pause.", "Well said."),
    (Command.REPEAT, "To hear something again, say: repeat.", "That's it."),
    (Command.STOP, "And to end, at any moment, say: stop.", "Very good."),
)
"""A command, how it is asked for, and what is said when it is heard."""
INTRODUCED = "That's nearly all. When you're lost, say help."
NOT_NOW = "No need now. When you're lost, say help."
ONCE_MORE = "Nearly."

NUMBERS = ("One", "Two", "Three")
WHICH = "Which one? Say the number, or a word of the name."
WHICH_OR_ELSE = "Which one? Say the number, a word of the name, or something else."
READY = "Shall we? Say yes."
NOT_UNDERSTOOD = "I didn't catch that, sorry. Say the number, or the name."
NUMBERS_ONLY = "Just the number, please: {}. You can type it, too."
NO_HURRY = "No hurry. Say a number when you like, or: you choose."
WAITING = "I'll be here. Say help when you want to hear the choices."
WHAT_NEXT = "Once more, another one, or enough for today?"
WHAT_NEXT_AGAIN = "I didn't catch that, sorry. Say: once more, another one, or enough for today."
HELP_CHOOSING = "You can say a number, a name, something else, you choose, repeat, slower, louder, pause or stop."
HELP_AFTERWARDS = "You can say: once more, another one, enough for today, repeat, slower or louder."
HELP_INTRODUCING = "You can say: skip, repeat, slower, louder, or stop."
STOP_HERE = "Stop for today? Say yes, or go on."
GOODBYE = "All right. Until next time. Take care."

FIXED = (
    HELLO, HELLO_FIRST, *INTRODUCTION, INTRODUCED, NOT_NOW,
    WHICH, WHICH_OR_ELSE, READY, NOT_UNDERSTOOD, NO_HURRY, WAITING, WHAT_NEXT, WHAT_NEXT_AGAIN,
    HELP_CHOOSING, HELP_AFTERWARDS, HELP_INTRODUCING, STOP_HERE, GOODBYE, ONCE_MORE,
    *(text for _, *texts in WORDS_TO_TRY for text in texts),
)  # fmt: skip
"""What can be needed at any visit."""


def offer(choices: Sequence[Choice]) -> list[str]:
    """The choices by number and name, each with what speaks for it."""
    return [f"{number}: {each.title}. {each.why}" for number, each in zip(NUMBERS, choices, strict=False)]


def numbers_only(count: int) -> str:
    """How to choose among so many when nothing else was understood."""
    *others, last = NUMBERS[:count]
    return NUMBERS_ONLY.format(f"{', '.join(others)} or {last}" if others else last).lower().capitalize()


def here_we_go(choice: Choice) -> str:
    """A scene begins."""
    return f"{choice.title}. Here we go."
