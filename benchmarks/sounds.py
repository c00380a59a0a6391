"""What a microphone hears that nobody has said to it: made of noise, pulses and synthetic voices, each from a seed.

Breath, coughs and keys are noise through a band or through the resonances of a mouth. A laugh and a child's babble are
pulses through such resonances. A television is several synthetic voices at once, far away and behind a wall.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from rehearse.audio.frames import SAMPLE_RATE, Samples

Sound = NDArray[np.float64]
SCHWA_HZ, AH_HZ = (550, 1500, 2500), (730, 1090, 2440)
"""Resonances of a slack mouth, and of one that says ah (Peterson and Barney 1952)."""
CHILD_HZ = ((1030, 1370, 3170), (560, 2320, 3310), (680, 1060, 3180), (370, 3200, 3730))
"""Resonances of a child's ah, bit, bought and beet (the same)."""
ROOM_DBFS = -65.0
"""The quiet room in which all of it happens."""


def through_mouth(sound: Sound, resonances_hz: Sequence[int], sharpness: float) -> Sound:
    """`sound` with what a mouth of that shape does to it."""
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    gain = 0.05 + sum(1 / (1 + ((frequencies - each) * sharpness / each) ** 2) for each in resonances_hz)
    return np.fft.irfft(np.fft.rfft(sound) * gain, len(sound))


def through_band(sound: Sound, low_hz: float, high_hz: float) -> Sound:
    """`sound` with little left below and above a band."""
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    below, above = np.maximum(0, low_hz - frequencies), np.maximum(0, frequencies - high_hz)
    return np.fft.irfft(
        np.fft.rfft(sound) * np.exp(-((3 * below / low_hz) ** 2) - (3 * above / high_hz) ** 2), len(sound)
    )


def breath(length: int, rise: float, fall: float) -> Sound:
    """How a breath swells and dies away; `rise` and `fall` are shares of it."""
    time = np.arange(length) / length
    swell, fade = np.minimum(time / rise, 1), np.minimum((1 - time) / fall, 1)
    return np.asarray(np.sin(np.pi / 2 * swell) ** 2 * np.sin(np.pi / 2 * fade) ** 2)


def at_level(sound: Sound, dbfs: float) -> Sound:
    """`sound` with this root mean square."""
    return sound * 10 ** (dbfs / 20) / math.sqrt(np.mean(sound**2))


# Breath.


def sigh(chance: Generator, length: int) -> Sound:
    """Air let go through a slack mouth."""
    return through_mouth(chance.normal(size=length), SCHWA_HZ, 5) * breath(length, 0.2, 0.7)


def breathed_ah(chance: Generator, length: int) -> Sound:
    """An ah without a voice."""
    return through_mouth(chance.normal(size=length), AH_HZ, 8) * breath(length, 0.1, 0.8)


def breath_through_the_nose(chance: Generator, length: int) -> Sound:
    """Hiss, slowly swelling."""
    return through_band(chance.normal(size=length), 800, 5000) * breath(length, 0.4, 0.5)


def cough(chance: Generator, length: int) -> Sound:
    """A burst and what follows it, as long as `length` allows."""
    time = np.arange(length) / SAMPLE_RATE
    shape = np.exp(-time / 0.05) + 0.4 * np.exp(-(((time - 0.18) / 0.06) ** 2))
    return through_mouth(chance.normal(size=length), (700, 1400, 3000), 3) * shape


def keys(chance: Generator, length: int) -> Sound:
    """Some seven strokes a second, each a press and a softer release."""
    clicks = np.zeros(length)
    at = 0.0
    while (at := at + chance.uniform(0.08, 0.2)) * SAMPLE_RATE < length - 0.12 * SAMPLE_RATE:
        for after, loudness in ((0.0, 1.0), (chance.uniform(0.05, 0.09), 0.5)):
            start = round((at + after) * SAMPLE_RATE)
            click = chance.normal(size=200) * np.exp(-np.arange(200) / 32)
            clicks[start : start + 200] += loudness * click
    return through_band(clicks, 1500, 6000)


# Voices without words.


def pulses(pitch_hz: Sound) -> Sound:
    """What vocal folds give at this pitch, sample by sample: a saw tooth, softened by the mouth."""
    phase = np.cumsum(pitch_hz / SAMPLE_RATE)
    return 1 - 2 * (phase % 1.0)


