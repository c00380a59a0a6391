"""Sounds that say something without a word, and hurry nobody: low, short, round, softer than the voices.

Pure tones with a little of their octave, which voice activity does not take for a voice. Their pitches pass a
telephone's band (300–3,400 Hz), so that they come through a Bluetooth headset whose microphone is open.
"""

import numpy as np

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.dialogue import Cue

PEAK = 0.075
"""−22.5 dBFS; the voices' mean level is −20 dBFS."""

_E4, _G4, _A4 = 329.6, 392.0, 440.0
"""Pitches in Hz."""
_ATTACK_S = 0.05
"""Slow enough not to startle; a click has none."""
_OCTAVE = 0.1
"""How much of it sounds along; a tone without any is hard to place."""


def _note(pitch_hz: float, seconds: float) -> Samples:
    """A tone that swells and dies away without an edge."""
    time = np.arange(round(seconds * VOICE_RATE)) / VOICE_RATE
    phase = 2 * np.pi * pitch_hz * time
    swell = np.minimum(time / _ATTACK_S, 1.0)
    fade = np.minimum((seconds - time) / (seconds - _ATTACK_S), 1.0)
    shape = np.sin(np.pi / 2 * swell) ** 2 * np.sin(np.pi / 2 * fade) ** 2
    tone = (np.sin(phase) + _OCTAVE * np.sin(2 * phase)) * shape
    return np.asarray(PEAK * tone / np.abs(tone).max(), np.float32)


def _earcon(*notes: Samples) -> Samples:
    sound = np.concatenate(notes)
    sound.flags.writeable = False
    return sound


STILL_LISTENING = _earcon(_note(_G4, 0.36))
"""A silence goes on: I'm here, take your time. One tone that asks nothing. 24 kHz."""
PAUSED = _earcon(_note(_A4, 0.18), _note(_E4, 0.22))
"""The scene rests: two tones, falling. 24 kHz."""

EARCONS = {Cue.STILL_LISTENING: STILL_LISTENING, Cue.PAUSED: PAUSED}
