"""The wheel holds everything, and after set-up nothing needs the network."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.scenes import LIBRARY

pytestmark = pytest.mark.process

WITHOUT_NETWORK = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]


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


def without_network(*arguments: object, typed: str = "") -> str:
    """What a command prints, run in a network namespace without interfaces."""
    command = [*WITHOUT_NETWORK, sys.executable, "-m", "rehearse", *map(str, arguments)]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout


@pytest.mark.whisper
@pytest.mark.usefixtures("tiny_en_checkpoint")
def test_after_set_up_whole_sessions_run_without_a_network(tmp_path: Path) -> None:
    alone = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=3)"
    cut = subprocess.run([*WITHOUT_NETWORK, sys.executable, "-c", alone], capture_output=True, text=True, check=False)
    assert "Network is unreachable" in cut.stderr

    played = without_network("demo", "--model", "tiny.en")
    assert len({line.rsplit(": ", 1)[1] for line in played.splitlines() if "it ended: " in line}) == 2
    report, heard = tmp_path / "out.json", tmp_path / "out.wav"
    replies = ROOT / "rehearse" / "demo" / "hard-day-listener"
    spoken = ["--replies", replies, "--model", "tiny.en", "--say-to", heard, "--report", report]
    assert "Debrief" in without_network("practice", "hard-day", *spoken)
    assert len(json.loads(report.read_text(encoding="utf-8"))["turns"]) >= 3
    assert heard.stat().st_size > 1_000_000

    said = "You sound worn out.\nThat sounds hard.\nstop\nyes\n"
    assert "Kept as session 1" in without_network("practice", "hard-day", "--text", typed=said)
    assert "named their feeling" in without_network("feedback", "You sound worn out.", "--partner", "What a day.")
    assert "Kept as entry 1" in without_network("journal", "--text", "--question", "Why?", typed="I was glad.\n\n")
    assert "progress is in" in without_network("progress", "--html", tmp_path / "progress.html")
    assert "not encrypted" in without_network("privacy")
