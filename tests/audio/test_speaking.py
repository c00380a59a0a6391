"""Lines are played to their end, and whoever listens meanwhile knows who speaks."""

import numpy as np
import pytest

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.speaking import BETWEEN_LINES_S, Speech
from rehearse.audio.voice import VoiceStyle
from rehearse.dialogue import Line, Speaker


class SecondLong:
    """A voice that takes a second for every line."""

    engine = "fake"

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle("", 150)

    def render(self, line: Line) -> Samples:
        return np.ones(VOICE_RATE, dtype=np.float32)


class ThreeFrames:
    """A loudspeaker that plays everything in three frames."""

    left = 0

    @property
    def busy(self) -> bool:
        self.left -= 1
        return self.left >= 0

    def play(self, samples: Samples) -> None:
        self.left = 3


def test_lines_have_a_length_and_a_speaker() -> None:
    heard_by: list[Speaker] = []
    speech = Speech(SecondLong(), ThreeFrames(), heard_by.append)
    assert speech.say([Line("One.", Speaker.COACH), Line("Two.", Speaker.COACH)]).seconds == pytest.approx(
        2 + BETWEEN_LINES_S
    )
    assert speech.say([Line("Hello.", Speaker.PARTNER)]).seconds == 1.0
    assert heard_by == [Speaker.COACH] * 3 + [Speaker.PARTNER] * 3
