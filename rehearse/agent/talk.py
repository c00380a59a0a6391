"""What a conversation knows, and what happens in it of itself: lines, replies, silences, the debrief.

Each method that takes `EventData` is what a transition does, called once the new state has been entered.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from transitions import EventData

from rehearse.agent import coach_lines
from rehearse.agent.course import Course
from rehearse.agent.cut_short import beginning_of
from rehearse.agent.effects import (
    Adjust,
    AwaitDevices,
    Effect,
    Finish,
    Listen,
    Request,
    Show,
    Sound,
    Speak,
    TurnRetried,
    TurnTaken,
    TurnUndone,
)
from rehearse.agent.foresight import Coder
from rehearse.agent.partner import Memory, Mode, Partner
from rehearse.agent.patience import patience_s
from rehearse.agent.withholding import unjudged, without_words
from rehearse.dialogue import Cue, Floor, Line, Reply, Unclear
from rehearse.feedback.debrief import Debrief, debrief
from rehearse.feedback.language import ENGLISH, NO_WORDS, language_of
from rehearse.feedback.moment import Moment, without_blame
from rehearse.feedback.pressing import after_a_no
from rehearse.scenarios.schema import Scenario


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation stands, so that it can be taken up there."""

    state: str
    request: Request
    """What it has asked for, and not got yet."""
    last: tuple[str, Speak]
    """What was last spoken, and in which state."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a reply changes, as it was before."""

    scene: Memory
    said: Line
    heard: str
    unclear: int


