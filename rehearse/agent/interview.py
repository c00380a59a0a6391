"""The coach asks, one question after the other, and the person answers as long as they like: a statechart without I/O
and without a clock.

ready ─begin▶ asking ─spoken▶ telling ─an answer▶ asking … ─no question left▶ closing ─spoken▶ finished
                                 │ ▲ └ more, where it is answered at length ▶ telling
                                 └─┘ silence: a soft sound, a word, and then the question is left

any ─stop▶ closing          any ─pause▶ paused ─go on▶ where it was
any ─help, and what cannot be done▶ aside ─spoken▶ where it was
any ─devices lost▶ cut_off ─devices back▶ aside

Whatever was said by then is in `answers`, at any moment: also after an error, or Ctrl-C.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rehearse.agent import coach_lines
from rehearse.agent.coach_lines import coach, verdict
from rehearse.agent.commands import Command, answer_in, asks_for_time, choosing, command_in, is_addressed, said_alone
from rehearse.agent.effects import AtTheDoor, AwaitDevices, Finish, Listen, Sound, Speak
from rehearse.agent.events import Adjusted, Begin, CameBack, DevicesBack, DevicesLost, Event, Interrupted
from rehearse.agent.misheard import probably_misheard
from rehearse.agent.obeying import ADJUSTMENTS
from rehearse.dialogue import Cue, EndOfReplies, Floor, Line, Reply, Silence, Thought, Unclear

SHORT_S = (12.0, 13.0)
"""Seconds of silence until a soft sound, and until the question is left."""
AT_LENGTH_S = (30.0, 30.0, 60.0)
"""Until a soft sound, until a word, and until it is taken to be over: two minutes in all. Who looks back on something
hard falls silent in the middle of it."""
OVER = frozenset(
    {"that's it", "that is it", "that's it then", "that's that", "that's everything", "that is everything", "the end"}
    | {"that is all", "that's all", "that's all for now", "that's all of it", "nothing else", "that will do"}
)
"""What ends an answer at length, besides the words for enough in `commands.yaml`."""
NEVER_AN_ANSWER = frozenset({Command.STOP, Command.SKIP, Command.REPEAT, Command.HELP})
"""What needs no "coach" also where people answer in words that are commands elsewhere."""
LEFT_OUT = "All right, I'll leave that out. Go on when you like."
STILL_HERE = "I'm still here. Say: that's it, when you're done."
HELP = "You can say: skip, repeat, slower, louder, pause, or stop."
HELP_IN_OWN_WORDS = "You can say: skip, repeat, stop; or: coach, slower, and coach, pause."
HELP_AT_LENGTH = "Say: that's it, when you're done. To leave out what you said last, say: scratch that."
MAY_BE_MISHEARD = "I may have missed or misheard some of it. You can change it later."
FIXED = (
    *(LEFT_OUT, STILL_HERE, HELP, HELP_IN_OWN_WORDS, HELP_AT_LENGTH, MAY_BE_MISHEARD),
    *coach_lines.ASKING_AGAIN,
)
"""What can be needed in any of them."""

_LAST_SENTENCE = re.compile(r"(?s)(?P<rest>.*[.!?…])\s+(?P<last>[^.!?…]+[.!?…]*)\s*")


def _anything(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked."""

    name: str
    """Of its answer."""
    says: str
    quotes: bool = False
    """Whether that holds words of the person."""
    at_length: bool = False
    """Whether it takes more than one reply; they are taken together until the person says that's it."""
    in_own_words: bool = False
    """Whether it is answered in words for another person ("Time out."): a command needs "coach" then, but for
    `NEVER_AN_ANSWER`."""
    reads: Callable[[str], object] = _anything
    """What is made of an answer; None: it was not understood, and is asked for once more."""
    again: str = coach_lines.NOT_UNDERSTOOD[0]
    """How."""
    patience_s: tuple[float, ...] = SHORT_S
    """The silences; after the last one the question is left."""


Answers = Mapping[str, str]
"""By the name of the question; empty where it was left, and not there where it was never asked, or after stop."""
Script = Callable[[Answers], Question | None]
"""The answers so far → the next question, which none of them answers; None after the last one."""


