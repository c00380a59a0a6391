"""After a change of pace the lines of the scene are rendered anew in the background."""

from threading import Event, Lock

import numpy as np

from rehearse.audio.frames import Samples
from rehearse.audio.rendering_ahead import RenderingAhead
from rehearse.audio.voice import VoiceStyle
from rehearse.dialogue import Line, Speaker
from rehearse.errors import VoiceFailed

LINES = [Line(text, Speaker.PARTNER) for text in ("One.", "Fails.", "Three.")]


class SlowVoice:
    """Renders nothing before it may."""

    engine = "fake"

    def __init__(self) -> None:
        self.begun, self.may, self.all = Event(), Event(), Event()
        self.rendered: list[tuple[str, float]] = []
        self._lock = Lock()

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle("", round(150 * line.pace))

    def render(self, line: Line) -> Samples:
        self.begun.set()
        self.may.wait(5)
        with self._lock:
            self.rendered.append((line.text, line.pace))
            if (line.text, line.pace) == ("Three.", 0.8):
                self.all.set()
        if line.text == "Fails.":
            raise VoiceFailed("no")
        return np.zeros(1, np.float32)


def test_all_lines_are_rendered_at_the_last_pace_and_one_that_fails_stops_nothing() -> None:
    voice = SlowVoice()
    with RenderingAhead(voice, LINES) as ahead:
        ahead.at_pace(0.9)
        assert voice.begun.wait(5)
        ahead.at_pace(0.8)
        voice.may.set()
        assert voice.all.wait(5)
    assert voice.rendered == [("One.", 0.9), *((line.text, 0.8) for line in LINES)]


def test_leaving_does_not_wait_for_what_is_still_to_be_rendered() -> None:
    voice = SlowVoice()
    with RenderingAhead(voice, LINES * 1000) as ahead:
        ahead.at_pace(0.9)
        assert voice.begun.wait(5)
        voice.may.set()
    assert len(voice.rendered) < len(LINES) * 1000
