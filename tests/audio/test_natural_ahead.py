import json
import logging
import sys
import time
from pathlib import Path

import pytest

from rehearse.audio.natural_ahead import rendering_ahead
from rehearse.dialogue import Line, Speaker

pytestmark = pytest.mark.process

LINES = [Line("First.", Speaker.PARTNER, "tired"), Line("Second.", Speaker.PARTNER)]
WRITES_ITS_JOB_DOWN = (
    "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.stdin.readline()); sys.stdin.read()"
)


def until_there(path: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if path.exists() and (text := path.read_text()):
            return text
        time.sleep(0.01)
    raise AssertionError(f"{path} was never written")


def test_the_job_goes_to_a_process_that_ends_with_the_session(tmp_path: Path) -> None:
    command = (sys.executable, "-c", WRITES_ITS_JOB_DOWN, str(tmp_path / "job"))
    began = time.monotonic()
    with rendering_ahead("heart", tmp_path / "weights", tmp_path / "cache", LINES, command):
        job = json.loads(until_there(tmp_path / "job"))
    assert time.monotonic() - began < 60
    assert job["voice"] == "heart"
    assert job["lines"] == [["First.", "tired"], ["Second.", "neutral"]]


def test_a_process_that_dies_or_is_not_there_is_no_reason_not_to_practise(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with rendering_ahead("heart", tmp_path, tmp_path, LINES * 5000, (sys.executable, "-c", "")):
        pass
    with caplog.at_level(logging.WARNING), rendering_ahead("heart", tmp_path, tmp_path, LINES, ("/no-such-program",)):
        pass
    assert "the natural voice is not being prepared" in caplog.text


def test_missing_weights_are_told_in_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with rendering_ahead("heart", tmp_path, tmp_path, LINES):
        told, deadline = "", time.monotonic() + 60
        while not told.endswith("\n") and time.monotonic() < deadline:
            told += capfd.readouterr().err
            time.sleep(0.05)
    assert told.count("\n") == 1
    assert told.startswith("the natural voice is not being prepared: ")