class Interview:
    """Questions and answers, as far as they have come."""

    def __init__(
        self, script: Script, closing: Callable[[Answers], str], *, typed: bool = False, waiting: float = 1.0
    ) -> None:
        """`closing`: what the coach says at the end. `typed`: an empty line is no silence; it leaves a question, and
        ends an answer at length. `waiting`: so many times its own length a silence lasts."""
        self._script = script
        self._closing = closing
        self._typed = typed
        self._waiting = waiting
        self._state = "ready"
        self._question: Question | None = None
        self.stopped = False
        """Whether the person has said stop."""
        self._pieces: list[str] = []
        """Of an answer at length."""
        self._answers: dict[str, str] = {}
        self._silences = 0
        self._asked_again = False
        self._unclear = 0
        """How often this question was answered in words that were not clear."""
        self._types = False
        """Whether the person can type what is not understood."""
        self._doubtful = False
        """Whether some of what was told at length was misheard, or not understood."""
        self._adjusted: Command | None = None
        self._said = Speak(())
        """What was spoken last."""

    @property
    def answers(self) -> dict[str, str]:
        """All answers so far."""
        begun = {self._question.name: self._told()} if self._question and self._pieces else {}
        return {**self._answers, **begun}

    def foresee(self, text: str) -> Thought:
        """Judge the words so far; from another thread, while nothing is handled."""
        question = self._question
        if self._meant(text) or question is None:
            return Thought(1.0)
        if question.at_length:
            return Thought(0.0)
        return Thought(1.0 if question.reads is not _anything and question.reads(text) is not None else 0.4)

    def listen_for(self, patience_s: float) -> list[AtTheDoor]:
        """Wait so long for the person, or as many times that as they have asked for."""
        return [Listen(self._waiting * patience_s)]

    def handle(self, event: Event | CameBack) -> list[AtTheDoor]:
        """Take in what happened; return what is to be done about it, in order. Never raises: what makes no sense now
        changes nothing."""
        if isinstance(event, Silence):
            self._silences += 1
        elif isinstance(event, Reply | Unclear):
            self._silences = 0
        match self._state, event:
            case "finished", _:
                return []
            case _, Interrupted():
                return self._finish()
            case "ready", Begin(types=types):
                self._types = types
                return self._ask_next()
            case "ready", _:
                return []
            case _, DevicesLost(loudspeaker=loudspeaker):
                aloud = not loudspeaker and self._state != "cut_off"
                self._state = "cut_off"
                return self._say(coach(coach_lines.MICROPHONE_LOST), floor=Floor.KEPT) if aloud else [AwaitDevices()]
            case "cut_off", DevicesBack():
                return self._aside(coach_lines.BACK, cue=Cue.BACK)
            case "cut_off", _:
                return [AwaitDevices()]
            case _, Adjusted(at_bound=at_bound):
                if at_bound and self._adjusted:
                    return self._aside(coach_lines.AT_THE_BOUND[self._adjusted])
                return [Speak(self._said.lines, self._said.floor, Cue.GOT_IT)]
            case _, Reply() | Unclear() | EndOfReplies() if self._question is None:  # also after an aside
                return self._finish()
            case _, EndOfReplies():
                return self._close()
            case _, Reply():
                return self._heard(event)
            case "telling", Silence():
                return self._silent()
            case _, Unclear(reason="muted" | "deaf" as reason):
                return self._aside(coach_lines.ABOUT_THE_MICROPHONE[reason])
            case "telling", Unclear():
                return self._not_understood(event)
            case "asking", _:
                self._state = "telling"
                return self._listen()
            case "aside", _:
                return self._go_on()
            case "closing", _:
                return self._finish()
        return self._listen()

    # What was said.

    def _meant(self, text: str) -> Command | str | None:
        """The command that `text` is, or `over`, or `time`; None where it is an answer."""
        command = command_in(text, paused=self._state == "paused")
        if command and (not self._in_own_words or command in NEVER_AN_ANSWER or is_addressed(text)):
            return command
        if self._at_length and _is_over(text):
            return "over"
        if self._at_length and command_in(text, paused=True) is Command.TRY_AGAIN:
            return Command.TRY_AGAIN  # "scratch that": there is no partner who could be meant
        return "time" if asks_for_time(text) else None

    def _heard(self, reply: Reply) -> list[AtTheDoor]:
        meant = self._meant(reply.text)
        if self._state == "paused" and meant not in {Command.GO_ON, Command.SKIP, Command.STOP, *ADJUSTMENTS}:
            return self._say(coach(coach_lines.STILL_THERE))
        match meant:
            case None:
                return self._answer(reply)
            case "time":
                return self._listen()
            case "over":
                return self._leave()
            case Command.STOP:
                self.stopped = True
                return self._close()
            case Command.SKIP if self._state != "paused":
                return self._leave()
            case Command.PAUSE:
                self._state = "paused"
                return self._say(coach(coach_lines.PAUSED), cue=Cue.PAUSED)
            case Command.GO_ON | Command.SKIP:
                return self._go_on()
            case Command.REPEAT:
                return self._ask()
            case Command.TRY_AGAIN:
                return self._take_back()
            case Command() if meant in ADJUSTMENTS:
                self._adjusted = meant
                return [ADJUSTMENTS[meant]]
        short = HELP_IN_OWN_WORDS if self._in_own_words else HELP
        return self._aside(HELP_AT_LENGTH if self._at_length else short)

    def _answer(self, reply: Reply) -> list[AtTheDoor]:
        question, text = self._question, reply.text
        assert question, "nothing was asked"
        if not question.at_length:
            if probably_misheard(reply):
                return self._not_understood(reply)
            if question.reads(text) is None:
                return self._ask_again()
            self._answers[question.name] = text
            return self._ask_next()
        self._doubtful |= probably_misheard(reply)
        ended = _LAST_SENTENCE.fullmatch(text)
        if ended and _is_over(ended["last"]):
            self._pieces.append(ended["rest"])
            return self._leave()
        self._pieces.append(text)
        self._state = "telling"
        return self._listen()

    def _take_back(self) -> list[AtTheDoor]:
        """Leave out what was said last."""
        if self._pieces:
            self._pieces.pop()
            return self._aside(LEFT_OUT)
        return self._ask()

    def _silent(self) -> list[AtTheDoor]:
        question = self._question
        assert question, "nothing was asked"
        if self._typed or self._silences >= len(question.patience_s):
            return self._leave()
        if self._silences == 1:
            return [Sound(Cue.STILL_LISTENING), *self._listen()]
        return self._say(coach(STILL_HERE))

    # What is asked.

    def _ask_next(self) -> list[AtTheDoor]:
        self._pieces, self._silences, self._asked_again, self._unclear = [], 0, False, 0
        self._question = self._script(self._answers)
        return self._ask() if self._question else self._close()

    def _ask(self) -> list[AtTheDoor]:
        assert self._question, "there is nothing to ask"
        self._state = "asking"
        return self._say(verdict(self._question.says) if self._question.quotes else coach(self._question.says))

    def _ask_again(self) -> list[AtTheDoor]:
        """Once; then the question is left, or somebody who says something else is never let out of it."""
        assert self._question, "nothing was asked"
        if self._asked_again:
            return self._leave()
        self._asked_again, self._state = True, "asking"
        return self._say(coach(self._question.again), cue=Cue.NOT_CAUGHT)

    def _not_understood(self, heard: Reply | Unclear) -> list[AtTheDoor]:
        """Who tells at length goes on: nobody says minutes of it again, and it can be changed. A short answer is asked
        for again, twice, and then to be typed; then the question is left. So is a piece with which the recognizer
        hung: a long one would have been given to another."""
        if self._at_length and heard != Unclear("hung"):
            self._doubtful = True
            return self._listen()
        times, self._unclear = self._unclear, self._unclear + 1
        if times >= len(coach_lines.MISHEARD) + self._types:
            return self._leave()
        self._state = "asking"
        wording = coach_lines.asking_again(heard, times, misheard=isinstance(heard, Reply), types=self._types)
        return self._say(coach(wording), cue=Cue.NOT_CAUGHT)

    def _leave(self) -> list[AtTheDoor]:
        """What was told so far is the answer."""
        assert self._question, "nothing was asked"
        self._answers[self._question.name] = self._told()
        return self._ask_next()

    def _close(self) -> list[AtTheDoor]:
        self._answers = self.answers
        self._question, self._pieces, self._state = None, [], "closing"
        lines = [verdict(self._closing(self._answers))]
        if self._doubtful and any(self._answers.values()):
            lines.append(coach(MAY_BE_MISHEARD))
        return self._say(*lines, floor=Floor.KEPT)

    def _finish(self) -> list[AtTheDoor]:
        self._state = "finished"
        return [Finish()]

    # What is said and waited for.

    def _go_on(self) -> list[AtTheDoor]:
        """Take up the question; nobody who has begun to answer is asked again."""
        if not self._pieces:
            return self._ask() if self._question else self._close()
        self._state = "telling"
        return self._listen()

    def _aside(self, text: str, *, cue: Cue | None = None) -> list[AtTheDoor]:
        self._state = "aside"
        return self._say(coach(text), cue=cue)

    def _say(self, *lines: Line, floor: Floor = Floor.ASKING, cue: Cue | None = None) -> list[AtTheDoor]:
        self._said = Speak(lines, floor, cue)
        return [self._said]

    def _listen(self) -> list[AtTheDoor]:
        patience_s = self._question.patience_s if self._question else SHORT_S
        return self.listen_for(patience_s[min(self._silences, len(patience_s) - 1)])

    @property
    def _at_length(self) -> bool:
        return self._question is not None and self._question.at_length

    @property
    def _in_own_words(self) -> bool:
        return self._question is not None and self._question.in_own_words and self._state != "paused"

    def _told(self) -> str:
        return ("\n" if self._typed else " ").join(self._pieces)


def yes_or_no(text: str) -> bool | None:
    """For `Question.reads`: what is answered, also where more is said after it ("Yes, on Sunday")."""
    first = re.split(r"[,.;:!?…]", text, maxsplit=1)[0]
    answer = answer_in(text)
    return answer_in(first) if answer is None else answer


def _is_over(text: str) -> bool:
    return any(said in OVER or said in choosing()["enough"] for said in said_alone(text))
