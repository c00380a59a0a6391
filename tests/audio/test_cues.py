"""Cues are played to whoever wants to hear them, and it is known when the microphone may."""

import numpy as np
import pytest

from rehearse.audio.cues import LATE_S, Cues
from rehearse.audio.earcons import EARCONS
from rehearse.audio.frames import FRAME_S, VOICE_RATE
from rehearse.audio.volume import Volume
from rehearse.dialogue import Cue
from tests.audio.test_volume import FakeOutput


def test_a_cue_is_played_as_loud_as_everything() -> None:
    output = FakeOutput()
    Cues(Volume(output, -6.0)).play(Cue.BACK)
    ((played, _),) = output.played
    np.testing.assert_allclose(played, EARCONS[Cue.BACK] * 10 ** (-6 / 20), atol=1e-6)


def test_one_that_is_turned_off_is_not_heard() -> None:
    output = FakeOutput()
    cues = Cues(Volume(output), silent={Cue.THINKING})
    cues.play(Cue.THINKING)
    assert output.played == []
    assert cues.sound(Cue.THINKING) is None
    assert cues.sound(Cue.BACK) is EARCONS[Cue.BACK]
    assert not cues.in_frame()


def test_it_may_come_back_until_a_wireless_loudspeaker_has_played_it() -> None:
    cues = Cues(Volume(FakeOutput()))
    assert not cues.in_frame()
    cues.play(Cue.LISTENING)
    frames = 0
    while cues.in_frame():
        frames += 1
    assert frames * FRAME_S == pytest.approx(len(EARCONS[Cue.LISTENING]) / VOICE_RATE + LATE_S, abs=FRAME_S)
