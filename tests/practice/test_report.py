"""The report keeps the contract `rehearse.session/1`."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rehearse.agent.conversation import Conversation
from rehearse.agent.events import Begin, LinesSpoken
from rehearse.dialogue import Reply
from rehearse.errors import OutputError
from rehearse.feedback.codes import Code, CodedReply
from rehearse.feedback.debrief import debrief
from rehearse.moments import TurnMoments
from rehearse.practice.report import report_of, write_report
from rehearse.practice.session import Session, Turn
from rehearse.scenarios.schema import Scenario
from tests.coding import code_by_name, coded


@pytest.fixture
def session(scene: Scenario) -> Session:
    conversation = Conversation(scene, seed=7, coder=code_by_name)
    for event in (Begin(), LinesSpoken(), LinesSpoken(), Reply("advises", 1.0, 2.0)):
        conversation.handle(event)
    reply = Reply("some words", 12.304, 15.0, pause_before_s=0.9)
    turn = Turn("tells", "What a day.", reply, coded(Code.ADVISES), moments=TurnMoments(200, 640, 560, 643, 655))
    return Session("small", 7, (turn,), None, conversation.debrief())


def session_of(reply: CodedReply) -> Session:
    turn = Turn("tells", "What a day.", Reply(reply.text, 1.0, 2.0), reply)
    return Session("small", 7, (turn,), None, debrief("Kim", []))


def test_it_has_every_key_of_the_contract(session: Session) -> None:
    report = report_of(session)
    assert report["format"] == "rehearse.session/1"
    assert (report["scenario"], report["seed"], report["ending"], report["completed"]) == (
        "small",
        7,
        None,
        False,
    )
    (turn,) = report["turns"]
    assert turn["partner"] == {"state": "tells", "text": "What a day."}
    assert turn["reply"] == {
        "text": "some words", "start_s": 12.3, "end_s": 15.0, "pause_before_s": 0.9, "interrupted": False,
    }  # fmt: skip
    assert turn["codes"] == [{"code": "advises", "confidence": 0.9, "start": 0, "end": 10, "text": "some words"}]
    assert turn["latency_ms"] == {"endpoint": 640, "transcribe": 0, "decide": 3, "speak": 12, "total": 655}
    assert set(report["debrief"]) == {
        "labeling", "listening", "defensiveness", "strengths", "try_next", "instead_of", "finer_word", "question",
            "tried_again",
    }  # fmt: skip
    assert report["debrief"]["labeling"] == {"rating": "not yet", "count": 0, "granular": 0, "tentative": 0}
    assert report["debrief"]["instead_of"][0] == {
        "said": "advises", "could_say": "That sounds rough.", "why": "It stays with Kim.",
    }  # fmt: skip


def test_measures_that_are_not_known_are_left_out(session: Session) -> None:
    assert report_of(session)["measures"] == {}
    (turn,) = session.turns
    spoken = replace(turn, reply=replace(turn.reply, voiced_s=2.5), partner_s=1.304)
    assert report_of(replace(session, turns=(spoken,)))["measures"] == {
        "median_pause_s": 0.9, "median_turn_s": 2.7, "longest_turn_s": 2.7, "share_of_talk": 0.67,
    }  # fmt: skip


def test_a_label_says_how_it_named_the_feeling() -> None:
    reply = coded(Code.LABELS_FEELING, text="Maybe you're upset.")
    (turn,) = report_of(session_of(reply))["turns"]
    assert (turn["codes"][0]["granularity"], turn["codes"][0]["stance"]) == ("vague", "tentative")


def test_what_is_unsure_or_contested_stands_apart() -> None:
    reply = coded(Code.ADVISES, Code.EXPLORES)
    doubtful = coded(Code.MINIMIZES).evidence
    (turn,) = report_of(session_of(replace(reply, unsure=doubtful, contested=frozenset({"advises"}))))["turns"]
    assert [(entry["code"], entry.get("contested")) for entry in turn["codes"]] == [
        ("advises", True),
        ("explores", None),
    ]
    assert turn["unsure"] == [{"code": "minimizes", "confidence": 0.9, "start": 0, "end": 10, "text": "some words"}]
    assert "contested" not in turn


def test_a_skill_without_occasion_is_not_rated(scene: Scenario) -> None:
    conversation = Conversation(scene, seed=7, coder=code_by_name)
    report = report_of(Session("small", 7, (), None, conversation.debrief()))
    assert report["debrief"]["defensiveness"] == {"rating": "not rated"}


def test_it_is_written_whole_and_for_its_owner_only(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write_report(session, path)
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(report_of(session)))
    assert path.stat().st_mode & 0o077 == 0
    assert [each.name for each in tmp_path.iterdir() if each.suffix == ".json"] == ["out.json"]


def test_an_unwritable_place_is_an_error_and_leaves_nothing(session: Session, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="folder"):
        write_report(session, tmp_path / "missing" / "out.json")
    assert not (tmp_path / "missing").exists()


def test_the_moments_that_are_known_are_in_it(session: Session) -> None:
    moments = TurnMoments(provisional=200, endpoint=450, text=380, decision=455)
    (turn,) = report_of(replace(session, turns=(replace(session.turns[0], moments=moments),)))["turns"]
    assert turn["moments_ms"] == {"provisional": 200, "endpoint": 450, "text": 380, "decision": 455}
