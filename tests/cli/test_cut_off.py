"""What the person is told of a session that was cut off, and how they go on with it."""

from contextlib import nullcontext, suppress

import pytest
from rich.console import Console
from sqlalchemy import update

from rehearse.agent import coach_lines
from rehearse.agent.conversation import Conversation
from rehearse.agent.drill import Drill
from rehearse.agent.drill_scene import drill_scene
from rehearse.agent.loop import Rehearsal
from rehearse.cli.front import _visit
from rehearse.cli.history import show
from rehearse.cli.keeping import OwnKeeping
from rehearse.cli.own_log import own_log
from rehearse.feedback.codes import Axis
from rehearse.practice.tables import SessionRow
from rehearse.settings import Settings
from rehearse.stage import Cast
from tests.agent.test_loop import FakeDisplay, FakeEar, FakeMouth, reply
from tests.coding import code_by_name
from tests.scenes import LIBRARY


def cut_off(conversation: Conversation) -> int:
    """One answer, and then Ctrl-C; the session's number."""
    keeper = OwnKeeping(Console(), mode=conversation.mode)
    rehearsal = Rehearsal(conversation, FakeDisplay(), keeper)
    with suppress(KeyboardInterrupt):
        rehearsal.hold(FakeMouth(), FakeEar(reply("advises"), KeyboardInterrupt))
    keeper.end(rehearsal.session)
    assert keeper.session
    return keeper.session


def test_a_scene_can_be_gone_on_with(capsys: pytest.CaptureFixture[str]) -> None:
    id_ = cut_off(Conversation(LIBRARY["hard-day"], seed=1, coder=code_by_name))
    assert "`rehearse resume` goes on with it." in capsys.readouterr().out
    show(str(id_))
    assert f"`rehearse resume {id_}` goes on with it." in capsys.readouterr().out


def test_a_drill_cannot_and_nobody_is_told_that_it_can(capsys: pytest.CaptureFixture[str]) -> None:
    id_ = cut_off(Drill(drill_scene(Axis.LABELING, [*LIBRARY.values()], seed=1), seed=1, coder=code_by_name))
    show(str(id_))
    shown = capsys.readouterr().out
    assert f"Kept as session {id_}." in shown
    assert "resume" not in shown


def at_the_door(*said: str) -> list[str]:
    """What is said there to somebody who says this."""
    mouth = FakeMouth()
    cast = Cast(mouth, FakeEar(*map(reply, said)))
    _visit(Console(quiet=True), lambda *_: nullcontext(cast), Settings(), typed=True)
    return mouth.lines


def test_at_the_door_it_is_gone_on_with_once() -> None:
    id_ = cut_off(Conversation(LIBRARY["hard-day"], seed=1, coder=code_by_name))
    lines = at_the_door("the hard day", "You sound worn out.", "stop", "yes", "once more", "stop", "yes", "enough")
    assert any("You could go on with it." in line for line in lines)
    assert lines.count(coach_lines.WELCOME_BACK) == 1
    with own_log() as log:
        assert [(past.id, past.turns, past.over) for past in log.history()] == [(id_, 2, True)]


def test_what_does_not_fit_its_scene_any_more_is_begun_anew() -> None:
    cut_off(Conversation(LIBRARY["hard-day"], seed=1, coder=code_by_name))
    with own_log() as log, log.database.writing() as rows:
        rows.execute(update(SessionRow).values(position={"standings": []}))
    assert coach_lines.WELCOME_BACK not in at_the_door("the hard day", "You sound worn out.", "stop", "yes", "enough")
    with own_log() as log:
        assert [(past.turns, past.over) for past in log.history()] == [(1, False), (1, True)]


def test_what_was_stopped_can_be_begun_again() -> None:
    at_the_door("the hard day", "You sound worn out.", "stop", "yes", "enough")
    lines = at_the_door("the hard day", "You sound worn out.", "stop", "yes", "enough")
    assert any("You could begin it again." in line for line in lines)
    assert coach_lines.WELCOME_BACK not in lines
