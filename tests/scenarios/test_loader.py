"""A broken scenario file is named with its line and what to write."""

from pathlib import Path

import pytest

from rehearse.errors import InvalidScenario, UnknownScenario
from rehearse.scenarios import loader
from tests.conftest import SCENE

LINE_OF = {text: number for number, text in enumerate(SCENE.splitlines(), start=1)}


def line_with(part: str) -> int:
    return next(number for text, number in LINE_OF.items() if part in text)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("labels_feeling", "label_feeling", line_with("labels_feeling"), "did you mean 'labels_feeling'?"),
        (
            "go: closer",
            "go: closr",
            line_with("go: closer"),
            "there is no state 'closr'; did you mean 'closer'?",
        ),
        ("start: tells", "start: tell", line_with("start:"), "did you mean 'tells'?"),
        ("then: fades", "then: tells", line_with("patience"), "is not an ending"),
        ("then: fades", "then: fade", line_with("patience"), "did you mean 'fades'?"),
        ("hint: Name", "hnt: Name", line_with("hint: Name"), "did you mean 'hint'?"),
        ("title: A small scene\n", "", 1, "`title` is missing"),
        (
            "outcome: up",
            "outcome: best",
            line_with("closer: {"),
            "'best' is not known here; there are up, level, down",
        ),
        ("outcome: up, ", "", line_with("closer: {"), "an ending needs an outcome"),
        ("[feeling, complaint]", "[feelings]", line_with("complaint"), "did you mean 'feeling'?"),
        ("trains: [listening]", "trains: [listning]", line_with("trains"), "did you mean 'listening'?"),
        (
            '["I had an awful day.", "What a day."]',
            '["I had an awful day."]',
            line_with("awful"),
            "at least 2",
        ),
        ("id: small", "id: smal", 2, "make them the same"),
        ("title: A small scene", "title: A: small", 3, "check quotes, colons and indentation"),
        ("title: A small scene", "title: &a A small scene", 3, "anchors, aliases and tags are not allowed"),
        ("title: A small scene", "title: !!python/name:os.system x", 3, "anchors, aliases and tags"),
        ("title: A small scene", "title: a\ntitle: b", 4, "duplicate key"),
        ("visits: 2", "visits: two", line_with("visits"), "valid integer"),
        ("when: {any: [labels_feeling]}", "when: {}", line_with("labels_feeling"), "`when` is empty"),
        (
            "          - go: tells\n    instead",
            "    instead",
            line_with("visits"),
            "the last rule has a `when`",
        ),
        ("fixing: {say", "fixin: {say", line_with("fixing: {say"), "did you mean 'fixing'?"),
        ("voice: female", "voice: femal", line_with("partner:"), "did you mean 'female'?"),
        ("voice: female", "voice: female, pronoun: her", line_with("partner:"), "did you mean 'he'?"),
        ("mood: tired", "feels: [overloked]", line_with("mood: tired"), "did you mean 'overlooked'?"),
        ("mood: tired", "feels: [upset]", line_with("mood: tired"), "'upset' names no feeling precisely"),
        ("mood: tired", "feels: [sad, hurt, lost, lonely]", line_with("mood: tired"), "at most 3"),
        ("outcome: up", "outcome: up, feels: [sad]", line_with("closer: {"), "an ending has no `feels`"),
    ],
)
def test_a_fault_is_named_with_its_line(scene_file: Path, right: str, wrong: str, line: int, says: str) -> None:
    text = SCENE.replace(right, wrong, 1)
    if "instead" in wrong:
        text = SCENE.replace("          - go: tells\n", "", 1).replace("      - go: tells\n", "", 1)
    assert text != SCENE
    scene_file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidScenario) as raised:
        loader.load(scene_file)
    first = str(raised.value).splitlines()[0]
    assert first.startswith(f"{scene_file}:{line}: ")
    assert says in first


def test_all_faults_are_named_at_once(scene_file: Path) -> None:
    scene_file.write_text(SCENE.replace("go: closer", "go: closr").replace("start: tells", "start: x"), "utf-8")
    with pytest.raises(InvalidScenario) as raised:
        loader.load(scene_file)
    assert len(str(raised.value).splitlines()) >= 2


def test_a_state_that_nothing_leads_to_is_named(scene_file: Path) -> None:
    scene_file.write_text(SCENE + '  lost: {ending: lost, outcome: down, lines: ["a", "b"]}\n', "utf-8")
    with pytest.raises(InvalidScenario, match="no rule leads to 'lost'"):
        loader.load(scene_file)


@pytest.mark.parametrize(
    "content", [b"", b"- a\n- b\n", b"\xff\xfe\x00", b"a: \x00", b"[" * 5000, b"x" * 300_000, b"{a: 1"]
)
def test_what_is_no_scenario_at_all_is_refused(scene_file: Path, content: bytes) -> None:
    scene_file.write_bytes(content)
    with pytest.raises(InvalidScenario) as raised:
        loader.load(scene_file)
    assert str(raised.value).startswith(f"{scene_file}:")


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(UnknownScenario, match="did you mean 'hard-day'"):
        loader.find("hardday")
    with pytest.raises(UnknownScenario, match="closeness, hard-day"):
        loader.find("zzzz")
    with pytest.raises(UnknownScenario, match=r"no scenario file 'gone\.yaml'"):
        loader.find("gone.yaml")


def test_a_file_can_be_practised_by_its_path(scene_file: Path) -> None:
    assert loader.find(str(scene_file)).id == "small"
