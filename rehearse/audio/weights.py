"""Whisper's weights: fetched once, verified before every use, from wherever this machine can reach.

First from where openai-whisper publishes them; where that host cannot be reached, from packages that hold the same
weights in CTranslate2's format. A checkpoint appears in its folder only when it is complete and verified; what is
unfinished ends in `.part`, and the next time goes on from there.
"""

import difflib
import hashlib
import http.client
import io
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from rehearse.audio import ctranslate2
from rehearse.audio.late_whisper import import_whisper
from rehearse.audio.weight_packages import PACKAGED, Progress, read_packaged
from rehearse.errors import OutputError, UnknownModel, WeightsCorrupt, WeightsUnreachable

_SILENCE_S = 5.0
"""How long a host may say nothing, in seconds; also the time to connect."""
_TRIES = 5
"""How often a download that breaks off is taken up again."""
_CHUNK = 1 << 18


def published_models() -> dict[str, str]:
    """Where openai-whisper publishes each of its models; the last folder in a URL is the file's SHA-256."""
    return dict(import_whisper()._MODELS)


def ensure_weights(name: str, folder: Path, progress: Progress | None = None) -> Path:
    """The verified openai-whisper checkpoint of the model `name` in `folder`, fetched if it is not there.

    `name` is one of openai-whisper's. Raises `UnknownModel`, `WeightsUnreachable`, `WeightsCorrupt`, and
    `OutputError` where `folder` cannot be written.
    """
    if there := weights_there(name, folder):
        return there
    url, checkpoint, published_sum = _published(name, folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _fetch(name, url, checkpoint, published_sum, progress or (lambda what, done, total: None))
    except OSError as error:
        cause = error.strerror or str(error)
        raise OutputError(f"cannot write weights to {folder} ({cause}); make room or set REHEARSE_HOME") from error
    return checkpoint


def weights_there(name: str, folder: Path) -> Path | None:
    """The verified checkpoint of the model `name` in `folder`; None where it would have to be fetched.

    Raises `UnknownModel` and `WeightsCorrupt`.
    """
    _, checkpoint, published_sum = _published(name, folder)
    if not checkpoint.exists():
        return None
    verify(checkpoint, published_sum)
    return checkpoint


def _published(name: str, folder: Path) -> tuple[str, Path, str]:
    """Where the model `name` is published, where it lies in `folder`, and its SHA-256."""
    models = published_models()
    if name not in models:
        near = difflib.get_close_matches(name, models, n=3, cutoff=0.4) or sorted(models)
        raise UnknownModel(f"there is no Whisper model {name!r}; take one of {', '.join(near)}")
    url = models[name]
    *_, published_sum, file_name = urlsplit(url).path.split("/")
    return url, folder / file_name, published_sum


def _fetch(name: str, url: str, checkpoint: Path, published_sum: str, progress: Progress) -> None:
    """Put the checkpoint in its place, from the first source that can be reached."""
    try:
        download(url, checkpoint, published_sum, lambda done, total: progress(f"Whisper {name}", done, total))
    except WeightsUnreachable as error:
        if name not in PACKAGED:
            fix = "go online and run `rehearse setup` again, choose --model tiny.en, or practise with --text"
            raise WeightsUnreachable(f"{error}; {fix}") from error
        unreachable = error
    else:
        return
    try:
        model = read_packaged(name, checkpoint.with_name(f"{name}.packages.part"), progress)
    except WeightsUnreachable as error:
        fix = "go online, or install rehearse[weights], and run `rehearse setup` again; or practise with --text"
        raise WeightsUnreachable(f"{unreachable}, and {error}; {fix}") from error
    _convert(model, checkpoint)


def is_reachable(name: str) -> bool:
    """Whether the model `name` could be fetched from where openai-whisper publishes it."""
    request = urllib.request.Request(published_models()[name], method="HEAD")  # noqa: S310
    try:
        urllib.request.urlopen(request, timeout=_SILENCE_S).close()  # noqa: S310 (the URLs are openai-whisper's)
    except OSError:
        return False
    return True


def verify(checkpoint: Path, published_sum: str) -> None:
    """See that a file is what was published, or what was made of that here.

    Raises:
        WeightsCorrupt: it is neither.
    """
    expected = {published_sum}
    if (own := _own_sum(checkpoint)).exists():
        expected.add(own.read_text().strip())
    if _sha256(checkpoint) not in expected:
        raise WeightsCorrupt(
            f"{checkpoint} is damaged (its SHA-256 is not the right one); delete it and run `rehearse setup`"
        )


def _own_sum(checkpoint: Path) -> Path:
    """Where the SHA-256 of a file that was converted here is kept; nobody publishes one."""
    return checkpoint.with_name(checkpoint.name + ".sha256")


def _part(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def download(url: str, checkpoint: Path, published_sum: str, progress: Callable[[int, int], None]) -> None:
    """Fetch a file from where it is published; what breaks off is gone on with, also the next time.

    Raises:
        WeightsUnreachable: the host cannot be reached, or breaks off again and again.
        WeightsCorrupt: something else was published there.
        OSError: `checkpoint` cannot be written.
    """
    part = _part(checkpoint)
    host = urlsplit(url).hostname
    for _ in range(_TRIES):
        try:
            if _fetch_rest(url, part, progress):
                break
        except urllib.error.URLError as error:
            raise WeightsUnreachable(f"{host} cannot be reached ({error.reason})") from error
        except (http.client.HTTPException, TimeoutError, ConnectionError, ssl.SSLError):
            continue
    else:
        raise WeightsUnreachable(f"{host} broke off {_TRIES} times")
    if _sha256(part) != published_sum:
        part.unlink()
        raise WeightsCorrupt(f"{url} did not give what is published there; run `rehearse setup` again")
    part.replace(checkpoint)


def _fetch_rest(url: str, part: Path, progress: Callable[[int, int], None]) -> bool:
    """Add to `part` what is missing of it; whether it is all there."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})  # noqa: S310
    try:
        response = urllib.request.urlopen(request, timeout=_SILENCE_S)  # noqa: S310 (the URLs are openai-whisper's)
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return True  # there is no more than we have
        raise
    with response, part.open("ab" if response.status == http.HTTPStatus.PARTIAL_CONTENT else "wb") as file:
        total = file.tell() + (response.length or 0)
        while block := response.read(_CHUNK):
            file.write(block)
            progress(file.tell(), total)
        return not response.length


def _convert(model: bytes, checkpoint: Path) -> None:
    """Write a CTranslate2 model as an openai-whisper checkpoint, and its own SHA-256 beside it."""
    import torch

    variables = ctranslate2.read_variables(model)
    weights = {name: torch.tensor(value) for name, value in ctranslate2.state_dict(variables).items()}
    file = io.BytesIO()
    torch.save({"dims": ctranslate2.dimensions(variables), "model_state_dict": weights}, file)
    content = file.getvalue()
    keep_converted(checkpoint, content)


def keep_converted(path: Path, content: bytes) -> None:
    """Write a file that was made here of published weights, and its SHA-256 beside it."""
    # The sum first: a file without it would be taken for a published one that is damaged.
    write_whole(_own_sum(path), hashlib.sha256(content).hexdigest().encode())
    write_whole(path, content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that appears only when it is complete."""
    _part(path).write_bytes(content)
    _part(path).replace(path)
