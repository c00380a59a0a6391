"""After every command once: no socket, no file for other eyes, and the person's words only where they belong."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer.main

from rehearse.cli.main import app
from tests.command import NO_DEVICES
from tests.conftest import SCENE
from tests.every_command import NEEDS_SERVER, NEEDS_WHISPER, PLANTED, ROUND, SET_UP, TRAP, TRAP_VARIABLE

pytestmark = pytest.mark.process

HOLDS_WORDS = ("data/practice.db", "data/practice-damaged-", "data/coach/review/")
"""Files of the home in which what was said belongs."""


@dataclass(frozen=True)
class Aftermath:
    """What is there once all commands have been run."""

    home: Path
    temporary: Path
    out: Path
    trapped: Path
    stdout: str
    stderr: str

    def files(self) -> Iterator[Path]:
        yield from (path for path in self.home.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    """All commands, run by somebody whose umask hides nothing, at a machine without a sound card."""
    folder = tmp_path_factory.mktemp("round")
    modules, work, temporary = folder / "modules", folder / "work", folder / "tmp"
    for each in (modules, work, temporary, work / "out"):
        each.mkdir()
    (modules / "sitecustomize.py").write_text(TRAP, encoding="utf-8")
    (modules / "sounddevice.py").write_text(NO_DEVICES, encoding="utf-8")
    (modules / "rehearse").write_text("#!/bin/sh\n", encoding="utf-8")
    (modules / "rehearse").chmod(0o755)
    (work / "scene.yaml").write_text(SCENE.replace("id: small", "id: scene"), encoding="utf-8")
    (work / "replies.txt").write_text("You sound worn out.\nstop\n", encoding="utf-8")
    (work / "note.flac").write_bytes(b"fLaC" + bytes(100))
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(modules), *filter(None, sys.path)]),
        "PATH": os.pathsep.join([str(modules), os.environ["PATH"]]),
        "REHEARSE_HOME": str(folder / "home"),
        "XDG_DATA_HOME": str(folder / "desktop"),
        "TMPDIR": str(temporary),
        "BROWSER": "true",
        "EDITOR": "sed -i s/was/am/",
        TRAP_VARIABLE: str(folder / "trapped"),
    }
    done = subprocess.run(
        ["sh", "-c", 'umask 022; exec "$@"', "sh", sys.executable, "-m", "tests.every_command"],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return Aftermath(folder / "home", temporary, work / "out", folder / "trapped", done.stdout, done.stderr)


def names_of_all() -> Iterator[str]:
    """Every command that there is."""
    todo = [("", typer.main.get_command(app))]
    while todo:
        name, command = todo.pop()
        within = getattr(command, "commands", {})
        todo += [(f"{name} {each}".strip(), below) for each, below in within.items()]
        if name and (not within or getattr(command, "invoke_without_command", False)):
            yield name


def test_every_command_is_among_them(aftermath: Aftermath) -> None:
    for name in set(names_of_all()) - SET_UP - NEEDS_WHISPER:
        there = any(f"{line} ".startswith(f"{name} ") for line, _ in ROUND)
        assert there or name.startswith(NEEDS_SERVER), f"put `{name}` into ROUND"
    assert "STATUS" not in aftermath.stdout, [line for line in aftermath.stdout.splitlines() if "STATUS" in line]


def test_none_opens_a_socket(aftermath: Aftermath) -> None:
    assert not aftermath.trapped.exists() or aftermath.trapped.read_text() == ""


def test_what_a_socket_would_be_trapped_by_works(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(TRAP, encoding="utf-8")
    environment = {"PYTHONPATH": str(tmp_path), TRAP_VARIABLE: str(tmp_path / "trapped")}
    for code in ("import socket; socket.socket()", "import socket; socket.getaddrinfo('127.0.0.1', 80)"):
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert (tmp_path / "trapped").read_text().count("\n") == 2


def test_all_files_and_folders_are_for_their_owner_alone(aftermath: Aftermath) -> None:
    written = [aftermath.home, *aftermath.home.rglob("*"), *aftermath.out.rglob("*"), *aftermath.temporary.rglob("*")]
    for path in written:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_what_was_said_stands_where_it_belongs_and_nowhere_else(aftermath: Aftermath) -> None:
    held = {path: path.read_bytes() for path in aftermath.files()}
    told = {str(path.relative_to(aftermath.home)): [w for w in PLANTED if w.encode() in held[path]] for path in held}
    assert told["data/practice.db"]
    for name, words in told.items():
        assert not words or name.startswith(HOLDS_WORDS), (name, words)


def test_neither_names_of_files_nor_complaints_hold_anything_that_was_said(aftermath: Aftermath) -> None:
    names = " ".join(str(path) for path in (*aftermath.files(), *aftermath.out.rglob("*")))
    for word in PLANTED:
        assert word.lower() not in names.lower()
        assert word not in aftermath.stderr
    assert "Traceback" not in aftermath.stderr


def test_nothing_stays_behind_and_nothing_is_unaccounted_for(aftermath: Aftermath) -> None:
    assert [*aftermath.temporary.iterdir()] == []
    assert not [path for path in aftermath.files() if path.name.startswith(".rehearse-")]
    assert '"name": "other"' in aftermath.stdout
    assert '"name": "other",\n      "bytes": 0,\n      "files": 0' in aftermath.stdout
