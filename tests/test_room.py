"""A visit at devices: what is heard there, and what is kept of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from rehearse import room
from rehearse.agent.coach_lines import coach
from rehearse.audio.cues import Cues
from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE
from rehearse.audio.live import LiveReplies
from rehearse.audio.microphone import Microphone
from rehearse.audio.voice import Voice
from rehearse.audio.volume import Volume
from rehearse.cli import front
from rehearse.delivery import Delivery
from rehearse.dialogue import Floor
from rehearse.paths import settings_file
from rehearse.scenarios.schema import Scenario
from tests.audio.scripted_listening import listener
from tests.audio.test_speaking import Loudspeaker, SecondLong
from tests.fake_stream import HEADSET, FakeStream


class HeardThrough(Loudspeaker):
    """Plays everything in ten frames, in which nobody speaks."""

    def __init__(self, stream: FakeStream) -> None:
        super().__init__()
        self._stream = stream

    @property
    def busy(self) -> bool:
        self._stream.bring(np.zeros(FRAME_SAMPLES, np.float32))
        self.left -= 1
        return self.left > 0


def test_what_was_said_while_the_voices_were_prepared_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = FakeStream()

    @contextmanager
    def prepared_while_somebody_speaks(_: Scenario | None) -> Iterator[Voice]:
        for _second in range(3 * SAMPLE_RATE // FRAME_SAMPLES):
            stream.bring(np.ones(FRAME_SAMPLES, np.float32))
        yield SecondLong()

    monkeypatch.setattr(room, "coach_for", prepared_while_somebody_speaks)
    with Microphone(replace(HEADSET, default_rate=SAMPLE_RATE), stream.open) as microphone:
        source, loudspeaker = LiveReplies(microphone), HeardThrough(stream)
        volume = Volume(loudspeaker)
        pair, hearing = SimpleNamespace(loudspeaker=loudspeaker), SimpleNamespace(places=None)
        here = room.Room(cast(Any, pair), cast(Any, hearing), listener(source), source, volume, Cues(volume))
        with here.cast(None, lambda _: None) as there:
            assert there.clock() == pytest.approx(3.0, abs=0.2)
            spoken = there.mouth.say([coach("How are you?")], Floor.ASKING)
            assert spoken.ended_by is None
            assert stream.running


def test_settings_that_were_damaged_meanwhile_are_left_as_they_are() -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("{", encoding="utf-8")
    room._keep(Delivery(1.15, 0.0), instead_of=Delivery(1.0, 0.0))
    front._remember_introduction()
    assert settings_file().read_text(encoding="utf-8") == "{"
