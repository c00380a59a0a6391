"""What a writer starts from works, and what editors and drawings are made of is true."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from rehearse.cli.writing import json_schema
from rehearse.errors import DrawingFailed, InvalidScenario
from rehearse.scenarios import loader
from rehearse.scenarios.graph import in_words, mermaid, svg
from rehearse.scenarios.guard import Guard
from rehearse.scenarios.schema import Scenario
from rehearse.scenarios.template import Idea, scenario_from
from tests.conftest import SCENE


@pytest.mark.parametrize("title", ["The garden gate", 'He said: "no" # really', "42", "ÄÖÜ", "- a\nb: {c", "$NAME"])
def test_what_is_asked_makes_a_file_that_holds_together(tmp_path: Path, title: str) -> None:
    idea = Idea(title, "Jo", "male", 70, "your father: Jo", "What: #1?", "The 'gate' was \\ \"open\".", "And you?")
    path = tmp_path / f"{idea.id}.yaml"
    path.write_text(scenario_from(idea), "utf-8")
    scene = loader.load(path)
    assert scene.title == " ".join(title.split())
    assert idea.first_line in scene.states["begins"].known_lines


def test_the_committed_schema_is_that_of_the_code() -> None:
    """`rehearse scenarios schema > rehearse/scenarios/scenario.schema.json` makes it anew."""
    assert loader.LIBRARY.joinpath("scenario.schema.json").read_text("utf-8") == json_schema()


def test_every_state_and_rule_is_drawn(scene: Scenario) -> None:
    drawn = mermaid(scene, ["tells", "tells", "opens", "closer"])
    assert drawn.startswith("flowchart TD\n")
    assert all(f'"{name}"' in drawn for name in scene.states)
    assert 's0 ==>|"<b>1</b><br>else"| s0' in drawn
    assert 's0 -->|"defensiveness, visit 2"| s3' in drawn
    assert 's1 ==>|"<b>3</b><br>validates, no fixing"| s2' in drawn


def test_a_way_out_of_patience_is_drawn_too(scene: Scenario) -> None:
    assert 's0 ==>|"<b>1</b><br>out of patience"| s4' in mermaid(scene, ["tells", "fades"])


@pytest.mark.process
def test_an_image_shows_the_states_and_the_way(scene: Scenario) -> None:
    image = ElementTree.fromstring(svg(scene, ["tells", "tells", "fades"]))
    written = {element.text for element in image.iter("{http://www.w3.org/2000/svg}text")}
    assert {*scene.states, scene.title, "step 1", "step 2", "out of patience", "defensiveness, visit 2"} <= written


@pytest.mark.parametrize("program", [None, "#!/bin/sh\nexit 1\n"])
def test_without_graphviz_there_is_no_image(
    scene: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if program:
        (tmp_path / "dot").write_text(program)
        (tmp_path / "dot").chmod(0o755)
    with pytest.raises(DrawingFailed, match="install"):
        svg(scene)


def test_a_guard_is_said_in_words() -> None:
    guard = Guard.model_validate({"first": ["owns"], "counts": {"fixing": 2}, "at_most": {"hurt": 3}, "pause_over": 3})
    assert in_words(guard) == "first owns, fixing x2, hurt 3 or less, pause over 3 s"
    assert in_words(None) == "else"


def test_ones_own_scenarios_are_found_and_come_first(own_home: Path) -> None:
    own = own_home / "data" / "scenarios"
    own.mkdir(parents=True)
    (own / "small.yaml").write_text(SCENE, "utf-8")
    assert loader.find("small").title == "A small scene"
    (own / "hard-day.yaml").write_text(SCENE.replace("id: small", "id: hard-day"), "utf-8")
    assert loader.find("hard-day").title == "A small scene"
    (own / "broken.yaml").write_text("a: [", "utf-8")
    with pytest.raises(InvalidScenario):
        loader.find("broken")


def test_packs_of_scenarios_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = tmp_path / "some_pack"
    (pack / "more").mkdir(parents=True)
    (pack / "__init__.py").write_text("raise RuntimeError('a pack is read, and never run')")
    (pack / "small.yaml").write_text(SCENE, "utf-8")
    (pack / "more" / "smaller.yaml").write_text(SCENE.replace("id: small", "id: smaller"), "utf-8")
    info = tmp_path / "some_pack-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: some-pack\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[rehearse.scenarios]\na = some_pack\nd = some_pack.more\nb = not_there\nc = not.there\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert loader.find("small").title == "A small scene"
    assert loader.find("smaller").title == "A small scene"
