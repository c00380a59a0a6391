"""A recognizer that fails is tried again, then a smaller one stands in, then it is said."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from rehearse.audio.at_once import AtOnce
from rehearse.audio.early_transcription import EarlyTranscription
from rehearse.audio.frames import Samples, Utterance
from rehearse.audio.late_recognizer import LateDecoder, LateRecognizer, LateSpotter
from rehearse.audio.transcriber import Decoded, GivenUp, always
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from rehearse.errors import HearingFailed, WeightsCorrupt

SOUND = np.zeros(1600, np.float32)
TORCH_OUT_OF_MEMORY = RuntimeError("[enforce fail at alloc_cpu.cpp:124] DefaultCPUAllocator: can't allocate memory")


class Fragile:
    """Raises what it is given, one thing a decode, and then hears."""

    def __init__(self, name: str, *raises: Exception) -> None:
        self.checkpoint = Path(f"{name}.pt")
        self._raises = list(raises)
        self.released = False
        self.drafts: list[Sequence[int]] = []

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        self.drafts.append(draft)
        if self._raises:
            raise self._raises.pop(0)
        return Decoded(self.checkpoint.stem, (1,))

    def release(self) -> None:
        self.released = True


def recognizer(larger: Fragile, smaller: Fragile | None = None) -> LateRecognizer:
    loaded: Future[WhisperTranscriber] = Future()
    loaded.set_result(cast(WhisperTranscriber, larger))

    def load(checkpoint: Path) -> WhisperTranscriber:
        assert larger.released
        assert smaller
        assert checkpoint == smaller.checkpoint
        return cast(WhisperTranscriber, smaller)

    return LateRecognizer(loaded, lambda: smaller.checkpoint if smaller else None, load)


def decoded(larger: Fragile, smaller: Fragile | None = None) -> str:
    return LateDecoder(recognizer(larger, smaller)).decode(SOUND, (7, 8)).text


def test_what_fails_once_is_decoded_again_without_its_draft() -> None:
    larger = Fragile("base.en", RuntimeError("a shape"))
    assert decoded(larger) == "base.en"
    assert larger.drafts == [(7, 8), ()]


@pytest.mark.parametrize("lack", [MemoryError(), TORCH_OUT_OF_MEMORY])
def test_a_smaller_one_stands_in_where_memory_runs_out_and_stays(lack: Exception) -> None:
    larger, smaller = Fragile("base.en", lack), Fragile("tiny.en")
    decoder = LateDecoder(recognizer(larger, smaller))
    assert [decoder.decode(SOUND).text for _ in range(2)] == ["tiny.en", "tiny.en"]
    assert larger.released


def test_what_is_said_of_the_smaller_one_is_true(caplog: pytest.LogCaptureFixture) -> None:
    decoded(Fragile("base.en", MemoryError()), Fragile("tiny.en"))
    (stands_in,) = caplog.messages
    assert stands_in == "memory is short: tiny.en transcribes from now on"
    caplog.clear()

    loaded: Future[WhisperTranscriber] = Future()
    loaded.set_result(cast(WhisperTranscriber, Fragile("base.en")))

    def fails(_: Path) -> WhisperTranscriber:
        raise MemoryError

    LateRecognizer(loaded, lambda: Path("tiny.en.pt"), fails).fall_back()
    (nothing,) = caplog.messages
    assert nothing == "memory is short, and tiny.en cannot be loaded: close other programs, or type"


def test_where_the_smaller_one_fails_too_it_is_said() -> None:
    with pytest.raises(HearingFailed, match="close other programs"):
        decoded(Fragile("base.en", MemoryError()), Fragile("tiny.en", MemoryError()))


def test_where_there_is_no_smaller_one_it_is_said_and_the_next_reply_may_be_heard() -> None:
    decoder = LateDecoder(recognizer(Fragile("tiny.en", MemoryError())))
    with pytest.raises(HearingFailed):
        decoder.decode(SOUND)
    assert decoder.decode(SOUND).text == "tiny.en"


@pytest.mark.parametrize("meant", [GivenUp((1,)), WeightsCorrupt("not the published file")])
def test_what_is_no_failure_of_the_recognizer_is_passed_on(meant: Exception) -> None:
    with pytest.raises(type(meant)):
        decoded(Fragile("base.en", meant))


def test_a_reply_that_cannot_be_transcribed_is_told_from_silence() -> None:
    early = EarlyTranscription(
        LateDecoder(recognizer(Fragile("tiny.en", MemoryError()))), lambda transcript: transcript, AtOnce()
    )
    early.begin(Utterance(SOUND, 0.0, 0.1, voiced_s=0.1))
    assert early.result().transcript.rejected == "deaf"


def test_a_word_over_a_line_that_cannot_be_looked_at_is_none() -> None:
    assert LateSpotter(recognizer(Fragile("tiny.en")), ["stop"]).spot(SOUND) is None
