"""The command `rehearse`, run as a person's shell would run it."""

import atexit
import json
import os
import pty
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from threading import Timer

import pytest

from tests.conftest import ROOT
from tests.fork_server import DEADLINE_S

NO_DEVICES = """
class default:
    hostapi = 0
def query_hostapis():
    return [{"name": "none", "default_input_device": -1, "default_output_device": -1}]
def query_devices():
    return []
"""
AT_A_TERMINAL_S = 180.0


def without_sound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let programs started from now on find no sound device, whatever card the tests have."""
    (folder / "sounddevice.py").write_text(NO_DEVICES, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)


def rehearse(*arguments: object, typed: str = "", afresh: bool = False) -> subprocess.CompletedProcess[str]:
    """Run it without a terminal, with `typed` on its standard input.

    It is a process of its own, forked from one that has imported the program, which spares a second or more each time.
    `afresh`: a new interpreter, as it also is where the environment tells Python something else.
    """
    words = [*map(str, arguments)]
    if afresh or _told_to_python() != _TOLD:
        return _started(words, typed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = {"arguments": words, "environment": dict(os.environ), "at": str(Path.cwd())}
        (folder / "asked").write_text(json.dumps(asked), encoding="utf-8")
        streams = [folder / each for each in ("stdin", "stdout", "stderr")]
        for stream, content in zip(streams, (typed, "", ""), strict=True):
            stream.write_text(content, encoding="utf-8", errors="surrogateescape")
        server = _fork_server()
        assert server.stdin
        assert server.stdout
        server.stdin.write(os.fsencode(folder))
        server.stdin.flush()
        status = int(server.stdout.readline())
        _, stdout, stderr = (stream.read_text(encoding="utf-8", errors="surrogateescape") for stream in streams)
        return subprocess.CompletedProcess(["rehearse", *words], status, stdout, stderr)


def _told_to_python() -> dict[str, str]:
    """What of the environment Python reads before the program does."""
    return {name: value for name, value in os.environ.items() if name.startswith(("PYTHON", "LC_", "LANG"))}


_TOLD = _told_to_python()


@cache
def _fork_server() -> subprocess.Popen[bytes]:
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.fork_server"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    atexit.register(server.communicate)
    return server


def _started(arguments: list[str], typed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rehearse", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        timeout=DEADLINE_S,
        check=False,
    )


def start(*arguments: object, folder: Path) -> subprocess.Popen[str]:
    """Start it and go on; its lines are not wrapped, and are there as soon as they are printed."""
    with (folder / "stderr").open("w") as stderr:
        return subprocess.Popen(
            [sys.executable, "-u", "-m", "rehearse", *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env={**os.environ, "COLUMNS": "500"},
        )


def at_a_terminal(*arguments: object, typed: bytes) -> str:
    """Run it at a terminal at which `typed` has been typed already; everything the terminal shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "rehearse", *map(str, arguments)], stdin=theirs, stdout=theirs, stderr=theirs
    ) as program:
        os.close(theirs)
        os.write(ours, typed)
        deadline = Timer(AT_A_TERMINAL_S, program.kill)
        deadline.start()
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # how Linux says that nobody writes to the terminal any more
            program.wait(60)
        deadline.cancel()
    os.close(ours)
    return " ".join(shown.decode(errors="replace").split())
