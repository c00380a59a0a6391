"""A role-play through a real PortAudio device: a reply into the microphone, the partner out of the speaker."""

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from subprocess import Popen
from threading import Thread

import numpy as np
import pytest

from rehearse.audio.files import read_audio
from rehearse.audio.frames import SAMPLE_RATE
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from tests.command import start
from tests.conftest import ROOT
from tests.test_recorded_sessions import words_in_common
from tests.virtual_sound_card import VirtualSoundCard

pytestmark = [pytest.mark.whisper, pytest.mark.device]

REPLY = ROOT / "rehearse" / "demo" / "hard-day-listener" / "01.ogg"
DEADLINE_S = 90.0


class Screen:
    """What a running program prints, line by line."""

    def __init__(self, program: Popen[str]) -> None:
        self._lines: Queue[str] = Queue()
        self._seen: list[str] = []
        self._program = program
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._program.stdout
        for line in self._program.stdout:
            self._lines.put(line.rstrip())

    def wait_for(self, who: str, within_s: float = DEADLINE_S) -> str:
        """What `who` says next."""
        deadline = time.monotonic() + within_s
        while True:
            try:
                line = self._lines.get(timeout=max(0.1, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"{who} says nothing; so far: {self._seen}") from None
            self._seen.append(line)
            if line.startswith(f"{who} "):
                return line.removeprefix(who).strip()

    def close(self) -> None:
        self._program.wait(DEADLINE_S)
        self._reader.join(DEADLINE_S)


@pytest.fixture
def program(tmp_path: Path, sound_card: VirtualSoundCard, tiny_en_checkpoint: Path) -> Iterator[Popen[str]]:
    arguments = ["practice", "hard-day", "--seed", 1, "--model", "tiny.en", "--report", tmp_path / "out.json"]
    with start(*arguments, folder=tmp_path) as running:
        yield running
        running.kill()


def test_a_reply_is_heard_and_the_partner_answers_aloud(
    program: Popen[str], sound_card: VirtualSoundCard, tmp_path: Path, tiny_en: WhisperTranscriber
) -> None:
    screen = Screen(program)
    recording = sound_card.start_recording()
    screen.wait_for("Coach")
    opening = screen.wait_for("Maya")
    recording.wait_for_line()
    sound_card.play_into_microphone(read_audio(REPLY)).wait(DEADLINE_S)
    heard = screen.wait_for("You")
    answer = screen.wait_for("Maya")
    recording.wait_for_line()
    program.send_signal(signal.SIGINT)
    screen.close()
    spoken = recording.stop()

    assert words_in_common(heard, "You sound completely worn out and I want to hear about it") >= 0.7
    (turn,) = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["turns"]
    assert turn["partner"]["text"] == opening
    assert turn["reply"]["text"] == heard
    assert program.returncode == 130
    complaints = (tmp_path / "stderr").read_text(encoding="utf-8").splitlines()
    assert [line for line in complaints if not line.startswith("ALSA lib")] == []  # a busy machine has underruns

    loud = np.abs(spoken) > 0.01
    assert loud.any()
    transcript = tiny_en.transcribe(spoken, float(loud.sum()) / SAMPLE_RATE)
    assert words_in_common(transcript.text, opening) >= 0.6
    assert words_in_common(transcript.text, answer) >= 0.6
