"""Takes out of the microphone's sound what comes from the loudspeaker, once the two are aligned.

Not by subtracting it: that needs the clocks of both devices to agree to a fraction of a sample, and with clocks that
wander by 100 ppm SpeexDSP's canceller and a frequency-domain Kalman filter left the voice clearly audible. Here only
its level matters, in each band of frequencies: how much of what is played comes back is learned while it plays, and
where the microphone hears no more than that, there is silence (after the suppressors for handhelds, such as WebRTC's
AECM, and the spectral subtraction of Boll 1979).
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from rehearse.audio.frames import FRAME_SAMPLES, SAMPLE_RATE, Samples

_WINDOW = 256
_HOP = _WINDOW // 2
_HOPS = FRAME_SAMPLES // _HOP
_BANDS = _WINDOW // 2 + 1
_TAPER = np.sin(np.pi * (np.arange(_WINDOW) + 0.5) / _WINDOW).astype(np.float32)
"""Squared, two that overlap by half add up to one."""

REFERENCE_BEFORE = 2 * _HOP
REFERENCE_SAMPLES = FRAME_SAMPLES + 3 * _HOP
"""What is played is looked at from a hop before it is heard until a hop after: the alignment is not that exact."""

LEARNED_QUANTILE = 0.8
"""The part of the time in which what comes back is expected to be no louder than what has been learned. An echo at
−10 dB that wanders: with 0.9 a quarter less of what is said over the line is left, with 0.7 the line itself becomes
audible."""
ABOVE_ECHO = 2.0
"""A frame with less than this times the power that is expected to come back holds nobody's voice; 3 dB. With 1.5 the
line itself becomes audible now and then."""
DECAY_DB = 1.0
"""How fast a room lets a sound die, a hop of 8 ms: 60 dB in 0.48 s."""
_SPEECH_BANDS = slice(round(250 * _WINDOW / SAMPLE_RATE), round(5000 * _WINDOW / SAMPLE_RATE))
_STEP_DB, _FIRST_STEP_DB = 0.15, 10.0
"""How fast the learned level follows; the first steps are longer."""
_LEARNED_AFTER = 60
"""Hops in which a band was played before its level is known: half a second of speech."""
_AUDIBLE = 0.003
"""Bands that are played by so much (25 dB) more softly than at other times teach nothing: there the room is heard."""
_PEAK_DECAY = 0.9995
_FAINT = 1e-4
_TINY = 1e-12


class EchoSuppressor:
    """Learns how much of what is played comes back, and leaves what is louder. What it returns is 8 ms late."""

    def __init__(self) -> None:
        self._level_db = np.full(_BANDS, -10.0)
        """What comes back in each band, against what is played."""
        self._learned = np.zeros(_BANDS)
        """How many hops each band has learned from."""
        self._played = np.zeros(_BANDS)
        """The power that was played, dying away as in a room."""
        self._peak = np.full(_BANDS, _FAINT)
        self._before = np.zeros(_HOP, np.float32)
        self._overlap = np.zeros(_HOP, np.float32)

    @property
    def ready(self) -> bool:
        """Whether it has heard enough of the loudspeaker to know it."""
        return bool(np.median(self._learned[_SPEECH_BANDS]) >= _LEARNED_AFTER)

    def __call__(self, frame: Samples, reference: Samples) -> Samples:
        """`frame` (512 samples) without what came from the loudspeaker.

        `reference`: what was played, 16 kHz, from `REFERENCE_BEFORE` samples before that which is heard at the
        frame's beginning; `REFERENCE_SAMPLES` of it.
        """
        heard = _spectra(np.concatenate([self._before, frame]))
        self._before = frame[-_HOP:]
        power = np.abs(heard) ** 2
        expected = self._learn(power, _widened(np.abs(_spectra(reference)) ** 2))
        kept = np.sqrt(np.clip(1 - expected / (power + _TINY), 0, 1))
        if power[:, _SPEECH_BANDS].sum() < ABOVE_ECHO * expected[:, _SPEECH_BANDS].sum():
            kept[:] = 0
        return self._joined(np.fft.irfft(heard * kept) * _TAPER)

    def _learn(self, heard: NDArray[np.float64], played: NDArray[np.float64]) -> NDArray[np.float64]:
        """The power that is expected to come back, in each hop and band."""
        expected = np.empty_like(heard)
        for hop in range(_HOPS):
            self._played = np.maximum(played[hop], self._played * 10 ** (-DECAY_DB / 10))
            self._peak = np.maximum(self._peak * _PEAK_DECAY, self._played)
            teaches = self._played > _AUDIBLE * self._peak
            self._learned += teaches
            step = np.maximum(_STEP_DB, _FIRST_STEP_DB / np.maximum(self._learned, 1))
            back_db = 10 * np.log10((heard[hop] + _TINY) / (self._played + _TINY))
            towards = np.where(back_db > self._level_db, LEARNED_QUANTILE, LEARNED_QUANTILE - 1)
            self._level_db += teaches * step * towards
            expected[hop] = 10 ** (self._level_db / 10) * self._played
        return expected

    def _joined(self, hops: NDArray[np.float64]) -> Samples:
        joined = np.zeros(FRAME_SAMPLES + _HOP, np.float32)
        joined[:_HOP] = self._overlap
        for hop, part in enumerate(hops):
            joined[hop * _HOP : hop * _HOP + _WINDOW] += part
        self._overlap = joined[FRAME_SAMPLES:]
        return joined[:FRAME_SAMPLES]


def _spectra(samples: Samples) -> NDArray[np.complex128]:
    return np.fft.rfft(sliding_window_view(samples, _WINDOW)[::_HOP] * _TAPER)


def _widened(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """In each hop and band the most of it and its neighbours; two hops fewer."""
    power = np.maximum(np.maximum(power[:-2], power[1:-1]), power[2:])
    power[:, 1:-1] = np.maximum(np.maximum(power[:, :-2], power[:, 1:-1]), power[:, 2:])
    return power
