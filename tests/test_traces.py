"""What a killed program has left behind is found at the next start, and deleted such that nothing is left."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from rehearse.traces import PAGE, PAGE_S, left_behind, mark, overwrite, sweep, temporary, wipe
from rehearse.whole_files import replacing


@pytest.fixture
def passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "coach").mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def dead() -> int:
    """The number of a process that has ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_what_a_dead_program_has_left_goes_and_what_a_running_one_needs_stays(
    data: Path, passing: Path, dead: int
) -> None:
    left = [
        data / f".rehearse-{dead}-ab_12",
        data / f".rehearse-{dead}-ab_12-wal",
        data / "coach" / f".rehearse-{dead}-x",
    ]
    kept = [data / f".rehearse-{os.getpid()}-a", data / "practice.db", passing / f"rehearse-{dead}", passing / "other"]
    for path in (*left, *kept):
        path.write_text("words")
    folder = passing / f"rehearse-{dead}-folder"
    folder.mkdir()
    (folder / "line.wav").write_text("words")
    assert set(left_behind(data)) == {*left, folder}
    sweep(data)
    assert not [path for path in (*left, folder) if path.exists()]
    assert all(path.read_text() == "words" for path in kept)


def test_a_page_stays_for_a_day(data: Path, passing: Path) -> None:
    page = passing / f"{PAGE}abc"
    page.mkdir()
    sweep(data)
    assert page.exists()
    os.utime(page, (0, time.time() - PAGE_S - 1))
    sweep(data)
    assert not page.exists()


def test_what_belongs_to_others_and_links_are_left_alone(
    data: Path, passing: Path, dead: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "words").write_text("words")
    (passing / f"rehearse-{dead}-link").symlink_to(mine)
    assert temporary(data) == []
    theirs = passing / f"rehearse-{dead}-theirs"
    theirs.mkdir()
    monkeypatch.setattr(os, "getuid", lambda: theirs.stat().st_uid + 1)
    sweep(data)
    assert theirs.exists()
    assert (mine / "words").read_text() == "words"


def test_a_file_that_is_being_written_is_known_by_its_writer(data: Path, passing: Path) -> None:
    with replacing(data / "settings.json") as writing:
        assert writing.name.startswith(f".{mark()}")
        assert temporary(data) == [writing]
        assert left_behind(data) == []


def test_overwritten_bytes_are_gone_from_the_same_place(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"words" * 500_000)
    with path.open("rb") as same:
        overwrite(path)
        assert same.read() == bytes(2_500_000)
    overwrite(tmp_path / "nowhere")


def test_deleting_a_link_leaves_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("words")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    (tmp_path / "to file").symlink_to(tmp_path / "folder" / "file")
    wipe(tmp_path / "link")
    wipe(tmp_path / "to file")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
    assert (tmp_path / "folder" / "file").read_text() == "words"
    wipe(tmp_path / "folder")
    wipe(tmp_path / "folder")
    assert [*tmp_path.iterdir()] == []
