"""What is typed at a terminal, looked for without waiting."""

import os
import pty
import termios
from collections.abc import Iterator

import pytest

from rehearse.typed import TypedLines


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    reading, writing = os.pipe()
    yield reading, writing
    for descriptor in (reading, writing):
        os.close(descriptor)


def is_command(line: str) -> bool:
    return line == "stop"


def test_a_line_counts_when_it_is_ended(pipe: tuple[int, int]) -> None:
    typed = TypedLines(pipe[0], is_command)
    assert typed.next(False) is None
    os.write(pipe[1], b"That sounds ")
    assert typed.next(False) is None
    os.write(pipe[1], "hard — truly.\n".encode())
    assert typed.next(False) == "That sounds hard — truly."
    assert typed.next(False) is None


def test_several_lines_come_one_by_one_and_empty_ones_not_at_all(pipe: tuple[int, int]) -> None:
    typed = TypedLines(pipe[0], is_command)
    os.write(pipe[1], b"one\n\n  \ntwo\n")
    assert [typed.next(False) for _ in range(3)] == ["one", "two", None]


def test_only_a_command_interrupts_and_a_reply_waits(pipe: tuple[int, int]) -> None:
    typed = TypedLines(pipe[0], is_command)
    os.write(pipe[1], b"stop\nI hear you.\nstop\n")
    assert [typed.next(True) for _ in range(2)] == ["stop", None]
    assert [typed.next(False) for _ in range(2)] == ["I hear you.", "stop"]


def test_half_characters_of_a_bad_terminal_are_no_reason_to_stop(pipe: tuple[int, int]) -> None:
    typed = TypedLines(pipe[0], is_command)
    os.write(pipe[1], b"caf\xe9\n")
    assert typed.next(False) == "caf\ufffd"


def test_a_terminal_is_left_as_it_was_and_may_go_away() -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(theirs)
    typed = TypedLines(theirs, is_command)
    os.write(ours, b"pause\n")
    lines = [typed.next(False) for _ in range(2)]
    assert lines == ["pause", None]
    assert termios.tcgetattr(theirs) == before
    os.close(ours)
    assert typed.next(False) is None
    os.close(theirs)
