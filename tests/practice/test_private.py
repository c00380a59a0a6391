"""After a finding of the safety screen: what is kept of the session, and what is made of it."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Rehearsal
from rehearse.agent.stepping_out import Look
from rehearse.cli.history import ending_of, show
from rehearse.cli.keeping import OwnKeeping
from rehearse.cli.own_log import own_log
from rehearse.dialogue import Reply
from rehearse.errors import SessionError
from rehearse.feedback.codes import Code, CodedReply, Evidence
from rehearse.paths import data_dir
from rehearse.practice.database import Database
from rehearse.practice.earlier import earlier_sessions, kept_sessions
from rehearse.practice.exporting import session_page
from rehearse.practice.keeping import Keeping, cut_off
from rehearse.practice.log import About, PracticeLog, about, now
from rehearse.practice.practised import practised_sessions
from rehearse.practice.prompts import lately
from rehearse.practice.salvage import salvage
from rehearse.practice.session import WITHHELD, Position, Session
from rehearse.reports.figures import practice_of
from rehearse.safety import Direction, Finding, Kind
from rehearse.scenarios.loader import load
from rehearse.scenarios.schema import LABEL, Scenario
from tests.agent.test_loop import FakeDisplay, FakeEar, FakeMouth
from tests.coding import code_by_name
from tests.conftest import SCENE
from tests.practice_log import entry, report

PLANTED = ("quietus", "devastated")
"""Words of the reply that sets the screen off; the partner would quote the second one."""
DANGEROUS = "you look devastated, and it is quietus for me"
FOUND = {
    "dark": Finding(Kind.SELF_HARM, None, "quietus", 1.0),
    "abuse": Finding(Kind.VIOLENCE, Direction.BY_PARTNER, "quietus", 1.0),
}


def code(partner: str, reply: str) -> CodedReply:
    """As `code_by_name`; and a feeling that is named."""
    found = reply.find("devastated")
    if found < 0:
        return code_by_name(partner, reply)
    return CodedReply(reply, (Evidence(Code.LABELS_FEELING, 0.9, found, found + 10, "devastated"),))


def said_at(text: str, second: float) -> Reply:
    return Reply(text, second, second + 0.5)


def planted_under(folder: Path) -> list[str]:
    """Which of the planted words stand in any file there, byte by byte."""
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return [word for word in PLANTED if word.encode() in held]


def screen(kind: str) -> Look:
    """A screen that knows one word."""
    return lambda text: FOUND[kind] if "quietus" in text else None


class Looking:
    """Keeps, and looks for the planted words in every file after each time."""

    def __init__(self, keeping: Keeping, folder: Path) -> None:
        self._keeping = keeping
        self._folder = folder

    def keep(self, session: Session, position: Position) -> None:
        self._keeping.keep(session, position)
        assert planted_under(self._folder) == []


def held(log: PracticeLog, scene: Scenario, *said: str | type[BaseException], kind: str = "dark") -> Keeping:
    """A session with these replies, kept turn by turn."""
    assert log.database.path
    keeping = Keeping(log, About(now()), trouble=lambda error: pytest.fail(str(error)))
    conversation = Conversation(scene, seed=1, coder=code, screen=screen(kind))
    rehearsal = Rehearsal(conversation, FakeDisplay(), Looking(keeping, log.database.path.parent))
    replies = [said_at(each, 2.0 * n) if isinstance(each, str) else each for n, each in enumerate(said)]
    with suppress(KeyboardInterrupt):
        rehearsal.hold(FakeMouth(), FakeEar(*replies))
    assert keeping.end(rehearsal.session)
    return keeping


@pytest.fixture
def quoting(tmp_path: Path) -> Scenario:
    """The small scene, where Kim gives the person's own word back."""
    path = tmp_path / "small.yaml"
    path.write_text(SCENE.replace('"You get it."', f'"You get it.", "Yes, {LABEL}."'), encoding="utf-8")
    return load(path)


