"""A coach reviews what has come, as a shell would run it: from the page for coaches, and from there on."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rehearse.coach.watching import SECONDS
from tests.coach.test_coach_command import said
from tests.command import start
from tests.conftest import ROOT

pytestmark = pytest.mark.process

PAGE = (ROOT / "docs" / "for-coaches.md").read_text(encoding="utf-8")
FIRST = PAGE.partition("## The first fifteen minutes")[2].partition("\n## ")[0]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a new coach has followed the first section of the page for coaches."""
    folder = tmp_path_factory.mktemp("followed")
    home = folder / "coach"
    blocks = "".join(re.findall(r"```sh\n(.*?)```", FIRST, flags=re.DOTALL))
    script = blocks.replace("unset REHEARSE_HOME", f"export REHEARSE_HOME={home}")
    done = subprocess.run(
        ["bash", "-euc", f'rehearse() {{ {sys.executable} -P -m rehearse "$@"; }}\n{script}'],
        cwd=folder,
        input="You should call them. Ask Hannah.\nstop\n",
        env={**os.environ, "PYTHONPATH": str(ROOT), "REHEARSE_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def tried(followed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The coach's home after that, in a folder of their own."""
    shutil.copytree(followed, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "coach"))
    return tmp_path / "coach" / "data" / "coach"


def page_of_sam(home: Path) -> str:
    (path,) = (home / "review").glob("client-*.html")
    return path.read_text(encoding="utf-8")


def test_the_first_fifteen_minutes_end_with_a_page(tried: Path) -> None:
    page = page_of_sam(tried)
    for words in ("How do I stop giving advice?", "Begin with their question.", "1 of 2 done", "You should call them."):
        assert words in page
    assert "Hannah" not in page
    assert "<script" not in page
    assert "Sam" in (tried / "review" / "practice.html").read_text(encoding="utf-8")
    for path in (tried / "review").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert "sam" not in path.name.lower()
    assert stat.S_IMODE((tried / "review").stat().st_mode) == 0o700


def test_a_correction_goes_with_the_next_assignment(tried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = re.findall(r"rehearse coach correct (\w+) (\w+) (\d) (\w+)</code>", page_of_sam(tried))
    client, ref, reply, code = commands[0]
    assert "judged nothing" in said("coach", "agreement")
    assert "1 correction for Sam" in said("coach", "correct", "Sam", ref, reply, code, "--note", "You asked, too.")
    assert "will go with" in said("coach", "correct", client, ref[:5], reply, "asks_need", "--missed")
    assert "0 of 1" in (told := said("coach", "agreement"))
    assert "tells next to nothing" in told
    said("coach", "review")
    assert "It waits for your next assignment" in page_of_sam(tried)
    assert "corrections that wait" in said("coach", "assign", "hard-day", "--note", "x", "--out", "none")
    assert "goes along: 2" in said("coach", "assign", "hard-day", "--note", "Again.", "--for", "sam", "--out", "next")
    said("coach", "assign", "hard-day", "--note", "Again.", "--for", client, "--out", "later")
    assert json.loads(Path("none").read_bytes())["signed"].get("corrections", []) == []
    assert json.loads(Path("later").read_bytes())["signed"].get("corrections", []) == []
    said("coach", "correct", "Sam", ref, reply, code, "--confirm")
    assert "1 of 1" in said("coach", "agreement")
    assert "Taken back" in said("coach", "correct", "Sam", ref, reply, code, "--undo")
    said("coach", "correct", "Sam", ref, reply, code, "--undo", status=1)
    said("coach", "correct", "Sam", ref, reply, code, "--missed", "--confirm", status=2)
    monkeypatch.setenv("REHEARSE_HOME", "trial")
    added = said("assignment", "add", "next")
    assert "You asked, too." in added
    assert "Ada Brook hears asks need" in added


def test_tables_and_groups(tried: Path) -> None:
    assert "1 clients" in said("coach", "export", "--csv", "tables")
    assert "asks,How do I stop giving advice?" in Path("tables/letters.csv").read_text(encoding="utf-8")
    said("coach", "export", "--json", "all.json")
    assert json.loads(Path("all.json").read_bytes())["clients"][0]["name"] == "Sam"
    said("coach", "export", status=2)
    said("coach", "assign", "hard-day", "--note", "x", "--cohort", "men", "--out", "group")
    assert "fewer than five" in said("coach", "cohort", "men")
    assert "there are men" in said("coach", "cohort", "women", status=1)


def test_who_withdraws_has_no_page_any_more(tried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_HOME", "trial")
    said("share", "withdraw", said("share", "list").split()[0], "--out", "w.rehearse-share")
    monkeypatch.setenv("REHEARSE_HOME", str(tried.parent.parent))
    assert "Their page is deleted" in said("coach", "receive", "w.rehearse-share")
    assert list((tried / "review").iterdir()) == []
    said("coach", "review")
    assert [path.name for path in (tried / "review").iterdir()] == ["practice.html"]


def test_a_folder_is_watched_until_ctrl_c(tried: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_HOME", "trial")
    (tmp_path / "post").mkdir()
    said("share", "--say", "Later words.", "--out", "post/2.rehearse-share", "--yes")
    monkeypatch.setenv("REHEARSE_HOME", str(tried.parent.parent))
    (tmp_path / "post" / "0.rehearse-share").write_bytes(b"no share at all")
    with start("coach", "review", "--watch", "post", folder=tmp_path) as program:
        until = time.monotonic() + 60
        while "Later words." not in page_of_sam(tried) and time.monotonic() < until:
            time.sleep(SECONDS / 10)
        program.send_signal(signal.SIGINT)
        assert program.wait(60) == 0
    assert "Later words." in page_of_sam(tried)
    assert (tmp_path / "stderr").read_text().count("not taken") == 1
    assert "no folder" in said("coach", "review", "--watch", "gone", status=2)
