"""Whether the microphone hears the loudspeaker, how loud and how late: found by a soft, short, rising tone."""

from dataclasses import dataclass

import numpy as np

from rehearse.audio.echo import LATEST_S
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.doctor.check import Check, ok, warning

CHIRP_S = 0.6
LISTEN_S = 2.0
"""How long to listen for it: through Bluetooth it comes back after up to half a second."""
AUDIBLE_DB = -50.0
"""How much softer than it was played it may come back to matter. espeak-ng's voices, at −20 dBFS, were taken for speech
by Silero down to this in a quiet room (59 of 153 frames, 1 at −55 dB), and down to −45 dB above noise of −65 dBFS."""

_BAND_HZ = (400.0, 3000.0)
"""What a telephone's band and small loudspeakers let through."""
_PEAK = 0.075
"""As soft as the earcons: −22.5 dBFS."""
_CLEAR = 8.0
"""How much higher than the rest (its root mean square) a match has to be; noise alone has about 4."""


@dataclass(frozen=True, slots=True)
class Echo:
    """What came back."""

    at_s: float
    """When it began, from the beginning of what was heard."""
    gain_db: float
    """How much louder it came back than it was played."""


def chirp(rate: int = VOICE_RATE) -> Samples:
    """The tone: it swells and dies away without an edge."""
    time = np.arange(round(CHIRP_S * rate)) / rate
    low, high = _BAND_HZ
    phase = 2 * np.pi * (low * time + (high - low) / (2 * CHIRP_S) * time**2)
    return np.asarray(_PEAK * np.sin(phase) * np.sin(np.pi * time / CHIRP_S) ** 2, np.float32)


def find_chirp(heard: Samples) -> Echo | None:
    """Where the tone stands in `heard` (16 kHz), by the matched filter, the best that there is for a known sound in
    noise; None where it is not clearly there."""
    played = chirp(SAMPLE_RATE)
    size = len(heard) + len(played)
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size)), size)[: len(heard)]
    match = np.abs(match) / np.sum(played**2)
    at = int(np.argmax(match))
    if match[at] <= _CLEAR * np.sqrt(np.mean(match**2)):
        return None
    return Echo(at / SAMPLE_RATE, 20 * float(np.log10(match[at])))


def loopback_check(echo: Echo | None, delay_s: float, *, worn: bool) -> Check:
    """What `echo` means where the program takes the devices for a headset (`worn`) or not.

    `delay_s`: from the program's giving it out until it had it back.
    """
    name = "loopback"
    if echo is None or echo.gain_db < AUDIBLE_DB:
        found = "the microphone does not hear the loudspeaker"
        tip = "" if worn else "; if you wear it, practise with --headset, and you can come in while the partner speaks"
        return ok(name, found + tip)
    measured = {"delay_ms": round(1000 * delay_s), "gain_db": round(echo.gain_db, 1)}
    found = (
        f"the microphone hears the loudspeaker after {measured['delay_ms']:.0f} ms, {abs(echo.gain_db):.0f} dB "
        f"{'softer' if echo.gain_db < 0 else 'louder'} than it was played"
    )
    if worn:
        fix = "wear the headset or turn it down; if it is none, practise with --no-headset"
        return warning(name, f"{found}: the partner would interrupt themself", fix, **measured)
    if delay_s > LATEST_S:
        fix = "use a cable, or a headset that you wear"
        return warning(name, f"{found}: too late to be told from your voice", fix, **measured)
    return ok(name, found, **measured)
