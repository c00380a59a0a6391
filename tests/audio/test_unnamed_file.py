"""Sound that a child process hands over leaves nothing behind, however the two end."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from rehearse.audio.unnamed_file import UnnamedFile
from rehearse.traces import left_behind

WRITES = "import sys; open(sys.argv[1], 'wb').write(sys.argv[2].encode())"


@pytest.fixture(autouse=True)
def passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def written(file: UnnamedFile, path: Path, words: str) -> None:
    subprocess.run([sys.executable, "-I", "-S", "-c", WRITES, path, words], pass_fds=file.inherited, check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it has a name")
def test_it_has_no_name_and_is_empty_each_time(passing: Path) -> None:
    file = UnnamedFile()
    for words in ("a longer line", "short"):
        with file.lent() as path:
            written(file, path, words)
            assert path.read_bytes() == words.encode()
            assert [*passing.iterdir()] == []
        assert path.stat().st_size == 0
    file.close()
    file.close()
    assert not path.exists()


def test_where_files_have_names_the_next_start_would_find_it(passing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    file = UnnamedFile()
    with file.lent() as path:
        written(file, path, "a line")
        assert path.read_bytes() == b"a line"
        assert path.parent.stat().st_mode & 0o077 == 0
        monkeypatch.setattr("rehearse.traces.is_needed", lambda path: False)
        assert left_behind(passing / "data") == [path.parent]
    assert [*passing.iterdir()] == []
    file.close()
