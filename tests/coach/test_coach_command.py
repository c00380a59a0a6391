"""A coach and a client at their own machines: the commands, two homes, and one folder through which files go."""

import re
import shlex
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.command import at_a_terminal, rehearse
from tests.conftest import ROOT

pytestmark = pytest.mark.process

NOTE = "Name what you hear before you say anything else."


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where both work, so that files without a path land there."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(*arguments: object, typed: str = "", status: int = 0) -> str:
    result = rehearse(*arguments, typed=typed)
    assert result.returncode == status, result.stderr
    assert "Traceback" not in result.stderr
    return " ".join((result.stdout + result.stderr).split())


def test_from_the_first_key_to_the_first_correction(post: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def at_home_of(who: str) -> None:
        (post / who).mkdir(exist_ok=True)
        monkeypatch.setenv("REHEARSE_HOME", str(post / who))

    at_home_of("coach")
    words = re.search(r"key words: ((?:\w+ ){5}\w+)", said("coach", "init", "--name", "Ada Brook"))
    assert words
    assert said("coach", "words") == words[1]
    assert "already" in said("coach", "init", "--name", "Ada Brook", status=1)
    assert stat.S_IMODE((post / "coach" / "data" / "coach" / "coach-keys.json").stat().st_mode) == 0o600
    said("coach", "assign", "hard-day", "--note", NOTE, "--times", "2", "--skill", "labeling", "--out", "a.txt")

    at_home_of("client")
    assert "no coach" in said("share", "--yes", status=1)
    assert words[1] in said("assignment", "add", "a.txt", status=1)
    assert words[1] in (shown := at_a_terminal("assignment", "add", "a.txt", typed=b"y\n"))
    assert NOTE in shown
    assert "already" in said("assignment", "add", "a.txt")
    assert f"Your coach has asked for it. “{NOTE}” It is for naming feelings." in said("today")
    said("practice", "hard-day", "--text", "--seed", "3", typed="You sound worn out, said Hannah.\nstop\n")
    assert "0 of 2 done" in said("assignment", "list")
    assert "1 of 2 done" in said("assignment", "count")
    said("practice", "hard-day", "--text", "--seed", "3", typed="That's hard.\ncoach, that one counts\nstop\n")
    assert f"2 of 2 done, finished Ada Brook: {NOTE}" in said("assignment", "list")
    assert "1 of 2 done" in said("assignment", "count", "--undo")
    preview = said("share", "--quote", "1:1", status=1)
    assert "said [person 1]." in preview
    assert "--yes" in preview
    assert not list(post.glob("*.rehearse-share"))
    assert "Nothing was written" in at_a_terminal("share", typed=b"\nno\n")
    kept = at_a_terminal("share", "--quote", "1:1", "--as", "Sam", typed=b"The waiting.\nkeep hannah\nyes\n")
    assert "said Hannah." in kept
    assert "1 quote" in said("share", "list")

    at_home_of("coach")
    received = said("coach", "receive", "practice-1.rehearse-share")
    assert "share 1 of Sam" in received
    assert "said Hannah." in received
    assert "What was hard: The waiting." in received
    assert "here already" in said("coach", "receive", "practice-1.rehearse-share")
    assert "not taken" in said("coach", "receive", "a.txt", status=1)

    at_home_of("client")
    number = said("share", "list").split()[0]
    said("share", "withdraw", number, "--out", "w.rehearse-share")
    assert "withdrawn" in said("share", "list")
    said("share", "--plain", "page.html", "--say", "On paper.", "--yes")
    assert "On paper." in (post / "page.html").read_text(encoding="utf-8")
    said("assignment", "remove", said("assignment", "list").split()[0])
    assert "Nothing yet" in said("assignment", "list")

    at_home_of("coach")
    assert "deleted here" in said("coach", "receive", "w.rehearse-share")
    assert "not taken" in said("coach", "receive", "practice-1.rehearse-share")


def test_the_page_for_coaches_can_be_followed(post: Path) -> None:
    page = (ROOT / "docs" / "for-coaches.md").read_text(encoding="utf-8").partition("## Once: your keys")[2]
    blocks = re.findall(r"```sh\n(.*?)```", page, flags=re.DOTALL)
    first, second, *_ = [shlex.split(block.replace("\\\n", " "))[1:] for block in blocks]
    said(*first)
    (post / "corrections.json").write_text(*re.findall(r"```json\n(.*?)```", page, flags=re.DOTALL))
    second[second.index("--until") + 1] = f"{date.today() + timedelta(days=30)}"
    said(*second, "--corrections", "corrections.json", "--out", "made.rehearse-assignment")
    assert "whom you have not met yet" in said("assignment", "add", "made.rehearse-assignment", status=1)


def test_a_double_click_is_registered_where_the_desktop_looks(post: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = post / "rehearse"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(post))
    monkeypatch.setenv("XDG_DATA_HOME", str(post / "share"))
    said("assignment", "register")
    entry = (post / "share" / "applications" / "rehearse-assignment.desktop").read_text()
    assert f'Exec="{program}" assignment add %f' in entry
    assert "*.rehearse-assignment" in (post / "share" / "mime" / "packages" / "rehearse.xml").read_text()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("coach", "assign", "hard-day", "--note", "x"), "coach init"),
        (("coach", "receive", "x"), "coach init"),
        (("assignment", "add", "gone"), "no file 'gone'"),
        (("assignment", "remove", "abcd"), "no assignment 'abcd'"),
        (("assignment", "count"), "no session yet"),
        (("share", "withdraw", "abcd"), "no share 'abcd'"),
        (("share", "--quote", "x", "--yes"), "no coach"),
    ],
)
def test_every_mistake_has_one_line(post: Path, arguments: tuple[str, ...], reason: str) -> None:
    result = rehearse(*arguments)
    assert result.returncode in {1, 2}
    assert reason in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
