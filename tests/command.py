"""The command `rehearse`, run as a person's shell would run it."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

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


def rehearse(*arguments: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run it without a terminal, with `typed` on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "rehearse", *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        timeout=300,
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
