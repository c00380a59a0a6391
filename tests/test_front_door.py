"""A visit by voice alone: a person of synthetic speech at a virtual headset, from `rehearse` to the spoken debrief."""

from collections.abc import Iterator
from pathlib import Path
from subprocess import Popen

import numpy as np
import pytest
import soxr

from rehearse.agent import coach_lines
from rehearse.agent import reception_lines as lines
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.model_choice import choose
from rehearse.audio.natural_voices import SYSTEM
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.dialogue import Line, Speaker
from rehearse.paths import models_dir, settings_file
from rehearse.practice.database import Database
from rehearse.practice.log import PracticeLog
from rehearse.settings import Settings
from tests.command import start
from tests.test_live_session import DEADLINE_S, Screen
from tests.virtual_sound_card import VirtualSoundCard

pytestmark = [pytest.mark.whisper, pytest.mark.device, pytest.mark.soak]


VISIT_S = 600
LONGEST_SPEECH_S = 60.0
"""Before somebody else is heard: a briefing, at most."""
ROOM_NOISE = 0.0005
"""−66 dBFS: a quiet room. A microphone without any sound would be taken to be muted."""


class Person:
    """Somebody who speaks when the program has fallen silent, and looks at nothing but what the test has to know."""

    def __init__(self, card: VirtualSoundCard, program: Popen[str]) -> None:
        self._card = card
        self._recording = card.start_recording()
        self.screen = Screen(program)
        self._voice = Pyttsx3Voice("male")
        noise = np.random.default_rng(1).standard_normal(VISIT_S * SAMPLE_RATE).astype(np.float32)
        self._room = card.play_into_microphone(ROOM_NOISE * noise)

    def hears(self, who: str, beginning: str = "") -> str:
        """Wait until `who` has said something that begins so, to its end."""
        while not (said := self.screen.wait_for(who, LONGEST_SPEECH_S)).startswith(beginning):
            pass
        self._recording.wait_for_line()
        return said

    def says(self, text: str) -> str:
        """Say it; what the program has understood."""
        self._card.play_into_microphone(self._spoken(text)).wait(DEADLINE_S)
        return self.screen.wait_for("You")

    def _spoken(self, text: str) -> Samples:
        voiced = soxr.resample(self._voice.render(Line(text, Speaker.PARTNER)), VOICE_RATE, SAMPLE_RATE)
        return np.pad(voiced, (0, SAMPLE_RATE // 4)).astype(np.float32)

    def close(self) -> None:
        self._voice.close()
        self._room.kill()
        self._room.wait()
        self._recording.stop()


@pytest.fixture
def program(tmp_path: Path, sound_card: VirtualSoundCard, tiny_en_checkpoint: Path) -> Iterator[Popen[str]]:
    choose("tiny.en", models_dir())
    Settings(headset=True, partner_voice=SYSTEM, mood=False).save(settings_file())
    with start(folder=tmp_path) as running:
        yield running
        running.kill()


@pytest.fixture
def person(program: Popen[str], sound_card: VirtualSoundCard) -> Iterator[Person]:
    visitor = Person(sound_card, program)
    yield visitor
    visitor.close()


def test_from_hello_to_the_debrief_without_keyboard_or_screen(
    person: Person, program: Popen[str], own_home: Path, tmp_path: Path
) -> None:
    for command, prompt, _ in lines.WORDS_TO_TRY:
        person.hears("Coach", prompt)
        person.says(f"{command}.")
    person.hears("Coach", lines.WHICH[:10])
    assert Settings.load(settings_file()).introduced
    person.says("The hard day, please.")
    first = person.hears("Maya")

    person.says("You sound worn out. What happened?")
    second = person.hears("Maya")
    person.says("Pause.")
    person.hears("Coach", coach_lines.PAUSED)
    person.says("Go on.")
    assert person.hears("Maya") == second
    person.says("Repeat.")
    assert person.hears("Maya") == second
    person.says("Give me a hint.")
    person.hears("Coach", "Here's a thought.")
    person.says("Try that again.")
    assert person.hears("Maya") == first
    person.says("You should just call somebody about the printer.")
    person.hears("Maya")
    person.says("Stop.")
    person.hears("Coach", coach_lines.STOP_HERE)
    person.says("Yes.")
    person.hears("Coach", "You ")
    person.hears("Coach", lines.WHAT_NEXT)
    person.says("Stop.")
    person.hears("Coach", lines.GOODBYE)
    person.screen.close()

    assert program.returncode == 0
    log = PracticeLog(Database.in_file(own_home / "data" / "practice.db"))
    (past,) = log.history()
    log.database.close()
    assert (past.turns, past.retries, past.over) == (1, 1, True)
    complaints = (tmp_path / "stderr").read_text(encoding="utf-8").splitlines()
    assert [line for line in complaints if not line.startswith("ALSA lib")] == []
