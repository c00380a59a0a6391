"""The command line: every mistake has one clear line and a status, and leaves nothing half-written."""

import json
from pathlib import Path

import pytest

from rehearse import __version__
from tests.command import rehearse
from tests.conftest import SCENE

pytestmark = pytest.mark.process


def test_version() -> None:
    assert rehearse("--version", afresh=True).stdout == f"rehearse {__version__}\n"


def test_scenarios_are_listed_for_people_and_programs() -> None:
    assert "hard-day" in rehearse("scenarios", "list").stdout
    rows = json.loads(rehearse("scenarios", "list", "--json").stdout)
    assert {"closeness", "hard-day"} <= {row["id"] for row in rows}
    assert {"id", "title", "summary", "partner", "trains", "states", "endings"} <= set(rows[0])


def test_validate_names_file_and_line_and_exits_1(scene_file: Path) -> None:
    assert rehearse("scenarios", "validate", scene_file).returncode == 0
    scene_file.write_text(SCENE.replace("start: tells", "start: tell"), encoding="utf-8")
    result = rehearse("scenarios", "validate", scene_file)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{scene_file}:8: there is no state 'tell'")


def test_a_typed_role_play_ends_in_a_debrief_and_a_report(tmp_path: Path) -> None:
    report = tmp_path / "out.json"
    typed = "You sound worn out.\n\nThat sounds really hard.\nstop\n"
    result = rehearse("practice", "hard-day", "--text", "--seed", "3", "--report", report, typed=typed)
    assert result.returncode == 0, result.stderr
    assert "Debrief" in result.stdout
    session = json.loads(report.read_text(encoding="utf-8"))
    assert session["turns"][0]["reply"]["text"] == "You sound worn out."
    assert "labels_feeling" in {found["code"] for found in session["turns"][0]["codes"]}


def test_a_drill_is_kept_and_the_plan_goes_by_what_was_kept(own_home: Path) -> None:
    first = rehearse("plan").stdout
    assert "A good place to begin with naming feelings." in first
    assert "  rehearse practice hard-day" in first
    result = rehearse("drill", "labeling", "--text", "--seed", "3", typed="You sound worn out.\nYou should rest.\n")
    assert result.returncode == 0, result.stderr
    assert "Named it: worn out." in result.stdout
    (kept,) = json.loads(rehearse("history", "--json").stdout)
    assert (kept["mode"], kept["scenario"], kept["turns"]) == ("drill", "drill-labeling", 2)
    assert rehearse("plan").stdout != first
    assert "begin another" in rehearse("resume", kept["id"]).stderr


def test_hints_come_unasked_in_guided_practice_and_the_journal_gets_its_question(tmp_path: Path) -> None:
    report = tmp_path / "out.json"
    said = "You should just rest.\n"
    result = rehearse("practice", "hard-day", "--text", "--mode", "guided", "--report", report, typed=said)
    assert result.returncode == 0, result.stderr
    assert "Here's a thought." in result.stdout
    assert "For your journal: " in result.stdout
    assert json.loads(report.read_text(encoding="utf-8"))["mode"] == "guided"


def test_a_session_of_ones_own_is_kept_private(own_home: Path) -> None:
    result = rehearse("practice", "hard-day", "--text", typed="You sound worn out.\nstop\n")
    assert result.returncode == 0, result.stderr
    log = own_home / "data" / "practice.db"
    assert log.stat().st_mode & 0o077 == 0
    assert log.parent.stat().st_mode & 0o077 == 0
    assert "Kept as session 1." in result.stdout


