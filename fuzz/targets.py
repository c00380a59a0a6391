"""What is fuzzed. Each target takes bytes, and fails where what reads them does anything but answer or refuse."""

import json
import tempfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import numpy as np

from rehearse.agent.choosing import number_in, wish_in
from rehearse.agent.commands import answer_in, asks_for_time, command_in, objects, way_out_in
from rehearse.audio.files import read_audio
from rehearse.cli import feedback
from rehearse.errors import AudioFileError, InvalidScenario
from rehearse.scenarios.loader import load


def scenario_file(data: bytes) -> None:
    """A scenario's file: a scenario, or every fault with its line."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / "small.yaml"
        path.write_bytes(data)
        try:
            load(path)
        except InvalidScenario as error:
            for line in str(error).splitlines():
                place, _, what = line.removeprefix(f"{path}:").partition(": ")
                assert place.isdigit(), line
                assert what, line


def audio_file(data: bytes) -> None:
    """A recording: sound between -1 and 1, or one line that names the file."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        path = Path(folder) / "reply.wav"
        path.write_bytes(data)
        try:
            samples = read_audio(path)
        except AudioFileError as error:
            said = str(error)
        else:
            assert np.isfinite(samples).all()
            assert np.abs(samples).max(initial=0.0) <= 1
            return
        assert said.startswith(str(path)), said
        assert "\n" not in said, said


def feedback_lines(data: bytes) -> None:
    """Lines of `rehearse feedback --jsonl`: an answer for each that is not empty, with its codes or its error."""
    answers = list(feedback._answers(BytesIO(data)))
    assert len(answers) == sum(1 for line in data.split(b"\n") if line.strip())
    for answer in answers:
        assert "id" in answer, answer
        assert ("codes" in answer) is not ("error" in answer), answer
        json.dumps(answer, allow_nan=False)


def command(data: bytes) -> None:
    """Words that may be for the program: understood or not, and the same whatever marks stand around them."""
    text = data.decode(errors="replace")
    for understand in (command_in, answer_in, asks_for_time, way_out_in, objects, wish_in, number_in):
        understand(text)
    assert command_in(f"  {text}") == command_in(text), text


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (scenario_file, audio_file, feedback_lines, command)
}
"""By name; what each has been given is kept in `fuzz/corpus/NAME`."""
