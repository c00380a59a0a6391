"""Lines are played to their end, or as far as whoever listens lets them."""

import numpy as np
import pytest

from rehearse.audio.earcons import EARCONS
from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.overhearing import Overheard
from rehearse.audio.speaking import BETWEEN_LINES_S, UNDECIDED_GAIN, SharedFloor, Speech
from rehearse.audio.voice import VoiceStyle
from rehearse.dialogue import Cue, CutShort, Floor, Line, Reply, Speaker, TakenBack

LINE = [Line("Hello.", Speaker.PARTNER)]


class SecondLong:
    """A voice that takes a second for every line."""

    engine = "fake"

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle("", 150)

    def render(self, line: Line) -> Samples:
        return np.ones(VOICE_RATE, dtype=np.float32)


class Loudspeaker:
    """Plays everything in ten frames."""

    def __init__(self) -> None:
        self.played: list[Samples] = []
        self.left = 0
        self.stopped = False
        self.gains: list[float] = []

    @property
    def busy(self) -> bool:
        return self.left > 0

    @property
    def first_sample_at(self) -> float | None:
        return None

    @property
    def heard_s(self) -> float:
        return len(self.played[-1]) / VOICE_RATE * (1 - self.left / 10)

    def play(self, samples: Samples) -> None:
        self.played.append(samples)
        self.left = 10

    def stop(self, fade_s: float) -> None:
        self.stopped = True

    def lower(self, gain: float) -> None:
        self.gains.append(gain)


class Ear:
    """Hears nothing for as many frames as it is told, then what it is told."""

    def __init__(self, output: Loudspeaker, frames: int = 99, overheard: Overheard | Reply | None = None) -> None:
        self._output = output
        self._frames = frames
        self._overheard = overheard
        self.lines: list[tuple[Speaker, Floor]] = []

    @property
    def undecided(self) -> bool:
        return self._frames < 2

    def line_begins(self, speaker: Speaker, floor: Floor) -> None:
        self.lines.append((speaker, floor))

    def pass_frame(self) -> Overheard | Reply | None:
        self._frames -= 1
        self._output.left -= 1
        return self._overheard if self._frames <= 0 else None


def test_lines_are_heard_to_their_end() -> None:
    output = Loudspeaker()
    ear = Ear(output)
    speech = Speech(SecondLong(), output, SharedFloor(output, ear).follow)
    spoken = speech.say([Line("One.", Speaker.COACH), Line("Two.", Speaker.COACH)], Floor.KEPT)
    assert spoken.seconds == pytest.approx(2 + BETWEEN_LINES_S)
    assert spoken.ended_by is None
    assert not output.stopped
    assert ear.lines == [(Speaker.COACH, Floor.KEPT)]


@pytest.mark.parametrize(
    ("overheard", "ended_by"),
    [
        (Overheard.FLOOR, CutShort(0.4)),
        (Overheard.GOES_ON, TakenBack()),
        (stop := Reply("stop", 1.0, 1.4), stop),
    ],
)
def test_who_takes_the_floor_stops_the_line(overheard: Overheard | Reply, ended_by: object) -> None:
    output = Loudspeaker()
    spoken = Speech(SecondLong(), output, SharedFloor(output, Ear(output, 4, overheard)).follow).say(
        LINE, Floor.YIELDED
    )
    assert spoken.ended_by == ended_by
    assert spoken.seconds == pytest.approx(0.4)
    assert output.stopped


def test_the_line_is_lowered_while_it_is_undecided() -> None:
    output = Loudspeaker()
    Speech(SecondLong(), output, SharedFloor(output, Ear(output, 4, Overheard.FLOOR)).follow).say(LINE, Floor.YIELDED)
    assert output.gains == [1.0, 1.0, UNDECIDED_GAIN]


def test_where_nobody_can_stop_it_a_line_is_heard_as_soon_as_it_is_played() -> None:
    output = Loudspeaker()
    assert Speech(SecondLong(), output).say(LINE, Floor.YIELDED).seconds == 1.0


def test_a_cue_is_played_and_not_waited_for() -> None:
    output = Loudspeaker()
    Speech(SecondLong(), output).cue(Cue.PAUSED)
    np.testing.assert_array_equal(output.played[-1], EARCONS[Cue.PAUSED])
