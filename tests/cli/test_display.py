"""Everything that is heard can be read."""

import io

import pytest
from rich.console import Console

from rehearse.agent.coach_lines import coach, hint, verdict
from rehearse.cli.display import ConsoleDisplay
from rehearse.dialogue import Cue, Line, Speaker


def display(*, terminal: bool = False) -> tuple[ConsoleDisplay, io.StringIO]:
    out = io.StringIO()
    return ConsoleDisplay(Console(file=out, force_terminal=terminal, width=100), "Jamie"), out


@pytest.mark.parametrize(
    ("line", "who"),
    [
        (Line("You never listen.", Speaker.PARTNER), "Jamie"),
        (coach("Let's rest here."), "Coach"),
        (hint("Name what you hear."), "Coach"),
        (verdict("You said, I was scared."), "Coach"),
    ],
)
def test_every_line_is_printed_with_who_says_it(line: Line, who: str) -> None:
    shown, out = display()
    shown.said(line)
    assert out.getvalue().split() == [who, *line.text.split()]


def test_a_soft_sound_that_nothing_else_tells_of_is_printed() -> None:
    shown, out = display()
    for cue in Cue:
        shown.sounded(cue)
    assert [line.strip() for line in out.getvalue().splitlines()] == [
        "(got it)",
        "(still listening)",
        "(paused)",
        "(microphone lost)",
        "(back)",
    ]


def test_what_the_program_does_stands_still_and_makes_room() -> None:
    shown, out = display(terminal=True)
    shown.busy("Listening…")
    waiting = out.getvalue()
    assert waiting.count("Listening…") == 1
    assert not waiting.endswith("\n")  # what is typed stands beside it
    shown.said(coach("Take your time."))
    assert out.getvalue()[len(waiting) :].startswith("\r\x1b[2K")


def test_where_nobody_looks_nothing_is_said_of_it() -> None:
    shown, out = display()
    shown.busy("Listening…")
    shown.busy(None)
    assert out.getvalue() == ""
