"""What Whisper hears in the clips up to a moment, with the time it took; kept on disk, so that curves cost nothing."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter

from benchmarks.turns.clips import CACHE, ROOT
from rehearse.audio.frames import Samples
from rehearse.audio.transcriber import Transcriber

MODELS = ROOT / ".cache" / "rehearse" / "models"


@dataclass(frozen=True, slots=True)
class Timed:
    """A transcript and what it cost."""

    text: str
    seconds: float
    """On the machine and at the time it was made."""


class Transcripts:
    """A transcriber that remembers."""

    def __init__(self, model: str, folder: Path = CACHE) -> None:
        self._model = model
        self._path = folder / f"transcripts-{model}.jsonl"
        self._known: dict[str, Timed] = {}
        if self._path.exists():
            for line in self._path.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                self._known[entry["sound"]] = Timed(entry["text"], entry["seconds"])

    def of(self, sound: Samples, voiced_s: float) -> Timed:
        """The words in `sound` (16 kHz)."""
        key = hashlib.sha256(sound.tobytes()).hexdigest()
        if key not in self._known:
            transcriber = self._transcriber
            began = perf_counter()
            text = transcriber.transcribe(sound, voiced_s).text
            self._known[key] = timed = Timed(text, round(perf_counter() - began, 4))
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"sound": key, "text": timed.text, "seconds": timed.seconds}) + "\n")
        return self._known[key]

    @cached_property
    def _transcriber(self) -> Transcriber:
        from rehearse.audio.weights import ensure_weights
        from rehearse.audio.whisper_transcriber import WhisperTranscriber

        return WhisperTranscriber(ensure_weights(self._model, MODELS))
