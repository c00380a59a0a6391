"""What each room knows nothing of, and what starting the program does not load."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rehearse"

KNOWS_NOTHING_OF = {
    "agent": (
        "rehearse.audio",
        "rehearse.cli",
        "rehearse.stage",
        "rehearse.room",
        "rehearse.paths",
        "sounddevice",
        "whisper",
        "torch",
    ),
    "scenarios": ("rehearse.audio", "rehearse.agent", "rehearse.cli", "rehearse.stage", "rehearse.room"),
    "audio": (
        "rehearse.scenarios",
        "rehearse.feedback",
        "rehearse.agent",
        "rehearse.practice",
        "rehearse.cli",
    ),
    "feedback": (
        "rehearse.audio",
        "rehearse.scenarios",
        "rehearse.agent",
        "rehearse.practice",
        "rehearse.cli",
    ),
    "doctor": (
        "rehearse.scenarios",
        "rehearse.feedback",
        "rehearse.agent",
        "rehearse.practice",
        "rehearse.cli",
        "rehearse.stage",
        "rehearse.room",
    ),
    "safety": (
        "rehearse.audio",
        "rehearse.scenarios",
        "rehearse.feedback",
        "rehearse.agent",
        "rehearse.practice",
        "rehearse.reports",
        "rehearse.doctor",
        "rehearse.cli",
        "rehearse.stage",
        "rehearse.room",
        "rehearse.settings",
        "rehearse.paths",
        "rehearse.dialogue",
        "torch",
    ),
    "practice": ("rehearse.audio", "rehearse.agent", "rehearse.cli", "rehearse.reports"),
    "reports": (
        "rehearse.audio",
        "rehearse.agent",
        "rehearse.cli",
        "rehearse.stage",
        "rehearse.room",
        "rehearse.paths",
    ),
    "coach": (
        "rehearse.audio",
        "rehearse.agent",
        "rehearse.cli",
        "rehearse.reports",
        "rehearse.stage",
        "rehearse.room",
    ),
}


def imported_by(source: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("room", KNOWS_NOTHING_OF)
def test_a_room_keeps_to_itself(room: str) -> None:
    for source in (PACKAGE / room).rglob("*.py"):
        for module in imported_by(source):
            assert not module.startswith(KNOWS_NOTHING_OF[room]), f"{source.name} imports {module}"


@pytest.mark.process
def test_starting_the_program_loads_neither_torch_nor_portaudio() -> None:
    code = (
        "import sys, rehearse.cli.main, rehearse.room, rehearse.stage;"
        "print(*{'torch', 'whisper', 'sounddevice', 'pyttsx3'} & set(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""


def test_files_hold_one_idea() -> None:
    for source in PACKAGE.rglob("*.py"):
        assert len(source.read_text(encoding="utf-8").splitlines()) <= 400, source
