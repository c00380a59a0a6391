"""How an answer sounded: kept where the person asked for it, heard again, and dropped after its days."""

from datetime import timedelta

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Rehearsal
from rehearse.audio.frames import Samples
from rehearse.cli import history
from rehearse.cli.keeping import OwnKeeping
from rehearse.cli.main import app
from rehearse.cli.own_log import own_log
from rehearse.dialogue import Foresee, Heard, Reply
from rehearse.paths import sessions_dir, settings_file
from rehearse.practice.forgetting import keep_to
from rehearse.practice.log import now
from rehearse.scenarios.schema import Scenario
from rehearse.settings import Settings
from tests.agent.test_loop import FakeDisplay, FakeEar, FakeMouth
from tests.coding import code_by_name

RATE = 16_000
SOUND = (0.1 * np.sin(np.arange(RATE) / 20)).astype(np.float32)


class HeardToo(FakeEar):
    """Hands over the sound of each reply before the reply, as a live ear does."""

    def __init__(self, keeper: OwnKeeping, *replies: Reply) -> None:
        super().__init__(*replies)
        self._keeper = keeper

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        heard = super().listen(patience_s, foresee)
        if isinstance(heard, Reply) and heard.start_s < 5:
            self._keeper.hear(heard.start_s, SOUND)
        return heard


@pytest.fixture
def session(scene: Scenario) -> int:
    """One of two answers, the first of which was kept as sound."""
    keeper = OwnKeeping(Console())
    rehearsal = Rehearsal(Conversation(scene, seed=1, coder=code_by_name), FakeDisplay(), keeper)
    ear = HeardToo(keeper, Reply("labels_feeling", 1.0, 2.0), Reply("explores", 8.0, 9.0))
    rehearsal.hold(FakeMouth(), ear)
    keeper.end(rehearsal.session)
    assert keeper.session is not None
    return keeper.session


def test_an_answer_is_heard_as_it_sounded(session: int, monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[tuple[Samples, int]] = []
    monkeypatch.setattr(history, "play", lambda *sound: played.append(sound))
    done = CliRunner().invoke(app, ["show", str(session), "--hear", "1"])
    assert done.exit_code == 0
    ((samples, rate),) = played
    assert rate == RATE
    np.testing.assert_allclose(samples, SOUND, atol=1e-4)


def test_one_that_was_not_kept_is_not_there(session: int) -> None:
    with own_log() as log:
        assert [turn.hearable for turn in log.turns(session)] == [True, False]
    done = CliRunner().invoke(app, ["show", str(session), "--hear", "2"])
    assert done.exit_code != 0
    assert "--keep-audio" in str(done.exception)


def test_the_hint_plays_the_answer_beside_which_it_stands(scene: Scenario, session: int) -> None:
    keeper = OwnKeeping(Console())
    rehearsal = Rehearsal(Conversation(scene, seed=1, coder=code_by_name), FakeDisplay(), keeper)
    said = (("advises", 1.0), ("try that again", 2.0), ("explores", 3.0), ("try that again", 4.0))
    rehearsal.hold(FakeMouth(), HeardToo(keeper, *(Reply(text, at, at + 0.5) for text, at in said)))
    keeper.end(rehearsal.session)
    assert keeper.session
    with own_log() as log:
        assert [turn.hearable for turn in log.turns(keeper.session)] == [True, True]
    shown = CliRunner().invoke(app, ["show", str(session)]).output
    assert f"♪ rehearse show {session} --hear 1" in shown
    assert "♪" not in CliRunner().invoke(app, ["show", str(keeper.session)]).output


def test_after_its_days_it_is_gone_and_the_words_are_there(session: int) -> None:
    later = now() + timedelta(days=Settings.load(settings_file()).sound_days + 1)
    with own_log() as log:
        keep_to(log, sessions_dir(), days=None, at=later)
        turns = log.turns(session)
    assert [turn.hearable for turn in turns] == [False, False]
    assert turns[0].entry["reply"]["text"] == "labels_feeling"
