"""Real speech, real weights, and how far a transcript is from what was said: for tests marked `whisper`."""

import fcntl
import json
import subprocess
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from rehearse.audio.files import read_audio
from rehearse.audio.frames import Samples
from rehearse.audio.late_whisper import import_whisper
from rehearse.audio.weights import ensure_weights
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from rehearse.stage import whisper_for_commands
from tests.conftest import MODELS, ROOT

CACHE = ROOT / ".cache"
SPEECH = CACHE / "speech"


@dataclass(frozen=True, slots=True)
class Recording:
    """A phrase that a person recorded."""

    path: Path
    text: str

    def samples(self) -> Samples:
        """16 kHz."""
        return read_audio(self.path)


@contextmanager
def _one_after_the_other() -> Iterator[None]:
    """Where the tests run in several processes, let one fetch what all of them need."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "fetching").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def speech_corpus() -> list[Recording]:
    """All recorded phrases, fetched the first time."""
    command = [sys.executable, str(ROOT / "scripts" / "fetch_speech"), str(SPEECH)]
    with _one_after_the_other():
        fetched = subprocess.run(command, capture_output=True, text=True, check=False)
    assert fetched.returncode == 0, fetched.stderr
    lines = map(json.loads, (SPEECH / "corpus.jsonl").read_text(encoding="utf-8").splitlines())
    return [Recording(SPEECH / line["wav"], line["text"]) for line in lines]


@pytest.fixture(scope="session")
def tiny_en_checkpoint() -> Path:
    """The verified weights of `tiny.en`, fetched the first time."""
    with _one_after_the_other():
        return ensure_weights("tiny.en", MODELS)


@pytest.fixture(scope="session")
def tiny_en(tiny_en_checkpoint: Path) -> WhisperTranscriber:
    """Whisper with them, loaded once."""
    return WhisperTranscriber(tiny_en_checkpoint)


@pytest.fixture(scope="session")
def tiny_en_for_commands(tiny_en_checkpoint: Path) -> WhisperTranscriber:
    """Whisper with them, told what people say to the program."""
    return whisper_for_commands(tiny_en_checkpoint)


def word_error_rate(said: Sequence[str], heard: Sequence[str]) -> float:
    """Wrong, missing and added words for each word said, after Whisper's own normalization of English."""
    import jiwer

    import_whisper()
    from whisper.normalizers import EnglishTextNormalizer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # whisper leaves a file of spellings to close itself
        normalize = EnglishTextNormalizer()
    return float(jiwer.wer([normalize(text) for text in said], [normalize(text) for text in heard]))
