import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rehearse.audio.echo import EchoCanceller
from rehearse.audio.echo_delay import SEGMENT, find_echo
from rehearse.audio.echo_suppression import REFERENCE_SAMPLES, EchoSuppressor
from rehearse.audio.frames import FRAME_S, SAMPLE_RATE, VOICE_RATE, Samples
from tests.audio.echoing_room import EchoingRoom, Way

WAYS = [
    Way(),
    Way(echo_db=-10, delay_s=0.05, drift_ppm=100, wander_s=0.0005),
    Way(delay_s=0.3, drift_ppm=-100, reverberation_s=0.5),
]


def voice(seconds: float, rate: int, seed: int) -> Samples:
    """Noise in syllables: as loud, and as broken up, as speech."""
    random = np.random.default_rng(seed)
    syllables = np.repeat(random.uniform(0, 1, round(seconds * 5)) ** 2, rate // 5)
    return (0.2 * syllables * random.standard_normal(len(syllables))).astype(np.float32)


def hum(seconds: float) -> Samples:
    """A voice that holds a vowel, 16 kHz."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    vowel = [np.sin(2 * np.pi * 150 * harmonic * time) / harmonic for harmonic in range(1, 20)]
    return np.asarray(0.08 * np.sum(vowel, axis=0), np.float32)


def level_db(sound: Samples) -> float:
    return float(10 * np.log10(np.mean(sound**2) + 1e-12))


class Listening:
    """What is heard in a room, and what is left of it."""

    def __init__(self, room: EchoingRoom) -> None:
        self.room = room
        self.cancel = EchoCanceller(room.loudspeaker, room.microphone)

    def go_on(self, seconds: float) -> tuple[Samples, Samples]:
        """Heard, and left."""
        heard: list[Samples] = []
        left: list[Samples] = []
        for _ in range(round(seconds / FRAME_S)):
            heard.append(self.room.frame())
            left.append(self.cancel(heard[-1]))
        return np.concatenate(heard), np.concatenate(left)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_played_is_taken_out(way: Way) -> None:
    with EchoingRoom(way) as room:
        listening = Listening(room)
        room.loudspeaker.play(voice(20, VOICE_RATE, seed=1))
        listening.go_on(5)
        heard, left = listening.go_on(14)

    assert level_db(left) < level_db(heard) - 30


@pytest.mark.parametrize("way", WAYS)
def test_what_is_said_over_it_stays(way: Way) -> None:
    with EchoingRoom(way) as room:
        listening = Listening(room)
        room.loudspeaker.play(voice(20, VOICE_RATE, seed=1))
        listening.go_on(8)
        room.say(hum(1))
        _, left = listening.go_on(1)

    assert level_db(left) > level_db(hum(1)) - 6


def test_before_it_knows_the_way_nothing_of_a_line_is_let_through() -> None:
    with EchoingRoom() as room:
        listening = Listening(room)
        room.loudspeaker.play(voice(3, VOICE_RATE, seed=1))
        heard, left = listening.go_on(1)

    assert level_db(heard) > -50
    assert level_db(left) < -80


def test_while_nothing_is_played_all_is_heard() -> None:
    with EchoingRoom() as room:
        listening = Listening(room)
        room.say(hum(2))
        heard, left = listening.go_on(2)
        np.testing.assert_array_equal(heard, left)
        room.loudspeaker.play(voice(5, VOICE_RATE, seed=1))
        listening.go_on(8)
        room.say(hum(2))
        heard, left = listening.go_on(2)

    assert listening.cancel.delay_known
    np.testing.assert_allclose(heard[1024:-128], left[1024 + 128 :], atol=1e-3)


def test_on_a_headset_nothing_comes_back_and_soon_nothing_is_held_back() -> None:
    with EchoingRoom(Way(echo_db=-120)) as room:
        listening = Listening(room)
        room.loudspeaker.play(voice(20, VOICE_RATE, seed=1))
        listening.go_on(8)
        room.say(hum(1))
        heard, left = listening.go_on(1)

    assert not listening.cancel.delay_known
    np.testing.assert_array_equal(heard, left)


def test_it_finds_the_way_again_when_it_changes() -> None:
    with EchoingRoom(Way(delay_s=0.05)) as room:
        listening = Listening(room)
        room.loudspeaker.play(voice(20, VOICE_RATE, seed=1))
        listening.go_on(5)
        room.way = Way(delay_s=0.15)
        listening.go_on(4)
        heard, left = listening.go_on(8)

    assert level_db(left) < level_db(heard) - 30


def test_a_reader_that_was_busy_for_a_while_is_served_as_well() -> None:
    with EchoingRoom() as room:
        room.loudspeaker.play(voice(30, VOICE_RATE, seed=1))
        listening = Listening(room)
        for _ in range(round(3 / FRAME_S)):
            room.pass_frame()
        listening.go_on(5)
        heard, left = listening.go_on(8)

    assert level_db(left) < level_db(heard) - 30


def test_it_keeps_no_more_than_it_needs() -> None:
    with EchoingRoom() as room:
        listening = Listening(room)
        room.loudspeaker.play(voice(30, VOICE_RATE, seed=1))
        listening.go_on(20)

    played = listening.cancel._played
    assert len(played._samples) < 5 * SAMPLE_RATE
    assert len(played._times) < 5 * SAMPLE_RATE / 512 * 3


def test_what_is_only_heard_passes_the_suppressor_8_ms_later() -> None:
    suppress = EchoSuppressor()
    sound = voice(1, SAMPLE_RATE, seed=2)
    nothing = np.zeros(REFERENCE_SAMPLES, np.float32)
    left = np.concatenate([suppress(frame, nothing) for frame in np.split(sound[: 512 * 30], 30)])

    np.testing.assert_allclose(left[128:], sound[: 512 * 30 - 128], atol=1e-6)


@given(st.integers(0, 12_000), st.floats(-40, 0), st.integers(0, 1000))
def test_an_echo_is_found_wherever_it_is(at: int, echo_db: float, seed: int) -> None:
    played = voice(2, SAMPLE_RATE, seed)
    assume(level_db(played[at : at + SEGMENT]) > level_db(played) - 15)  # all but silent, it is not clear
    heard = 10 ** (echo_db / 20) * played[at : at + SEGMENT]
    heard = heard + 1e-4 * np.random.default_rng(seed).standard_normal(SEGMENT)

    assert find_echo(heard.astype(np.float32), played) == at


@given(st.integers(0, 1000))
def test_of_two_sounds_that_have_nothing_in_common_neither_is_the_other_s_echo(seed: int) -> None:
    assert find_echo(voice(1, SAMPLE_RATE, seed), voice(2, SAMPLE_RATE, seed + 5000)) is None
