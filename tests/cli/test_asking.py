"""A question that ends otherwise than with its answer: Ctrl-C, and a log that cannot take what was told."""

from contextlib import nullcontext
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from rehearse.agent.journaling import ENTRY, journaling
from rehearse.cli.asking import Say, ask_on
from rehearse.cli.front import _visit
from rehearse.cli.main import app
from rehearse.cli.own_log import own_log
from rehearse.dialogue import Reply
from rehearse.errors import LogUnwritable
from rehearse.practice.journal import Journal
from rehearse.practice.talks import PlannedTalk, Talks
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


def refuse(*_: object, **__: object) -> int:
    raise LogUnwritable("your practice log cannot be written; make room")


@pytest.fixture
def no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log that can be read and not written; where the program is started."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Journal, "write", refuse)
    monkeypatch.setattr(Talks, "change", refuse)
    return tmp_path


def test_what_the_log_cannot_take_is_saved_elsewhere(no_room: Path) -> None:
    done = CliRunner().invoke(app, ["journal", "--text"], input="It was a long day.\nIt stayed.\n\n")
    assert done.exit_code == 0
    assert "your practice log cannot be written; make room. What you told can be saved elsewhere." in done.output
    (saved,) = no_room.glob("*-told.txt")
    assert saved.read_text("utf-8") == "It was a long day.\nIt stayed.\n"
    assert f"What you told is in {saved}" in done.output


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("yes", "It was warm.", "that's it", "Hello."), "yes\n\nIt was warm.\n\nHello.\n"),
        (("skip", "journal", "It was a long day.", "that's it"), "It was a long day.\n"),
    ],
)
def test_so_it_is_at_the_door(said: tuple[str, ...], told: str, no_room: Path) -> None:
    with own_log() as log:
        Talks(log.database).plan(PlannedTalk("Sam", on_day=date(2026, 1, 5)))
    screen = StringIO()
    cast = Cast(FakeMouth(), FakeEar(*map(reply, said)))
    _visit(Console(file=screen, width=500), lambda *_: nullcontext(cast), Settings(introduced=True))
    (saved,) = no_room.glob("*-told.txt")
    assert saved.read_text("utf-8") == told
    assert f"What you told is in {saved}" in screen.getvalue()


def test_a_log_that_cannot_be_read_is_told_of_at_the_door(own_home: Path) -> None:
    (own_home / "data").mkdir()
    (own_home / "data" / "practice.db").write_bytes(b"no database" * 1000)
    screen = StringIO()
    cast = Cast(FakeMouth(), FakeEar(reply("journal")))
    _visit(Console(file=screen, width=500), lambda *_: nullcontext(cast), Settings(introduced=True))
    assert "You can practise all the same." in screen.getvalue()
    assert "Nothing can be written in your journal now." in screen.getvalue()
