"""Commands in short sounds: real weights, a synthetic voice."""

import numpy as np
import pytest
import soxr

from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from rehearse.audio.word_spotter import WordSpotter
from rehearse.dialogue import Line, Speaker

COMMANDS = ("stop", "stop please", "pause", "pause please", "repeat")
BACKCHANNELS = ("mm-hm", "yeah", "right", "uh-huh", "oh", "I see", "sure")


@pytest.mark.whisper
@pytest.mark.process
def test_commands_are_heard_and_backchannels_are_not(tiny_en: WhisperTranscriber) -> None:
    spotter = WordSpotter(tiny_en, COMMANDS)

    def spotted(text: str) -> str | None:
        samples = soxr.resample(voice.render(Line(f"{text}.", Speaker.PARTNER)), VOICE_RATE, SAMPLE_RATE)
        return spotter.spot(samples.astype(np.float32))

    with Pyttsx3Voice("female") as voice:
        assert [spotted(text) for text in COMMANDS] == list(COMMANDS)
        assert [spotted(text) for text in BACKCHANNELS] == [None] * len(BACKCHANNELS)
