"""What the coach does unasked, by the mode of practice: much when guided, nothing when hard."""

from transitions import EventData

from rehearse.agent import coach_lines
from rehearse.agent.partner import Mode
from rehearse.agent.talk import Talk
from rehearse.agent.withholding import is_withheld
from rehearse.feedback.moment import against, missed


class Guiding:
    """The coach beside somebody who practises."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._whispered: set[str] = set()
        """The states whose hint was given."""

    def whispers(self, _: EventData) -> bool:
        """Whether a hint would help now: guided, once a state, after an answer that missed something or harmed."""
        talk = self._talk
        if talk.mode is not Mode.GUIDED or talk.blameless or talk.partner.state in self._whispered or not talk.moments:
            return False
        if is_withheld(talk.moments[-1]):
            return False
        last, heart, before = talk.moments[-1], talk.partner.heart, talk.before[-1].scene.heart
        harmed = heart.trust < before.trust or heart.hurt > before.hurt
        return harmed or missed(last) or bool(against(last))

    def whisper(self, _: EventData) -> None:
        """Give the hint of the moment."""
        self._whispered.add(self._talk.partner.state)
        self._talk.speak(coach_lines.hint(self._talk.partner.moment.hint))

    def helps_now(self, _: EventData) -> bool:
        """Whether help is to be offered in this silence: early when guided, never when hard, or after abuse."""
        talk = self._talk
        return not talk.blameless and talk.silences == {Mode.GUIDED: 2, Mode.PLAIN: 3}.get(talk.mode)

    def lets_the_partner_wait(self, _: EventData) -> bool:
        """Whether the partner is to say in this silence that they wait."""
        return self._talk.silences == (3 if self._talk.mode is Mode.GUIDED else 2)
