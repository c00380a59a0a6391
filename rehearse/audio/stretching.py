"""Speech at another pace in the same pitch: WSOLA (Verhelst and Roelands, 1993).

Overlapping windows are laid closer together or further apart; each is taken from where it goes on best from the last.
"""

import numpy as np

from rehearse.audio.frames import VOICE_RATE, Samples

_WINDOW = round(0.03 * VOICE_RATE) // 2 * 2
"""Long enough for two periods of a low voice."""
_REACH = round(0.01 * VOICE_RATE)
"""How far from its place a window may be taken: a period of a low voice."""
_STEP = 3
"""Where a window fits is tried at each so manieth sample: a ninth of the work."""


def stretched(samples: Samples, pace: float) -> Samples:
    """`samples` (24 kHz) at `pace` times their speed."""
    hop = _WINDOW // 2
    count = round(len(samples) / pace / hop)
    if pace == 1 or count < 2:
        return samples
    shape = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    padded = np.pad(samples, (_REACH, 2 * (_WINDOW + _REACH)))
    result = np.zeros((count + 1) * hop, dtype=np.float32)
    start = _REACH
    for number in range(count):
        if number:
            earliest = round(number * hop * pace)  # the place in `samples`, less the reach, plus the padding
            expected = padded[start + hop : start + hop + _WINDOW : _STEP]
            around = padded[earliest : earliest + 2 * _REACH + _WINDOW : _STEP]
            start = earliest + _STEP * int(np.correlate(around, expected, "valid").argmax())
        result[number * hop : number * hop + _WINDOW] += shape * padded[start : start + _WINDOW]
    return result
