"""A natural voice: Kokoro-82M through kokoro-onnx in a child process. Slow: its lines are rendered ahead and kept."""

import importlib.util
import itertools
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.kokoro_weights import KokoroFiles
from rehearse.audio.natural_voices import NaturalVoice
from rehearse.audio.speech_engine import SpeechEngine
from rehearse.audio.voice import VoiceStyle
from rehearse.dialogue import Line

WORKER = (sys.executable, "-P", "-m", "rehearse.audio.kokoro_worker")

_FINISH = 2
"""Part of the engine's name; raise it when the same style and text come out differently."""

_START_TIMEOUT_S = 120.0
_TIMEOUT_S = 300.0
"""On an idle core a line of 200 characters takes 7 s; on one that others want it has taken minutes."""
_BACKGROUND_TIMES = 4
"""So much longer for what waits for everything else."""
_FIX = "run `pip install 'rehearse[natural]'`, see that 1 GB of memory is free, or choose `rehearse voices use system`"

_RATE = 170
"""Words a minute at Kokoro's own speed, 1."""
_PACE: Mapping[str, float] = {
    "tired": 0.9,
    "sad": 0.9,
    "hesitant": 0.9,
    "hurt": 0.93,
    "gentle": 0.95,
    "warm": 0.95,
    "flat": 0.96,
}
"""How much slower a mood speaks."""
_PAUSES_FOLLOW_PACE = 4
"""Who speaks slower pauses longer still: at a pace of 0.9, half as long again."""
_PAUSE_WINDOWS = 15
"""So much quiet, in windows of 10 ms, is a pause; the closure of a consonant is shorter."""
_QUIET_DB = -40.0
_WINDOW = VOICE_RATE // 100


def installed() -> bool:
    """Whether the extra `natural` is installed; whether it works shows when it starts."""
    return importlib.util.find_spec("kokoro_onnx") is not None


def kokoro_command(files: KokoroFiles, *, threads: int) -> tuple[str, ...]:
    """What starts the child. With one thread it works at the lowest priority."""
    return (*WORKER, str(files.model), str(files.voices), str(threads))


class KokoroVoice:
    """Every line in one natural voice. Safe to use from several threads.

    Its child process starts with the first line that is rendered, once the weights have been verified.
    """

    def __init__(
        self,
        voice: NaturalVoice,
        folder: Path,
        *,
        background: bool = False,
        command: Sequence[str] | None = None,
        timeout_s: float = _TIMEOUT_S,
    ) -> None:
        """`folder` holds the weights. `background`: on one core, when nobody else wants it.

        `command` starts another child than Kokoro's, which needs no weights.
        """
        self._voice = voice
        self._files = KokoroFiles.below(folder)
        self._verified = command is not None
        threads = 1 if background else max(2, os.cpu_count() or 2)
        self._speech = SpeechEngine(
            command or kokoro_command(self._files, threads=threads),
            timeout_s=timeout_s * (_BACKGROUND_TIMES if background else 1),
            start_timeout_s=_START_TIMEOUT_S * (_BACKGROUND_TIMES if background else 1),
            fix=_FIX,
        )

    @property
    def engine(self) -> str:
        """Which engine speaks, and how its sound is finished."""
        return f"kokoro-v1.0.int8/{_FINISH}"

    def style(self, line: Line) -> VoiceStyle:
        """How `line` is going to be spoken."""
        return VoiceStyle(self._voice.id, round(_RATE * _PACE.get(line.mood, 1.0)))

    def render(self, line: Line) -> Samples:
        """Speak `line`, as level as the system's voice; a slow mood has longer pauses too.

        Raises:
            VoiceFailed: two attempts failed.
            WeightsError: the weights are missing or damaged.
        """
        if not self._verified:
            self._files.verify()
            self._verified = True
        style = self.style(line)
        pace = style.rate / _RATE
        settings = {"voice": style.voice, "language": self._voice.language, "speed": pace}
        return with_pauses(self._speech.render(line.text, settings, style.rate), pace**-_PAUSES_FOLLOW_PACE)

    def close(self) -> None:
        """End the child process."""
        self._speech.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def with_pauses(samples: Samples, longer: float) -> Samples:
    """Make each pause inside `samples` so many times as long."""
    windows = samples[: len(samples) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    power = np.square(windows).mean(axis=1)
    loud = np.flatnonzero(power > power.max(initial=0.0) * 10 ** (_QUIET_DB / 10))
    parts: list[Samples] = []
    taken = 0
    for before, after in itertools.pairwise(loud):
        quiet = int(after - before - 1)
        if quiet >= _PAUSE_WINDOWS:
            middle = int(before + 1 + quiet // 2) * _WINDOW
            added = round(quiet * _WINDOW * (longer - 1))
            parts += [samples[taken:middle], np.zeros(added, dtype=np.float32)]
            taken = middle
    return np.concatenate([*parts, samples[taken:]])
