"""A folder into which clients' files come: what is new in it, from one look to the next."""

from collections.abc import Callable
from pathlib import Path

from rehearse.coach.shares import ENDING

SECONDS = 3.0
"""Between two looks."""


class Watched:
    """A folder, and what was seen in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: set[tuple[str, int, int]] = set()

    def new(self) -> list[Path]:
        """Files that end in `.rehearse-share` and were not there at the last look, or were otherwise: one that was
        still being written comes again. In order of name."""
        found = {}
        for path in sorted(self._folder.glob(f"*{ENDING}")):
            try:
                state = path.stat()
            except OSError:
                continue  # taken away just now
            found[path] = (path.name, state.st_size, state.st_mtime_ns)
        new = [path for path, seen in found.items() if seen not in self._seen]
        self._seen = set(found.values())
        return new


def watch(folder: Path, take: Callable[[list[Path]], None], wait: Callable[[], None]) -> None:
    """Give `take` whatever is new in `folder`, and `wait` between two looks, until that raises."""
    watched = Watched(folder)
    while True:
        if new := watched.new():
            take(new)
        wait()