PART_OF_IT = "that was part of the scene"


@pytest.mark.parametrize(
    "said",
    [
        ("advises", DANGEROUS, "stop"),
        ("advises", DANGEROUS),
        ("advises", DANGEROUS, KeyboardInterrupt),
        ("advises", DANGEROUS, "exit"),
        ("advises", DANGEROUS, PART_OF_IT, "validates", "labels_feeling"),
        (DANGEROUS, PART_OF_IT, "hint", "try that again", "labels_feeling", "start over", "yes", "labels_feeling"),
        (DANGEROUS, PART_OF_IT, "labels_feeling", DANGEROUS, PART_OF_IT, KeyboardInterrupt),
    ],
)
def test_what_set_the_screen_off_is_in_no_file_at_any_time(
    quoting: Scenario, log: PracticeLog, said: tuple[str, ...]
) -> None:
    held(log, quoting, *said)
    (past,) = log.history()
    assert past.private
    assert report_words(log, past.id).isdisjoint(PLANTED)
    assert log.database.path
    log.database.close()
    assert planted_under(log.database.path.parent) == []


def report_words(log: PracticeLog, id_: int) -> set[str]:
    return set(str(log.report(id_)).replace(",", " ").split())


def test_what_the_test_looks_for_can_be_found(quoting: Scenario, log: PracticeLog) -> None:
    with pytest.raises(AssertionError, match="devastated"):
        held(log, quoting, "you look devastated")


@pytest.mark.parametrize("end", ["stop", "exit", KeyboardInterrupt])
def test_what_ended_with_a_finding_is_over_and_nothing_is_made_of_it(
    scene: Scenario, log: PracticeLog, end: str | type[BaseException]
) -> None:
    id_ = held(log, scene, "advises", DANGEROUS, end).id
    assert id_
    past = log.past(id_)
    assert (past.over, past.private, past.broken_off, past.labels, past.defensive) == (True, True, True, None, None)
    assert (log.cut_off(), log.position(id_)) == (None, None)
    with pytest.raises(SessionError, match="was stopped"):
        cut_off(log, id_)
    assert (earlier_sessions(log), kept_sessions(log), practised_sessions(log, [scene])) == ([], [], [])
    assert practice_of(log, now()).sessions == ()
    assert practice_of(log, now()).unanswered == 0
    assert lately(log, {scene.id: scene}).hard is None
    assert lately(log, {scene.id: scene}, session=id_).question is None


def test_it_is_over_as_soon_as_it_is_stopped(scene: Scenario, log: PracticeLog) -> None:
    """Whatever becomes of the program then."""
    keeping = Keeping(log, About(now()), trouble=lambda error: pytest.fail(str(error)))
    conversation = Conversation(scene, seed=1, coder=code, screen=screen("abuse"))
    killed = Rehearsal(conversation, FakeDisplay(), keeping)
    with pytest.raises(SystemExit):
        killed.hold(FakeMouth(), FakeEar(said_at("denies", 0.0), said_at(DANGEROUS, 2.0), SystemExit))
    assert keeping.id
    past = log.past(keeping.id)
    assert (past.over, past.private, past.broken_off, past.turns) == (True, True, True, 1)
    assert log.report(keeping.id)["turns"][0]["codes"] == []


def test_after_abuse_no_turn_is_kept_with_blame(scene: Scenario, log: PracticeLog) -> None:
    id_ = held(log, scene, "denies owns", DANGEROUS, PART_OF_IT, "validates denies", kind="abuse").id
    assert id_
    turns = log.turns(id_)
    assert [turn.entry["reply"]["text"] for turn in turns] == ["denies owns", WITHHELD, "validates denies"]
    assert [[found["code"] for found in turn.entry["codes"]] for turn in turns] == [[], [], ["validates"]]
    assert not any("defensiveness" in turn.entry["instead"] for turn in turns)
    assert log.past(id_).defensive is None


