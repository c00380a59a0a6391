import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.stretching import stretched


def hum(hertz: float, seconds: float) -> Samples:
    """A voice-like sound: a tone with four overtones."""
    times = np.arange(round(seconds * VOICE_RATE)) / VOICE_RATE
    parts = [np.sin(2 * np.pi * hertz * k * times) / k for k in range(1, 6)]
    sound: Samples = (0.1 * np.sum(parts, axis=0)).astype(np.float32)
    return sound


def strongest_hz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.fft.rfftfreq(len(samples), 1 / VOICE_RATE)[spectrum.argmax()])


@given(pace=st.floats(0.6, 1.6), hertz=st.floats(80, 300))
def test_length_follows_the_pace_and_pitch_and_loudness_stay(pace: float, hertz: float) -> None:
    spoken = hum(hertz, 1.0)
    changed = stretched(spoken, pace)
    assert len(changed) / len(spoken) == pytest.approx(1 / pace, abs=0.03)
    middle = changed[2400:-2400]
    assert strongest_hz(middle) == pytest.approx(hertz, rel=0.03)
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(np.sqrt(np.mean(spoken**2)), rel=0.15)
    assert np.abs(changed).max() <= 1.05 * np.abs(spoken).max()


@given(length=st.integers(0, 3000), pace=st.floats(0.6, 1.6))
def test_next_to_nothing_is_no_trouble(length: int, pace: float) -> None:
    assert stretched(np.zeros(length, dtype=np.float32), pace).max(initial=0) == 0


def test_its_own_pace_changes_nothing() -> None:
    spoken = hum(120, 0.5)
    assert stretched(spoken, 1.0) is spoken
