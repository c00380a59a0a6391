"""The wheel holds everything, and after set-up nothing needs the network."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.scenes import LIBRARY

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_scenarios_recordings_and_word_lists(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for source in (ROOT / "rehearse").rglob("*"):
        if source.suffix in {".py", ".yaml", ".ogg", ".txt"}:
            assert str(source.relative_to(ROOT)) in names
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)


def test_the_recordings_stay_small() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "rehearse" / "demo").rglob("*.ogg")) < 1_000_000


def test_the_installed_wheel_runs_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(target),
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    code = "import rehearse, rehearse.scenarios.loader as l; print(rehearse.__file__, *l.library())"
    printed = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert printed.split() == [str(target / "rehearse" / "__init__.py"), *sorted(LIBRARY)]


@pytest.mark.whisper
@pytest.mark.usefixtures("tiny_en_checkpoint")
def test_after_set_up_a_whole_demo_runs_without_a_network() -> None:
    without_network = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    alone = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=3)"
    cut = subprocess.run([*without_network, sys.executable, "-c", alone], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in cut.stderr
    demo = [*without_network, sys.executable, "-m", "rehearse", "demo", "--model", "tiny.en"]
    done = subprocess.run(demo, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    endings = [line.rsplit(": ", 1)[1] for line in done.stdout.splitlines() if "it ended: " in line]
    assert len(set(endings)) == 2
