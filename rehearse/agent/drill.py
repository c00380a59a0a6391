"""A drill as a statechart: a line, an answer, a word about it, the next line. All else is as in a scene.

ready ─begin▶ briefing ─spoken▶ speaking ─spoken▶ listening ─reply▶ moving_on ─spoken▶ speaking …
                                             ▲                    │  └ the last one ▶ debriefing ─spoken▶ finished
                                             └──── taken back ────┘
"""

from dataclasses import replace

from transitions import EventData

from rehearse.agent import coach_lines, drill_lines
from rehearse.agent.commands import Command
from rehearse.agent.conversation import Conversation
from rehearse.agent.course import If, On
from rehearse.agent.drill_scene import DONE, DrillScene
from rehearse.agent.foresight import Coder
from rehearse.agent.obeying import Obeying
from rehearse.agent.stepping_out import Look, look
from rehearse.agent.talk import Talk
from rehearse.agent.withholding import is_withheld
from rehearse.dialogue import Floor, Line
from rehearse.practice.session import DRILL


class DrillTalk(Talk):
    """The coach, who tells whose line comes and what an answer did; and the people whose lines they are."""

    scenario: DrillScene

    def brief(self, _: EventData) -> None:
        """Say what is to be done, and who comes first."""
        words = (self.scenario.briefing, coach_lines.HOW_TO)
        self.speak(*map(coach_lines.coach, words), *self._who(), floor=Floor.KEPT)

    def comment(self, data: EventData) -> None:
        """Say what an answer did, and who comes next."""
        self.take_in(data)
        self.speak(self._feedback(), *self._who(), floor=Floor.ANSWERING)

    def comment_and_conclude(self, data: EventData) -> None:
        """Say what the last answer did, and how it went."""
        self.take_in(data)
        self._conclude(self._feedback(), floor=Floor.CLOSING)

    def take_in(self, data: EventData) -> None:
        """Who speaks next has not heard the answer."""
        super().take_in(data)
        self.moments[-1] = replace(self.moments[-1], answer="")

    def is_last(self, _: EventData) -> bool:
        """Whether no line comes after this one."""
        return [rule.go for rule in self.partner.moment.on] == [DONE]

    def leave_and_conclude(self, data: EventData) -> None:
        """Leave the last line without an answer."""
        self.partner.skip()
        self.conclude(data)

    def move_on(self, _: EventData) -> None:
        """Leave the line without an answer."""
        self.partner.skip()
        self.said = self.partner.say()
        self.speak(coach_lines.coach(coach_lines.MOVING_ON), *self._who(), floor=Floor.KEPT)

    def conclude(self, _: EventData) -> None:
        """Say how it went."""
        self._conclude(floor=Floor.KEPT)

    def _conclude(self, *before: Line, floor: Floor) -> None:
        self.debriefed = True
        judged = [] if self.blameless else [moment for moment in self.moments if not is_withheld(moment)]
        self.speak(*before, drill_lines.summary(self.scenario.skill, judged), floor=floor)

    def _feedback(self) -> Line:
        """Of words that set the safety screen off, and of any after abuse, nothing is said."""
        if self.blameless or is_withheld(self.moments[-1]):
            return coach_lines.coach(coach_lines.MOVING_ON)
        return drill_lines.feedback(self.scenario.skill, self.moments[-1])

    def _who(self) -> list[Line]:
        who = self.scenario.who.get(self.partner.state)
        return [coach_lines.coach(who)] if who else []


class Drill(Conversation):
    """Ten lines, ten answers. After it nobody is asked whether they agree: that can be said after each."""

    _talk: DrillTalk

    def __init__(
        self,
        scene: DrillScene,
        *,
        seed: int,
        coder: Coder,
        waiting: float = 1.0,
        screen: Look = look,
        country: str | None = None,
    ) -> None:
        """As `Conversation`."""
        super().__init__(
            scene,
            seed=seed,
            coder=coder,
            hears_objections=False,
            waiting=waiting,
            talks=DrillTalk,
            screen=screen,
            country=country,
        )
        self.mode = DRILL

    def _lay_out(self, on: On, obeying: Obeying) -> None:
        talk = self._talk
        for open_floor in ("listening", "waiting"):
            on("reply", open_floor, "debriefing", talk.comment_and_conclude, talk.is_last)
            on("reply", open_floor, "moving_on", talk.comment)
        on("reply", "asking", "debriefing", talk.comment_and_conclude, _both(obeying.can_be_replied, talk.is_last))
        on("reply", "asking", "moving_on", talk.comment, obeying.can_be_replied)
        on("taken_back", "moving_on", "listening", talk.undo_the_turn)
        on("taken_back", "debriefing", "listening", talk.undo_the_turn)
        on("cut_short", "moving_on", "speaking", talk.speak_again)
        on(
            Command.SKIP,
            "paused",
            "debriefing",
            talk.leave_and_conclude,
            _both(obeying.paused_in_the_scene, talk.is_last),
        )
        for anywhere in ("listening", "waiting", "speaking", "prompting"):
            on(Command.SKIP, anywhere, "debriefing", talk.leave_and_conclude, talk.is_last)
            on(Command.WHAT_IF, anywhere, "prompting", obeying.give_example)  # nobody would have said anything to it
        on(Command.WHAT_IF, "paused", None, obeying.give_example)
        on(Command.WHAT_IF, "debriefing", None, talk.conclude)


def _both(one: If, other: If) -> If:
    return lambda data: one(data) and other(data)