def laughter(chance: Generator, length: int) -> Sound:
    """Ha, ha, ha: some five short voiced breaths a second that sink, and an indrawn breath after them."""
    sound = np.zeros(length)
    low, at = chance.choice([160, 240]), 0.1
    for _ in range(int(chance.integers(4, 9))):
        count = round(chance.uniform(0.09, 0.14) * SAMPLE_RATE)
        start = round(at * SAMPLE_RATE)
        if start + count > length:
            break
        voiced = pulses(np.full(count, low * chance.uniform(1.2, 1.8) * 0.93 ** (at * 5)))
        breathed = chance.normal(size=count) * 0.4
        sound[start : start + count] += through_mouth(voiced + breathed, AH_HZ, 6) * breath(count, 0.2, 0.6)
        at += chance.uniform(0.18, 0.24)
    rest = length - round(at * SAMPLE_RATE)
    if rest > SAMPLE_RATE // 2:
        sound[-rest:] += 0.3 * breath_through_the_nose(chance, rest)
    return sound


def child(chance: Generator, length: int) -> Sound:
    """A small child that babbles: syllables without words at 300 to 500 Hz, some of them drawn out to a squeal."""
    sound = np.zeros(length)
    at = 0.1
    while True:
        squeals = chance.random() < 0.15
        count = round((chance.uniform(0.5, 1.0) if squeals else chance.uniform(0.12, 0.3)) * SAMPLE_RATE)
        start = round(at * SAMPLE_RATE)
        if start + count > length:
            return sound
        glide = np.linspace(chance.uniform(0.85, 1.25), chance.uniform(0.85, 1.25), count)
        voiced = pulses((650 if squeals else chance.uniform(300, 480)) * glide)
        mouth = CHILD_HZ[int(chance.integers(len(CHILD_HZ)))]
        sound[start : start + count] += through_mouth(voiced, mouth, 8) * breath(count, 0.15, 0.35)
        at += count / SAMPLE_RATE + (chance.uniform(0.3, 0.8) if chance.random() < 0.2 else chance.uniform(0.02, 0.08))


# What goes on around.


def silence(chance: Generator, length: int) -> Sound:
    """A room with nobody in it, and a fan."""
    hum = np.sin(2 * np.pi * 50 * np.arange(length) / SAMPLE_RATE + chance.uniform(0, 6))
    return through_band(chance.normal(size=length), 60, chance.uniform(300, 3000)) + 0.02 * hum


def traffic(chance: Generator, length: int) -> Sound:
    """A street: a rumble, cars that pass, now and then a horn."""
    time = np.arange(length) / SAMPLE_RATE
    sound = through_band(chance.normal(size=length), 40, 300)
    for _ in range(int(chance.integers(1, 4))):
        passes_at, lasts_s = chance.uniform(0, time[-1]), chance.uniform(0.5, 1.5)
        sound += through_band(chance.normal(size=length), 150, 2500) * np.exp(-(((time - passes_at) / lasts_s) ** 2))
    if chance.random() < 0.4:
        horn = np.sin(2 * np.pi * 420 * time) + np.sin(2 * np.pi * 510 * time)
        sound += 0.15 * horn * (np.abs(time - chance.uniform(0.5, time[-1])) < 0.3)
    return sound


def music(chance: Generator, length: int) -> Sound:
    """Chords, a melody that a voice may sing without words, and a beat."""
    time = np.arange(length) / SAMPLE_RATE
    beat_s, key_hz = chance.uniform(0.4, 0.7), 220 * 2 ** (chance.integers(0, 12) / 12)
    sung = chance.random() < 0.5
    sound = np.zeros(length)
    for number in range(math.ceil(time[-1] / beat_s)):
        since = time - number * beat_s
        rings = (since >= 0) * np.exp(-np.maximum(since, 0) / 0.5)
        root = key_hz * 2 ** (chance.choice([0, 5, 7, 9]) / 12)
        for step in (0, 4, 7):
            for harmonic in range(1, 5):
                sound += rings * np.sin(2 * np.pi * root * 2 ** (step / 12) * harmonic * time) / harmonic / 6
        within = (since >= 0) & (since < beat_s)
        note_hz = 2 * root * 2 ** (chance.choice([0, 2, 4, 7]) / 12)
        wavers = 1 + 0.01 * np.sin(2 * np.pi * 5.5 * time[within])
        note = pulses(note_hz * wavers)
        sound[within] += (through_mouth(note, AH_HZ, 8) if sung else note) * 0.3 * breath(int(within.sum()), 0.1, 0.3)
        sound += 0.4 * chance.normal(size=length) * (since >= 0) * np.exp(-np.maximum(since, 0) / 0.03)
    return sound


