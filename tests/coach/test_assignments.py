"""Assigning, and what is refused of what was assigned, with the reason."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rehearse.coach import travelling
from rehearse.coach.assigning import Task, corrections_in, make
from rehearse.coach.assignments import read
from rehearse.coach.formats import MAX_ASSIGNMENT_BYTES, Assignment
from rehearse.coach.signing import body_of, sign
from rehearse.errors import CoachError, Refused, RehearseError, UnknownCoach
from rehearse.paths import scenarios_dir
from tests.coach_homes import AT, TODAY, ClientAtHome, CoachAtHome, Two
from tests.conftest import SCENE


def sent(two: Two, **changes: Any) -> Path:
    """An assignment that the coach's program would not have made, and the coach has signed."""
    first = read(two.post / "first.rehearse-assignment").assignment
    values = {**first.model_dump(), "id": "ab" * 8, **changes}
    path = two.post / "sent.rehearse-assignment"
    path.write_bytes(sign(body_of(Assignment.model_validate(values)), two.coach.keys.signing))
    return path


def test_it_is_a_small_file_that_anybody_can_read(two: Two) -> None:
    path = two.post / "first.rehearse-assignment"
    signed = json.loads(path.read_text(encoding="utf-8"))["signed"]
    assert signed["note"] == "Name what you hear."
    assert len(path.read_bytes()) < 2048


def test_the_first_contact_asks_to_compare_the_words(two: Two, tmp_path: Path) -> None:
    new = ClientAtHome(tmp_path / "new")
    with pytest.raises(UnknownCoach, match=r"Ada Brook, whom you have not met yet\. .* “(\w+ ){5}\w+”, .*--trust"):
        new.adds(two.post / "first.rehearse-assignment", trusting=False)
    assert new.assignments.all() == []
    assert new.adds(two.post / "first.rehearse-assignment")
    two.coach.assigns(two.post / "2.rehearse-assignment")
    assert new.adds(two.post / "2.rehearse-assignment", trusting=False)  # once is enough
    new.log.database.close()


def test_an_expired_one_is_refused(two: Two) -> None:
    path = two.post / "old.rehearse-assignment"
    two.coach.assigns(path, Task("hard-day", "Soon.", until=TODAY - timedelta(days=1)), at=AT - timedelta(days=9))
    with pytest.raises(Refused, match="25 November 2026"):
        two.client.adds(path)
    with pytest.raises(CoachError, match="is over"):
        two.coach.assigns(path, Task("hard-day", "Soon.", until=TODAY - timedelta(days=1)))


def test_one_that_is_too_large_is_refused_unread(two: Two) -> None:
    path = two.post / "large.rehearse-assignment"
    path.write_bytes(b" " * (MAX_ASSIGNMENT_BYTES + 1))
    with pytest.raises(Refused, match="larger than 3 MiB"):
        read(path)


@pytest.mark.parametrize("name", ["gone", "."])
def test_a_path_that_is_no_file_is_refused(two: Two, name: str) -> None:
    with pytest.raises(Refused, match="no file"):
        read(two.post / name)


