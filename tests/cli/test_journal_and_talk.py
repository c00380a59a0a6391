"""Today, the journal and the talk, at the command line."""

import json
import re
from pathlib import Path

import pytest

from tests.command import at_a_terminal, rehearse
from tests.conftest import ROOT
from tests.test_readme import run

pytestmark = pytest.mark.process

PAGE = (ROOT / "docs" / "journal-and-talk.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("  #")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", PAGE, flags=re.DOTALL)
    for line in block.splitlines()
]
BY_VOICE = "rehearse journal"


def test_the_pages_commands_work_as_they_stand_there(tmp_path: Path) -> None:
    assert BY_VOICE in COMMANDS
    for number, command in enumerate(COMMANDS):
        if command != BY_VOICE:
            folder = tmp_path / str(number)
            folder.mkdir()
            done = run(command, folder, typed="I was lonely.\n")
            assert done.returncode == 0, (command, done.stderr)
            assert done.stdout


def test_an_entry_is_written_changed_shared_found_and_deleted_for_good(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = rehearse("journal", "--text", "--question", "Why?", typed="I was worn out.\nIt stayed.\n\n")
    assert "Kept as entry 1" in written.stdout, written.stderr
    monkeypatch.setenv("EDITOR", "sed -i s/worn/wiped/")
    assert rehearse("journal", "edit", 1).returncode == 0
    assert "wiped out." in rehearse("journal", "search", "stay").stdout
    assert "your coach may see entry 1" in rehearse("journal", "share", 1).stdout.lower()
    (entry,) = json.loads(rehearse("journal", "list", "--json").stdout)
    assert (entry["text"], entry["question"], entry["for_coach"]) == ("I was wiped out.\nIt stayed.", "Why?", True)
    assert "for you alone" in rehearse("journal", "share", 1, "--no-more").stdout
    assert rehearse("journal", "delete", 1, "--yes").returncode == 0
    assert "Nothing yet." in rehearse("journal", "list").stdout
    left = b"".join(path.read_bytes() for path in (own_home / "data").rglob("*") if path.is_file())
    assert b"wiped out" not in left
    assert b"worn out" not in left


def test_the_mood_is_asked_before_and_after_at_a_terminal_and_not_when_it_is_set_off() -> None:
    typed = b"two\nYou sound worn out.\nstop\nyes\nfour\n"
    screen = at_a_terminal("practice", "hard-day", "--text", "--seed", "3", typed=typed)
    assert "how are you now" in screen
    assert rehearse("settings", "mood", "no").returncode == 0
    screen = at_a_terminal("practice", "hard-day", "--text", "--seed", "3", typed=typed[4:])
    assert "how are you" not in screen
    first, second = json.loads(rehearse("history", "--json").stdout)
    assert (first["mood_before"], first["mood_after"]) == (3, 7)
    assert (second["mood_before"], second["mood_after"]) == (None, None)


def test_a_talk_is_planned_rehearsed_and_told_of() -> None:
    assert rehearse("talk", "plan", "--text", typed="With Sam.\nthe rent\nnot sure\nI'm scared to say it.\n\n").stdout
    played = rehearse("talk", "rehearse", "--text", typed="I'm scared to say it.\nstop\nyes\n")
    assert "Your first sentence: I'm scared to say it." in played.stdout, played.stderr
    (past,) = json.loads(rehearse("history", "--json").stdout)
    assert (past["scenario"], past["partner"]) == ("talk-1", "Sam")
    told = rehearse("talk", "tell", "--text", typed="Yes, yesterday.\nIt was warm.\nThat's it.\nI'm scared.\n")
    assert "How it went: It was warm." in told.stdout
    (talk,) = json.loads(rehearse("talk", "list", "--json").stdout)
    assert (talk["happened"], talk["how_it_went"], talk["say_again"]) == (True, "It was warm.", "I'm scared.")
    assert (talk["scenario"], talk["on_day"]) == ("talk-1", None)
    assert rehearse("talk", "delete", 1, "--yes").returncode == 0


def test_a_cut_off_rehearsal_of_a_talk_is_taken_up() -> None:
    rehearse("talk", "plan", "--with", "my sister", "--first", "I miss you.")
    rehearse("talk", "rehearse", "--text", typed="I miss you.\n")
    shown = rehearse("show", 1)
    assert "your sister" in shown.stdout
    resumed = rehearse("resume", 1)
    assert "no scenario" not in resumed.stderr


def test_a_talk_whose_day_has_passed_is_asked_about_by_today_and_at_the_door() -> None:
    rehearse("talk", "plan", "--with", "Sam", "--first", "Hello.", "--when", "2026-01-05")
    assert "Did it happen?" in rehearse("today").stdout
    assert "Did it happen?" not in rehearse("today").stdout
    rehearse("talk", "plan", "--with", "Ines", "--first", "Hello.", "--when", "2026-01-05")
    screen = at_a_terminal(typed=b"no\nno\njournal\nI was glad.\n\nenough for today\n")
    assert "talk with Ines. Did it happen?" in screen
    assert "That's yours to decide." in screen
    assert "Kept as entry 1" in screen
    talks = json.loads(rehearse("talk", "list", "--json").stdout)
    assert [talk["happened"] for talk in talks] == [None, False]


def test_mistakes_have_one_line_and_a_status() -> None:
    for arguments, status, says in (
        (["journal", "show", 7], 1, "no journal entry 7"),
        (["journal", "--text", "list"], 2, "leave them out"),
        (["talk", "tell"], 1, "no talk is planned"),
        (["talk", "plan", "--with", "Sam", "--when", "whenever"], 2, "names no day"),
        (["today", "--on", "mon"], 2, "--calendar"),
        (["today", "--calendar", "x.ics", "--on", "someday"], 2, "no days of the week"),
        (["today", "--calendar", "x.ics", "--at", "7pm"], 2, "no time"),
    ):
        done = rehearse(*arguments)
        assert (done.returncode, done.stderr.count("\n")) == (status, 1), done.stderr
        assert says in done.stderr
