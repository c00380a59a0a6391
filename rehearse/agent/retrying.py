"""Trying a moment again: back to it with everything as it was, for another answer."""

from transitions import EventData

from rehearse.agent import coach_lines
from rehearse.agent.effects import TurnRetried
from rehearse.agent.talk import Talk


class Retrying:
    """Goes back in a talk, and remembers what was answered there first."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk

    def retry(self, data: EventData) -> None:
        """Back to before the last reply, or to before the one that the debrief has named; the partner says their line
        again."""
        talk = self._talk
        named = talk.debrief().instead_of[:1] if talk.debriefed else ()
        turn = named[0].turn if named else len(talk.moments) - 1
        if not any(before == talk.before[turn] for _, before, _ in talk.first_tries):
            talk.first_tries.append((turn, talk.before[turn], talk.moments[turn]))
        talk.effects.append(TurnRetried(len(talk.moments) - turn))
        talk.go_back_to(turn)
        talk.speak_again(data)

    def tell_why_not(self, _: EventData) -> None:
        """There was no reply yet, or no other try is left."""
        self._talk.coach(coach_lines.NO_MORE_RETRIES if self._talk.before else coach_lines.NOTHING_TO_RETRY)
