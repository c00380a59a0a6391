"""`rehearse bench turns`: for people, for programs, and where there is nothing to show."""

import json
from pathlib import Path

import pytest

from rehearse.paths import sessions_dir
from tests.command import rehearse
from tests.practice.test_turn_times import OLD, TYPED, new, put
from tests.practice_log import entry, report

pytestmark = pytest.mark.process


def test_the_own_sessions_are_shown_in_a_table() -> None:
    old = report(entry(**new(600)), entry(**new(700)), entry(latency_ms=OLD))
    (sessions_dir() / "2026-01-01-101010-000000-hard-day.json").write_text(json.dumps(old), encoding="utf-8")
    result = rehearse("bench", "turns")
    assert result.returncode == 0, result.stderr
    rows = {line[:35].strip(): line[35:].split() for line in result.stdout.splitlines()}
    assert result.stdout.startswith("Spoken turns: 3, reports: 1.")
    assert rows["answer heard"] == ["2", "600", "700", "700"]
    assert rows["all together"] == ["3", "700", "1610", "1610"]


def test_programs_get_the_same(tmp_path: Path) -> None:
    result = rehearse("bench", "turns", put(tmp_path / "a.json", new(600)), "--json")
    found = json.loads(result.stdout)
    assert (found["reports"], found["turns"]) == (1, 1)
    assert found["moments_ms"]["sound"] == {"count": 1, "p50": 600, "p90": 600, "p95": 600}
    assert found["stages_ms"]["total"]["p95"] == 600


def test_nothing_to_show_is_one_line_and_a_status(tmp_path: Path) -> None:
    typed = put(tmp_path / "typed.json", {"latency_ms": TYPED})
    for arguments, says in (
        ([], "no spoken turn in your sessions"),
        ([typed], "no spoken turn in these reports"),
        ([tmp_path / "gone.json"], "there is no report"),
    ):
        result = rehearse("bench", "turns", *arguments)
        assert (result.returncode, result.stdout, result.stderr.count("\n")) == (1, "", 1)
        assert says in result.stderr
