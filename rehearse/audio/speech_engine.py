"""A speech engine in a child process of its own, one utterance a request, into a file that has no name.

Whatever goes wrong with the child (a crash, a hang, a file that does not hold what it should) ends it, and a fresh one
is asked once more. What the two say to each other: `speech_worker`.
"""

import contextlib
import json
import queue
import subprocess
import threading
import typing
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, TypeVar

import numpy as np
import soundfile
import soxr

from rehearse import faults
from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.loudness import levelled
from rehearse.audio.unnamed_file import UnnamedFile
from rehearse.audio.voice import InstalledVoice
from rehearse.errors import VoiceEngineMissing, VoiceFailed

_TIMEOUT_CHARACTERS = 200
"""For so many characters a line is given the time-out once more."""

_PAUSE_S = 0.5
"""The length of a line that holds nothing to pronounce, such as "…"."""

_LETTERS_A_WORD = 5
_PLAUSIBLE_SHARE = 0.4
"""Speech shorter than this share of what its rate promises has lost words; espeak-ng's lies above 0.9."""

_WINDOW = VOICE_RATE // 100
_VOICED_DB = -40.0
"""A window of 10 ms is voiced when it is not quieter than this below the loudest one."""
_LEAD_WINDOWS, _TAIL_WINDOWS = 5, 15
"""Silence left before and after the speech: soft first and last sounds lie below the threshold."""

_Result = TypeVar("_Result")


class _AttemptError(Exception):
    """One attempt failed; the message says how."""


