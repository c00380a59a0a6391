"""Earlier sessions are compared only where there are enough of them."""

from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rehearse.practice.earlier import (
    FEWEST_EARLIER,
    MOST_SESSIONS,
    Comparison,
    Figures,
    Kept,
    comparisons,
    earlier_sessions,
    kept_sessions,
    ratios,
)
from rehearse.practice.log import About, PracticeLog, now


def add(log: PracticeLog, *codes: Sequence[str | dict[str, Any]], measures: dict[str, float] | None = None) -> None:
    """Keep a session with a reply a minute for each list of codes."""
    turns = [
        {
            "partner": {"state": "tells", "text": "…"},
            "reply": {"text": "…", "start_s": 60.0 * number, "end_s": 60.0 * (number + 1)},
            "codes": [{"code": code} if isinstance(code, str) else code for code in found],
            "unsure": [{"code": "reflects"}],
        }
        for number, found in enumerate(codes)
    ]
    log.add({"format": "rehearse.session/1", "turns": turns, "measures": measures or {}}, About(now()))


def figures(minutes: float = 10.0, **measures: float) -> Figures:
    return Figures(measures, minutes * 60, reflections=4, questions=2, advice=1)


def test_a_session_is_read(log: PracticeLog) -> None:
    contested = {"code": "advises", "contested": True}
    add(
        log,
        ["reflects", "labels_feeling"],
        ["explores", "labels_feeling"],
        [contested],
        ["advises", "asks_need"],
        measures={"median_pause_s": 0.8},
    )
    assert earlier_sessions(log) == [Figures({"median_pause_s": 0.8}, 240.0, reflections=2, questions=2, advice=1)]
    assert kept_sessions(log) == [Kept("", None, completed=False)]


def test_without_any_there_are_none(log: PracticeLog) -> None:
    assert (earlier_sessions(log), kept_sessions(log)) == ([], [])


def test_only_the_last_ones_count(log: PracticeLog) -> None:
    for number in range(MOST_SESSIONS + 5):
        add(log, measures={"median_pause_s": number})
    pauses = [each.measures["median_pause_s"] for each in earlier_sessions(log)]
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
