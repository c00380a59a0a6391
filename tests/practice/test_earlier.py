"""Earlier sessions are read with tolerance, and compared only where there are enough of them."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.practice.earlier import (
    FEWEST_EARLIER,
    MOST_SESSIONS,
    Comparison,
    Figures,
    comparisons,
    earlier_sessions,
    ratios,
)


def report(*codes: Sequence[str | dict[str, Any]], measures: dict[str, float] | None = None) -> dict[str, Any]:
    """A report with a reply a minute for each list of codes."""
    return {
        "format": "rehearse.session/1",
        "turns": [
            {
                "reply": {"text": "…", "start_s": 60.0 * number, "end_s": 60.0 * (number + 1)},
                "codes": [{"code": code} if isinstance(code, str) else code for code in found],
                "unsure": [{"code": "reflects"}],
            }
            for number, found in enumerate(codes)
        ],
        **({} if measures is None else {"measures": measures}),
    }


def put(folder: Path, name: str, content: object) -> None:
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def figures(minutes: float = 10.0, **measures: float) -> Figures:
    return Figures(measures, minutes * 60, reflections=4, questions=2, advice=1)


def test_a_report_is_read(tmp_path: Path) -> None:
    contested = {"code": "advises", "contested": True}
    content = report(
        ["reflects", "labels_feeling"],
        ["explores", "labels_feeling"],
        [contested],
        ["advises", "asks_need"],
        measures={"median_pause_s": 0.8},
    )
    put(tmp_path, "a.json", content)
    assert earlier_sessions(tmp_path) == [
        Figures({"median_pause_s": 0.8}, 240.0, reflections=2, questions=2, advice=1),
    ]


def test_a_report_from_before_there_were_measures_still_counts(tmp_path: Path) -> None:
    put(tmp_path, "a.json", report(["reflects"]))
    assert earlier_sessions(tmp_path) == [Figures({}, 60.0, reflections=1, questions=0, advice=0)]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        {"format": "another/1", "turns": []},
        {"format": "rehearse.session/1"},
        {"format": "rehearse.session/1", "turns": [{"reply": {}, "codes": []}]},
        {"format": "rehearse.session/1", "turns": [], "measures": {"median_pause_s": "long"}},
        {"format": "rehearse.session/1", "turns": [], "measures": {"median_pause_s": float("nan")}},
    ],
)
def test_what_is_no_report_is_passed_over(tmp_path: Path, content: object) -> None:
    put(tmp_path, "a.json", content)
    (tmp_path / "b.json").mkdir()
    os.mkfifo(tmp_path / "c.json")
    (tmp_path / "d.json").write_bytes(b"\xff\xfe\x00")
    put(tmp_path, "e.json", report(["reflects"]))
    put(tmp_path, "e.txt", report(["reflects"]))
    assert len(earlier_sessions(tmp_path)) == 1


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    assert earlier_sessions(tmp_path / "sessions") == []


def test_only_the_last_ones_by_name_count(tmp_path: Path) -> None:
    for number in range(MOST_SESSIONS + 5):
        put(tmp_path, f"{number:03}.json", report(measures={"median_pause_s": number}))
    put(tmp_path, "999.json", "damaged")
    pauses = [each.measures["median_pause_s"] for each in earlier_sessions(tmp_path)]
    assert pauses == list(range(5, MOST_SESSIONS + 5))


def test_a_measure_is_compared_once_enough_sessions_have_it() -> None:
    typed = Figures({}, 60.0, 0, 0, 0)
    two = [figures(median_pause_s=0.6, backchannels=2), typed, figures(median_pause_s=1.1)]
    assert comparisons(two) == {}
    assert comparisons([*two, figures(median_pause_s=0.7)]) == {"median_pause_s": Comparison(3, 0.7, 0.6, 1.1)}


@given(st.lists(st.floats(0, 100), max_size=25))
def test_a_comparison_keeps_its_order(pauses: list[float]) -> None:
    found = comparisons([figures(median_pause_s=pause) for pause in pauses]).get("median_pause_s")
    assert (found is not None) == (len(pauses) >= FEWEST_EARLIER)
    if found:
        assert (found.sessions, found.low, found.high) == (len(pauses), min(pauses), max(pauses))
        assert found.low <= found.median <= found.high


def test_ratios_need_enough_sessions_and_enough_time() -> None:
    assert ratios([figures(10), figures(10)]) is None
    assert ratios([figures(6), figures(6), figures(7)]) is None
    pooled = ratios([figures(6), figures(7), figures(7)])
    assert pooled is not None
    assert (pooled.sessions, pooled.minutes) == (3, 20)
    assert (pooled.reflections, pooled.questions, pooled.advice) == (12, 6, 3)
