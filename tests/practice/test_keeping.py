"""A session is in the log turn by turn as it stands, whatever happens in it, and is gone on with from there."""

import random
from pathlib import Path
from typing import Any

import pytest

from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Rehearsal
from rehearse.dialogue import EndOfReplies, Foresee, Heard, Reply
from rehearse.errors import LogError, SessionError
from rehearse.feedback.codes import Code, CodedReply
from rehearse.practice.database import Database
from rehearse.practice.keeping import Keeping, cut_off
from rehearse.practice.log import About, PracticeLog, about, now
from rehearse.practice.report import report_of
from rehearse.practice.session import Position, Session
from rehearse.scenarios.loader import load
from rehearse.scenarios.schema import Scenario
from tests.agent.test_loop import FakeDisplay, FakeEar, FakeMouth
from tests.coding import code_by_name, coded
from tests.conftest import SCENE

SAID = (
    "advises",
    "labels_feeling",
    "validates",
    "denies",
    "hm",
    "try that again",
    "start over",
    "yes",
    "i don't agree",
)


class BrokenOff(Exception):
    """The program was cut off."""


def failing(error: LogError) -> None:
    pytest.fail(str(error))


class Talking:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        return Reply(self._chance.choice(SAID), 0.0, 1.0) if self._chance.random() < 0.9 else EndOfReplies()


class Comparing:
    """Keeps, and compares what is kept; breaks off after so many turns."""

    def __init__(self, keeping: Keeping, log: PracticeLog, turns: int) -> None:
        self._keeping = keeping
        self._log = log
        self._left = turns

    def keep(self, session: Session, position: Position) -> None:
        self._keeping.keep(session, position)
        assert self._keeping.id is not None
        assert without_order(self._log.report(self._keeping.id)) == without_order(report_of(session))
        numbers = [turn.number for turn in self._log.turns(self._keeping.id) if not turn.retried]
        assert numbers == list(range(len(session.turns)))
        self._left -= 1
        if self._left <= 0:
            raise BrokenOff


def without_order(report: dict[str, Any]) -> dict[str, Any]:
    """Which of several turns was tried again first says nothing."""
    return {**report, "retried": sorted(report["retried"], key=str)}


@pytest.mark.parametrize("seed", range(12))
def test_the_log_has_what_the_session_is_after_every_turn(scene: Scenario, log: PracticeLog, seed: int) -> None:
    chance = random.Random(seed)
    goes_on: int | None = None
    for _ in range(4):
        before = cut_off(log, goes_on) if goes_on else None
        started = about(log.past(goes_on)) if goes_on else About(now())
        keeping = Keeping(log, started, trouble=failing, goes_on=goes_on)
        conversation = Conversation(scene, seed=seed, coder=code_by_name, cut_off=before)
        played = Rehearsal(conversation, FakeDisplay(), Comparing(keeping, log, chance.randrange(1, 8)))
        try:
            played.hold(FakeMouth(), Talking(chance))
        except BrokenOff:
            goes_on = keeping.id
            continue
        assert keeping.end(played.session)
        if keeping.id:
            assert log.past(keeping.id).over
        goes_on = None


@pytest.mark.parametrize("stopped_after", range(1, 5))
def test_what_is_taken_up_goes_on_as_if_nothing_had_been(scene: Scenario, log: PracticeLog, stopped_after: int) -> None:
    said = ["advises", "labels_feeling", "advises", "labels_feeling", "validates"]
    whole, mouth = Rehearsal(Conversation(scene, seed=3, coder=code_by_name), FakeDisplay()), FakeMouth()
    whole.hold(mouth, FakeEar(*(Reply(text, 0.0, 1.0) for text in said)))

    keeping = Keeping(log, About(now()), trouble=failing)
    first = Rehearsal(
        Conversation(scene, seed=3, coder=code_by_name), FakeDisplay(), Comparing(keeping, log, stopped_after)
    )
    with pytest.raises(BrokenOff):
        first.hold(FakeMouth(), FakeEar(*(Reply(text, 0.0, 1.0) for text in said)))
    found = log.cut_off()
    assert found
    later = FakeMouth()
    second = Rehearsal(Conversation(scene, seed=3, coder=code_by_name, cut_off=cut_off(log, found.id)), FakeDisplay())
    second.hold(later, FakeEar(*(Reply(text, 0.0, 1.0) for text in said[stopped_after:])))
    assert [turn.line for turn in second.session.turns] == [turn.line for turn in whole.session.turns]
    assert second.session.ending == whole.session.ending == "closer"
    assert later.lines[0].startswith("Welcome back.")
    assert later.lines[-1] == mouth.lines[-1]


