"""A verdict of a kept session is contested: it stays in the report and counts for nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Rehearsal
from rehearse.dialogue import Reply
from rehearse.errors import OutputError, SessionError
from rehearse.practice.contest import KeptSession
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.report import write_report
from rehearse.scenarios.schema import Scenario
from tests.agent.test_loop import FakeDisplay, FakeEar, FakeMouth
from tests.coding import code_by_name


@pytest.fixture
def report(scene: Scenario, tmp_path: Path) -> Path:
    """Three replies: advice, none of the codes, a feeling named with something owned."""
    played = Rehearsal(Conversation(scene, seed=1, coder=code_by_name), FakeDisplay())
    said = ["advises", "hm", "labels_feeling owns"]
    played.hold(FakeMouth(), FakeEar(*(Reply(text, 1.0, 2.0) for text in said)))
    path = tmp_path / "out.json"
    write_report(played.session, path)
    return path


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_verdicts_are_listed_in_order_with_what_was_missed(report: Path) -> None:
    found = [(verdict.turn, verdict.code, verdict.words) for verdict in KeptSession.in_file(report).verdicts]
    said = "labels_feeling owns"
    assert found == [(0, "advises", "advises"), (1, "missed", "hm"), (2, "labels_feeling", said), (2, "owns", said)]


def test_reading_and_undoing_give_the_very_report_back(report: Path) -> None:
    before = report.read_bytes()
    for verdict in KeptSession.in_file(report).verdicts:
        kept = KeptSession.in_file(report)
        kept.contest(verdict)
        assert report.read_bytes() != before
        kept.contest(verdict, undo=True)
        assert report.read_bytes() == before


def test_it_is_marked_kept_and_left_out_of_the_debrief(report: Path) -> None:
    kept = KeptSession.in_file(report)
    kept.contest(kept.verdicts[0])
    found = read(report)
    assert found["turns"][0]["codes"][0]["contested"] is True
    assert "contested" not in found["turns"][2]["codes"][0]
    assert found["debrief"]["listening"]["fixing"] == 0
    assert "advises" not in found["debrief"]["try_next"]
    assert [verdict.contested for verdict in KeptSession.in_file(report).verdicts] == [True, False, False, False]


def test_that_nothing_was_done_is_marked_at_the_turn(report: Path) -> None:
    kept = KeptSession.in_file(report)
    kept.contest(kept.verdicts[1])
    assert read(report)["turns"][1]["contested"] is True
    assert [each["said"] for each in read(report)["debrief"]["instead_of"]] == ["advises"]
    assert KeptSession.in_file(report).verdicts[1].contested


def test_an_older_report_keeps_its_debrief_which_is_marked_while_it_is_contested(report: Path) -> None:
    old = read(report)
    del old["partner"]
    for turn in old["turns"]:
        for key in ("carries", "feels", "instead", "unsure"):
            del turn[key]
    report.write_text(json.dumps(old), encoding="utf-8")
    before, kept = read(report), KeptSession.in_file(report)
    kept.contest(kept.verdicts[0])
    assert read(report)["turns"][0]["codes"][0]["contested"] is True
    assert read(report)["debrief"] == {**before["debrief"], "before_contesting": True}
    kept.contest(kept.verdicts[0], undo=True)
    assert read(report) == before


def test_a_verdict_keeps_its_number_and_can_be_taken_back_whatever_is_contested(report: Path) -> None:
    known = read(report)
    turn = known["turns"][0]
    turn["carries"] = ["feeling"]
    turn["codes"] = [{"code": "excuses", "confidence": 0.9, "start": 0, "end": 2, "text": turn["reply"]["text"][:2]}]
    turn["unsure"] = []
    report.write_text(json.dumps(known), encoding="utf-8")
    kept = KeptSession.in_file(report)
    codes = [verdict.code for verdict in kept.verdicts]
    assert codes[:2] == ["excuses", "missed"]
    for verdict in kept.verdicts:
        kept.contest(verdict)
        assert [each.code for each in kept.verdicts] == codes
    for verdict in kept.verdicts:
        assert verdict.contested
        kept.contest(verdict, undo=True)
    assert not any(verdict.contested for verdict in kept.verdicts)


def test_a_report_that_cannot_be_written_stays_as_it_was(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, kept = report.read_bytes(), KeptSession.in_file(report)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OutputError, match="No space left"):
        kept.contest(kept.verdicts[0])
    assert report.read_bytes() == before
    assert [each.name for each in report.parent.iterdir()] == [report.name]


def without(key: str) -> Callable[[dict[str, Any]], object]:
    return lambda report: {name: value for name, value in report.items() if name != key}


@pytest.mark.parametrize(
    "broken",
    [
        without("turns"),
        without("format"),
        lambda report: [report],
        lambda report: {**report, "format": "rehearse.session/9"},
        lambda report: {**report, "partner": "Kim"},
        lambda report: {**report, "turns": [{**report["turns"][0], "codes": [{"code": "shouts"}]}]},
        lambda report: {**report, "turns": [{**report["turns"][0], "instead": [1]}]},
    ],
)
def test_what_is_no_report_is_refused(report: Path, broken: Callable[[dict[str, Any]], object]) -> None:
    report.write_text(json.dumps(broken(read(report))), encoding="utf-8")
    with pytest.raises(SessionError, match="name another session"):
        KeptSession.in_file(report)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_is_refused(report: Path, content: bytes) -> None:
    report.write_bytes(content)
    with pytest.raises(SessionError, match="name another session"):
        KeptSession.in_file(report)


def test_in_the_log_it_is_kept_and_taken_back_too(report: Path, log: PracticeLog) -> None:
    before = read(report)
    id_ = log.add(before, About(now()))
    KeptSession.in_log(log, id_).contest(KeptSession.in_log(log, id_).verdicts[0])
    assert log.report(id_)["turns"][0]["codes"][0]["contested"] is True
    assert (log.report(id_)["debrief"]["listening"]["fixing"], log.past(id_).fixing) == (0, 0)
    KeptSession.in_log(log, id_).contest(KeptSession.in_log(log, id_).verdicts[0], undo=True)
    assert log.report(id_) == before
