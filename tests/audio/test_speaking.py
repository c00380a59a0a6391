"""Lines are played to their end, or as far as whoever listens lets them."""

import numpy as np
import pytest

from rehearse.audio.cues import Cues
from rehearse.audio.earcons import EARCONS
from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.overhearing import Overheard
from rehearse.audio.speaking import BETWEEN_LINES_S, SECONDS_TO_READ, UNDECIDED_GAIN, SharedFloor, Speech
from rehearse.audio.voice import VoiceStyle
from rehearse.audio.volume import MIDDLE, PLACES, Place, Volume
from rehearse.delivery import FASTEST, LOUDEST_DB, Delivery
from rehearse.dialogue import Cue, CutShort, Floor, Line, Reply, Speaker, TakenBack
from rehearse.errors import DeviceLost, VoiceFailed

LINE = [Line("Hello.", Speaker.PARTNER)]


class SecondLong:
    """A voice that takes a second for every line."""

    engine = "fake"

    def __init__(self) -> None:
        self.rendered: list[Line] = []

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle("", 150)

    def render(self, line: Line) -> Samples:
        self.rendered.append(line)
        return np.full(VOICE_RATE, 0.1, dtype=np.float32)


class Loudspeaker:
    """Plays everything in ten frames."""

    def __init__(self) -> None:
        self.played: list[Samples] = []
        self.places: list[Place] = []
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

    def play(self, samples: Samples, place: Place = MIDDLE, /) -> None:
        self.played.append(samples)
        self.places.append(place)
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
    speech = Speech(SecondLong(), Volume(output), SharedFloor(output, ear).follow)
    spoken = speech.say([Line("One.", Speaker.COACH), Line("Two.", Speaker.COACH)], Floor.KEPT)
    assert spoken.seconds == pytest.approx(2 + BETWEEN_LINES_S)
    assert spoken.ended_by is None
    assert not output.stopped
    assert ear.lines == [(Speaker.COACH, Floor.KEPT)]


@pytest.mark.parametrize("cue", [None, Cue.BACK])
@pytest.mark.parametrize(("frames", "lines_heard"), [(2, 0), (6, 1), (9, 1)])
def test_who_loses_a_device_knows_which_lines_were_heard(cue: Cue | None, frames: int, lines_heard: int) -> None:
    output = Loudspeaker()

    class Breaking(Ear):
        def pass_frame(self) -> None:
            if super().pass_frame():
                raise DeviceLost

    speech = Speech(SecondLong(), Volume(output), SharedFloor(output, Breaking(output, frames, Overheard.FLOOR)).follow)
    with pytest.raises(DeviceLost) as lost:
        speech.say([Line("One.", Speaker.COACH), Line("Two.", Speaker.COACH)], Floor.KEPT, cue)
    assert lost.value.lines_heard == lines_heard


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
    spoken = Speech(SecondLong(), Volume(output), SharedFloor(output, Ear(output, 4, overheard)).follow).say(
        LINE, Floor.YIELDED
    )
    assert spoken.ended_by == ended_by
    assert spoken.seconds == pytest.approx(0.4)
    assert output.stopped


def test_the_line_is_lowered_while_it_is_undecided() -> None:
    output = Loudspeaker()
    Speech(SecondLong(), Volume(output), SharedFloor(output, Ear(output, 4, Overheard.FLOOR)).follow).say(
        LINE, Floor.YIELDED
    )
    assert output.gains == [1.0, 1.0, UNDECIDED_GAIN]


def test_where_nobody_can_stop_it_a_line_is_heard_as_soon_as_it_is_played() -> None:
    output = Loudspeaker()
    assert Speech(SecondLong(), Volume(output)).say(LINE, Floor.YIELDED).seconds == 1.0


def test_a_cue_is_played_and_not_waited_for() -> None:
    output = Loudspeaker()
    Speech(SecondLong(), Volume(output)).cue(Cue.PAUSED)
    np.testing.assert_array_equal(output.played[-1], EARCONS[Cue.PAUSED])


def test_a_cue_before_a_line_is_left_out_where_it_is_turned_off() -> None:
    output = Loudspeaker()
    loud = Volume(output)
    Speech(SecondLong(), loud).say(LINE, Floor.KEPT, Cue.PAUSED)
    Speech(SecondLong(), loud, cues=Cues(loud, {Cue.PAUSED})).say(LINE, Floor.KEPT, Cue.PAUSED)
    with_cue, without = (len(samples) / VOICE_RATE for samples in output.played)
    assert with_cue > 1 + BETWEEN_LINES_S
    assert without == 1.0


def test_partner_and_coach_stand_apart_and_the_coach_is_softer() -> None:
    output = Loudspeaker()
    speech = Speech(SecondLong(), Volume(output), places=PLACES)
    for speaker in Speaker:
        speech.say([Line("Hello.", speaker)], Floor.KEPT)
    assert output.places == [PLACES[Speaker.PARTNER], PLACES[Speaker.COACH]]
    partner, coach = (samples.max() for samples in output.played)
    assert 20 * np.log10(coach / partner) == pytest.approx(-2, abs=0.01)


def test_without_places_everybody_stands_in_the_middle() -> None:
    output = Loudspeaker()
    Speech(SecondLong(), Volume(output)).say(LINE, Floor.KEPT)
    assert output.places == [MIDDLE]


def test_slower_and_louder_hold_from_the_next_line_on() -> None:
    voice, output = SecondLong(), Loudspeaker()
    told: list[float] = []
    speech = Speech(voice, Volume(output), at_new_pace=told.append)
    speech.say(LINE, Floor.KEPT)
    assert not speech.adjust(0.9, 3.0)
    speech.say(LINE, Floor.KEPT)
    assert [line.pace for line in voice.rendered] == [1.0, 0.9]
    assert 20 * np.log10(output.played[1].max() / output.played[0].max()) == pytest.approx(3, abs=0.01)
    assert told == [0.9]
    assert speech.delivery == Delivery(0.9, 3.0)


def test_at_a_bound_it_says_so_and_nothing_is_rendered_again() -> None:
    told: list[float] = []
    speech = Speech(SecondLong(), Volume(Loudspeaker()), at_new_pace=told.append)
    assert speech.adjust(9.0, 0.0)
    assert speech.adjust(1.1, 0.0)
    assert speech.adjust(1.0, 99.0)
    assert not speech.adjust(1.0, -1.0)
    assert told == [FASTEST]
    assert speech.delivery == Delivery(FASTEST, LOUDEST_DB - 1.0)


def test_what_no_voice_can_say_is_left_to_be_read_and_said_so_once(caplog: pytest.LogCaptureFixture) -> None:
    class Hoarse(SecondLong):
        def render(self, line: Line) -> Samples:
            if line.text == "Well.":
                raise VoiceFailed("no")
            return super().render(line)

    output = Loudspeaker()
    mouth = Speech(Hoarse(), Volume(output))
    lines = [Line("Hello.", Speaker.PARTNER), Line("Well.", Speaker.PARTNER)]
    for _ in range(2):
        mouth.say(lines, Floor.KEPT)
    silent = output.played[-1][round((1 + BETWEEN_LINES_S) * VOICE_RATE) :]
    assert len(silent) == round(len("Well.") * SECONDS_TO_READ * VOICE_RATE)
    assert not silent.any()
    assert [record.getMessage().count("only shown") for record in caplog.records] == [1]
