"""Replies that are written: at a keyboard, or beforehand in a file. For a quiet room, a broken microphone, or
someone who cannot speak."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from rehearse.audio.mixdown import Mixdown
from rehearse.dialogue import Cue, EndOfReplies, Floor, Foresee, Heard, Line, Reply, Silence, Spoken
from rehearse.errors import RepliesError

SECONDS_A_CHARACTER = 0.065
"""How long written words would have taken to say: about 150 words a minute."""


class PrintedLines:
    """A mouth that stays silent: the display has printed the line already."""

    def say(self, lines: Sequence[Line], floor: Floor, cue: Cue | None = None) -> Spoken:
        """Nothing to wait for."""
        return Spoken(0, 0.0)

    def cue(self, cue: Cue) -> None:
        """Nothing to hear."""

    def adjust(self, pace: float, volume_db: float) -> bool:
        """Nothing is too fast to read."""
        return False


class Keyboard:
    """An ear that reads what is typed. The end of input (Ctrl-D) ends the replies."""

    def __init__(self, prompt: str) -> None:
        with suppress(ImportError):  # not on every platform
            import readline  # noqa: F401  lets `input` move the cursor
        self._prompt = prompt
        self._began = monotonic()

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        """Wait for a line; `patience_s` is not kept, because nobody is hurried at a keyboard."""
        start_s = monotonic() - self._began
        try:
            text = input(self._prompt).encode(errors="replace").decode().strip()  # no half characters of a bad terminal
        except (EOFError, RuntimeError):  # RuntimeError: there is no standard input at all
            return EndOfReplies()
        end_s = monotonic() - self._began
        return Reply(text, start_s, end_s) if text else Silence(end_s - start_s)


class WrittenReplies:
    """An ear that takes its replies from the lines of a text file."""

    def __init__(self, path: Path, room: Mixdown) -> None:
        """Read the file; `room` keeps the session's clock.

        Raises:
            RepliesError: the file cannot be read or holds no line.
        """
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise RepliesError(f"cannot read {str(path)!r} ({error.strerror}); check the path") from None
        except UnicodeDecodeError:
            raise RepliesError(f"{str(path)!r} is not a UTF-8 text; save it as UTF-8") from None
        self._lines = [line.strip() for line in text.splitlines() if line.strip()]
        if not self._lines:
            raise RepliesError(f"{str(path)!r} holds no reply; write one a line")
        self._room = room

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        """The next line, as if it were said now."""
        if not self._lines:
            return EndOfReplies()
        text = self._lines.pop(0)
        start_s = self._room.now_s
        self._room.pass_time(len(text) * SECONDS_A_CHARACTER)
        return Reply(text, start_s, self._room.now_s)
