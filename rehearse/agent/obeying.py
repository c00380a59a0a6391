"""What the person's commands do to a conversation, and what the loss of a device does.

Each method that takes `EventData` is what a transition does, called once the new state has been entered.
"""

from collections.abc import Callable

from transitions import EventData

from rehearse.agent import coach_lines
from rehearse.agent.commands import Command
from rehearse.agent.effects import Adjust
from rehearse.agent.objecting import Objecting
from rehearse.agent.retrying import Retrying
from rehearse.agent.supposing import Supposing
from rehearse.agent.talk import Place, Talk
from rehearse.dialogue import Cue, Floor
from rehearse.feedback.codes import AXES, MISSED
from rehearse.feedback.moment import against

ANSWER_PATIENCE_S = 8.0
"""How long the coach waits for a yes or a no; then the scene rests."""

IN_THE_SCENE = frozenset({"speaking", "listening", "prompting", "waiting", "moving_on"})
"""Where it is the partner's line that is taken up."""

ADJUSTMENTS = {
    Command.SLOWER: Adjust(pace=0.87),
    Command.FASTER: Adjust(pace=1.15),
    Command.LOUDER: Adjust(volume_db=4.0),
    Command.SOFTER: Adjust(volume_db=-4.0),
}
"""Steps that are heard at once, and that undo each other."""

_IN_BETWEEN = ("aside", "supposing", "imagining")
"""Where the coach speaks, and after it what that came in between of is taken up."""
_QUESTIONS = {Command.STOP: coach_lines.STOP_HERE, Command.START_OVER: coach_lines.START_OVER}


