"""The command `rehearse`, run as a person's shell would run it."""

import os
import subprocess
import sys
from pathlib import Path


def rehearse(*arguments: object, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run it without a terminal, with `typed` on its standard input."""
    return subprocess.run(
        [sys.executable, "-m", "rehearse", *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
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
