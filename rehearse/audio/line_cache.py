"""Rendered lines, kept in memory and on disk, so that speaking one costs nothing at run time."""

import contextlib
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import astuple
from pathlib import Path

import soundfile

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.voice import Voice, VoiceStyle
from rehearse.dialogue import Line
from rehearse.errors import OutputError
from rehearse.whole_files import replacing


class CachedVoice:
    """A voice that renders each line once. Safe to use from several threads if `voice` is.

    The cache is a folder of FLAC files, readable by their owner only and named after the SHA-256 of
    engine, style and text. FLAC carries checksums: a damaged file is noticed and rendered again. Where
    the folder cannot be written, the lines are kept in memory alone.
    """

    def __init__(self, voice: Voice, folder: Path) -> None:
        self._voice = voice
        self._folder = folder
        self._memory: dict[str, Samples] = {}

    @property
    def engine(self) -> str:
        """Which engine speaks."""
        return self._voice.engine

    def style(self, line: Line) -> VoiceStyle:
        """How `line` is going to be spoken."""
        return self._voice.style(line)

    def render(self, line: Line) -> Samples:
        """The sound of `line`, the same to the last bit whether it was cached or not.

        A line that quotes the person is rendered each time, and kept nowhere. Raises VoiceError.
        """
        if line.private:
            return self._voice.render(line)
        key = self._key(line)
        if not self.has(line):
            encoded = _encode(self._voice.render(line))
            with contextlib.suppress(OSError, OutputError):
                _store(self._path(key), encoded)
            self._memory[key] = _decode(encoded)
        return self._memory[key]

    def has(self, line: Line) -> bool:
        """Whether `line` is rendered already; from then on it is at hand."""
        if line.private:
            return False
        key = self._key(line)
        if key not in self._memory and (samples := _load(self._path(key))) is not None:
            self._memory[key] = samples
        return key in self._memory

    def prepare(self, lines: Iterable[Line], progress: Callable[[int, int], None] | None = None) -> None:
        """Render ahead whatever of `lines` is missing; `progress` gets how many of how many are there.

        Raises:
            VoiceError: one of them cannot be spoken.
        """
        wanted = list(dict.fromkeys(lines))
        for done, line in enumerate(wanted, start=1):
            self.render(line)
            if progress:
                progress(done, len(wanted))

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.flac"

    def _key(self, line: Line) -> str:
        identity = [self.engine, *astuple(self.style(line)), line.text]
        return hashlib.sha256(json.dumps(identity).encode()).hexdigest()


def _load(path: Path) -> Samples | None:
    try:
        return _decode(path.read_bytes())
    except (OSError, soundfile.LibsndfileError):
        return None


def _store(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def _encode(samples: Samples) -> bytes:
    encoded = io.BytesIO()
    soundfile.write(encoded, samples, VOICE_RATE, format="FLAC", subtype="PCM_16")
    return encoded.getvalue()


def _decode(encoded: bytes) -> Samples:
    samples: Samples = soundfile.read(io.BytesIO(encoded), dtype="float32")[0]
    return samples
