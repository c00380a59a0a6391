"""Sounds that say something without a word, and hurry nobody: short, round, softer than the voices.

Pure tones with a little of their octave, which voice activity does not take for a voice. Their pitches pass a
telephone's band (300–3,400 Hz), so that they come through a Bluetooth headset whose microphone is open.
"""

import numpy as np

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.dialogue import Cue

PEAK = 0.075
"""−22.5 dBFS; the voices' mean level is −20 dBFS."""

_G4, _C5, _D5, _E5, _G5 = 392.0, 523.3, 587.3, 659.3, 784.0
"""Pitches in Hz. Voice activity takes short notes of a voice's own pitch, 330 Hz say, for a voice now and then."""
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


EARCONS = {
    Cue.LISTENING: _earcon(_note(_E5, 0.22)),
    Cue.GOT_IT: _earcon(_note(_C5, 0.15), _note(_C5, 0.15)),
    Cue.NOT_CAUGHT: _earcon(_note(_E5, 0.13), _note(_C5, 0.13), _note(_E5, 0.14)),
    Cue.THINKING: _earcon(_note(_D5, 0.13), _note(_D5, 0.13), _note(_D5, 0.13)),
    Cue.STILL_LISTENING: _earcon(_note(_G4, 0.36)),
    Cue.PAUSED: _earcon(_note(_E5, 0.18), _note(_C5, 0.22)),
    Cue.MICROPHONE_LOST: _earcon(_note(_G5, 0.13), _note(_E5, 0.13), _note(_C5, 0.14)),
    Cue.BACK: _earcon(_note(_C5, 0.18), _note(_E5, 0.22)),
}
"""24 kHz, read-only. Told apart by how many notes there are and where they go: one, short and high (your turn) or long
and low (a silence goes on: take your time); two, level, falling (rest) or rising (go on); three, level, falling, or
turning like a question."""
