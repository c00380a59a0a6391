"""Where the safety screen steps into a question, "exit" and "stop" end the program there, whatever was to come."""

import json
import re
from pathlib import Path

import pytest

from rehearse.agent import reception_lines as lines
from rehearse.safety.texts import ended
from tests.command import at_a_terminal as shown_at_a_terminal
from tests.command import rehearse, without_sound

pytestmark = pytest.mark.process

HURT = b"he hit me\n"
EXIT, STOP = HURT + b"exit\n", HURT + b"stop\n"
CLEARED = "\x1b[3J"


def at_a_terminal(*arguments: str, typed: bytes) -> str:
    """What it shows, without colours."""
    return " ".join(re.sub(r"\x1b\[[\d;]*m", "", shown_at_a_terminal(*arguments, typed=typed)).split())


def listed(*command: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(rehearse(*command, "--json").stdout)
    return found


def nothing_after_it_was_cleared(screen: str) -> bool:
    shown, cleared, after = screen.rpartition(CLEARED)
    return bool(shown and cleared) and not after.strip()


def test_in_the_question_before_a_scene_there_is_no_scene() -> None:
    screen = at_a_terminal("practice", "hard-day", "--text", typed=EXIT)
    assert "how are you" in screen
    assert nothing_after_it_was_cleared(screen)
    screen = at_a_terminal("practice", "hard-day", "--text", typed=STOP)
    assert screen.endswith(ended())
    assert listed("history") == []


def test_a_plain_stop_there_begins_no_scene_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Maya" not in at_a_terminal("practice", "hard-day", "--text", typed=b"stop\n")
    without_sound(tmp_path, monkeypatch)
    screen = at_a_terminal(typed=b"1\nstop\nenough for today\n")
    assert screen.count(lines.WHAT_NEXT) == 1
    assert lines.GOODBYE in screen
    assert listed("history") == []


def test_in_the_question_after_a_scene_nothing_more_is_said_and_the_session_is_kept() -> None:
    screen = at_a_terminal("practice", "hard-day", "--text", typed=b"\nYou sound worn out.\nstop\nyes\n" + EXIT)
    assert "how are you now" in screen
    assert nothing_after_it_was_cleared(screen)
    screen = at_a_terminal("practice", "hard-day", "--text", typed=b"\nYou sound worn out.\nstop\nyes\n" + STOP)
    assert screen.endswith(ended())
    assert [(past["turns"], past["mood_after"]) for past in listed("history")] == [(1, None), (1, None)]


def test_at_the_door_nobody_is_greeted_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sound(tmp_path, monkeypatch)
    rehearse("talk", "plan", "--with", "Sam", "--first", "Hello.", "--when", "2026-01-05")
    screen = at_a_terminal(typed=EXIT)
    assert "Did it happen?" in screen
    assert nothing_after_it_was_cleared(screen)


def test_in_the_journal_at_the_door_it_is_over_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_sound(tmp_path, monkeypatch)
    screen = at_a_terminal(typed=b"journal\nIt was a long day.\n" + STOP)
    assert screen.endswith(ended())
    assert [entry["text"] for entry in listed("journal", "list")] == ["It was a long day."]


def test_of_a_journal_entry_stop_keeps_what_was_told_before_and_exit_nothing() -> None:
    for way_out in (EXIT, STOP):
        done = rehearse("journal", "--text", typed="It was a long day.\n" + way_out.decode())
        assert (done.returncode, done.stderr) == (0, "")
        assert "Kept" not in done.stdout
    assert [entry["text"] for entry in listed("journal", "list")] == ["It was a long day."]


def test_of_a_plan_exit_keeps_nothing_and_nothing_of_it_is_shown() -> None:
    for way_out, kept in ((EXIT, 0), (STOP, 1)):
        done = rehearse("talk", "plan", "--with", "my husband", "--text", typed=way_out.decode())
        assert (done.returncode, done.stderr) == (0, "")
        assert "your husband" not in done.stdout
        assert len(listed("talk", "list")) == kept


def test_who_was_asked_about_a_talk_is_not_shown_it() -> None:
    rehearse("talk", "plan", "--with", "Sam", "--first", "Hello.")
    for way_out in (EXIT, STOP):
        done = rehearse("talk", "tell", "--text", typed=way_out.decode())
        assert (done.returncode, done.stderr) == (0, "")
        assert "With Sam" not in done.stdout
