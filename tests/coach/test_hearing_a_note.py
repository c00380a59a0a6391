"""A coach's spoken note is played as it was spoken, whatever file it came in."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rehearse.audio.frames import Samples
from rehearse.cli import hearing
from rehearse.cli.assignment import hear
from rehearse.coach.assigned import AssignedFiles
from rehearse.coach.assigning import Task, make, write
from rehearse.errors import CoachError
from rehearse.paths import coach_dir, private
from tests.coach_homes import AT, Two

RATE = 44_100


@pytest.fixture
def played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How many seconds were played, each time."""
    monkeypatch.setenv("REHEARSE_HOME", str(tmp_path / "own"))
    seconds: list[float] = []

    def play(samples: Samples, rate: int) -> None:
        assert samples.ndim == 1
        seconds.append(len(samples) / rate)

    monkeypatch.setattr(hearing, "play", play)
    return seconds


def added(two: Two, note: Path | None, days: int = 0) -> str:
    """An assignment with that spoken note, made so many days later."""
    assignment = make(Task("hard-day", "Listen.", voice_note=note), two.coach.keys.coach, AT + timedelta(days=days))
    write(
        assignment, two.coach.keys, two.post / f"{assignment.id}", AssignedFiles(private(coach_dir() / "assignments"))
    )
    return assignment.id


def spoken(path: Path, seconds: float, kind: str = "FLAC") -> Path:
    wave = 0.1 * np.sin(np.arange(int(seconds * RATE)) / 20)
    content = BytesIO()
    soundfile.write(content, np.stack([wave, wave], axis=1), RATE, format=kind)
    path.write_bytes(content.getvalue())
    return path


@pytest.mark.parametrize("kind", ["FLAC", "OGG"])
def test_the_newest_is_played_or_the_one_that_is_named(two: Two, played: list[float], kind: str) -> None:
    first = added(two, spoken(two.post / "first", 0.5, kind))
    added(two, spoken(two.post / "second", 1.0, kind), days=1)
    added(two, None, days=2)
    hear()
    hear(first[:6])
    assert played == pytest.approx([1.0, 0.5], abs=0.01)


def test_where_there_is_none_that_is_said(two: Two, played: list[float]) -> None:
    with pytest.raises(CoachError, match="in any of your assignments"):
        hear()
    with pytest.raises(CoachError, match="no spoken note in it"):
        hear(added(two, None))
    damaged = two.post / "damaged"
    damaged.write_bytes(b"fLaC" + bytes(100))
    added(two, damaged)
    with pytest.raises(CoachError, match="the note of Ada Brook cannot be played"):
        hear()
    assert played == []
