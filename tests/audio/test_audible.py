"""What is laid into an audible mixdown is heard, one sound after the other."""

from typing import cast

import numpy as np
import pytest

from rehearse.audio.audible import AudibleMixdown
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.loudspeaker import Loudspeaker


class FakeLoudspeaker:
    """Busy for two looks after each sound; whoever plays into a busy one cuts it off."""

    def __init__(self) -> None:
        self.heard_s: list[float] = []
        self._looks = 0

    @property
    def busy(self) -> bool:
        self._looks -= 1
        return self._looks > 0

    def play(self, samples: Samples) -> None:
        assert self._looks <= 0, "the sound before is cut off"
        self._looks = 2
        self.heard_s.append(len(samples) / VOICE_RATE)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)


def test_both_sides_are_heard_and_kept() -> None:
    loudspeaker = FakeLoudspeaker()
    room = AudibleMixdown(cast(Loudspeaker, loudspeaker))
    room.play(np.zeros(VOICE_RATE, np.float32))
    room.place(np.zeros(SAMPLE_RATE * 2, np.float32))
    room.pass_time(2.0)
    room.play(np.zeros(VOICE_RATE // 2, np.float32))
    assert loudspeaker.heard_s == pytest.approx([1.0, 2.0, 0.5])
    assert len(room.samples()) / VOICE_RATE == pytest.approx(3.5)
