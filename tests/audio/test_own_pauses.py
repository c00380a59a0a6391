"""What is long for this person: learned slowly, forgotten slowly, and kept as nothing but numbers."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.own_pauses import (
    HALF_LIFE,
    KEPT,
    LEAST_S,
    MOST_S,
    PRIOR_S,
    SHORTEST_S,
    OwnPauses,
    remember,
    remembered,
)

pauses = st.lists(st.floats(0.0, 10.0), max_size=300)


def test_of_somebody_unknown_the_prior_is_taken() -> None:
    assert OwnPauses().long_s == PRIOR_S


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=300))
def test_it_stays_within_its_bounds(any_pauses: list[float]) -> None:
    assert LEAST_S <= OwnPauses(any_pauses).long_s <= MOST_S


@given(st.lists(st.tuples(st.floats(SHORTEST_S, 5.0), st.floats(0.0, 3.0)), max_size=100))
def test_longer_pauses_never_make_it_shorter(pairs: list[tuple[float, float]]) -> None:
    shorter = OwnPauses(pause_s for pause_s, _ in pairs)
    longer = OwnPauses(pause_s + more_s for pause_s, more_s in pairs)
    assert longer.long_s >= shorter.long_s * (1 - 1e-12)  # weights are summed in another order


@given(st.floats(0.0, SHORTEST_S, exclude_max=True))
def test_a_breath_is_no_pause(breath_s: float) -> None:
    assert OwnPauses([breath_s] * 50).pauses_s == ()


def test_two_long_pauses_move_little() -> None:
    assert PRIOR_S < OwnPauses([3.5, 3.5]).long_s < 1.2 * PRIOR_S
    assert 0.85 * PRIOR_S < OwnPauses([0.3, 0.3]).long_s < PRIOR_S


@pytest.mark.parametrize(("pause_s", "at_least", "at_most"), [(0.3, LEAST_S, 0.6), (2.5, 1.8, 2.5)])
def test_a_person_is_known_after_two_sessions(pause_s: float, at_least: float, at_most: float) -> None:
    assert at_least <= OwnPauses([pause_s] * 60).long_s <= at_most


def test_what_was_long_ago_fades() -> None:
    slow = [3.0] * 3 * HALF_LIFE
    assert OwnPauses([*slow, *[0.4] * HALF_LIFE]).long_s > 2.0
    assert OwnPauses([*slow, *[0.4] * 4 * HALF_LIFE]).long_s < 0.6


@given(pauses)
def test_it_is_what_it_was_after_a_session(tmp_path_factory: pytest.TempPathFactory, heard: list[float]) -> None:
    path = tmp_path_factory.mktemp("data") / "pauses.json"
    own = OwnPauses(heard)
    remember(own, path)
    again = remembered(path)
    assert again.long_s == pytest.approx(own.long_s, abs=0.006)
    assert len(again.pauses_s) == len(own.pauses_s) <= KEPT


def test_only_its_owner_can_read_it_and_there_are_only_numbers(tmp_path: Path) -> None:
    path = tmp_path / "pauses.json"
    remember(OwnPauses([0.123, 0.5, 2.3456]), path)
    assert path.stat().st_mode & 0o077 == 0
    assert json.loads(path.read_text(encoding="utf-8")) == {"pauses_s": [0.5, 2.35]}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "null", "3", "[" * 100_000, '{"pauses_s": 1}', '{"pauses_s": ["a"]}', '{"pauses_s": [null]}', "{}"],
)
def test_a_damaged_file_is_nobody_known(tmp_path: Path, content: str) -> None:
    path = tmp_path / "pauses.json"
    path.write_text(content, encoding="utf-8")
    assert remembered(path).pauses_s == ()


def test_neither_is_what_is_no_text_or_too_large(tmp_path: Path) -> None:
    path = tmp_path / "pauses.json"
    for content in (b"\xff\xfe\x00", b'{"pauses_s": [1' + b"0" * 400 + b"]}"):
        path.write_bytes(content)
        assert remembered(path).pauses_s == ()


def test_neither_a_missing_file_nor_a_missing_folder_stops_anybody(tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "pauses.json"
    assert remembered(gone).pauses_s == ()
    remember(OwnPauses([1.0]), gone)
    assert not gone.parent.exists()


def test_not_a_number_in_the_file_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "pauses.json"
    path.write_text('{"pauses_s": [NaN, -1, Infinity, 1e999, 0.7]}', encoding="utf-8")
    assert remembered(path).pauses_s == (MOST_S, MOST_S, 0.7)
