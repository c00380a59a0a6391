"""Keys are made once, belong to their owner, and are compared by words."""

import stat
from pathlib import Path

import pytest

from rehearse.coach.key_words import key_words
from rehearse.coach.keys import (
    CLIENT_FILE,
    COACH_FILE,
    client_key,
    coach_keys,
    make_coach_keys,
    words_of_coach,
)
from rehearse.coach.known_coaches import FILE, KnownCoaches
from rehearse.coach.shares import FILE as SHARES_FILE
from rehearse.coach.shares import Shares
from rehearse.errors import CoachError


def test_they_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    made = make_coach_keys(tmp_path, "Ada Brook")
    with pytest.raises(CoachError, match="already"):
        make_coach_keys(tmp_path, "Ada Brook")
    assert coach_keys(tmp_path) == made
    assert client_key(tmp_path) == client_key(tmp_path)
    for name in (COACH_FILE, CLIENT_FILE):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_what_others_see_of_them_holds_no_secret(tmp_path: Path) -> None:
    made = make_coach_keys(tmp_path, "Ada Brook")
    shown = made.coach.model_dump_json()
    assert made.signs not in shown
    assert made.opens not in shown


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a" * 81, "\x1b[2J"])
def test_a_name_is_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(CoachError, match="1 to 80"):
        make_coach_keys(tmp_path, name)
    assert not list(tmp_path.iterdir())


def test_none_and_damaged_ones_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="coach init"):
        coach_keys(tmp_path)
    made = make_coach_keys(tmp_path, "Ada Brook")
    for damage in ("", "{}", made.model_dump_json().replace("AGE-SECRET-KEY-1", "AGE-SECRET-KEY-2")):
        (tmp_path / COACH_FILE).write_text(damage)
        with pytest.raises(CoachError, match="backup") as told:
            coach_keys(tmp_path)
        assert made.signs not in str(told.value)


@pytest.mark.parametrize(("name", "kind"), [(FILE, KnownCoaches), (SHARES_FILE, Shares)])
def test_other_files_of_theirs_that_are_damaged_are_named(tmp_path: Path, name: str, kind: type) -> None:
    (tmp_path / name).write_text("{")
    with pytest.raises(CoachError, match=name):
        kind(tmp_path)


def test_words_stand_for_both_keys(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    ada, other = make_coach_keys(tmp_path, "Ada Brook").coach, make_coach_keys(tmp_path / "other", "Ada Brook").coach
    words = {
        words_of_coach(each)
        for each in (
            ada,
            other,
            ada.model_copy(update={"opens": other.opens}),
            ada.model_copy(update={"signs": other.signs}),
        )
    }
    assert len(words) == 4
    assert words_of_coach(ada.model_copy(update={"name": "Another"})) == words_of_coach(ada)


def test_words_never_change() -> None:
    """They have been compared, and written down."""
    assert key_words("0" * 64) == "hill corner mirror chimney scarf banjo"
