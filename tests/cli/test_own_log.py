"""The person's own log at the command line: a session that is killed, taken up, shown, moved and forgotten."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import rehearse

pytestmark = pytest.mark.process


def cut_off(*said: str) -> None:
    """Practise typed, and be killed once the partner has answered what was said."""
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "rehearse", "practice", "hard-day", "--text", "--seed", "3"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdin
        assert program.stdout
        for each in said:
            program.stdin.write(f"{each}\n")
            program.stdin.flush()
            while not program.stdout.readline().startswith("You"):
                pass
            while not program.stdout.readline().startswith("Maya"):
                pass
        program.send_signal(signal.SIGKILL)


def test_a_session_that_was_killed_is_taken_up_shown_and_forgotten(own_home: Path, tmp_path: Path) -> None:
    cut_off("You sound worn out.")
    (past,) = json.loads(rehearse("history", "--json").stdout)
    assert (past["over"], past["turns"], past["medium"]) == (False, 1, "typed")
    assert "cut off" in rehearse("history").stdout

    resumed = rehearse("resume", typed="try that again\nYou look so tired.\nstop\nyes\n")
    assert resumed.returncode == 0, resumed.stderr
    assert "Welcome back." in resumed.stdout
    shown = rehearse("show", "1").stdout
    assert "(at first) You sound worn out." in shown
    assert "You 1      You look so tired." in shown
    for arguments, says in ((["resume"], "no session that was cut off"), (["resume", "1"], "played to its end")):
        refused = rehearse(*arguments)
        assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
        assert says in refused.stderr

    assert rehearse("data", "move", tmp_path / "archive").returncode == 0
    assert rehearse("data", "forget", "1", "--yes").returncode == 0
    left = b"".join(path.read_bytes() for path in (own_home / "data").rglob("*") if path.is_file())
    assert b"so tired" not in left
    assert rehearse("data", "receive", tmp_path / "archive").stdout == "1 session brought in.\n"
    assert "so tired" in rehearse("show").stdout


def test_where_the_log_cannot_be_written_the_session_goes_on_and_is_saved_elsewhere(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    (own_home / "data").mkdir()
    other = sqlite3.connect(own_home / "data" / "practice.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE something (id)")
    done = rehearse("practice", "hard-day", "--text", "--seed", "3", typed="You sound worn out.\nstop\nyes\n")
    other.close()
    assert done.returncode == 0, done.stderr
    assert "The session goes on, and is kept in memory" in done.stdout
    (saved,) = tmp_path.glob("*-practice.json")
    assert len(json.loads(saved.read_text(encoding="utf-8"))["turns"]) == 1


def test_mistakes_have_one_line_and_a_status() -> None:
    for arguments, status, says in (
        (["show"], 1, "no session yet"),
        (["show", "7"], 1, "no session 7"),
        (["data", "forget"], 2, "--everything"),
        (["data", "receive", "gone"], 1, "there is no archive"),
        (["practice", "hard-day", "--text", "--keep-audio"], 2, "by voice"),
    ):
        done = rehearse(*arguments)
        assert (done.returncode, done.stderr.count("\n")) == (status, 1), done.stderr
        assert says in done.stderr
