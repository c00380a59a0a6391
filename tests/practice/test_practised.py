"""What a plan reads from the log."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rehearse.feedback.codes import Axis
from rehearse.feedback.ratings import Rating
from rehearse.practice.database import Database
from rehearse.practice.forgetting import drop_words
from rehearse.practice.log import About, PracticeLog
from rehearse.practice.practised import practised_sessions
from rehearse.practice.session import DRILL
from tests.scenes import LIBRARY

SCENES = [LIBRARY["hard-day"]]
BEGAN = datetime(2026, 3, 1, 10, 15, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[PracticeLog]:
    kept = PracticeLog(Database.in_file(tmp_path / "practice.db"))
    yield kept
    kept.database.close()


def keep(log: PracticeLog, mode: str = "plain", **entries: object) -> None:
    report = {"format": "rehearse.session/1", "scenario": "hard-day", "seed": 1, "turns": [], "completed": True}
    log.add({**report, "ending": None, **entries}, About(BEGAN, mode, ended_at=BEGAN))


def test_it_reads_what_a_session_was_and_when(log: PracticeLog) -> None:
    low = next(state.ending for state in SCENES[0].states.values() if state.outcome == "down")
    debrief = {"labeling": {"rating": "strong", "count": 2}, "defensiveness": {"rating": "not rated"}}
    keep(log, "hard", ending=low, debrief=debrief)
    (found,) = practised_sessions(log, SCENES)
    assert (found.scenario, found.level, found.when) == ("hard-day", 1, BEGAN.date())
    assert (found.outcome, found.mode) == ("down", "hard")
    assert found.ratings[Axis.LABELING] is Rating.STRONG
    assert found.ratings[Axis.DEFENSIVENESS] is Rating.NOT_RATED


def test_drills_are_read_and_scenes_that_are_gone_are_passed_over(log: PracticeLog) -> None:
    keep(log)
    keep(log, DRILL, scenario="drill-labeling")
    keep(log, scenario="no-longer-there")
    found = practised_sessions(log, SCENES)
    assert [(each.scenario, each.mode) for each in found] == [("hard-day", "plain"), ("drill-labeling", DRILL)]


def test_ratings_outlive_the_words(log: PracticeLog, tmp_path: Path) -> None:
    words = {"try_next": "Say: you sound worn out.", "strengths": ["You said: worn out."], "instead_of": []}
    keep(log, debrief={"labeling": {"rating": "strong", "count": 2}, "listening": {"rating": "some"}, **words})
    before = practised_sessions(log, SCENES)
    assert before[0].ratings[Axis.LABELING] is Rating.STRONG
    drop_words(log, [1], tmp_path)
    assert practised_sessions(log, SCENES) == before
    assert "worn out" not in str(log.report(1))