class Talk:
    """The partner, the coach and the person, as far as they have come."""

    def __init__(
        self,
        scenario: Scenario,
        course: Course,
        *,
        seed: int,
        coder: Coder,
        hears_objections: bool,
        waiting: float,
        mode: Mode,
    ) -> None:
        self.scenario = scenario
        self.mode = mode
        self.course = course
        self.coder = lru_cache(maxsize=8)(coder)  # what was foreseen need not be coded again
        self.partner = Partner(scenario, Random(seed), mode=mode)  # noqa: S311  variety, not secrecy
        self.said: Line | None = None
        self.heard = ""
        """What of that line the person has heard."""
        self.moments: list[Moment] = []
        self.silences = 0
        self.debriefed = False
        """Whether the debrief has begun."""
        self.counts = False
        """Whether the person has said that this try counts for their coach."""
        self.types = False
        """Whether the person can type what is not understood."""
        self.blameless = False
        """Whether nothing is said any more of defending or of taking blame: there was abuse."""
        self.effects: list[Effect] = []
        self.here: Place
        """Where it stood when the present event came."""
        self._request: Request
        self._last: tuple[str, Speak]
        self.before: list[Before] = []
        """What each reply has changed."""
        self.first_tries: list[tuple[int, Before, Moment]] = []
        """Answers that were tried again: which, what they had changed, and they themselves."""
        self._beginning = self.partner.remember()
        self._unclear = 0
        self._floor_is_news = True
        """Whether the person has to be told when it is their turn."""
        self._hears_objections = hears_objections
        self._waiting = waiting

    # Where it stands.

    def take_event(self) -> None:
        """An event comes: remember where the conversation stands."""
        self.effects = []
        if self.course.state != "ready":
            self.here = Place(self.course.state, self._request, self._last)

    def restore(self, place: Place, *, heard: int = 0, cue: Cue | None = None) -> None:
        """Go on from `place`: a line that was being spoken is said again from its start, after `cue`; of several, those
        not `heard`.

        Nobody goes on speaking into it any more: by now they wait for it.
        """
        request = place.request
        if isinstance(request, Speak):
            floor = {Floor.ANSWERING: Floor.YIELDED, Floor.CLOSING: Floor.KEPT}.get(request.floor, request.floor)
            request = Speak(request.lines[heard:] or request.lines[-1:], floor, cue)
            place = replace(place, request=request, last=(place.state, request))
            if self.said in request.lines:
                self.heard = self.said.text
        self.course.state, self._last = place.state, place.last
        self._ask_for(request)

    def say_again(self, _: EventData, *, cue: Cue | None = None) -> None:
        """What was spoken last, whoever spoke it."""
        state, spoken = self._last
        self.restore(Place(state, spoken, self._last), cue=cue)

    def at_an_ending(self, _: EventData | None = None) -> bool:
        """Whether the partner has nothing more to say."""
        return self.partner.moment.ending is not None

    def person_begins(self, _: EventData | None = None) -> bool:
        """Whether the person has the first word, and has not had it yet."""
        return self.partner.waits_to_be_spoken_to

    def can_retry(self, _: EventData | None = None) -> bool:
        """Whether there is something to go back to, and in hard practice it has not been done yet."""
        return bool(self.before) and not (self.mode is Mode.HARD and self.first_tries)

    # Lines.

    def speak(self, *lines: Line, floor: Floor = Floor.YIELDED, cue: Cue | None = None) -> None:
        """Say `lines` in the present state."""
        spoken = Speak(lines, floor, cue)
        self._last = (self.course.state, spoken)
        self._ask_for(spoken)

    def coach(self, text: str, *, floor: Floor = Floor.YIELDED, cue: Cue | None = None) -> None:
        """Let the coach say `text`."""
        self.speak(coach_lines.coach(text), floor=floor, cue=cue)

    def brief(self, _: EventData) -> None:
        """Set the scene. Who has the first word hears last with what to begin."""
        words = (self.scenario.briefing, coach_lines.HOW_TO)
        words = words[::-1] if self.person_begins() else words
        self.speak(*map(coach_lines.coach, words), floor=Floor.KEPT)

    def speak_next(self, _: EventData) -> None:
        """A line of where the scene stands."""
        self.said = self.partner.say()
        self._say_the_line(Floor.YIELDED)

    def listen_for_the_first_word(self, _: EventData) -> None:
        """The person begins, and the briefing has said with what."""
        self.said = self.partner.say()
        self.heard = self.said.text
        self.listen()

    def speak_again(self, data: EventData) -> None:
        """The partner's last line; their first, where there was none."""
        if self.said:
            self._say_the_line(Floor.YIELDED)
        else:
            self.speak_next(data)

    def resume(self) -> None:
        """Take the scene up with the partner's last line."""
        self.course.state = "speaking"
        self._say_the_line(Floor.YIELDED)

    def move_on(self, _: EventData) -> None:
        """Leave the moment without a reply."""
        self.partner.skip()
        self.said = self.partner.say()
        self.coach(coach_lines.MOVING_ON, floor=Floor.KEPT)

    # Listening.

    def listen(self, data: EventData | None = None) -> None:
        """Wait for a reply. The first time, and when the last was not understood, it is heard that the person has the
        floor; after every line that would nag."""
        if self._floor_is_news and self.course.state == "listening":
            self._floor_is_news = False
            if data and data.event.name == "spoken":
                self.effects.append(Sound(Cue.LISTENING))
        self.listen_for(patience_s(self.silences, self.mode))

    def listen_for(self, patience_s: float) -> None:
        """Wait so long, or as many times that as the person has asked for."""
        self._ask_for(Listen(self._waiting * patience_s))

    def listen_to_who_cut_short(self, data: EventData) -> None:
        """Wait for the rest of a reply that came before the line was over."""
        assert self.said
        self.heard = beginning_of(self.said.text, data.kwargs["event"].heard)
        self.listen()

    def adjust(self, how: Adjust) -> None:
        """Have everything spoken otherwise."""
        self._ask_for(how)

    def await_devices(self) -> None:
        """Nothing can be said or heard."""
        self._ask_for(AwaitDevices())

    # Replies.

    def react(self, data: EventData) -> None:
        """Let the partner answer a reply."""
        self.take_in(data)
        # Nobody goes on with a reply that was given before others.
        self._say_the_line(Floor.YIELDED if data.kwargs.get("withheld") else Floor.ANSWERING)

    def take_in(self, data: EventData) -> None:
        """Find out what a reply did, and what the partner says to it; if `withheld`, nothing else is made of it."""
        reply: Reply = data.kwargs["event"]
        state, said, occasion = self.partner.state, self.said, self.partner.occasion
        assert said is not None
        coded = self.coder(self.heard, reply.text)
        coded = after_a_no(coded) if self.partner.moment.says_no else coded
        self.before.append(Before(self.partner.remember(), said, self.heard, self._unclear))
        self._unclear = 0
        withheld = data.kwargs.get("withheld", False)
        heard = without_words(coded) if withheld else coded
        self.partner.hear(heard, pause_before_s=reply.pause_before_s, interrupted=reply.interrupted)
        turn = TurnTaken(state, self.heard, occasion, reply, coded, said.text.removeprefix(self.heard).strip())
        turn = unjudged(turn) if withheld else turn
        self.effects.append(turn)
        self.said = self.partner.say()
        self.moments.append(Moment(self.heard, turn.occasion, turn.coded, "" if withheld else self.said.text))

    def undo_the_turn(self, _: EventData) -> None:
        """The last reply was not over: it goes on."""
        self.go_back_to(-1)
        self.effects.append(TurnUndone())
        self.listen()

    def start_over(self, data: EventData) -> None:
        """Back to the first line."""
        if self.moments:
            self.effects.append(TurnRetried(len(self.moments)))
        self.partner.go_back(self._beginning)
        self.moments.clear()
        self.before.clear()
        self.first_tries.clear()
        self._unclear, self.debriefed = 0, False
        self.speak_next(data)

    def ask_again(self, data: EventData) -> None:
        """Nothing was understood for sure, or not in English."""
        heard = data.kwargs["event"]
        self._floor_is_news = True
        if isinstance(heard, Reply) and language_of(heard.text) not in {NO_WORDS, ENGLISH}:
            self.coach(coach_lines.ENGLISH_PLEASE, floor=Floor.ANSWERING, cue=Cue.NOT_CAUGHT)
            return
        times, self._unclear = self._unclear, self._unclear + 1
        misheard = isinstance(heard, Reply) and language_of(heard.text) == ENGLISH
        wording = coach_lines.asking_again(times, misheard=misheard, types=self.types)
        if isinstance(heard, Unclear) and wording != coach_lines.TYPE_IT:
            wording = coach_lines.ABOUT_THE_MICROPHONE.get(heard.reason, wording)
        self.coach(wording, floor=Floor.ANSWERING, cue=Cue.NOT_CAUGHT)

    def forget_what_was_unclear(self, _: EventData) -> None:
        """What was not understood was not over."""
        self._unclear = max(0, self._unclear - 1)
        self.listen()

    # Silences taper: nothing, the partner's words, the coach's help, a pause.

    def be_there(self, _: EventData) -> None:
        """Let it be heard that somebody listens."""
        self.effects.append(Sound(Cue.STILL_LISTENING))
        self.listen()

    def wait_in_words(self, _: EventData) -> None:
        """The partner waits."""
        self.speak(self.partner.wait() or coach_lines.coach(coach_lines.TAKE_YOUR_TIME))

    def offer_help(self, _: EventData) -> None:
        """The coach has an idea."""
        self.coach(coach_lines.OFFER_HELP)

    def rest(self, _: EventData) -> None:
        """Wait without an end."""
        self.coach(coach_lines.WAITING, cue=Cue.PAUSED)

    # The debrief.

    def debrief(self) -> Debrief:
        """What can be said of the replies so far."""
        partner = self.scenario.partner
        if self.blameless:
            return debrief(partner.name, [*map(without_blame, self.moments)], pronoun=partner.pronoun)
        first_tries = [
            (turn, first) for turn, before, first in self.first_tries if self.before[turn : turn + 1] == [before]
        ]
        return debrief(partner.name, self.moments, pronoun=partner.pronoun, first_tries=first_tries)

    def conclude(self, _: EventData) -> None:
        """Look back on the scene."""
        self.debriefed = True
        lines = [*map(coach_lines.verdict, self.debrief().spoken)]
        if self.can_be_contested():
            offers = [coach_lines.ANY_OBJECTION, *([coach_lines.OR_RETRY] if self.can_retry() else ())]
            lines += map(coach_lines.coach, offers)
        self.speak(*lines, floor=Floor.KEPT)

    def conclude_unheard(self, data: EventData) -> None:
        """Look back on it, with nobody left to answer."""
        self._hears_objections = False
        self.conclude(data)

    def can_be_contested(self, _: EventData | None = None) -> bool:
        """Whether the debrief names something that somebody present could object to."""
        return self._hears_objections and bool(self.debrief().instead_of)

    def show_and_finish(self, _: EventData) -> None:
        """Put the debrief where it can be read, and end."""
        self.effects += [Show(self.debrief()), Finish()]

    def finish(self, _: EventData) -> None:
        """End without a word."""
        self.effects.append(Finish())

    def _ask_for(self, request: Request) -> None:
        self._request = request
        self.effects.append(request)

    def _say_the_line(self, floor: Floor) -> None:
        assert self.said
        self.heard = self.said.text
        if not self.heard:
            self.coach(self.scenario.briefing)
            return
        if self.at_an_ending():
            floor = Floor.CLOSING if floor is Floor.ANSWERING else Floor.KEPT
        self.speak(self.said, floor=floor)

    def go_back_to(self, turn: int) -> None:
        """As if that reply, and all after it, had not been given."""
        before = self.before[turn]
        self.partner.go_back(before.scene)
        self.said, self.heard, self._unclear = before.said, before.heard, before.unclear
        del self.before[turn:], self.moments[turn:]
        self.debriefed = False
        self._last = ("speaking", Speak((before.said,)))
