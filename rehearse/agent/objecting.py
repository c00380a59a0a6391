"""Verdicts that the person does not agree with: they are left out."""

from dataclasses import replace

from transitions import EventData

from rehearse.agent import coach_lines
from rehearse.agent.effects import Contested
from rehearse.agent.patience import OBJECTION_PATIENCE_S
from rehearse.agent.talk import Talk
from rehearse.dialogue import Cue, Floor
from rehearse.feedback.codes import HELPING, MISSED, Code
from rehearse.feedback.moment import verdicts


class Objecting:
    """Hears an objection, in a scene or after the debrief."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._asked_again = False
        """Whether what was said after this debrief was not understood once."""

    def invite(self, data: EventData) -> None:
        """The debrief has been spoken."""
        self._asked_again = False
        self.listen(data)

    def listen(self, _: EventData) -> None:
        """Wait a little, after the debrief."""
        self._talk.listen_for(OBJECTION_PATIENCE_S)

    def can_ask_again(self, _: EventData) -> bool:
        """Whether a word that was not understood is no reason yet to end."""
        return not self._asked_again

    def ask_again(self, _: EventData) -> None:
        """It may have been the objection."""
        self._asked_again = True
        self._talk.coach(coach_lines.NOT_UNDERSTOOD[0], cue=Cue.NOT_CAUGHT)

    def leave_out_the_last(self, _: EventData) -> None:
        """Contest the last verdict."""
        for turn, moment in reversed(list(enumerate(self._talk.moments))):
            said = [verdict for verdict in verdicts(moment) if verdict not in moment.coded.contested]
            harder = [verdict for verdict in said if verdict == MISSED or Code(verdict) not in HELPING]
            if said:
                self._leave_out(turn, *(harder or said))
                return
        self._talk.coach(coach_lines.NOTHING_SAID_YET)

    def leave_out_what_was_named(self, _: EventData) -> None:
        """Contest what the debrief has named."""
        named = self._talk.debrief().instead_of[0]
        self._leave_out(named.turn, named.verdict)

    def _leave_out(self, turn: int, *contested: str) -> None:
        moments = self._talk.moments
        coded = moments[turn].coded
        coded = replace(coded, contested=coded.contested.union(contested))
        moments[turn] = replace(moments[turn], coded=coded)
        self._talk.effects.append(Contested(turn, coded))
        self._talk.coach(coach_lines.LEFT_OUT, floor=Floor.KEPT)
