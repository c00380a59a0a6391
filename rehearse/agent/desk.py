"""What the front door knows, and what happens there: hello, the choices, silences, goodbye.

Each method that takes `EventData` is what a transition does, called once the new state has been entered.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from transitions import EventData

from rehearse.agent import coach_lines
from rehearse.agent import reception_lines as lines
from rehearse.agent.commands import Command
from rehearse.agent.effects import (
    Adjust,
    AtTheDoor,
    AwaitDevices,
    Chosen,
    Counts,
    Finish,
    Introduced,
    Listen,
    Request,
    Sound,
    Speak,
)
from rehearse.agent.obeying import ADJUSTMENTS, ANSWER_PATIENCE_S
from rehearse.agent.patience import PATIENCE_S, patience_s
from rehearse.agent.talk import Place
from rehearse.dialogue import Cue, Floor, Unclear
from rehearse.practice.standing import Choice, Standing

OFFERED_AT_ONCE = 3
"""More are not remembered by ear."""
TRY_PATIENCE_S = 7.0
"""How long the coach waits for one of the words that are tried; who says nothing has no need of it."""


class Stateful(Protocol):
    """Whatever has a state."""

    state: str


class Desk:
    """The coach at the front door, as far as a visit has come."""

    def __init__(self, course: Stateful, standing: Standing, *, introduces: bool, waiting: float) -> None:
        self.standing = standing
        self.offered = standing.choices[:OFFERED_AT_ONCE]
        """Those that have numbers now."""
        self.silences = 0
        self.effects: list[AtTheDoor] = []
        self._course = course
        self._introduces = introduces
        self._waiting = waiting
        self.here: Place
        """Where the visit stood when the present event came."""
        self._request: Request
        self._last: tuple[str, Speak]
        self._asked_at: Place
        self._paused_at: Place
        self._left_at: Place
        self._lines_heard = 0
        self._adjusted: Command
        self._choice: Choice
        self._has_played = False
        self._trying = 0
        """Which of the words that are tried comes now."""
        self._misses = 0
        """How often in a row something was not understood."""

    # Where it stands.

    def take_event(self) -> None:
        """An event comes: remember where the visit stands."""
        self.effects = []
        if self._course.state != "ready":
            self.here = Place(self._course.state, self._request, self._last)

    def restore(self, place: Place, *, heard: int = 0, cue: Cue | None = None) -> None:
        """Go on from `place`; of the lines that were being spoken there, those not `heard` are said again."""
        request = place.request
        if isinstance(request, Speak):
            request = replace(request, lines=request.lines[heard:] or request.lines[-1:], cue=cue)
            place = replace(place, last=(place.state, request))
        self._course.state, self._last = place.state, place.last
        self._ask_for(request)

    def say_again(self, _: EventData, *, cue: Cue | None = None) -> None:
        """What was spoken last."""
        state, spoken = self._last
        self.restore(Place(state, spoken, self._last), cue=cue)

    def carry_on(self, _: EventData) -> None:
        """What came makes no difference."""
        self.restore(self.here)

    def speak(self, *texts: str, floor: Floor = Floor.YIELDED, cue: Cue | None = None) -> None:
        """Say `texts` in the present state."""
        spoken = Speak(tuple(map(coach_lines.coach, texts)), floor, cue)
        self._last = (self._course.state, spoken)
        self._ask_for(spoken)

    def listen(self, _: EventData | None = None) -> None:
        """Wait for the person."""
        self.listen_for(patience_s(self.silences))

    def listen_for(self, patience_s: float) -> None:
        """Wait so long, or as many times that as the person has asked for."""
        self._ask_for(Listen(self._waiting * patience_s))

    def _ask_for(self, request: Request) -> None:
        self._request = request
        self.effects.append(request)

    # The introduction.

    def explains(self, _: EventData) -> bool:
        """Whether the program explains itself first."""
        return self._introduces

    def explain(self, _: EventData) -> None:
        """Say what this is."""
        self.speak(lines.HELLO_FIRST, *lines.INTRODUCTION)

    def try_word(self, _: EventData) -> None:
        """Ask for one of the words."""
        self.speak(lines.WORDS_TO_TRY[self._trying][1], floor=Floor.ASKING)

    def wait_for_word(self, _: EventData) -> None:
        """Wait a little."""
        self.listen_for(TRY_PATIENCE_S)

    def is_tried(self, command: Command) -> Callable[[EventData], bool]:
        """Whether it is `command` that was asked for."""
        return lambda _: lines.WORDS_TO_TRY[self._trying][0] is command

    def is_last_word(self, _: EventData) -> bool:
        """Whether no other word is to be tried."""
        return self._trying == len(lines.WORDS_TO_TRY) - 1

    def praise(self, data: EventData) -> None:
        """It was heard: on to the next."""
        praise = lines.WORDS_TO_TRY[self._trying][2]
        self._misses = 0
        if self.is_last_word(data):
            self._end_introduction(praise, lines.INTRODUCED)
        else:
            self._trying += 1
            self.speak(praise, lines.WORDS_TO_TRY[self._trying][1], floor=Floor.ASKING)

    def try_once_more(self, data: EventData) -> None:
        """It was something else: once more, and then on."""
        self._misses += 1
        if self._misses == 1:
            self.speak(lines.ONCE_MORE, lines.WORDS_TO_TRY[self._trying][1], floor=Floor.ASKING, cue=Cue.NOT_CAUGHT)
        else:
            self.leave_introduction(data)

    def leave_introduction(self, _: EventData) -> None:
        """They would rather not, or said nothing."""
        self._end_introduction(lines.NOT_NOW)

    def _end_introduction(self, *before: str) -> None:
        self._introduces = False
        self._misses = 0
        self.effects.append(Introduced())
        self._course.state = "offering"
        self._offer(*before, self.standing.says)

    # The choices.

    def greet(self, _: EventData) -> None:
        """Hello, and where they stand."""
        self._offer(lines.HELLO, self.standing.says)

    def offer(self, _: EventData) -> None:
        """The choices that have numbers now."""
        self._misses = 0
        self._offer()

    def offer_others(self, data: EventData) -> None:
        """The next choices; after the last the first ones again."""
        choices = self.standing.choices
        next_one = (choices.index(self.offered[-1]) + 1) % len(choices)
        self.offered = choices[next_one : next_one + OFFERED_AT_ONCE]
        self.offer(data)

    def ask_again(self, data: EventData) -> None:
        """Nothing was understood: once more, twice, and then only the numbers."""
        heard = data.kwargs["event"]
        if heard in (Unclear("deaf"), Unclear("hung")):
            self.speak(coach_lines.ABOUT_THE_MICROPHONE[heard.reason], floor=Floor.ASKING, cue=Cue.NOT_CAUGHT)
            return
        self._misses += 1
        again = lines.NOT_UNDERSTOOD if self._misses <= 2 else lines.numbers_only(len(self.offered))
        self.speak(again, floor=Floor.ASKING, cue=Cue.NOT_CAUGHT)

    def take(self, data: EventData) -> None:
        """This one it is."""
        self._choice = data.kwargs["choice"]
        self.speak(lines.here_we_go(self._choice), floor=Floor.KEPT)

    def take_first(self, _: EventData) -> None:
        """The first one of those that have numbers."""
        self._choice = self.offered[0]
        self.speak(lines.here_we_go(self._choice), floor=Floor.KEPT)

    def take_last_again(self, _: EventData) -> None:
        """The scene that has just been played."""
        self.speak(lines.here_we_go(self._choice), floor=Floor.KEPT)

    def let_go(self, _: EventData) -> None:
        """The scene begins."""
        self._misses = 0
        self._has_played |= self._choice.is_scene
        self.effects.append(Chosen(self._choice))

    def _offer(self, *before: str) -> None:
        if len(self.offered) == 1:
            which = lines.READY
        else:
            which = lines.WHICH_OR_ELSE if len(self.standing.choices) > len(self.offered) else lines.WHICH
        self.speak(*before, *lines.offer(self.offered), which, floor=Floor.ASKING)

    # Silences taper: a soft sound, a word, and then it is waited without an end.

    def first_silence(self, _: EventData) -> bool:
        """Whether nothing was said for the first time."""
        return self.silences == 1

    def is_silent_for_long(self, _: EventData) -> bool:
        """Whether it has been said that it is waited."""
        return self.silences > len(PATIENCE_S) - 1

    def be_there(self, _: EventData) -> None:
        """Let it be heard that somebody listens."""
        self.effects.append(Sound(Cue.STILL_LISTENING))
        self.listen()

    def wait_in_words(self, _: EventData) -> None:
        """There is no hurry."""
        if self._course.state == "wondering":
            self.speak(lines.WHAT_NEXT, floor=Floor.ASKING)
            return
        waiting = lines.WAITING if self.silences == len(PATIENCE_S) - 1 else lines.NO_HURRY
        self.speak(waiting, floor=Floor.ASKING)

    # After a scene.

    def wonder(self, data: EventData) -> None:
        """What next?"""
        self.standing = data.kwargs["event"].standing
        self.offered = self.standing.choices[:OFFERED_AT_ONCE]
        self._misses = 0
        self.speak(lines.WHAT_NEXT, floor=Floor.ASKING)

    def offer_another(self, data: EventData) -> None:
        """Another one than the one that has just been played, where there is another."""
        others = tuple(each for each in self.standing.choices if each.id != self._choice.id)
        self.offered = others[:OFFERED_AT_ONCE] or self.standing.choices[:1]
        self.offer(data)

    def wonder_again(self, _: EventData) -> None:
        """Nothing was understood."""
        self.speak(lines.WHAT_NEXT_AGAIN, floor=Floor.ASKING, cue=Cue.NOT_CAUGHT)

    def has_played(self, _: EventData) -> bool:
        """Whether there is a try that could count."""
        return self._has_played

    def let_it_count(self, _: EventData) -> None:
        """The try that they come from is one of those that their coach has asked for."""
        self._step_aside()
        self.effects.append(Counts())
        self.speak(coach_lines.IT_COUNTS)

    def part(self, _: EventData) -> None:
        """Goodbye."""
        self.speak(lines.GOODBYE, floor=Floor.KEPT)

    def finish(self, _: EventData) -> None:
        """End."""
        self.effects.append(Finish())

    # At any time.

    def pause(self, _: EventData) -> None:
        """Rest until somebody says go on."""
        place = self._origin(self.here)
        if place.state != "paused":
            self._paused_at = place
        self.speak(coach_lines.PAUSED, cue=Cue.PAUSED)

    def stay_paused(self, _: EventData) -> None:
        """Somebody speaks, and not to the coach."""
        self.speak(coach_lines.STILL_THERE)

    def go_on(self, _: EventData) -> None:
        """Take up what was paused."""
        self.restore(self._paused_at)

    def ask_whether_to_stop(self, _: EventData) -> None:
        """Ask back."""
        self._asked_at = self._origin(self.here)
        self.speak(lines.STOP_HERE, floor=Floor.ASKING)

    def listen_for_answer(self, _: EventData) -> None:
        """Wait for a yes or a no."""
        self.listen_for(ANSWER_PATIENCE_S)

    def tell_of_mute(self, _: EventData) -> None:
        """It is told once, wherever they are."""
        self.speak(coach_lines.MUTED, floor=Floor.ASKING)

    def take_up(self, _: EventData) -> None:
        """It was not meant."""
        self.restore(self._asked_at)

    def help(self, _: EventData) -> None:
        """What can be said now."""
        state = self._origin(self.here).state
        self._step_aside()
        helps = {"wondering": lines.HELP_AFTERWARDS, "paused": coach_lines.HELP["paused"]}
        helps |= dict.fromkeys(("introducing", "trying"), lines.HELP_INTRODUCING)
        self.speak(helps.get(state, lines.HELP_CHOOSING))
        if state == "offering":  # what it comes back to are the choices, from the first
            self._left_at, self._lines_heard = self._choices_once_more(), 0

    def adjust(self, command: Command) -> Callable[[EventData], None]:
        """Speak otherwise."""

        def do(_: EventData) -> None:
            self._adjusted = command
            self._step_aside()
            self._ask_for(ADJUSTMENTS[command])

        return do

    def stays_as_it_is(self, data: EventData) -> bool:
        """Whether it goes no further."""
        at_bound: bool = data.kwargs["event"].at_bound
        return at_bound and isinstance(self.here.request, Adjust)

    def show_adjustment(self, data: EventData) -> None:
        """The last words once more, so that it is heard."""
        self.say_again(data, cue=Cue.GOT_IT)

    def tell_of_the_bound(self, _: EventData) -> None:
        """It goes no further."""
        self.speak(coach_lines.AT_THE_BOUND[self._adjusted])

    def come_back(self, _: EventData) -> None:
        """Take up what something came in between of."""
        self.restore(self._left_at, heard=self._lines_heard)

    def lose_devices(self, data: EventData) -> None:
        """A device has gone: say so, if it can be said."""
        lost = data.kwargs["event"]
        self._step_aside(lost.lines_heard)
        if lost.loudspeaker or self.here.state == "cut_off":
            self.await_devices(data)
        else:
            self.speak(coach_lines.MICROPHONE_LOST, floor=Floor.KEPT, cue=Cue.MICROPHONE_LOST)

    def await_devices(self, _: EventData) -> None:
        """Do nothing until they are back."""
        self._ask_for(AwaitDevices())

    def welcome_devices(self, _: EventData) -> None:
        """They are back."""
        self.speak(coach_lines.BACK, cue=Cue.BACK)

    def _step_aside(self, lines_heard: int = 0) -> None:
        if self.here.state not in {"aside", "cut_off"} and not isinstance(self.here.request, Adjust):
            self._left_at, self._lines_heard = self.here, lines_heard

    def _choices_once_more(self) -> Place:
        spoken = Speak(tuple(map(coach_lines.coach, (*lines.offer(self.offered), lines.WHICH))), Floor.ASKING)
        return Place("offering", spoken, ("offering", spoken))

    def _origin(self, place: Place) -> Place:
        """Where a visit is that was left for a question or a word in between."""
        while place.state in {"asking", "aside", "cut_off"}:
            place = self._asked_at if place.state == "asking" else self._left_at
        return place
