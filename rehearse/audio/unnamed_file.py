"""The file through which a child process hands a sound over: on Linux it has no name and lies in memory alone.

So a program that is killed leaves no sound behind. Elsewhere it lies in a private temporary folder, which the next
start finds (`rehearse.traces`).
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rehearse.traces import mark


class UnnamedFile:
    """A file that a child process can write to, again and again. Closed by `close`."""

    def __init__(self) -> None:
        """Make it.

        Raises:
            OSError: there is no memory for it.
        """
        in_memory = sys.platform == "linux" and Path("/proc/self/fd").is_dir()
        self._descriptor = os.memfd_create("sound") if in_memory else None

    @property
    def inherited(self) -> tuple[int, ...]:
        """What the child has to be started with (`pass_fds`)."""
        return () if self._descriptor is None else (self._descriptor,)

    @contextmanager
    def lent(self) -> Iterator[Path]:
        """Its path, the same in this process and in the child; it is empty before, and wiped afterwards.

        Raises:
            OSError: there is no room.
        """
        if self._descriptor is None:
            with tempfile.TemporaryDirectory(prefix=mark()) as folder:
                yield Path(folder) / "line.wav"
            return
        try:
            yield Path(f"/proc/self/fd/{self._descriptor}")
        finally:
            os.ftruncate(self._descriptor, 0)

    def close(self) -> None:
        """Let go of it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
