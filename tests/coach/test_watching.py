"""A folder is looked at again and again, and each file is taken once."""

import os
from pathlib import Path

import pytest

from rehearse.coach.watching import watch


class Clock:
    """Lets something happen between two looks, and ends it when nothing more does."""

    def __init__(self, *happens: object) -> None:
        self._happens = list(happens)

    def wait(self) -> None:
        if not self._happens:
            raise KeyboardInterrupt
        happens = self._happens.pop(0)
        if callable(happens):
            happens()


def test_what_comes_is_taken_once_and_what_has_changed_again(tmp_path: Path) -> None:
    first, second, other = (tmp_path / name for name in ("1.rehearse-share", "2.rehearse-share", "3.txt"))
    first.write_bytes(b"one")
    other.write_bytes(b"no share")
    taken: list[list[str]] = []

    def half() -> None:
        second.write_bytes(b"ha")

    def whole() -> None:
        second.write_bytes(b"half and half")
        os.utime(second, ns=(1, 1))

    clock = Clock(None, half, whole, None, first.unlink)
    with pytest.raises(KeyboardInterrupt):
        watch(tmp_path, lambda new: taken.append([path.name for path in new]), clock.wait)
    assert taken == [["1.rehearse-share"], ["2.rehearse-share"], ["2.rehearse-share"]]
