"""What a plan reads from kept reports."""

import json
from datetime import date
from pathlib import Path

from rehearse.feedback.codes import Axis
from rehearse.feedback.ratings import Rating
from rehearse.practice.practised import practised_sessions
from tests.scenes import LIBRARY

SCENES = [LIBRARY["hard-day"]]


def keep(folder: Path, name: str, **entries: object) -> None:
    report = {"format": "rehearse.session/1", "scenario": "hard-day", **entries}
    (folder / name).write_text(json.dumps(report), "utf-8")


def test_it_reads_what_a_session_was_and_when(tmp_path: Path) -> None:
    low = next(state.ending for state in SCENES[0].states.values() if state.outcome == "down")
    debrief = {"labeling": {"rating": "strong", "count": 2}, "defensiveness": {"rating": "not rated"}}
    keep(tmp_path, "2026-03-01-101500-hard-day.json", ending=low, mode="hard", debrief=debrief)
    (found,) = practised_sessions(tmp_path, SCENES)
    assert (found.scenario, found.level, found.when) == ("hard-day", 1, date(2026, 3, 1))
    assert (found.outcome, found.mode) == ("down", "hard")
    assert found.ratings[Axis.LABELING] is Rating.STRONG
    assert found.ratings[Axis.DEFENSIVENESS] is Rating.NOT_RATED


def test_old_reports_and_drills_are_read_and_the_rest_is_passed_over(tmp_path: Path) -> None:
    keep(tmp_path, "a.json")
    keep(tmp_path, "b.json", scenario="drill-labeling", mode="drill")
    keep(tmp_path, "c.json", scenario="no-longer-there")
    keep(tmp_path, "d.json", format="something/1")
    (tmp_path / "e.json").write_text("{", "utf-8")
    (tmp_path / "2026-99-99-f.json").write_text("{}", "utf-8")
    found = practised_sessions(tmp_path, SCENES)
    assert [(each.scenario, each.mode) for each in found] == [("hard-day", "plain"), ("drill-labeling", "drill")]
    assert practised_sessions(tmp_path / "nowhere", SCENES) == []
