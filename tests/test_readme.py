"""The README's commands work as they stand there."""

import re
import shlex
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

import pytest

from rehearse.scenarios import loader
from tests.command import rehearse
from tests.conftest import ROOT

pytestmark = pytest.mark.process

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split("#")[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    for line in block.splitlines()
]
NEEDS_A_PERSON = {"rehearse", "rehearse practice hard-day", "rehearse practice closeness --text", "rehearse doctor"}
NEEDS_WHISPER = {"rehearse demo", "rehearse setup"}
NEEDS_DEVICE = {"rehearse devices"}
OF_A_SHELL = re.compile(r"[|<>;&$`*~]")


def run(command: str, folder: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a shell command in a folder with a text of replies, `rehearse` being the one under test."""
    (folder / "replies.txt").write_text("You sound worn out.\nThat sounds really hard.\n", encoding="utf-8")
    (folder / "rehearse").symlink_to(ROOT / "rehearse")
    if not OF_A_SHELL.search(command):
        with chdir(folder):
            return rehearse(*shlex.split(command)[1:], typed=typed)
    program = f"{shlex.quote(sys.executable)} -P -m rehearse"
    return subprocess.run(
        re.sub(r"(^|\| )rehearse\b", rf"\1{program}", command),
        shell=True,
        cwd=folder,
        input=typed,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        command
        for command in COMMANDS
        if "rehearse" in command and command not in NEEDS_A_PERSON | NEEDS_WHISPER | NEEDS_DEVICE
    ],
)
def test_a_command_works(command: str, tmp_path: Path) -> None:
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.whisper
@pytest.mark.usefixtures("tiny_en_checkpoint")
@pytest.mark.parametrize("command", sorted(NEEDS_WHISPER))
def test_a_command_that_needs_whisper_works(command: str, tmp_path: Path) -> None:
    done = run(f"{command} --model tiny.en", tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.device
@pytest.mark.usefixtures("sound_card")
@pytest.mark.parametrize("command", sorted(NEEDS_DEVICE))
def test_a_command_that_needs_a_device_works(command: str, tmp_path: Path) -> None:
    assert "default input" in run(command, tmp_path).stdout


def test_typed_practice_works(tmp_path: Path) -> None:
    done = run("rehearse practice closeness --text", tmp_path, typed="You sound lonely.\nstop\n")
    assert done.returncode == 0, done.stderr
    assert "Debrief" in done.stdout


@pytest.mark.parametrize(
    "target", [command.removeprefix("make ") for command in COMMANDS if command.startswith("make")]
)
def test_make_knows_its_two_commands(target: str) -> None:
    assert subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_the_sample_speaks_lines_that_the_scenario_has() -> None:
    """The transcript on the first screen is a real one."""
    sample = README.split("```text\n")[1].split("```")[0]
    lines = {line.say for state in loader.find("hard-day").states.values() for line in state.lines}
    said = [part.strip() for part in re.findall(r"^Maya(.*(?:\n {10,}.*)*)", sample, flags=re.MULTILINE)]
    assert said
    for each in said:
        assert " ".join(each.split()) in lines
