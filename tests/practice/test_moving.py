"""A log is taken along whole, comes in once, and can be read by anybody who may."""

import json
from pathlib import Path

import pytest

from rehearse.errors import LogError, LogLocked, LogUnwritable, WrongPassphrase
from rehearse.practice import database, moving
from rehearse.practice.database import Database
from rehearse.practice.exporting import export
from rehearse.practice.journal import Journal
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.moving import change_passphrase, pack, unpack
from rehearse.practice.searching import search
from rehearse.practice.talks import PlannedTalk, Talks
from tests.practice_log import entry, report

SECRET = "open sesame"


@pytest.fixture
def filled(log: PracticeLog, tmp_path: Path) -> PracticeLog:
    """Two sessions, one with sound and an entry in the journal; a planned talk; settings and a scenario beside."""
    id_ = log.add(report(entry("One."), entry("Two.")), About(now(), ended_at=now()))
    log.add(report(entry("Three.")), About(now(), ended_at=now()))
    log.put_sound(id_, 1, b"fLaC", 1.5, now())
    Journal(log.database).write("A quiet evening.", session=id_)
    Talks(log.database).plan(PlannedTalk("my sister"))
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "mine.yaml").write_text("id: mine\n", encoding="utf-8")
    (tmp_path / "settings.json").write_text("{}", encoding="utf-8")
    return log


@pytest.mark.parametrize("secret", [None, SECRET])
def test_an_archive_brings_everything_and_brings_it_once(
    filled: PracticeLog, tmp_path: Path, secret: str | None
) -> None:
    archive, elsewhere = tmp_path / "practice.archive", tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert pack(filled.database, tmp_path, archive, secret) == 2
    assert archive.stat().st_mode & 0o077 == 0
    assert (b"quiet evening" in archive.read_bytes()) == (secret is None)
    there = PracticeLog(Database.in_file(elsewhere / "practice.db"))
    there.add(report(entry("Mine.")), About(now()))
    assert unpack(archive, there.database, elsewhere, secret) == 2
    assert unpack(archive, there.database, elsewhere, secret) == 0
    assert [past.id for past in there.history()] == [1, 2, 3]
    assert there.report(2) == filled.report(1)
    assert there.sound(2, 1) == b"fLaC"
    assert [each.session for each in Journal(there.database).entries()] == [2]
    assert [talk.with_whom for talk in Talks(there.database).talks()] == ["my sister"]
    assert len(search(there.database, "evening")) == 1
    assert (elsewhere / "scenarios" / "mine.yaml").read_text(encoding="utf-8") == "id: mine\n"
    there.database.close()


def test_what_is_no_archive_is_refused(filled: PracticeLog, tmp_path: Path) -> None:
    assert filled.database.path
    for path, says in ((tmp_path / "gone", "there is no archive"), (filled.database.path, "is no archive")):
        with pytest.raises(LogError, match=says):
            unpack(path, filled.database, tmp_path)
    pack(filled.database, tmp_path, tmp_path / "archive", SECRET)
    with pytest.raises(WrongPassphrase) as error:
        unpack(tmp_path / "archive", filled.database, tmp_path, "another")
    assert "data recover" not in str(error.value)


def test_a_passphrase_is_set_and_taken_back_and_leaves_no_plain_word(filled: PracticeLog, tmp_path: Path) -> None:
    path, before = tmp_path / "practice.db", filled.report(1)
    filled.database.close()
    change_passphrase(path, None, SECRET)
    assert not [each.name for each in tmp_path.glob("*practice*") if b"quiet evening" in each.read_bytes()]
    change_passphrase(path, SECRET, None)
    assert filled.report(1) == before


@pytest.mark.parametrize("ends", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize(("old", "new"), [(None, SECRET), (SECRET, None)])
def test_whatever_ends_the_overwriting_the_log_is_there(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    old: str | None,
    new: str | None,
    ends: BaseException | type[BaseException],
) -> None:
    path = tmp_path / "the.db"
    there = PracticeLog(Database.in_file(path, old))
    there.add(report(entry("One.")), About(now()))
    there.database.close()

    def stop(file: object) -> None:
        raise ends

    monkeypatch.setattr(moving, "overwrite_open", stop)
    with pytest.raises((KeyboardInterrupt, LogUnwritable)):
        change_passphrase(path, old, new)
    again = PracticeLog(Database.in_file(path, new))
    assert again.report(1)["turns"][0]["reply"]["text"] == "One."
    again.database.close()
    assert [each.name for each in tmp_path.iterdir()] == ["the.db"]


def test_while_another_program_has_the_log_open_the_passphrase_stays(filled: PracticeLog, tmp_path: Path) -> None:
    with pytest.raises(LogLocked, match="another program"):
        change_passphrase(tmp_path / "practice.db", None, SECRET)
    assert filled.add(report(entry("Four.")), About(now())) == 3


def test_while_the_passphrase_is_set_no_other_program_gets_in(
    filled: PracticeLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "practice.db"
    filled.database.close()
    monkeypatch.setattr(database, "BUSY_S", 0.05)
    refused: list[str] = []

    def meanwhile(file: object) -> None:
        for other in (Database.in_file(path), Database.in_file(kept)):
            with pytest.raises(LogError) as error:
                PracticeLog(other).count()
            refused.append(type(error.value).__name__)

    kept = tmp_path / "still-open.db"
    kept.hardlink_to(path)  # what another program has opened by its name a moment before
    monkeypatch.setattr(moving, "overwrite_open", meanwhile)
    change_passphrase(path, None, SECRET)
    assert refused == ["WrongPassphrase", "LogLocked"]


def test_an_export_can_be_read(filled: PracticeLog, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    assert export(filled, folder) == 2
    everything = json.loads((folder / "practice.json").read_text(encoding="utf-8"))
    assert everything["sessions"][0]["report"] == filled.report(1)
    assert (everything["journal"][0]["text"], everything["talks"][0]["with_whom"]) == ("A quiet evening.", "my sister")
    pages = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.md"))
    assert all(words in pages for words in ("**You:** Two.", "A quiet evening.", "## my sister"))
    assert (folder / "00001-02.flac").read_bytes() == b"fLaC"