class SpeechEngine:
    """Renders texts. Safe to use from several threads. Its child runs from the first need on until it is closed."""

    def __init__(self, command: Sequence[str], *, timeout_s: float, start_timeout_s: float, fix: str) -> None:
        """`command` starts the child; `timeout_s` is what an empty text is given, a longer one gets more.

        `fix`: what a person can do about a child that does not start.
        """
        self._command = tuple(command)
        self._timeout_s = timeout_s
        self._start_timeout_s = start_timeout_s
        self._fix = fix
        self._child: _Child | None = None
        self._lock = threading.Lock()

    def introduced(self) -> tuple[str, list[InstalledVoice]]:
        """The engine's name and the voices that it offers.

        Raises:
            VoiceEngineMissing: two attempts to start it failed.
        """
        with self._lock:
            try:
                child = _twice(self._running)
            except _AttemptError as failure:
                raise VoiceEngineMissing(f"no speech engine could be started: {failure}; {self._fix}") from failure
            return child.engine, child.voices

    def render(self, text: str, settings: Mapping[str, object], rate: int) -> Samples:
        """Speak `text`: trimmed, and as loud as every other. One without a letter or digit is a pause.

        `settings` go to the child with the text; `rate` is the words a minute that they come to.

        Raises:
            VoiceFailed: two attempts failed.
        """
        # espeak-ng ends a text at a null character.
        text = "".join(character if character.isprintable() else " " for character in text)
        if not any(character.isalnum() for character in text):
            return np.zeros(round(_PAUSE_S * VOICE_RATE), dtype=np.float32)
        with self._lock:
            try:
                return _twice(lambda: self._attempt(text, settings, rate))
            except _AttemptError as failure:
                raise VoiceFailed(
                    # The line may hold what the person has said, so that it is not quoted.
                    f"the speech engine failed twice on a line of {len(text)} characters: {failure}; "
                    "`rehearse doctor` looks into it; or practise in writing with --text"
                ) from failure

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            self._end()

    def _attempt(self, text: str, settings: Mapping[str, object], rate: int) -> Samples:
        timeout_s = self._timeout_s * (1 + len(text) / _TIMEOUT_CHARACTERS)
        try:
            child = self._running()
            with child.file.lent() as path:
                faults.strike("voice")
                child.ask({"text": text, **settings, "path": str(path)}, timeout_s)
                return _finished(_read(path), _shortest_s(text, rate))
        except OSError as error:
            self._end()
            raise _AttemptError(str(error)) from error
        except BaseException:  # Ctrl-C as well: the answer would be taken for that to the next line
            self._end()
            raise

    def _running(self) -> "_Child":
        if self._child is None:
            self._child = _Child(self._command, self._start_timeout_s)
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """A running worker. Everything that fails raises _AttemptError; the child is then of no more use."""

    engine: str
    voices: list[InstalledVoice]

    def __init__(self, command: Sequence[str], timeout_s: float) -> None:
        with contextlib.ExitStack() as undoing:
            try:
                self.file = UnnamedFile()
                undoing.callback(self.file.close)
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    pass_fds=self.file.inherited,
                )
            except OSError as error:
                raise _AttemptError(str(error)) from error
            undoing.pop_all()
        self._answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        # A thread, since a pipe cannot be waited for with a time limit on every platform.
        self._reader = threading.Thread(target=self._read, name="speech answers", daemon=True)
        self._reader.start()
        try:
            self._introduce(self._answer(timeout_s))
        except BaseException:
            self.end()
            raise

    def ask(self, request: dict[str, Any], timeout_s: float) -> None:
        """Have one utterance rendered."""
        requests = typing.cast(IO[bytes], self._process.stdin)
        try:
            requests.write(json.dumps(request).encode() + b"\n")
            requests.flush()
        except BrokenPipeError:
            raise self._ended() from None
        answer = self._answer(timeout_s)
        if answer != {"ok": True}:
            raise _AttemptError(str(answer.get("error", f"it answered {answer}")))

    def end(self) -> None:
        """Kill it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(BrokenPipeError):  # a request that it did not live to read
                typing.cast(IO[bytes], pipe).close()
        self.file.close()

    def _introduce(self, hello: dict[str, Any]) -> None:
        if "missing" in hello:
            raise _AttemptError(str(hello["missing"]))
        try:
            self.engine = str(hello["engine"])
            self.voices = [
                InstalledVoice(voice["name"], voice["gender"], tuple(voice["languages"])) for voice in hello["voices"]
            ]
        except (KeyError, TypeError):
            raise _AttemptError(f"it introduced itself as {hello}") from None

    def _answer(self, timeout_s: float) -> dict[str, Any]:
        try:
            line = self._answers.get(timeout=timeout_s)
        except queue.Empty:
            raise _AttemptError(f"no answer within {timeout_s:.1f} s") from None
        if not line:
            raise self._ended()
        with contextlib.suppress(ValueError):
            answer = json.loads(line)
            if isinstance(answer, dict):
                return answer
        raise _AttemptError(f"it answered {line[:40]!r}")

    def _ended(self) -> _AttemptError:
        try:
            return _AttemptError(f"its process ended with status {self._process.wait(timeout=0.2)}")
        except subprocess.TimeoutExpired:
            return _AttemptError("it closed its pipes")

    def _read(self) -> None:
        for line in typing.cast(IO[bytes], self._process.stdout):
            self._answers.put(line)
        self._answers.put(b"")


def _twice(attempt: Callable[[], _Result]) -> _Result:
    try:
        return attempt()
    except _AttemptError:
        return attempt()


def _shortest_s(text: str, rate: int) -> float:
    """How long speaking `text` takes at the very least, counting letters that every English voice speaks."""
    letters = sum(character.isascii() and character.isalnum() for character in text)
    return _PLAUSIBLE_SHARE * letters / _LETTERS_A_WORD * 60 / rate


def _read(path: Path) -> Samples:
    """The sound in a WAV or AIFF file, at `VOICE_RATE`; raises _AttemptError when the file is not whole."""
    with path.open("rb") as file:
        head = file.read(8)
    # Both begin with a name and the length of what follows; libsndfile reads a truncated file without a word.
    declared = 8 + int.from_bytes(head[4:], "big" if head.startswith(b"FORM") else "little")
    if len(head) < 8 or path.stat().st_size < declared:
        raise _AttemptError(f"it wrote {path.stat().st_size} of {declared} bytes")
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise _AttemptError(f"it wrote no sound file: {error}") from error
    resampled: Samples = soxr.resample(samples.mean(axis=1), rate, VOICE_RATE)
    return resampled


def _finished(samples: Samples, shortest_s: float) -> Samples:
    """Trim the silence around the speech, level the speech; raises _AttemptError when too little is left."""
    windows = samples[: len(samples) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    power = np.square(windows).mean(axis=1)
    voiced = np.flatnonzero(power > power.max(initial=0.0) * 10 ** (_VOICED_DB / 10))
    if len(voiced) == 0:
        raise _AttemptError("it wrote silence")
    if (voiced[-1] + 1 - voiced[0]) * _WINDOW < shortest_s * VOICE_RATE:
        raise _AttemptError("it wrote less than the line")
    start = max(0, voiced[0] - _LEAD_WINDOWS) * _WINDOW
    end = (voiced[-1] + 1 + _TAIL_WINDOWS) * _WINDOW
    return levelled(samples[start:end])
