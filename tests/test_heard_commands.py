"""Commands that Whisper alone mishears: real weights, synthetic voices."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soxr

from rehearse.agent.commands import Command, command_in
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from rehearse.dialogue import Line, Speaker

pytestmark = [pytest.mark.whisper, pytest.mark.process]

COMMANDS = [
    ("Pause.", Command.PAUSE),
    ("A bit slower.", Command.SLOWER),
    ("Coach, start over.", Command.START_OVER),
]
REPLIES = ["Stop it.", "It has to stop.", "Go ahead.", "Oh, stop.", "Yes.", "That sounds hard.", "I hear you."]
Spoken = Callable[[str], Samples]


@pytest.fixture(scope="module")
def spoken() -> Iterator[Spoken]:
    """Says a text, 16 kHz, with the silence around it that turn-taking leaves."""
    with Pyttsx3Voice("female") as voice:

        def say(text: str) -> Samples:
            said = soxr.resample(voice.render(Line(text, Speaker.PARTNER)), VOICE_RATE, SAMPLE_RATE)
            return np.pad(said, (round(0.4 * SAMPLE_RATE), round(0.3 * SAMPLE_RATE))).astype(np.float32)

        yield say


@pytest.mark.parametrize(("said", "command"), COMMANDS)
def test_a_command_is_heard(
    tiny_en_for_commands: WhisperTranscriber, spoken: Spoken, said: str, command: Command
) -> None:
    assert command_in(tiny_en_for_commands.transcribe(spoken(said), 1.0).text) is command


def test_a_phrase_is_heard_for_words_that_are_nearly_as_probable(tiny_en_checkpoint: Path, spoken: Spoken) -> None:
    def heard(nearly: float) -> str:
        return WhisperTranscriber(tiny_en_checkpoint, phrases={"Go on, coach.": nearly}).transcribe(sound, 1.0).text

    sound = spoken("Go on, coach.")
    assert heard(0.0) != "Go on, coach."
    assert heard(12.0) == "Go on, coach."


@pytest.mark.parametrize("said", REPLIES)
def test_a_reply_stays_one(tiny_en_for_commands: WhisperTranscriber, spoken: Spoken, said: str) -> None:
    assert command_in(tiny_en_for_commands.transcribe(spoken(said), 1.0).text) is None


@pytest.mark.parametrize("loudness", [0.0, 0.001, 0.03])
def test_no_command_is_heard_in_a_noise(tiny_en_for_commands: WhisperTranscriber, loudness: float) -> None:
    noise = np.random.default_rng(1).standard_normal(SAMPLE_RATE) * loudness
    transcript = tiny_en_for_commands.transcribe(noise.astype(np.float32), 0.5)
    assert transcript.rejected or command_in(transcript.text) is None