class Obeying:
    """Does what the person asks of the program, and brings a talk back to where it was."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._asked: Command
        """What the coach has asked about."""
        self._asked_at: Place
        self._paused_at: Place
        self._left_at: Place
        """Where something came in between: words of the coach, or the loss of a device."""
        self._lines_heard = 0
        self._adjusted: Command
        """How everything was last to be spoken otherwise."""
        self._adjusted_at: Place
        self._helped = False
        self.objecting = Objecting(talk)
        self.retrying = Retrying(talk)
        self.supposing = Supposing(talk)

    # Resting, and going on.

    def welcome_back(self, _: EventData) -> None:
        """The scene was cut off another time."""
        self._talk.coach(coach_lines.WELCOME_BACK, floor=Floor.KEPT)

    def pause(self, _: EventData) -> None:
        """Rest until somebody says go on."""
        place = self._origin(self._talk.here)
        if place.state != "paused":
            self._paused_at = place
        self._talk.coach(coach_lines.PAUSED, cue=Cue.PAUSED)

    def stay_paused(self, _: EventData) -> None:
        """A reply in a pause is no reply to the partner."""
        self._talk.coach(coach_lines.STILL_THERE)

    def tell_of_mute(self, _: EventData) -> None:
        """Who waits for "go on" to be heard, or for a yes, is told too: it is told once."""
        self._talk.coach(coach_lines.MUTED, floor=Floor.ASKING)

    def go_on(self, _: EventData) -> None:
        """Take up what was paused."""
        self._take_up(self._paused_at)

    def paused_in_the_scene(self, _: EventData) -> bool:
        """Whether it was a moment of the scene that was paused."""
        return self._paused_at.state in IN_THE_SCENE and not self._talk.at_an_ending()

    # Asking back.

    def ask(self, command: Command) -> Callable[[EventData], None]:
        """Ask whether `command` is meant."""

        def do(_: EventData) -> None:
            self._asked_at = self._origin(self._talk.here)
            self._asked = command
            self._talk.coach(_QUESTIONS[command], floor=Floor.ASKING)

        return do

    def listen_for_answer(self, _: EventData) -> None:
        """Wait for a yes or a no."""
        self._talk.listen_for(ANSWER_PATIENCE_S)

    def has_asked(self, command: Command) -> Callable[[EventData], bool]:
        """Whether the question is about `command`."""
        return lambda _: self._asked is command

    def would_stop_the_debrief(self, _: EventData) -> bool:
        """Whether stopping leaves nothing to look back on."""
        return self._asked is Command.STOP and self._talk.debriefed

    def take_up(self, _: EventData) -> None:
        """It was not meant."""
        self._take_up(self._asked_at)

    def go_on_instead(self, _: EventData) -> None:
        """It was not meant, and no pause either."""
        self._take_up(self._paused_at if self._asked_at.state == "paused" else self._asked_at)

    def can_be_replied(self, _: EventData) -> bool:
        """Whether the partner's last line is still to be answered."""
        answerable = self._asked_at.state in IN_THE_SCENE - {"moving_on"}
        return answerable and not self._talk.at_an_ending()

    # Words of the coach.

    def give_hint(self, _: EventData) -> None:
        """A thought about the moment."""
        if self._talk.blameless:
            self._talk.coach(coach_lines.NOTHING_TO_COACH)
            return
        hint = coach_lines.hint(self._talk.partner.moment.hint)
        self._talk.speak(*((hint, coach_lines.coach(coach_lines.OR_RETRY)) if self._talk.can_retry() else (hint,)))

    def give_example(self, _: EventData) -> None:
        """Words for the moment: what answers the feeling, else what the last reply could have been."""
        if self._talk.blameless:
            self._talk.coach(coach_lines.NOTHING_TO_COACH)
            return
        instead = {str(way): each for way, each in self._talk.partner.moment.instead.items()}
        last = self._talk.moments[-1:]
        codes = [found.code for moment in last for found in against(moment)]
        ways = [MISSED, *codes, *(axis for code in codes for axis, each in AXES.items() if code in each), *instead]
        fit = next((instead[way] for way in ways if way in instead), None)
        self._talk.speak(coach_lines.example(fit.say) if fit else coach_lines.hint(None))

    def say_how_it_goes(self, _: EventData) -> None:
        """A strength, and one thing to try."""
        talk = self._talk
        if not talk.moments:
            talk.coach(coach_lines.NOTHING_TO_GO_BY)
            return
        debrief = talk.debrief()
        to_try = coach_lines.worth_trying(debrief.instead_of[0].could_say) if debrief.instead_of else None
        talk.speak(coach_lines.verdict(debrief.strengths[0]), to_try or coach_lines.coach(coach_lines.GO_ON_LIKE_THAT))

    def let_it_count(self, _: EventData) -> None:
        """The person says that this try is one of those that their coach has asked for."""
        self._talk.counts = True
        self._talk.coach(coach_lines.IT_COUNTS)

    def help(self, _: EventData) -> None:
        """What can be said now."""
        state = self._origin(self._talk.here).state
        lines = [coach_lines.HELP.get(state, coach_lines.HELP_IN_THE_SCENE)]
        if not self._helped:
            lines.append(coach_lines.ALWAYS_STOP)
        self._helped = True
        self._talk.speak(*map(coach_lines.coach, lines))

    def aside(self, say: Callable[[EventData], None]) -> Callable[[EventData], None]:
        """Let the coach `say` something; then what it came in between is taken up."""

        def do(data: EventData) -> None:
            self._left_at, self._lines_heard = self._talk.here, 0
            say(data)

        return do

    def come_back(self, _: EventData) -> None:
        """Take up what something came in between of."""
        self._talk.restore(self._left_at, heard=self._lines_heard)

    def has_left_a_line(self, _: EventData) -> bool:
        """Whether what it came in between of is a line of the scene that is to be answered."""
        said = self._talk.said
        return self._left_at.state in IN_THE_SCENE and bool(said and said.text)

    def adjust(self, command: Command) -> Callable[[EventData], None]:
        """Speak otherwise."""

        def do(_: EventData) -> None:
            self._adjusted, self._adjusted_at = command, self._talk.here
            self._talk.adjust(ADJUSTMENTS[command])

        return do

    def stays_as_it_is(self, data: EventData) -> bool:
        """Whether it goes no further."""
        at_bound: bool = data.kwargs["event"].at_bound
        return at_bound

    def show_adjustment(self, data: EventData) -> None:
        """The last words once more, so that it is heard."""
        self._talk.say_again(data, cue=Cue.GOT_IT)

    def tell_of_the_bound(self, _: EventData) -> None:
        """It goes no further; what that came in between of is taken up."""
        if self._adjusted_at.state not in _IN_BETWEEN:
            self._left_at, self._lines_heard = self._adjusted_at, 0
        self._talk.coach(coach_lines.AT_THE_BOUND[self._adjusted])

    # Devices.

    def lose_devices(self, data: EventData) -> None:
        """A device has gone: say so, if it can be said."""
        lost = data.kwargs["event"]
        here = self._talk.here
        if here.state not in {"cut_off", *_IN_BETWEEN}:
            self._left_at, self._lines_heard = here, lost.lines_heard
        if lost.loudspeaker or here.state == "cut_off":
            self.await_devices(data)
        else:
            self._talk.coach(coach_lines.MICROPHONE_LOST, floor=Floor.KEPT, cue=Cue.MICROPHONE_LOST)

    def await_devices(self, _: EventData) -> None:
        """Do nothing until they are back."""
        self._talk.await_devices()

    def welcome_devices(self, _: EventData) -> None:
        """They are back. Whoever speaks at once is heard."""
        self._talk.coach(coach_lines.BACK, cue=Cue.BACK)

    def _origin(self, place: Place) -> Place:
        """Where a talk is that was left for a question or a word of the coach."""
        while place.state in {"asking", *_IN_BETWEEN}:
            place = self._asked_at if place.state == "asking" else self._left_at
        return place

    def _take_up(self, place: Place) -> None:
        if place.state in IN_THE_SCENE:
            self._talk.resume()
        else:
            self._talk.restore(place)
