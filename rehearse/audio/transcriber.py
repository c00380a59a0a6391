"""What turns an utterance into words."""

from typing import Protocol

from rehearse.audio.frames import Samples
from rehearse.dialogue import Transcript


class Transcriber(Protocol):
    """A speech recognizer."""

    def transcribe(self, samples: Samples, voiced_s: float) -> Transcript:
        """The words in `samples` (16 kHz), of which `voiced_s` seconds are speech.

        What is not to be believed comes back with `Transcript.rejected` set; nothing is raised for it.
        """