def test_written_replies_and_the_conversation_as_heard(tmp_path: Path) -> None:
    replies = tmp_path / "replies.txt"
    replies.write_text("You sound worn out.\nstop\n", encoding="utf-8")
    out, report = tmp_path / "out.wav", tmp_path / "out.json"
    result = rehearse("practice", "hard-day", "--replies", replies, "--say-to", out, "--report", report, "--seed", 1)
    assert result.returncode == 0, result.stderr
    assert out.stat().st_size > 200_000
    assert len(json.loads(report.read_text(encoding="utf-8"))["turns"]) == 1


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["practice", "hard-days"], 1, "did you mean 'hard-day'?"),
        (["practice", "gone.yaml"], 1, "no scenario file"),
        (["practice", "hard-day", "--say-to", "x.wav"], 2, "--say-to goes with --replies"),
        (["practice", "hard-day", "extra.wav"], 2, "come after --replies"),
        (["practice", "hard-day", "--text", "--replies", "x.wav"], 2, "exclude each other"),
        (["practice", "hard-day", "--text", "--report", "no/such/folder/out.json"], 1, "folder"),
        (["practice", "hard-day", "--replies", "gone.txt"], 1, "gone.txt"),
        (["practice", "hard-day", "--replies", "a.txt", "b.wav"], 1, "one .txt alone"),
        (["feedback"], 2, "--jsonl"),
        (["contest"], 1, "there is no session yet"),
        (["contest", "--session", "gone.json"], 1, "there is no session"),
    ],
)
def test_a_mistake_has_one_line_and_a_status(arguments: list[str], status: int, says: str) -> None:
    result = rehearse(*arguments)
    assert result.returncode == status
    assert result.stderr.count("\n") == 1
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_broken_scenario_is_refused_with_its_line(scene_file: Path) -> None:
    scene_file.write_text(SCENE.replace("labels_feeling", "label_feeling"), encoding="utf-8")
    result = rehearse("practice", scene_file, "--text")
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert f"{scene_file}:18: 'label_feeling' is not known" in result.stderr


def test_a_folder_without_recordings_is_refused(tmp_path: Path) -> None:
    result = rehearse("practice", "hard-day", "--replies", tmp_path)
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "holds no recording" in result.stderr


def test_feedback_for_programs_answers_every_line() -> None:
    lines = [
        json.dumps({"id": "a", "partner": "I had an awful day.", "reply": "You sound worn out."}),
        "{not json",
        json.dumps({"id": "c", "partner": "Hi.", "reply": 3}),
        json.dumps(["d"]),
        "",
        json.dumps({"id": "e", "partner": "", "reply": ""}),
        json.dumps({"id": "f", "partner": "", "reply": "half \ud800"}),
        "[" * 100_000,
        json.dumps({"id": float("nan"), "partner": "", "reply": ""}),
        json.dumps({"partner": "", "reply": ""}),
        json.dumps({"id": "j", "partner": "", "reply": "still here"}),
    ]
    result = rehearse("feedback", "--jsonl", typed="\n".join(lines) + "\n")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 1
    assert [answer["id"] for answer in answers] == ["a", None, "c", None, "e", "f", None, None, None, "j"]
    assert ["error" in answer for answer in answers] == [False, True, True, True, False, True, True, True, True, False]
    (label,) = answers[0]["codes"]
    assert set(label) == {"code", "confidence", "start", "end", "text"}
    assert label["code"] == "labels_feeling"
    assert "You sound worn out."[label["start"] : label["end"]] == label["text"]
    assert answers[4]["codes"] == []


def test_feedback_for_a_person_shows_the_words() -> None:
    result = rehearse("feedback", "You sound worn out.", "--partner", "I had an awful day.")
    assert result.returncode == 0
    assert "named their feeling: “You sound worn out”" in result.stdout


def test_feedback_says_how_a_feeling_was_named() -> None:
    done = rehearse("feedback", "Maybe you're stressed?", "--partner", "I had an awful day.")
    assert "(a vague word, put as a guess)" in " ".join(done.stdout.split())


def test_a_verdict_is_listed_contested_and_taken_back_in() -> None:
    typed = "You should call Rick.\nYou sound worn out.\nstop\n"
    assert rehearse("practice", "hard-day", "--text", "--seed", "3", typed=typed).returncode == 0
    listed = rehearse("contest").stdout
    assert "1  gave advice: “You should call Rick”" in listed
    assert "2  named their feeling: “You sound worn out”" in listed
    for arguments, fixing, marked in ((["1"], 0, True), (["1", "--undo", "--session", "1"], 1, False)):
        assert rehearse("contest", *arguments).returncode == 0
        report = json.loads(rehearse("show", "--json").stdout)
        assert report["debrief"]["listening"]["fixing"] == fixing
        assert ("you don't agree" in rehearse("contest").stdout) == marked
    for arguments in (["0"], ["9"], ["--undo"]):
        done = rehearse("contest", *arguments)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
