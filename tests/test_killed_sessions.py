"""Sessions that are killed: no finished turn is lost, the file is sound, and they are gone on with."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process


def test_two_hundred_kills_at_random_moments_cost_no_finished_turn(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.killed_sessions", tmp_path, "200", "7"],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["killed"] == 200
    assert found["told"] > found["kept"] > 20
    assert found["resumable"] > 50
