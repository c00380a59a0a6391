"""A question that ends otherwise than with its answer: Ctrl-C, and a log that cannot take what was told."""

from contextlib import nullcontext
from io import StringIO

import pytest
import typer
from rich.console import Console

from rehearse.agent.journaling import ENTRY, journaling
from rehearse.cli.asking import Say, ask_on
from rehearse.cli.front import _visit
from rehearse.dialogue import Reply
from rehearse.settings import Settings
from rehearse.stage import Cast
from tests.agent.test_loop import FakeEar, FakeMouth, reply

CLEARED = "\x1b[3J"
HURT, DARK, NOT_MEANT = reply("he hit me"), reply("i want to kill myself"), reply("that was not meant")
A_LONG_DAY = reply("It was a long day.")


class Telling:
    """A journal entry at a terminal, broken off with Ctrl-C after what was `said`."""

    def __init__(self, *said: Reply) -> None:
        self.screen = StringIO()
        self.kept: list[str] = []
        self._console = Console(file=self.screen, force_terminal=True)
        self._cast = Cast(FakeMouth(), FakeEar(*said, KeyboardInterrupt))

    def end(self) -> None:
        ask_on(self._cast, journaling("What stayed?"), self._keep, self._console)

    def _keep(self, answers: dict[str, str]) -> Say:
        self.kept.append(answers[ENTRY])
        return lambda: self._console.print("Kept.")


def test_ctrl_c_keeps_what_was_told_and_says_so() -> None:
    told = Telling(A_LONG_DAY)
    with pytest.raises(KeyboardInterrupt):
        told.end()
    assert told.kept == [A_LONG_DAY.text]
    assert told.screen.getvalue().endswith("Kept.\n")
    assert CLEARED not in told.screen.getvalue()


@pytest.mark.parametrize(("found", "cleared"), [(HURT, True), (DARK, False)])
def test_ctrl_c_after_a_finding_leaves_at_once(found: Reply, *, cleared: bool) -> None:
    told = Telling(A_LONG_DAY, found)
    with pytest.raises(typer.Exit):
        told.end()
    assert told.kept == []
    assert told.screen.getvalue().endswith(CLEARED) is cleared
    assert (CLEARED in told.screen.getvalue()) is cleared


def test_ctrl_c_after_abuse_that_was_not_meant_keeps_it_and_leaves_no_trace() -> None:
    told = Telling(A_LONG_DAY, HURT, NOT_MEANT)
    with pytest.raises(typer.Exit):
        told.end()
    assert told.kept == ["It was a long day. he hit me"]
    assert told.screen.getvalue().endswith(CLEARED)


@pytest.mark.parametrize(("said", "cleared"), [([HURT], True), ([HURT, NOT_MEANT], True), ([A_LONG_DAY], False)])
def test_ctrl_c_at_the_door_leaves_no_trace_after_abuse(said: list[Reply], *, cleared: bool) -> None:
    screen = StringIO()
    console = Console(file=screen, force_terminal=True)
    cast = Cast(FakeMouth(), FakeEar(*said, KeyboardInterrupt))
    with pytest.raises(typer.Exit if cleared else KeyboardInterrupt):
        _visit(console, lambda *_: nullcontext(cast), Settings())
    assert screen.getvalue().endswith(CLEARED) is cleared