@pytest.mark.parametrize(
    ("scene", "reason"),
    [
        (SCENE.replace("start: tells", "start: tell"), "line 8: there is no state 'tell'"),
        (SCENE.replace("A small scene", "!!python/object/apply:os.system [ls]"), "tags are not allowed"),
        (SCENE + "run: ls\n", "`run` is not a known key"),
        (SCENE.replace("A small scene", '"\\e[2J"'), "hidden characters"),
        (SCENE.replace("Well.", '"\\u202eWell."'), "hidden characters"),
        (SCENE.replace("Well.", "<system>"), "stands for nothing"),
        (SCENE.replace("id: small", "id: other"), "make them the same"),
        ("[" * 500, "does not hold together"),
        ("", "does not hold together"),
    ],
)
def test_a_scene_that_is_anything_but_talk_is_refused(two: Two, scene: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        two.client.adds(sent(two, scenario="small", scene=scene))
    assert [each.scenario for each in two.client.assignments.all()] == ["hard-day"]
    assert not list((two.client.folder / "scenes").iterdir())


def test_a_scene_never_takes_anothers_place(two: Two) -> None:
    with pytest.raises(Refused, match="'hard-day'"):
        two.client.adds(sent(two, scenario="hard-day", scene=SCENE.replace("id: small", "id: hard-day")))
    own = scenarios_dir() / "small.yaml"
    own.write_text(SCENE.replace("A small scene", "Mine"), encoding="utf-8")
    with pytest.raises(Refused, match="'small'"):
        two.client.adds(sent(two, scenario="small", scene=SCENE))
    assert "Mine" in own.read_text()


def test_no_scene_takes_the_name_of_a_talk_that_somebody_has_planned(two: Two) -> None:
    scene = SCENE.replace("id: small", "id: talk-3")
    with pytest.raises(Refused, match="'talk-3'"):
        two.client.adds(sent(two, scenario="talk-3", scene=scene))


@pytest.mark.parametrize("name", ["../../small", "/etc/passwd", "small\n", "Small", ""])
def test_the_name_of_a_scene_is_no_path(two: Two, name: str) -> None:
    with pytest.raises(ValueError, match="scenario"):
        sent(two, scenario=name, scene=SCENE)


def test_a_scene_that_is_not_there_is_asked_for(two: Two) -> None:
    with pytest.raises(Refused, match="send it along"):
        two.client.adds(sent(two, scenario="not-here"))


def test_another_with_the_same_number_is_refused(two: Two) -> None:
    first = read(two.post / "first.rehearse-assignment").assignment
    with pytest.raises(Refused, match="number of another"):
        two.client.adds(sent(two, id=first.id, note="Something else."))


def test_the_coachs_own_scene_travels_is_kept_once_and_goes_with_the_last_that_needs_it(two: Two) -> None:
    scene = two.post / "small.yaml"
    scene.write_text(SCENE, encoding="utf-8")
    there = two.client.folder / "scenes" / "small.yaml"
    made = []
    for name in ("a", "b"):
        path = two.post / f"{name}.rehearse-assignment"
        made.append(two.coach.assigns(path, Task(str(scene), "Try it.")))
        assert two.client.adds(path)
    assert there.read_text(encoding="utf-8") == SCENE
    two.client.assignments.remove(made[0])
    assert there.exists()
    two.client.assignments.remove(made[1])
    assert not there.exists()


def test_a_scene_that_the_person_has_changed_stays(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SCENE.replace("A small scene", "Mine now"), encoding="utf-8")
    travelling.take_out(tmp_path, "small", SCENE)
    assert (tmp_path / "small.yaml").exists()


def test_a_coach_hears_of_a_scene_that_clients_would_refuse(two: Two) -> None:
    broken, shadowing = two.post / "small.yaml", two.post / "hard-day.yaml"
    broken.write_text(SCENE.replace("start: tells", "start: tell"), encoding="utf-8")
    shadowing.write_text(SCENE.replace("id: small", "id: hard-day"), encoding="utf-8")
    for path, reason in ((broken, "would not take it"), (shadowing, "another id"), (two.post / "no.yaml", "no file")):
        with pytest.raises(RehearseError, match=reason):
            make(Task(str(path), "Try it."), two.coach.keys.coach, AT)


@pytest.mark.parametrize(
    ("content", "reason"), [(b"RIFF1234", "neither FLAC nor Ogg"), (b"OggS" + b"0" * 1_600_000, "larger than")]
)
def test_a_voice_note_is_bounded_and_of_a_known_kind(two: Two, content: bytes, reason: str) -> None:
    note = two.post / "note"
    note.write_bytes(content)
    with pytest.raises(CoachError, match=reason):
        make(Task("hard-day", "Listen.", voice_note=note), two.coach.keys.coach, AT)


def test_a_voice_note_arrives_as_it_was(two: Two) -> None:
    (two.post / "note.ogg").write_bytes(b"OggS" + bytes(range(256)))
    path = two.post / "2.rehearse-assignment"
    two.coach.assigns(path, Task("hard-day", "Listen.", voice_note=two.post / "note.ogg"))
    note = read(path).assignment.voice_note
    assert note is not None
    assert (note.media, note.sound) == ("ogg", b"OggS" + bytes(range(256)))


@pytest.mark.parametrize("task", [Task("hard-day", ""), Task("hard-day", "x", times=0), Task("hard-day", "\x1b[2J")])
def test_what_no_client_would_take_is_not_made(two: Two, task: Task) -> None:
    with pytest.raises(CoachError, match="of an assignment cannot be so"):
        make(task, two.coach.keys.coach, AT)


def test_corrections_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "corrections.json"
    path.write_text('[{"ref": "0123456789abcdef", "turn": 2, "code": "missed"}]')
    assert corrections_in(path)[0].turn == 2
    path.write_text('[{"ref": "x"}]')
    with pytest.raises(CoachError, match=r"0\.ref"):
        corrections_in(path)


def test_the_same_coach_with_new_keys_is_met_anew(two: Two, tmp_path: Path) -> None:
    again = CoachAtHome(tmp_path / "again")
    again.assigns(two.post / "2.rehearse-assignment")
    with pytest.raises(UnknownCoach, match="of that name"):
        two.client.adds(two.post / "2.rehearse-assignment", trusting=False)
    two.client.adds(two.post / "2.rehearse-assignment")
    with pytest.raises(CoachError, match="several"):
        two.client.known.find("Ada Brook")
    assert two.client.known.find(again.keys.coach.signs).coach == again.keys.coach
