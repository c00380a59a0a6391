"""Transcription in the silence: given up, voided, taken up again, and ready when it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

import pytest

from rehearse.audio.at_once import AtOnce
from rehearse.audio.early_transcription import NOT_SAID_TWICE_S, EarlyTranscription
from rehearse.audio.frames import Samples, Utterance
from rehearse.audio.transcriber import Decoded, always
from rehearse.dialogue import Transcript
from rehearse.errors import HearingHung
from tests.fake_decoder import FakeDecoder, HandDriven, sounding


def utterance(samples: Samples, pauses: tuple[int, ...] = ()) -> Utterance:
    return Utterance(samples, start_s=0.0, end_s=1.0, voiced_s=60.0, pauses=pauses)


class Scene:
    """An early transcription whose worker works by hand, and what it has told."""

    def __init__(self) -> None:
        self.decoder, self.worker = FakeDecoder(), HandDriven()
        self.told: list[str] = []
        self.fails: Exception | None = None
        clock = count()
        self.early = EarlyTranscription(self.decoder, self.then, self.worker, lambda: float(next(clock)))

    def then(self, transcript: Transcript) -> str:
        if self.fails:
            raise self.fails
        self.told.append(transcript.text)
        return transcript.text.upper()


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_text_is_there_when_the_turn_ends(scene: Scene) -> None:
    scene.early.begin(utterance(sounding(1, 2)))
    before = scene.early.ready
    scene.worker.work()
    assert (before, scene.early.ready) == (False, True)
    understood = scene.early.result()
    assert (understood.transcript.text, understood.then) == ("w1 w2", "W1 W2")
    assert (understood.begun_s, understood.text_s) == (0.0, 1.0)


def test_nothing_begun_has_no_result(scene: Scene) -> None:
    assert not scene.early.ready
    with pytest.raises(RuntimeError):
        scene.early.result()


def test_what_is_void_is_told_nobody_and_drafts_the_next(scene: Scene) -> None:
    scene.early.begin(utterance(sounding(1, 2)))
    scene.early.void()
    assert not scene.early.ready
    scene.worker.work()
    assert not scene.early.ready
    scene.early.begin(utterance(sounding(1, 2, 3)))
    scene.worker.work()
    assert scene.early.result().then == "W1 W2 W3"
    assert scene.told == ["w1 w2 w3"]
    assert scene.decoder.read == 3


def test_beginning_gives_up_what_was_begun_before(scene: Scene) -> None:
    scene.early.begin(utterance(sounding(1, 2)))
    scene.early.begin(utterance(sounding(1, 2, 3)))
    scene.worker.work()
    assert scene.early.result().then == "W1 W2 W3"
    assert scene.told == ["w1 w2 w3"]
    assert scene.decoder.read == 3


def test_a_long_reply_leaves_its_tail(scene: Scene) -> None:
    whole = sounding(*range(1, 21))
    pause = len(sounding(*range(14)))
    scene.early.speaking(utterance(whole[: pause + 9_000], (pause,)))
    scene.worker.work()
    scene.early.begin(utterance(whole, (pause,)))
    scene.worker.work()
    assert scene.early.result().transcript.text == " ".join(f"w{number}" for number in range(1, 21))
    assert scene.decoder.heard_s == 20


def test_a_segment_under_way_is_finished_for_the_end(scene: Scene) -> None:
    whole = sounding(*range(1, 21))
    pause = len(sounding(*range(14)))
    scene.early.speaking(utterance(whole[: pause + 9_000], (pause,)))
    scene.early.begin(utterance(whole, (pause,)))
    scene.worker.work()
    assert scene.early.ready
    assert scene.decoder.heard_s == 20


def test_speaking_leaves_a_busy_worker_alone(scene: Scene) -> None:
    pause = len(sounding(*range(14)))
    for _ in range(3):
        scene.early.speaking(utterance(sounding(*range(20)), (pause,)))
    scene.worker.work()
    assert scene.decoder.drafts == [()]


def test_what_the_worker_raises_reaches_who_waits(scene: Scene) -> None:
    scene.decoder.fails = MemoryError()
    scene.early.begin(utterance(sounding(1)))
    scene.worker.work()
    assert scene.early.ready
    with pytest.raises(MemoryError):
        scene.early.result()


def test_what_then_raises_reaches_who_waits(scene: Scene) -> None:
    scene.fails = ValueError("then")
    scene.early.begin(utterance(sounding(1)))
    scene.worker.work()
    with pytest.raises(ValueError, match="then"):
        scene.early.result()


@pytest.mark.parametrize("call", ["begin", "void", "speaking"])
def test_what_nobody_waits_for_fails_at_the_next_call(scene: Scene, call: str) -> None:
    scene.decoder.fails = MemoryError()
    scene.early.begin(utterance(sounding(1)))
    scene.early.void()
    scene.worker.work()
    arguments = () if call == "void" else (utterance(sounding(1)),)
    with pytest.raises(MemoryError):
        getattr(scene.early, call)(*arguments)


class HangsOnce(FakeDecoder):
    """Never comes back the first time; a fresh one does."""

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        first = not self.drafts
        decoded = super().decode(segment, draft, go_on)
        if first:
            raise HearingHung
        return decoded


@pytest.mark.parametrize(("voiced_s", "rejected"), [(NOT_SAID_TWICE_S - 1, "hung"), (NOT_SAID_TWICE_S, None)])
def test_where_it_hangs_only_who_has_spoken_long_need_not_say_it_again(voiced_s: float, rejected: str | None) -> None:
    early = EarlyTranscription(HangsOnce(), lambda transcript: transcript.text, AtOnce())
    early.begin(replace(utterance(sounding(1, 2)), voiced_s=voiced_s))
    assert early.result().transcript.rejected == rejected
    early.begin(utterance(sounding(3)))
    assert early.result().then == "w3"


def test_with_a_thread_of_its_own() -> None:
    early = EarlyTranscription(FakeDecoder(), lambda transcript: transcript.text)
    early.begin(utterance(sounding(1, 2)))
    early.void()
    early.begin(utterance(sounding(1, 2, 3)))
    assert early.result().then == "w1 w2 w3"
    early.close()
    with pytest.raises(RuntimeError):
        early.begin(utterance(sounding(1)))
