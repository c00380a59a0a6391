"""Somebody who breathes, sighs, coughs or types has not begun to answer: what the real detector makes of it.

The sounds are synthetic: noise through a band or through the resonances of an open mouth, swelling and dying away as
breath does. A sigh with a clear vowel in it ("ahh") is a voice, and does begin a turn.
"""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.random import Generator

from benchmarks.sounds import (
    ROOM_DBFS,
    Sound,
    at_level,
    breath_through_the_nose,
    breathed_ah,
    cough,
    keys,
    sigh,
)
from rehearse.audio.files import read_audio
from rehearse.audio.frames import FRAME_S, SAMPLE_RATE, frames_of
from rehearse.audio.turn_taking import Decision, SpeechStarted, TurnEnded, TurnTaker
from rehearse.audio.voice_activity import Silero
from rehearse.audio.voicing import Voicing
from tests.audio.test_voice_activity import vowels
from tests.conftest import ROOT

LENGTHS_S = (0.5, 0.8, 1.1, 1.5)
DEMO = ROOT / "rehearse" / "demo"


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
