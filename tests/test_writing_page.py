"""The tutorial on writing scenarios: its commands work in the order in which they stand there, and its moment fits."""

import re
from pathlib import Path

import pytest

from rehearse.scenarios import loader
from rehearse.scenarios.template import Idea, scenario_from
from tests.command import rehearse
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "writing-scenarios.md").read_text(encoding="utf-8")
BLOCKS = {kind: re.findall(rf"```{kind}\n(.*?)```", PAGE, flags=re.DOTALL) for kind in ("sh", "text", "yaml")}


@pytest.mark.process
def test_the_tutorial_ends_with_a_scene_that_runs() -> None:
    answers = "".join(f"{line.partition(': ')[2]}\n" for line in BLOCKS["text"][0].splitlines())
    typed = {"scenarios new": answers, "practice the-garden-gate --text": "You sound worn out.\nstop\n"}
    for command in "".join(BLOCKS["sh"]).splitlines():
        arguments = command.removeprefix("rehearse ")
        done = rehearse(
            *arguments.replace("rehearse/scenarios", str(loader.LIBRARY)).split(), typed=typed.get(arguments, "")
        )
        assert done.returncode == 0, (command, done.stderr)
        assert done.stdout


def test_the_moment_on_the_page_holds_together(tmp_path: Path) -> None:
    moment, examples = BLOCKS["yaml"]
    scene = scenario_from(Idea("A scene", "Jo", "male", 70, "your father", "He rings.", "It's the gate.", "And you?"))
    written = re.sub(r"  hurt:\n.*?\n\n", f"{moment}\n", scene, flags=re.DOTALL)
    path = tmp_path / "a-scene.yaml"
    path.write_text(written.split("# Tried by")[0] + examples, "utf-8")
    assert "interrupted" in PAGE
    assert "apart" in {rule.go for rule in loader.load(path).states["hurt"].on}
