"""A practice of two coaches, a supervisor and an auditor: the commands, as each of them would type them."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from rehearse.coach.server import URL_VARIABLE
from tests.coach_homes import ClientAtHome
from tests.command import rehearse
from tests.conftest import ROOT
from tests.practice_log import entry

pytestmark = pytest.mark.process


class People:
    """Each with a home and an address of their own."""

    def __init__(self, folder: Path, owners_url: str, patch: pytest.MonkeyPatch) -> None:
        self._folder, self._patch = folder, patch
        self.urls = {"owner": owners_url}

    def __call__(self, who: str, *arguments: object, typed: str = "", status: int = 0) -> str:
        home = self._folder / who
        home.mkdir(exist_ok=True)
        self._patch.setenv("REHEARSE_HOME", str(home))
        self._patch.setenv(URL_VARIABLE, self.urls[who])
        result = rehearse(*arguments, typed=typed)
        assert result.returncode == status, result.stderr
        assert "Traceback" not in result.stderr
        return result.stdout + result.stderr


@pytest.fixture
def said(tmp_path: Path, postgresql: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> People:
    monkeypatch.chdir(tmp_path)
    return People(tmp_path, postgresql(), monkeypatch)


def test_from_the_database_to_the_audit(said: People, tmp_path: Path) -> None:
    assert "is there, version" in said("owner", "coach", "database", "init")
    assert "there already" in said("owner", "coach", "database", "init", status=1)
    assert "has version" in said("owner", "coach", "database", "upgrade")
    suffix = make_url(said.urls["owner"]).database
    for who, kind in (("ada", "coach"), ("cy", "supervisor"), ("di", "auditor")):
        shown = said("owner", "coach", "database", f"add-{kind}", f"{who}_{suffix}")
        found = re.search(rf"^{URL_VARIABLE}=(postgresql://\S+)$", shown, flags=re.MULTILINE)
        assert found
        assert f"IN ROLE rehearse_{kind};" in shown
        said.urls[who] = found[1]
    for who, name in (("ada", "Ada Brook"), ("cy", "Cy Moe")):
        said(who, "coach", "init", "--name", name)
    said("ada", "coach", "assign", "hard-day", "--note", "Name it.", "--times", "2", "--out", "a.rehearse-assignment")

    client = ClientAtHome(tmp_path / "client")
    client.adds(Path("a.rehearse-assignment"))
    client.practises(entry(), entry(), counts=True)
    share = client.shares_to(Path("1.rehearse-share"))
    assert "(client 1 of the practice)" in said("ada", "coach", "receive", "1.rehearse-share")
    assert not (tmp_path / "ada" / "data" / "coach" / "received").exists()
    said("ada", "coach", "review", "--out", "pages")
    assert len(list(Path("pages").glob("*.html"))) == 2

    cys = said("cy", "coach", "words").strip()
    assert re.search(r"1\s+Ada Brook\s+2026-11-23\s+\d\s+1\s+2\s+\d+\s+1 of 2", said("cy", "coach", "database", "sums"))
    shown = said("ada", "coach", "database", "hand-over", "1", f"cy_{suffix}", "--why", "I am on leave", typed="n\n")
    assert cys in shown
    assert "Nothing was handed over" in shown
    shown = said("ada", "coach", "database", "hand-over", "1", f"cy_{suffix}", "--why", "I am on leave", "--yes")
    assert "1 share of client 1 can be read by Cy Moe too" in shown
    audit = said("di", "coach", "audit", "--client", "1")
    assert re.search(rf"ada_{suffix}  opened: client 1, {share.id}; review", audit)
    assert re.search(rf"ada_{suffix}  handed over: client 1, {share.id}; cy_{suffix}; I am on leave", audit)
    assert re.search(rf"ada_{suffix}  opened: client 1, {share.id}; to hand over to cy_{suffix}", audit)
    assert "1 share of client 1" in said(
        "ada", "coach", "database", "take-back", "1", f"cy_{suffix}", "--why", "I am back"
    )

    for who, command in (
        ("di", ("database", "sums")),
        ("cy", ("audit",)),
        ("cy", ("receive", "1.rehearse-share")),
        ("ada", ("database", "add-coach", "me")),
        ("ada", ("database", "trim-audit", "--before", "2030-01-01", "--why", "tidy")),
    ):
        shown = said(who, "coach", *command, status=1)
        assert len(shown.strip().splitlines()) == 1
    client.withdraws(share, Path("w.rehearse-share"))
    assert "deleted here" in said("ada", "coach", "receive", "w.rehearse-share")
    assert "is not taken" in said("ada", "coach", "receive", "1.rehearse-share")
    assert f'DROP ROLE IF EXISTS "ada_{suffix}";' in said("owner", "coach", "database", "remove", f"ada_{suffix}")
    assert "entries are gone" in said(
        "owner", "coach", "database", "trim-audit", "--before", "2026-01-01", "--why", "a year has passed"
    )
    client.log.database.close()


def test_what_lies_in_ones_own_folder_is_brought_in(said: People, tmp_path: Path) -> None:
    said.urls["bo"] = ""
    said("bo", "coach", "init", "--name", "Bo Lind")
    said("bo", "coach", "assign", "hard-day", "--note", "Name it.", "--out", "b.rehearse-assignment")
    client = ClientAtHome(tmp_path / "client")
    client.adds(Path("b.rehearse-assignment"))
    for number in (1, 2):
        share = client.shares_to(Path(f"{number}.rehearse-share"))
    client.withdraws(share, Path("w.rehearse-share"))
    said("bo", "coach", "receive", "1.rehearse-share", "2.rehearse-share", "w.rehearse-share")
    assert "set REHEARSE_COACH_DATABASE_URL" in said("bo", "coach", "database", "bring-in", status=2)
    said("owner", "coach", "database", "init")
    name = f"bo_{make_url(said.urls['owner']).database}"
    said.urls["bo"] = said("owner", "coach", "database", "add-coach", name).strip().rpartition(f"{URL_VARIABLE}=")[2]
    for _ in range(2):
        assert "All is in the practice's database" in said("bo", "coach", "database", "bring-in")
    assert "is not taken" in said("bo", "coach", "receive", "2.rehearse-share")
    assert "here already" in said("bo", "coach", "receive", "1.rehearse-share")
    client.log.database.close()


def test_the_page_for_a_practice_names_commands_that_there_are() -> None:
    page = (ROOT / "docs" / "for-a-practice.md").read_text(encoding="utf-8")
    commands = set(re.findall(r"rehearse coach database ([a-z-]+)", page))
    shown = rehearse("coach", "database", "--help").stdout
    assert commands
    assert all(each in shown for each in commands)
