"""Telling a breath from a word where the detector does not.

Once it has heard speech, Silero takes breaths for more of it; a turn would stay open for as long as somebody sighs.
But all speech swings with the vocal folds every few sounds, and breath never does.
"""

import numpy as np

from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.voice_activity import OFFSET, SpeechProbability

PITCH_HZ = (70, 400)
"""How often vocal folds swing a second: from a low man's voice to a high woman's."""
PERIODIC = 0.5
"""Periodicity from which on a frame is taken to be voiced. Breaths had at most 0.4, speech 0.8 at the median."""
UNVOICED_FRAMES = 5
"""So long (160 ms) a word's last sounds may do without, such as the s of "yes"."""
WHISPERED_FRAMES = 16
"""After so long (0.5 s) without, it is taken to be whispered speech: no breath lasted longer than 12."""

_BREATH = OFFSET / 2
"""The probability that is left to a breath."""
_LEAST_ENERGY = 0.05
_LAGS = np.arange(SAMPLE_RATE // PITCH_HZ[1], SAMPLE_RATE // PITCH_HZ[0] + 1)


class Voicing:
    """The probability that somebody speaks, low where they only breathe. Hears one stream, frame by frame.

    A first sound without a voice, such as the s of "so", is held back until the voice sets in: pre-roll has it.
    """

    def __init__(self, speech_probability: SpeechProbability) -> None:
        self._speech_probability = speech_probability
        self._before = np.zeros(FRAME_SAMPLES, np.float32)
        self._unvoiced = UNVOICED_FRAMES
        """Frames since one was periodic."""
        self._likely = 0
        """Frames in a row that the detector takes for speech."""

    def __call__(self, frame: Samples) -> float:
        """The probability that the next 512 samples hold speech: 0 to 1."""
        probability = self._speech_probability(frame)
        voiced = periodicity(np.concatenate([self._before, frame])) >= PERIODIC
        self._before = frame
        self._unvoiced = 0 if voiced else self._unvoiced + 1
        self._likely = self._likely + 1 if probability >= OFFSET else 0
        if self._unvoiced > UNVOICED_FRAMES and self._likely < WHISPERED_FRAMES:
            return min(probability, _BREATH)
        return probability


def periodicity(samples: Samples) -> float:
    """How alike `samples` (16 kHz) are to themselves a period of the voice later: the highest autocorrelation at such a
    lag, normalized by the energy of both parts, 0 to 1 (1 where each period is like the next).

    Where a part has next to nothing of the whole energy, as beside a click, the two count as not alike.
    """
    centred = samples.astype(np.float64) - samples.mean()
    length = len(centred)
    spectrum = np.fft.rfft(centred, 2 * length)
    alike = np.fft.irfft(np.abs(spectrum) ** 2)[_LAGS]
    energy = np.cumsum(centred**2)
    both = np.sqrt(energy[length - 1 - _LAGS] * (energy[-1] - energy[_LAGS - 1]))
    least = _LEAST_ENERGY * energy[-1] + 1e-12
    return float(np.max(alike / np.maximum(both, least), initial=0.0))