def test_an_answer_from_before_can_still_be_tried_again(scene: Scenario, log: PracticeLog) -> None:
    keeping = Keeping(log, About(now()), trouble=failing)
    first = Rehearsal(Conversation(scene, seed=3, coder=code_by_name), FakeDisplay(), Comparing(keeping, log, 2))
    with pytest.raises(BrokenOff):
        first.hold(FakeMouth(), FakeEar(Reply("advises", 0.0, 1.0), Reply("denies", 1.0, 2.0)))
    assert keeping.id
    second = Rehearsal(
        Conversation(scene, seed=3, coder=code_by_name, cut_off=cut_off(log, keeping.id)),
        FakeDisplay(),
        Keeping(log, about(log.past(keeping.id)), trouble=failing, goes_on=keeping.id),
    )
    second.hold(FakeMouth(), FakeEar(Reply("try that again", 0.0, 1.0), Reply("labels_feeling", 1.0, 2.0)))
    assert [turn.reply.text for turn in second.session.turns] == ["advises", "labels_feeling"]
    assert [turn.reply.start_s for turn in second.session.turns] == [0.0, 3.0]
    tries = [(turn.number, turn.retried, turn.entry["reply"]["text"]) for turn in log.turns(keeping.id)]
    assert tries == [(0, False, "advises"), (1, True, "denies"), (1, False, "labels_feeling")]


def test_a_scene_that_has_changed_since_is_not_gone_on_with(scene: Scenario, log: PracticeLog) -> None:
    keeping = Keeping(log, About(now()), trouble=failing)
    first = Rehearsal(Conversation(scene, seed=3, coder=code_by_name), FakeDisplay(), Comparing(keeping, log, 1))
    with pytest.raises(BrokenOff):
        first.hold(FakeMouth(), FakeEar(Reply("advises", 0.0, 1.0)))
    other = scene.model_copy(update={"states": {"opens": scene.states["opens"]}})
    assert keeping.id
    before = cut_off(log, keeping.id)
    with pytest.raises(SessionError, match="has changed since"):
        Conversation(other, seed=3, coder=code_by_name, cut_off=before)


def test_what_is_over_is_not_gone_on_with(scene: Scenario, log: PracticeLog) -> None:
    keeping = Keeping(log, About(now()), trouble=failing)
    played = Rehearsal(Conversation(scene, seed=3, coder=code_by_name), FakeDisplay(), keeping)
    played.hold(FakeMouth(), FakeEar(Reply("advises", 0.0, 1.0)))
    assert keeping.end(played.session)
    assert (log.cut_off(), keeping.id) == (None, 1)
    with pytest.raises(SessionError, match="played to its end"):
        cut_off(log, 1)


def test_nothing_said_is_nothing_kept(scene: Scenario, log: PracticeLog) -> None:
    keeping = Keeping(log, About(now()), trouble=failing)
    played = Rehearsal(Conversation(scene, seed=3, coder=code_by_name), FakeDisplay(), keeping)
    played.hold(FakeMouth(), FakeEar())
    assert keeping.end(played.session)
    assert log.count() == 0


def test_what_could_not_be_kept_is_kept_with_the_next_turn(scene: Scenario, tmp_path: Path) -> None:
    folder = tmp_path / "later"
    log = PracticeLog(Database.in_file(folder / "practice.db"))
    told: list[LogError] = []
    keeping = Keeping(log, About(now()), trouble=told.append)

    class Mending:
        turns = 0

        def keep(self, session: Session, position: Position) -> None:
            keeping.keep(session, position)
            self.turns += 1
            if self.turns == 2:
                folder.mkdir()

    played = Rehearsal(Conversation(scene, seed=3, coder=code_by_name), FakeDisplay(), Mending())
    played.hold(FakeMouth(), FakeEar(*(Reply("advises", 0.0, 1.0) for _ in range(3))))
    assert keeping.end(played.session)
    assert len(told) == 1
    assert log.report(1) == report_of(played.session)
    log.database.close()


@pytest.mark.parametrize("quotes", [True, False])
def test_what_is_taken_up_says_only_what_its_voice_can_say(scene_file: Path, log: PracticeLog, *, quotes: bool) -> None:
    quoting = SCENE.replace('"Yes. Exactly that."', '"<label>. Yes."').replace('get it."]', 'get it.", Ah.]')
    scene_file.write_text(quoting, encoding="utf-8")
    scene = load(scene_file)
    keeping = Keeping(log, About(now()), trouble=failing)
    first = Rehearsal(Conversation(scene, seed=1, coder=code_by_name), FakeDisplay(), Comparing(keeping, log, 1))
    with pytest.raises(BrokenOff):
        first.hold(FakeMouth(), FakeEar(Reply("advises", 0.0, 1.0)))
    assert keeping.id

    def names_it(_: str, reply: str) -> CodedReply:
        return coded(Code.LABELS_FEELING, text=reply)

    again = Conversation(scene, seed=1, coder=names_it, cut_off=cut_off(log, keeping.id))
    mouth = FakeMouth()
    Rehearsal(again, FakeDisplay()).hold(mouth, FakeEar(Reply("You sound worn out.", 1.0, 2.0)), quotes=quotes)
    assert ("Worn out. Yes." in mouth.lines) is quotes
