"""The voice that is always there: the system's own speech engine, driven through pyttsx3 in a child process."""

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rehearse.audio.frames import Samples
from rehearse.audio.speech_engine import SpeechEngine
from rehearse.audio.voice import Gender, VoiceStyle, cast, in_mood
from rehearse.dialogue import Line

# -P: a file in the current folder must not stand in for a module of the same name.
WORKER = (sys.executable, "-P", "-m", "rehearse.audio.speech_worker")

_FINISH = 2
"""Part of the engine's name; raise it when the same style and text come out differently."""

_START_TIMEOUT_S = 30.0
_TIMEOUT_S = 5.0
"""A hundred times what espeak-ng takes."""

_FIX = (
    "install one with `apt install espeak-ng` or `pip install espeakng-loader`"
    if sys.platform == "linux"
    else "repair it with `pip install --force-reinstall pyttsx3`"
)


class Pyttsx3Voice:
    """Partner and coach in two voices of the system's speech engine. Safe to use from several threads.

    Its child process runs from the moment it is made until it is closed.
    """

    def __init__(
        self,
        partner: Gender,
        *,
        command: Sequence[str] = WORKER,
        timeout_s: float = _TIMEOUT_S,
        start_timeout_s: float = _START_TIMEOUT_S,
    ) -> None:
        """`command` starts the child; `timeout_s` is what an empty text is given, a longer one gets more.

        Raises:
            VoiceEngineMissing: no engine starts.
        """
        self._speech = SpeechEngine(command, timeout_s=timeout_s, start_timeout_s=start_timeout_s, fix=_FIX)
        self._engine, voices = self._speech.introduced()
        self._cast = cast(partner, self._engine, voices)

    @property
    def engine(self) -> str:
        """Which engine speaks, and how its sound is finished."""
        return f"pyttsx3/{self._engine}/{_FINISH}"

    def style(self, line: Line) -> VoiceStyle:
        """How `line` is going to be spoken."""
        return in_mood(self._cast[line.speaker], line.mood, line.pace)

    def render(self, line: Line) -> Samples:
        """Speak `line`: trimmed, and as loud as every other. One without a letter or digit is a pause.

        Raises:
            VoiceFailed: two attempts failed.
        """
        style = self.style(line)
        settings = {"voice": style.voice, "rate": style.rate, "pitch": style.pitch}
        return self._speech.render(line.text, settings, style.rate)

    def close(self) -> None:
        """End the child process."""
        self._speech.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
