"""An interview that is left when somebody may be in danger: fixed words, two ways out, and nothing goes on by itself.

the interview ─danger▶ stepped out ─"that was not meant"▶ the interview, and what was said is its answer
                        │  ▲ └ silence: once more, and then it waits; other words: once more ▶ stepped out
                        ├─stop▶ parting ─spoken▶ finished
                        └─exit▶ finished at once, and nothing is kept
"""

from rehearse.agent.coach_lines import coach
from rehearse.agent.commands import Command, WayOut, asks_for_time, command_in, way_out_in
from rehearse.agent.effects import AtTheDoor, AwaitDevices, Finish, Listen, OfferHelp, Speak
from rehearse.agent.events import Adjusted, CameBack, DevicesBack, DevicesLost, Event, Interrupted
from rehearse.agent.interview import Interview
from rehearse.agent.obeying import ADJUSTMENTS
from rehearse.agent.patience import PATIENCE_S
from rehearse.agent.stepping_out import Look
from rehearse.dialogue import EndOfReplies, Floor, Reply, Silence, Thought, Unclear
from rehearse.safety import Finding
from rehearse.safety.finding import ABUSE, Kind
from rehearse.safety.texts import SteppingOut as Words
from rehearse.safety.texts import country_of, ended, stepping_out


class ScreenedInterview:
    """An interview, with everything that is said looked at first.

    Who says that something was not meant is not asked about its kind again: to write about what is dark is what a
    journal is for.
    """

    def __init__(self, interview: Interview, screen: Look, country: str | None) -> None:
        """`screen` and `country` as in `Conversation`."""
        self._interview = interview
        self._screen = screen
        self._country = country_of(country)
        self._words: Words | None = None
        """What is said outside; None: the interview goes on."""
        self._said_by: Reply | Unclear
        self._kinds: set[Kind] = set()
        """Of what was found since the interview was left."""
        self._not_meant: set[Kind] = set()
        self._silences = 0
        self._parting = False
        self.left = False
        """Whether somebody has left at once: nothing of it is to be kept."""

    @property
    def answers(self) -> dict[str, str]:
        """All answers so far, without what was found; none where somebody has left at once."""
        return {} if self.left else self._interview.answers

    @property
    def broken_off(self) -> bool:
        """Whether it ends, or has ended, with what was found: nothing comes after it then."""
        return self._words is not None

    @property
    def leaves_no_trace(self) -> bool:
        """Whether nothing is to be left on the screen where it ends now, without a word: there was abuse in what was
        said."""
        return not ABUSE.isdisjoint(self._kinds | self._not_meant)

    def foresee(self, text: str) -> Thought:
        """Judge the words so far; from another thread, while nothing is handled."""
        return Thought(1.0) if self._words else self._interview.foresee(text)

    def handle(self, event: Event | CameBack) -> list[AtTheDoor]:
        """Take in what happened; return what is to be done about it, in order."""
        if isinstance(event, Reply | Unclear):
            way_out = way_out_in(event.text) if self._words else None
            finding = None if way_out else self._screen(event.text)
            if finding and finding.kind not in self._not_meant:
                return self._step_out(finding, event)
            if way_out is WayOut.PART_OF_SCENE:
                return self._go_back()
            if way_out is WayOut.LEAVE:
                self.left = True
                return [Finish(self.leaves_no_trace)]
        return self._outside(event, self._words) if self._words else self._interview.handle(event)

    def _step_out(self, finding: Finding, said_by: Reply | Unclear) -> list[AtTheDoor]:
        if self._words is None:
            self._said_by, self._kinds = said_by, set()
        self._kinds.add(finding.kind)
        self._silences, self._parting = 0, False
        self._words = stepping_out(finding, self._country, in_a_scene=False)
        return [OfferHelp(self._words.help), _say(*self._words.first)]

    def _go_back(self) -> list[AtTheDoor]:
        self._not_meant |= self._kinds
        self._words = None
        return self._interview.handle(self._said_by)

    def _outside(self, event: Event | CameBack, words: Words) -> list[AtTheDoor]:
        if isinstance(event, Silence):
            self._silences += 1
        elif isinstance(event, Reply | Unclear):
            self._silences = 0
        match event:
            case Interrupted():
                self.left = not self._parting
                return [Finish(self.leaves_no_trace)]
            case DevicesLost():
                return [AwaitDevices()]
            case DevicesBack() | Adjusted():
                return [_say(*words.again)]
            case _ if self._parting:
                return [Finish()]
            case EndOfReplies():
                return [Finish()]
            case Reply(text=text):
                command = command_in(text)
                if command is Command.STOP:
                    self._parting = True
                    return [_say(ended(), floor=Floor.KEPT)]
                if command in ADJUSTMENTS:
                    return [ADJUSTMENTS[command]]
                return self._listen() if asks_for_time(text) else [_say(*words.again)]
            case Silence() if self._silences == 1:
                return [_say(*words.again)]
        return self._listen()

    def _listen(self) -> list[AtTheDoor]:
        return [Listen(PATIENCE_S[-1])]


def _say(*texts: str, floor: Floor = Floor.YIELDED) -> Speak:
    return Speak(tuple(map(coach, texts)), floor)
