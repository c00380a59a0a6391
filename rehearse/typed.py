"""What is typed during a conversation by voice counts as said: for who cannot speak just now, or is not understood."""

import os
import select
from collections import deque
from collections.abc import Callable

_MOST_BYTES = 4096


class TypedLines:
    """The lines that are ended with Enter at a terminal. Looked for without waiting, so that no thread need sit there,
    and the terminal keeps its ways: line editing, and Ctrl-C."""

    def __init__(self, descriptor: int, is_command: Callable[[str], bool]) -> None:
        """`descriptor`: of the terminal, open for reading. `is_command`: whether a line is for the program."""
        self._descriptor = descriptor
        self._is_command = is_command
        self._lines: deque[str] = deque()
        self._begun = b""

    def next(self, only_command: bool) -> str | None:
        """The next line typed, if there is one; with `only_command`, only if it is for the program. Never waits.

        What is no command is kept until it is asked for: whoever types a reply while a line is spoken is not hurried.
        """
        self._read()
        if not self._lines or (only_command and not self._is_command(self._lines[0])):
            return None
        return self._lines.popleft()

    def _read(self) -> None:
        if not select.select([self._descriptor], [], [], 0)[0]:
            return
        try:
            *whole, self._begun = (self._begun + os.read(self._descriptor, _MOST_BYTES)).split(b"\n")
        except OSError:  # the terminal has been closed
            return
        lines = (line.decode(errors="replace").strip() for line in whole)
        self._lines.extend(filter(None, lines))
