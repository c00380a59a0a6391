"""What if: what the partner would have said to other words. The scene stands where it stood."""

from collections import Counter

from transitions import EventData

from rehearse.agent import coach_lines
from rehearse.agent.talk import Talk
from rehearse.dialogue import Floor, Line


class Supposing:
    """Plays what would have been said."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._supposed: Counter[tuple[int, str]] = Counter()
        """How often, by turn and state."""
        self._would_say: Line

    def can_suppose(self, _: EventData) -> bool:
        """Whether there is a line that other words could have answered; after abuse nobody is told any."""
        talk = self._talk
        return not talk.blameless and (bool(talk.before) or (talk.said is not None and not talk.at_an_ending()))

    def suppose(self, _: EventData) -> None:
        """Say what could have been said to the line that the last reply answered, or that the debrief has named; to the
        present one where there was no reply yet."""
        talk = self._talk
        now, heard = talk.partner.remember(), talk.heard
        named = talk.debrief().instead_of[:1] if talk.debriefed else ()
        turn = named[0].turn if named else max(0, len(talk.before) - 1)
        if talk.before:
            talk.partner.go_back(talk.before[turn].scene)
            heard = talk.before[turn].heard
        words = self._words(turn, *(each.could_say for each in named))
        talk.partner.hear(talk.coder(heard, words))
        self._would_say = talk.partner.say()
        talk.partner.go_back(now)
        talk.speak(coach_lines.coach(coach_lines.SUPPOSE), coach_lines.coach(words), floor=Floor.KEPT)

    def play(self, _: EventData) -> None:
        """Let the partner say what they would have said."""
        self._talk.speak(self._would_say, floor=Floor.KEPT)

    def can_be_tried(self, _: EventData) -> bool:
        """Whether it was said in a debrief, and the moment can be gone back to."""
        return self._talk.debriefed and self._talk.can_retry()

    def offer_to_try(self, _: EventData) -> None:
        """Tell how it is done for real."""
        self._talk.coach(coach_lines.TRY_IT)

    def give_the_floor_back(self, _: EventData) -> None:
        """Now it is the person's turn again."""
        self._talk.coach(coach_lines.AND_NOW_YOU, floor=Floor.KEPT)

    def have_nothing_to_suppose(self, _: EventData) -> None:
        """Nothing has been said yet, or there is nothing to coach."""
        self._talk.coach(coach_lines.NOTHING_TO_COACH if self._talk.blameless else coach_lines.NOTHING_TO_SUPPOSE)

    def _words(self, turn: int, *first: str) -> str:
        """One of the exemplary replies to the partner as they are now, `first` before the scenario's own; each time the
        next one."""
        state = self._talk.partner.moment
        exemplary: list[str] = [
            *dict.fromkeys((*first, *(state.answers or (each.say for each in state.instead.values()))))
        ]
        place = (turn, self._talk.partner.state)
        self._supposed[place] += 1
        return exemplary[(self._supposed[place] - 1) % len(exemplary)]
