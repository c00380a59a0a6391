"""What the person is told of a session that was cut off, and how they go on with it."""

from contextlib import suppress

import pytest
from rich.console import Console

from rehearse.agent.conversation import Conversation
from rehearse.agent.drill import Drill
from rehearse.agent.drill_scene import drill_scene
from rehearse.agent.loop import Rehearsal
from rehearse.cli.history import show
from rehearse.cli.keeping import OwnKeeping
from rehearse.feedback.codes import Axis
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
