"""The times of turns, over new reports and old ones."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.errors import SessionError
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.turn_times import Spread, own_turn_times, spread_of, turn_times
from tests.practice_log import entry, report

OLD = {"endpoint": 1200, "transcribe": 400, "decide": 3, "speak": 7, "total": 1610}
TYPED = {"endpoint": 0, "transcribe": 0, "decide": 3, "speak": 0, "total": 3}


def put(path: Path, *turns: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"format": "rehearse.session/1", "turns": turns}), encoding="utf-8")
    return path


def new(sound: int) -> dict[str, Any]:
    moments = {"provisional": 200, "endpoint": sound - 20, "text": 300, "decision": sound - 10, "sound": sound}
    return {"latency_ms": OLD | {"total": sound}, "moments_ms": moments}


def test_moments_and_stages_are_counted_over_all_reports(tmp_path: Path) -> None:
    one = put(tmp_path / "a.json", new(600), new(700))
    two = put(tmp_path / "b.json", new(800))
    times = turn_times([one, two])
    assert (times.reports, times.turns) == (2, 3)
    assert times.moments_ms["sound"] == Spread(3, 700, 800, 800)
    assert times.moments_ms["text"] == Spread(3, 300, 300, 300)
    assert list(times.moments_ms) == ["provisional", "endpoint", "text", "decision", "sound"]
    assert times.stages_ms["total"] == Spread(3, 700, 800, 800)


def test_an_old_report_counts_for_the_stages_only(tmp_path: Path) -> None:
    times = turn_times([put(tmp_path / "a.json", {"latency_ms": OLD}, new(600))])
    assert times.stages_ms["total"] == Spread(2, 600, 1610, 1610)
    assert times.moments_ms["sound"].count == 1


def test_a_moment_that_is_not_known_of_a_turn_is_counted_over_the_others(tmp_path: Path) -> None:
    broken_off = new(600)
    del broken_off["moments_ms"]["sound"]
    times = turn_times([put(tmp_path / "a.json", new(500), broken_off)])
    assert (times.moments_ms["sound"].count, times.moments_ms["text"].count) == (1, 2)


def test_typed_turns_took_no_time_and_are_left_out(tmp_path: Path) -> None:
    times = turn_times([put(tmp_path / "a.json", {"latency_ms": TYPED}), put(tmp_path / "b.json")])
    assert (times.reports, times.turns, times.moments_ms, times.stages_ms) == (0, 0, {}, {})


def test_ones_own_are_read_from_the_log_without_what_was_tried_again(log: PracticeLog) -> None:
    assert own_turn_times(log).turns == 0
    log.add(report(entry(**new(600)), retried=[entry(**new(900))]), About(now()))
    log.add(report(entry(**new(700))), About(now()))
    assert own_turn_times(log).moments_ms["sound"] == Spread(2, 600, 700, 700)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"format": "other/1", "turns": []}'])
def test_a_report_that_is_named_has_to_be_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(SessionError, match="name another one"):
        turn_times([path])
    with pytest.raises(SessionError, match="there is no report"):
        turn_times([tmp_path / "gone.json"])


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=100))
def test_a_percentile_is_a_time_that_enough_turns_kept_to(taken: list[int]) -> None:
    spread = spread_of(sorted(taken))
    assert spread.count == len(taken)
    for percent, value in ((50, spread.p50), (90, spread.p90), (95, spread.p95)):
        assert value in taken
        assert sum(each <= value for each in taken) >= math.ceil(len(taken) * percent / 100)
        assert sum(each < value for each in taken) < len(taken) * percent / 100
