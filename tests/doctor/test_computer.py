"""Folders, disk, settings, weights and voices, each as it should be and as it should not."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio import weights
from rehearse.audio.frames import Samples
from rehearse.audio.kokoro_weights import KokoroFiles
from rehearse.audio.model_choice import choose
from rehearse.audio.voice import Voice, VoiceStyle
from rehearse.dialogue import Line, Speaker
from rehearse.doctor.check import Verdict, fault_of
from rehearse.doctor.computer import (
    NEEDED_BYTES,
    NEEDED_FOR_WEIGHTS_BYTES,
    disk_check,
    folder_check,
    natural_voice_check,
    settings_check,
    voice_check,
    weights_check,
)
from rehearse.errors import NoDevice, VoiceEngineMissing, WeightsCorrupt
from rehearse.settings import DeviceName, Settings

LINE = Line("Hello.", Speaker.COACH)


@pytest.mark.parametrize(
    ("error", "found", "fix"),
    [
        (WeightsCorrupt("/x/a.pt is damaged; delete it"), "/x/a.pt is damaged", "delete it"),
        (NoDevice("USB: Audio (hw:1,0) is gone: plug it in"), "USB: Audio (hw:1,0) is gone", "plug it in"),
        (NoDevice("two\nlines: one fix"), "two lines", "one fix"),
    ],
)
def test_an_error_is_a_cause_and_a_fix(error: NoDevice, found: str, fix: str) -> None:
    check = fault_of("it", error)
    assert (check.verdict, check.found, check.fix) == (Verdict.FAULT, found, fix)


def test_a_private_folder_is_fine(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert folder_check("data", lambda: tmp_path).verdict is Verdict.OK
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_others_can_look_into(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    check = folder_check("data", lambda: tmp_path)
    assert check.verdict is Verdict.WARNING
    assert check.fix == f"run `chmod 700 {tmp_path}`"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    def locate() -> Path:
        folder = tmp_path / "file" / "data"
        folder.mkdir(parents=True)
        return folder

    check = folder_check("data", locate)
    assert check.verdict is Verdict.FAULT
    assert str(tmp_path) in check.found
    assert "REHEARSE_HOME" in check.fix


@pytest.mark.parametrize(
    ("free", "there", "verdict"),
    [
        (NEEDED_BYTES, True, Verdict.OK),
        (NEEDED_BYTES - 1, True, Verdict.FAULT),
        (NEEDED_BYTES, False, Verdict.FAULT),
        (NEEDED_FOR_WEIGHTS_BYTES, False, Verdict.OK),
    ],
)
def test_there_has_to_be_room_on_every_disk(free: int, there: bool, verdict: Verdict) -> None:
    check = disk_check({Path("/a"): 10**12, Path("/b"): free}, weights_there=there)
    assert check.verdict is verdict
    assert "/b" in check.found
    assert bool(check.fix) == (verdict is not Verdict.OK)


def test_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    check, settings = settings_check(lambda: path)
    assert (check.verdict, settings) == (Verdict.OK, Settings())
    assert "nothing chosen" in check.found
    Settings(waiting=2, microphone=DeviceName(name="Buds", host_api="ALSA")).save(path)
    check, settings = settings_check(lambda: path)
    assert settings.waiting == 2
    assert check.found == "chosen: microphone, waiting"


def test_damaged_settings_are_a_fault_and_nothing_else_stops(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{")
    check, settings = settings_check(lambda: tmp_path / "settings.json")
    assert check.verdict is Verdict.FAULT
    assert "delete that file" in check.fix
    assert settings == Settings()


@pytest.fixture
def right_content(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """What the checkpoint of the only model, `small`, has to hold."""
    content = b"weights"
    url = f"https://models.example/{hashlib.sha256(content).hexdigest()}/small.pt"
    monkeypatch.setattr(weights, "published_models", lambda: {"small": url})
    return content


def test_the_right_weights(tmp_path: Path, right_content: bytes) -> None:
    (tmp_path / "small.pt").write_bytes(right_content)
    choose("small", tmp_path)
    check, checkpoint = weights_check(lambda: tmp_path, None)
    assert (check.verdict, checkpoint) == (Verdict.OK, tmp_path / "small.pt")


@pytest.mark.usefixtures("right_content")
@pytest.mark.parametrize(
    ("model", "content", "fix"),
    [
        (None, None, "run `rehearse setup`"),
        ("small", None, "go online and run `rehearse setup --model small`"),
        ("small", b"wrong", "delete it and run `rehearse setup`"),
        ("smal", None, "take one of small"),
    ],
)
def test_weights_that_will_not_do(tmp_path: Path, model: str | None, content: bytes | None, fix: str) -> None:
    if content:
        (tmp_path / "small.pt").write_bytes(content)
    check, checkpoint = weights_check(lambda: tmp_path, model)
    assert (check.verdict, checkpoint) == (Verdict.FAULT, None)
    assert check.fix == fix


class FakeVoice:
    engine = "fake"

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle("", 150)

    def render(self, line: Line) -> Samples:
        return np.full(24_000, 0.1, np.float32)


def starting(error: Exception | None = None) -> Callable[[], AbstractContextManager[Voice]]:
    @contextmanager
    def start() -> Iterator[Voice]:
        if error:
            raise error
        yield FakeVoice()

    return start


def test_a_voice_that_speaks() -> None:
    check, spoken = voice_check(starting(), LINE)
    assert (check.verdict, check.found) == (Verdict.OK, "fake spoke 1.0 s")
    assert spoken is not None


def test_no_voice() -> None:
    check, spoken = voice_check(starting(VoiceEngineMissing("none could be started: x; install one")), LINE)
    assert (check.verdict, check.fix, spoken) == (Verdict.FAULT, "install one", None)


@pytest.mark.parametrize(
    ("chosen", "is_installed", "content", "verdict"),
    [
        (None, False, None, None),
        ("system", True, None, None),
        ("af_heart", False, None, Verdict.WARNING),
        (None, True, None, Verdict.WARNING),
        ("af_heart", True, b"not the weights", Verdict.FAULT),
    ],
)
def test_the_natural_voice(
    tmp_path: Path, chosen: str | None, is_installed: bool, content: bytes | None, verdict: Verdict | None
) -> None:
    files = KokoroFiles.below(tmp_path)
    if content:
        for path in (files.model, files.voices):
            path.write_bytes(content)
    check = natural_voice_check(chosen, lambda: is_installed, lambda: files)
    assert (check and check.verdict) == verdict
    assert check is None or check.fix
