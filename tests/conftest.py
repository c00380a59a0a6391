"""Fixtures for all tests: a home of their own, and a small scene that every branch of the program can be tried on."""

import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from rehearse.scenarios.loader import load
from rehearse.scenarios.schema import Scenario

pytest_plugins = [
    "tests.practice_log",
    "tests.chromium",
    "tests.coach_homes",
    "tests.hanging",
    "tests.practice_of_coaches",
    "tests.speech_corpus",
    "tests.virtual_sound_card",
]

# A busy machine is slow; that is no fault of what is tested.
settings.register_profile("patient", deadline=None, max_examples=40)
settings.load_profile("patient")

ROOT = Path(__file__).parent.parent
MODELS = ROOT / ".cache" / "rehearse" / "models"

SCENE = textwrap.dedent("""\
    format: rehearse.scenario/1
    id: small
    title: A small scene
    summary: Two moments and three endings.
    trains: [listening]
    partner: {name: Kim, voice: female}
    briefing: Kim had a bad day.
    start: tells
    patience: {turns: 6, then: fades}
    states:
      tells:
        carries: [feeling, complaint]
        mood: tired
        lines: ["I had an awful day.", "What a day.", A day., Such a day., Well., It was a day., Oh.]
        waits: ["You there?"]
        hint: Name what you hear.
        on:
          - when: {any: [labels_feeling]}
            go: opens
          - when: {any: [defensiveness], visits: 2}
            go: leaves
          - go: tells
        instead:
          fixing: {say: "That sounds rough.", why: "It stays with Kim."}
          defensiveness: {say: "You're right.", why: "It opens the door."}
          missed: {say: "You sound worn out.", why: "It names it."}
      opens:
        carries: [feeling]
        lines: ["Yes. Exactly that.", "You get it."]
        hint: Stay.
        on:
          - when: {all: [validates], none: [fixing]}
            go: closer
          - go: tells
        instead:
          missed: {say: "Makes sense.", why: "It does."}
      closer: {ending: closer, outcome: up, lines: ["Thanks.", "Thank you."]}
      leaves: {ending: apart, outcome: down, lines: ["Never mind.", "Forget it."]}
      fades: {ending: unsettled, outcome: level, lines: ["Another time.", "Later."]}
    """)


@pytest.fixture(scope="session", autouse=True)
def light(request: pytest.FixtureRequest) -> Iterator[None]:
    """Unit tests, when run alone, must get by without the heavy libraries."""
    yield
    heavy = ("whisper", "device", "process")
    if not any(item.get_closest_marker(each) for item in request.session.items for each in heavy):
        assert not {"torch", "sounddevice"} & set(sys.modules), "unit tests have imported them"


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests' homes lie, and the lines that are rendered once for all of them."""
    MODELS.mkdir(parents=True, exist_ok=True)
    folder = tmp_path_factory.mktemp("homes")
    (folder / "cache").mkdir()
    return folder


def new_home(homes: Path) -> Path:
    """An empty one. Weights and rendered lines are shared."""
    home = Path(tempfile.mkdtemp(dir=homes))
    (home / "models").symlink_to(MODELS)
    (home / "cache").symlink_to(homes / "cache")
    return home


@pytest.fixture(autouse=True)
def own_home(homes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes what belongs to the person who runs it."""
    home = new_home(homes)
    monkeypatch.setenv("REHEARSE_HOME", str(home))
    return home


@pytest.fixture
def scene_file(tmp_path: Path) -> Path:
    """The small scene as a file."""
    path = tmp_path / "small.yaml"
    path.write_text(SCENE, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    """The small scene."""
    path = tmp_path_factory.mktemp("scene") / "small.yaml"
    path.write_text(SCENE, encoding="utf-8")
    return load(path)
