import io
import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import soundfile

from rehearse.audio.pyttsx3_voice import WORKER
from rehearse.audio.speech_worker import serve

pytestmark = pytest.mark.process


class Recorder:
    """An engine in pyttsx3's manner that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.listeners: list[Callable[..., None]] = []
        self.broken_setting = ""

    def __str__(self) -> str:
        return "recorder"

    def connect(self, topic: str, listener: Callable[..., None]) -> Callable[..., None]:
        self.listeners.append(listener)
        return listener

    def disconnect(self, token: Callable[..., None]) -> None:
        self.listeners.remove(token)

    def getProperty(self, name: str) -> list[SimpleNamespace]:  # noqa: N802
        return [
            SimpleNamespace(id="sam", gender="VoiceGenderFemale", languages=["en_US"]),
            SimpleNamespace(id="bells", gender=None, languages=None),
        ]

    def setProperty(self, name: str, value: object) -> None:  # noqa: N802
        self.told.append((name, value))
        if name == self.broken_setting:
            for listener in self.listeners:
                listener(name=None, exception=ValueError(f"no {name} {value}"))

    def save_to_file(self, text: str, path: str) -> None:
        self.told.append((text, Path(path).name))

    def runAndWait(self) -> None:  # noqa: N802
        self.told.append(("run",))


def conversation(engine: Recorder, *requests: str) -> list[dict[str, Any]]:
    answers = io.StringIO()
    serve(requests, answers, lambda: engine)
    return [json.loads(answer) for answer in answers.getvalue().splitlines()]


def request(path: Path, **changed: object) -> str:
    return json.dumps({"text": "Hello.", "voice": "sam", "rate": 150, "pitch": None, "path": str(path), **changed})


def test_it_introduces_its_engine_and_voices() -> None:
    (hello,) = conversation(Recorder())
    assert hello == {
        "engine": "recorder",
        "voices": [
            {"name": "sam", "gender": "female", "languages": ["en_US"]},
            {"name": "bells", "gender": None, "languages": []},
        ],
    }


def test_an_engine_that_cannot_list_its_voices_still_speaks(tmp_path: Path) -> None:
    class Secretive(Recorder):
        def getProperty(self, name: str) -> list[SimpleNamespace]:  # noqa: N802
            raise KeyError("Unknown Locale: 9")

    hello, answer = conversation(Secretive(), request(tmp_path / "a.wav"))
    assert hello == {"engine": "recorder", "voices": []}
    assert answer == {"ok": True}


def test_one_utterance_a_run() -> None:
    engine = Recorder()
    conversation(engine, request(Path("/dev/null")), request(Path("/dev/null"), voice="", pitch=40))
    assert engine.told == [
        *[("voice", "sam"), ("rate", 150), ("Hello.", "null"), ("run",)],
        *[("rate", 150), ("pitch", 40), ("Hello.", "null"), ("run",)],
    ]
    assert engine.listeners == []


def test_a_setting_that_fails_is_an_error(tmp_path: Path) -> None:
    engine = Recorder()
    engine.broken_setting = "voice"
    assert conversation(engine, request(tmp_path / "a.wav"))[1] == {"error": "ValueError: no voice sam"}


def test_a_file_that_cannot_be_written_is_an_error_before_the_engine_is_asked(tmp_path: Path) -> None:
    engine = Recorder()
    answer = conversation(engine, request(tmp_path / "nowhere" / "a.wav"))[1]
    assert answer["error"].startswith("FileNotFoundError")
    assert engine.told == []


@pytest.mark.parametrize("nonsense", ["", "{", "[]", "{}", "\x00"])
def test_nonsense_is_answered_and_survived(tmp_path: Path, nonsense: str) -> None:
    _, error, answer = conversation(Recorder(), nonsense, request(tmp_path / "a.wav"))
    assert "error" in error
    assert answer == {"ok": True}


def test_no_engine_is_said_so() -> None:
    def nothing() -> Any:
        raise RuntimeError("no eSpeak\nhere")

    answers = io.StringIO()
    serve([], answers, nothing)
    assert json.loads(answers.getvalue()) == {"missing": "RuntimeError: no eSpeak here"}


def test_the_real_one_keeps_everything_but_answers_off_its_output(tmp_path: Path) -> None:
    path = tmp_path / "hello.wav"
    requests = request(path, voice="en-us", pitch=50) + "\n" + request(path, voice="nobody") + "\n"
    done = subprocess.run(WORKER, input=requests, capture_output=True, text=True, timeout=60, check=True)
    hello, spoken, refused = map(json.loads, done.stdout.splitlines())
    assert hello["engine"] == "espeak"
    assert spoken == {"ok": True}
    assert "nobody" in refused["error"]
    assert "Audio saved" in done.stderr
    assert soundfile.info(path).duration > 0.3


def test_the_real_one_outlives_ctrl_c_and_ends_with_its_input() -> None:
    with subprocess.Popen(WORKER, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdout.readline()
        os.kill(worker.pid, signal.SIGINT)
        worker.stdin.write(b"{}\n")
        worker.stdin.flush()
        assert "error" in json.loads(worker.stdout.readline())
        worker.stdin.close()
        assert worker.wait(timeout=60) == 0