def test_what_was_led_back_and_cut_off_is_gone_on_with_and_stays_private(scene: Scenario, log: PracticeLog) -> None:
    keeping = held(log, scene, "advises", DANGEROUS, PART_OF_IT, KeyboardInterrupt)
    found = log.cut_off()
    assert found
    assert keeping.id == found.id
    assert (found.private, found.broken_off) == (True, False)
    again = Keeping(log, about(found), trouble=lambda error: pytest.fail(str(error)), goes_on=found.id)
    conversation = Conversation(scene, seed=1, coder=code, cut_off=cut_off(log, found.id))
    assert conversation.after_abuse  # what was found is kept nowhere
    goes_on = Rehearsal(conversation, FakeDisplay(), again)
    goes_on.hold(FakeMouth(), FakeEar(said_at("denies", 0.0)))
    assert again.end(goes_on.session)
    past = log.past(found.id)
    assert (past.private, past.broken_off, past.over) == (True, False, True)
    assert "denies" not in [found["code"] for turn in log.turns(found.id) for found in turn.entry["codes"]]


def test_leaving_after_abuse_leaves_nothing_to_go_on_with(scene: Scenario, log: PracticeLog) -> None:
    id_ = held(log, scene, "advises", DANGEROUS, PART_OF_IT, KeyboardInterrupt, kind="abuse").id
    assert id_
    assert log.past(id_).broken_off
    assert log.cut_off() is None


def test_the_person_is_shown_that_it_was_stopped_and_no_verdict(
    scene: Scenario, log: PracticeLog, capsys: pytest.CaptureFixture[str]
) -> None:
    with own_log() as own:
        id_ = held(own, scene, "advises", DANGEROUS, "stop").id
        assert id_
        assert ending_of(own.past(id_)) == "stopped"
        page = session_page(own.past(id_), own.turns(id_), own.report(id_))
    assert "Ending: stopped" in page
    assert "*advises*" not in page
    show(str(id_))
    shown = capsys.readouterr().out
    assert "stopped" in shown
    assert "advises" in shown
    assert "·" not in shown
    assert "resume" not in shown


def test_its_end_is_kept_without_a_word_and_no_sound_of_what_was_said(
    scene: Scenario, capsys: pytest.CaptureFixture[str]
) -> None:
    keeper = OwnKeeping(Console())
    conversation = Conversation(scene, seed=1, coder=code, screen=screen("dark"))
    rehearsal = Rehearsal(conversation, FakeDisplay(), keeper)
    keeper.hear(0.0, np.zeros(16000, np.float32))  # and the way out was typed
    rehearsal.hold(FakeMouth(), FakeEar(said_at(DANGEROUS, 0.0), said_at(PART_OF_IT, 2.0), said_at(DANGEROUS, 4.0)))
    keeper.end(rehearsal.session)
    assert keeper.broken_off
    assert capsys.readouterr().out == ""
    with own_log() as log:
        assert [turn.hearable for turn in log.turns(1)] == [False]
    assert planted_under(data_dir()) == []


def as_version_1(path: Path) -> None:
    """Make the log what the program before this one would have made."""
    with closing(sqlite3.connect(path)) as connection:
        for name in ("private", "broken_off"):
            connection.execute(f"ALTER TABLE session DROP COLUMN {name}")
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()


@pytest.mark.parametrize("damaged", [False, True])
def test_sessions_from_before_there_was_the_mark_have_none(tmp_path: Path, *, damaged: bool) -> None:
    path = tmp_path / "practice.db"
    log = PracticeLog(Database.in_file(path))
    id_ = log.add(report(entry()), About(now()))
    log.database.close()
    as_version_1(path)
    if damaged:
        assert salvage(path, tmp_path / "saved.db").sessions == 1
        path = tmp_path / "saved.db"
    again = PracticeLog(Database.in_file(path))
    past = again.past(id_)
    assert (past.private, past.broken_off) == (False, False)
    assert again.report(id_) == report(entry())
    again.database.close()
