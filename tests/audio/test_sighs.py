"""Somebody who breathes, sighs, coughs or types has not begun to answer: what the real detector makes of it.

The sounds are synthetic: noise through a band or through the resonances of an open mouth, swelling and dying away as
breath does. A sigh with a clear vowel in it ("ahh") is a voice, and does begin a turn.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.random import Generator
from numpy.typing import NDArray

from rehearse.audio.files import read_audio
from rehearse.audio.frames import FRAME_S, SAMPLE_RATE, frames_of
from rehearse.audio.turn_taking import Decision, SpeechStarted, TurnEnded, TurnTaker
from rehearse.audio.voice_activity import Silero
from rehearse.audio.voicing import Voicing
from tests.audio.test_voice_activity import vowels
from tests.conftest import ROOT

Sound = NDArray[np.float64]
LENGTHS_S = (0.5, 0.8, 1.1, 1.5)
ROOM_DBFS = -65.0
DEMO = ROOT / "rehearse" / "demo"

SCHWA_HZ, AH_HZ = (550, 1500, 2500), (730, 1090, 2440)
"""Resonances of a slack mouth, and of one that says ah (Peterson and Barney 1952)."""


def through_mouth(sound: Sound, resonances_hz: tuple[int, ...], sharpness: float) -> Sound:
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    gain = 0.05 + sum(1 / (1 + ((frequencies - each) * sharpness / each) ** 2) for each in resonances_hz)
    return np.fft.irfft(np.fft.rfft(sound) * gain, len(sound))


def through_band(sound: Sound, low_hz: float, high_hz: float) -> Sound:
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


def sigh(chance: Generator, length: int) -> Sound:
    return through_mouth(chance.normal(size=length), SCHWA_HZ, 5) * breath(length, 0.2, 0.7)


def breathed_ah(chance: Generator, length: int) -> Sound:
    return through_mouth(chance.normal(size=length), AH_HZ, 8) * breath(length, 0.1, 0.8)


def breath_through_the_nose(chance: Generator, length: int) -> Sound:
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


def at_level(sound: Sound, dbfs: float) -> Sound:
    """`sound` with this root mean square."""
    return sound * 10 ** (dbfs / 20) / math.sqrt(np.mean(sound**2))


def decisions(*sounds: Sound) -> list[Decision]:
    """What turn-taking makes of `sounds` in a quiet room, a second and a half apart."""
    gap = np.zeros(3 * SAMPLE_RATE // 2)
    heard = np.concatenate([gap, *(part for sound in sounds for part in (sound, gap))])
    heard += np.random.default_rng(0).normal(0, 10 ** (ROOM_DBFS / 20), len(heard))
    probability, turns = Voicing(Silero()), TurnTaker()
    found = (turns.feed(frame, probability(frame)) for frame in frames_of(heard.astype(np.float32)))
    return [decision for decision in found if decision]


each_sound = pytest.mark.parametrize("make", [sigh, breathed_ah, breath_through_the_nose, cough, keys])


@pytest.mark.parametrize("dbfs", [-45, -35, -25, -18])
@each_sound
def test_it_begins_no_turn(make: Callable[[Generator, int], Sound], dbfs: float) -> None:
    chance = np.random.default_rng(1)
    sounds = [at_level(make(chance, round(length_s * SAMPLE_RATE)), dbfs) for length_s in LENGTHS_S]
    assert decisions(*sounds) == []


def test_a_voice_in_the_same_room_begins_one() -> None:
    spoken = at_level(vowels().astype(np.float64), -25)
    assert isinstance(decisions(spoken)[0], SpeechStarted)


@each_sound
@pytest.mark.parametrize("reply", ["hard-day-listener/03.ogg", "hard-day-fixer/05.ogg", "closeness-fixer/04.ogg"])
def test_after_speech_it_does_not_keep_the_turn_open(make: Callable[[Generator, int], Sound], reply: str) -> None:
    """Without `Voicing` breaths do, for 0.5 to 0.9 s."""
    spoken = at_level(read_audio(DEMO / reply).astype(np.float64), -22)
    quiet = np.zeros(round(0.35 * SAMPLE_RATE))
    after = at_level(make(np.random.default_rng(1), SAMPLE_RATE), -30)
    silent, breathed = (
        [each for each in decisions(np.concatenate([spoken, quiet, end])) if isinstance(each, TurnEnded)]
        for end in (np.zeros(SAMPLE_RATE), after)
    )
    assert len(breathed) == len(silent)
    assert breathed[-1].utterance.end_s == pytest.approx(silent[-1].utterance.end_s, abs=2 * FRAME_S)
