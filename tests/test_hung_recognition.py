"""Whole sessions under a virtual clock in which the recognizer never comes back: nobody is left waiting."""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import cast

import pytest

from rehearse import faults
from rehearse.agent import coach_lines
from rehearse.audio.frames import Samples
from rehearse.audio.late_recognizer import SHORTEST_LIMIT_S, LateDecoder, LateRecognizer
from rehearse.audio.transcriber import Decoded, always
from rehearse.audio.watchdog import Watchdog
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from rehearse.scenarios.schema import Scenario
from tests.hanging import VirtualWait
from tests.test_whole_turns import BRIEFED, Says, Words, played, replies


class WordsAtTheSeam(Words):
    """Fails as it is planned."""

    checkpoint = Path("tiny.en.pt")

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: object = always) -> Decoded:
        faults.strike("transcriber")
        return super().decode(segment, draft, go_on)


@pytest.fixture
def decoder(virtual_wait: VirtualWait) -> LateDecoder:
    def load(_: Path) -> WhisperTranscriber:
        return cast(WhisperTranscriber, WordsAtTheSeam())

    loaded: Future[WhisperTranscriber] = Future()
    loaded.set_result(load(Path()))
    return LateDecoder(LateRecognizer(loaded, load=load, watchdog=Watchdog(wait=virtual_wait)))


def test_the_person_is_asked_to_say_it_again_and_the_scene_goes_on(
    scene: Scenario, decoder: LateDecoder, virtual_wait: VirtualWait
) -> None:
    with faults.planned("transcriber@2:hang"):
        said = ("labels_feeling", "advises", "validates")
        session, screen = played(scene, BRIEFED, *map(Says, said), decoder=decoder)
    assert replies(session) == ["labels_feeling", "validates"]
    assert session.ending == "closer"
    assert [line.text for line in screen.said_lines].count(coach_lines.HUNG) == 1
    assert virtual_wait.waited_s == [SHORTEST_LIMIT_S]


def test_the_second_time_it_is_said_that_only_typing_helps(
    scene: Scenario, decoder: LateDecoder, virtual_wait: VirtualWait
) -> None:
    with faults.planned("transcriber@2+:hang"):
        said = ("labels_feeling", "advises", "validates", "validates")
        session, screen = played(scene, BRIEFED, *map(Says, said), decoder=decoder)
    assert replies(session) == ["labels_feeling"]
    spoken = [line.text for line in screen.said_lines]
    assert spoken.index(coach_lines.HUNG) < spoken.index(coach_lines.DEAF)
    assert spoken.count(coach_lines.DEAF) == 2
    assert len(virtual_wait.waited_s) == 2


def test_who_speaks_long_need_not_say_it_again(scene: Scenario, decoder: LateDecoder) -> None:
    with faults.planned("transcriber:hang"):
        session, screen = played(scene, BRIEFED, Says("labels_feeling", each_s=20.0), decoder=decoder)
    assert replies(session) == ["labels_feeling"]
    assert coach_lines.HUNG not in [line.text for line in screen.said_lines]