_BROADCAST = (
    "The minister said this afternoon that the talks would go on until the end of the week.",
    "And it's a corner for the home side, with only ten minutes left on the clock.",
    "You'll find three bedrooms upstairs, and a garden that gets the sun all morning.",
    "Rain in the west will move slowly across the country through the evening.",
    "I told you not to open that door, and now look what you have done.",
    "Whisk the eggs with the sugar until the mixture is pale and thick.",
    "Coming up after the break, the man who walked across the desert on his own.",
    "Shares fell sharply this morning before they made up some of the ground.",
)
_BROADCASTERS = ("espeak-ng en-us", "espeak-ng en-gb+f3", "flite rms", "espeak-ng en-gb", "flite slt")


@cache
def _broadcast(voice: str, text: str) -> Samples:
    from benchmarks.turns import voices

    voices.install()
    return voices.speak(voice, text)


def television(chance: Generator, length: int) -> Sound:
    """Two to four voices at once, one of them in front, through a wall and a room: no word of it is meant for anybody.

    Needs espeak-ng and flite.
    """
    sound = np.zeros(length)
    for place in range(int(chance.integers(2, 5))):
        voice = _BROADCASTERS[int(chance.integers(len(_BROADCASTERS)))]
        said = [_broadcast(voice, _BROADCAST[int(each)]) for each in chance.permutation(len(_BROADCAST))[:3]]
        track = np.concatenate(said).astype(np.float64)
        start = int(chance.integers(0, max(1, len(track) - length)))
        track = np.resize(track[start:], length)
        sound += track * (1.0 if place == 0 else 0.5)
    echo = chance.normal(size=SAMPLE_RATE // 2) * np.exp(-np.arange(SAMPLE_RATE // 2) / (0.12 * SAMPLE_RATE))
    echo[0] = 8.0
    size = 1 << (length + len(echo)).bit_length()
    sound = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(echo, size), size)[:length]
    return through_band(sound, 120, chance.uniform(1200, 2500))


# All of it.

Make = Callable[[Generator, int], Sound]


def _breaths(chance: Generator, length: int) -> Sound:
    kinds: tuple[Make, ...] = (sigh, breathed_ah, breath_through_the_nose)
    return _repeated(kinds, (0.5, 1.6), (0.4, 1.2), chance, length)


def _coughs(chance: Generator, length: int) -> Sound:
    return _repeated((cough,), (0.35, 0.6), (0.1, 0.8), chance, length)


def _repeated(
    kinds: Sequence[Make], lasts_s: tuple[float, float], rests_s: tuple[float, float], chance: Generator, length: int
) -> Sound:
    sound = np.zeros(length)
    at = round(chance.uniform(*rests_s) * SAMPLE_RATE)
    while (count := round(chance.uniform(*lasts_s) * SAMPLE_RATE)) + at <= length:
        sound[at : at + count] = at_level(kinds[int(chance.integers(len(kinds)))](chance, count), -20)
        at += count + round(chance.uniform(*rests_s) * SAMPLE_RATE)
    return sound


_LOUDNESS = (-50.0, -40.0, -32.0, -24.0)
"""Root mean square; somebody who speaks into the microphone has about -23 dBFS."""
KINDS: Mapping[str, tuple[Make, tuple[float, ...]]] = {
    "silence": (silence, (-75.0, -65.0, -55.0, -45.0)),
    "breath": (_breaths, _LOUDNESS),
    "keyboard": (keys, _LOUDNESS),
    "traffic": (traffic, _LOUDNESS),
    "music": (music, _LOUDNESS),
    "television": (television, (-55.0, -48.0, -42.0, -36.0)),
    "cough": (_coughs, _LOUDNESS),
    "laughter": (laughter, _LOUDNESS),
    "child": (child, _LOUDNESS),
}
"""What makes each kind, and how loud it is: a television is in another room."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound that is no answer."""

    kind: str
    level_dbfs: float
    number: int

    def sound(self) -> Samples:
        """Its 2 to 6 seconds in a quiet room, 16 kHz; the same each time."""
        make, levels = KINDS[self.kind]
        chance = np.random.default_rng([[*KINDS].index(self.kind), levels.index(self.level_dbfs), self.number])
        length = round(chance.uniform(2.0, 6.0) * SAMPLE_RATE)
        made = at_level(make(chance, length), self.level_dbfs)
        room = chance.normal(0, 10 ** (ROOM_DBFS / 20), length)
        return (made + room).clip(-1, 1).astype(np.float32)


def clips(of_each: int = 6) -> Iterator[Clip]:
    """So many of each kind at each level; 216 with six."""
    for kind, (_, levels) in KINDS.items():
        for level in levels:
            yield from (Clip(kind, level, number) for number in range(of_each))
