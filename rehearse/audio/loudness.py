"""How loud speech is to the ear, and bringing every line to the same loudness, whichever voice spoke it.

Loudness is that of Recommendation ITU-R BS.1770-5, annex 1: power behind a filter for the ear (K-weighting), in blocks
of 400 ms, without those that are pauses (gating).
"""

import math
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from rehearse.audio.frames import VOICE_RATE, Samples

TARGET_LUFS = -20.0
PEAK_DBFS = -1.0
"""No sample beyond this: converters and codecs overshoot."""

_WEIGHTING = (
    ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585)),
    ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621)),
)
"""The head's shelf and the high-pass, as (b, a) at 48 kHz: tables 1 and 2 of the recommendation."""
_WEIGHTING_RATE = 48_000
_OFFSET_LU = -0.691
_BLOCK = round(0.4 * VOICE_RATE)
_STEP = _BLOCK // 4
_SILENT_LUFS = -70.0
_PAUSE_LU = -10.0
"""A block so far below the mean of the others is a pause."""
_RINGING = VOICE_RATE // 5
"""Room for the filters' ringing."""


def loudness(samples: Samples) -> float:
    """The integrated loudness of `samples` (24 kHz, mono) in LUFS; −inf for silence.

    A sound shorter than a block is one block, which the recommendation leaves open.
    """
    power = np.square(_weighted(samples))
    if len(power) < _BLOCK:
        blocks = power.mean(keepdims=True) if len(power) else np.zeros(1)
    else:
        blocks = sliding_window_view(power, _BLOCK)[::_STEP].mean(axis=1)
    blocks = blocks[_lufs(blocks) > _SILENT_LUFS]
    if not len(blocks):
        return -np.inf
    return float(_lufs(blocks[_lufs(blocks) > _lufs(blocks.mean()) + _PAUSE_LU].mean()))


def levelled(samples: Samples) -> Samples:
    """`samples` (24 kHz) at `TARGET_LUFS`, or softer where a peak would pass `PEAK_DBFS`; silence stays as it is."""
    peak = np.abs(samples).max(initial=0.0)
    before = loudness(samples)
    if not np.isfinite(before):
        return samples
    gain = min(10 ** ((TARGET_LUFS - before) / 20), 10 ** (PEAK_DBFS / 20) / peak)
    return np.asarray(samples * gain, np.float32)


def _weighted(samples: Samples) -> np.ndarray:
    """Behind the filters; in the frequency domain, where those given for 48 kHz hold for any rate below."""
    seconds = math.ceil((len(samples) + _RINGING) / VOICE_RATE)
    spectrum = np.fft.rfft(samples, seconds * VOICE_RATE) * _response(seconds)
    return np.fft.irfft(spectrum)[: len(samples)]


@lru_cache(maxsize=16)
def _response(seconds: int) -> np.ndarray:
    """Of the filters, at the frequencies that so many seconds are made of."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(seconds * VOICE_RATE, 1 / VOICE_RATE) / _WEIGHTING_RATE)
    polynomials = [np.polyval(b[::-1], z) / np.polyval(a[::-1], z) for b, a in _WEIGHTING]
    return np.asarray(np.prod(polynomials, axis=0))


def _lufs(power: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return np.asarray(_OFFSET_LU + 10 * np.log10(power))
