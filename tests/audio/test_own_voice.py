"""The program's own voice, back in its microphone, through the real voice activity detection."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
import soxr

from rehearse.audio.echo import EchoCanceller
from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.turn_taking import SpeechStarted, TurnTaker
from rehearse.audio.voice_activity import ONSET, Silero
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from rehearse.dialogue import Line, Speaker
from tests.audio.echoing_room import EchoingRoom, Way

LINES = (
    "Hi. I had an awful day, and I do not want to talk about it right now.",
    "You always do this. You sit there and tell me what I should have done, and I feel like a child.",
    "Fine.",
    "I just wanted you to listen for once. That is all. Is that too much to ask?",
    "My boss took the whole project away from me, in front of everybody, and nobody said a word.",
    "Yes. Exactly that. Thank you for asking.",
)
REPLIES = ("Stop.", "Wait a moment, please.", "That is not what I meant at all.")
NEAR_DB = -25.0
"""How loud a person near the microphone is while they speak."""


@pytest.fixture(scope="module")
def lines() -> list[Samples]:
    """24 kHz."""
    with Pyttsx3Voice("female") as voice:
        return [voice.render(Line(text, Speaker.PARTNER)) for text in LINES]


@pytest.fixture(scope="module")
def replies() -> dict[str, Samples]:
    """In another voice, 16 kHz."""
    with Pyttsx3Voice("male") as voice:
        spoken = {text: voice.render(Line(text, Speaker.PARTNER)) for text in REPLIES}
    return {text: as_loud_as_a_person(soxr.resample(each, VOICE_RATE, SAMPLE_RATE)) for text, each in spoken.items()}


def as_loud_as_a_person(samples: Samples) -> Samples:
    voiced = samples[np.abs(samples) > 0.01]
    return np.asarray(samples * 10 ** (NEAR_DB / 20) / np.sqrt(np.mean(voiced**2)), np.float32)


def frames_while_it_speaks(
    room: EchoingRoom, lines: Sequence[Samples], seconds: float
) -> Iterator[tuple[Samples, Samples]]:
    """What the microphone hears while one line follows the other, and what is left of it."""
    cancel = EchoCanceller(room.loudspeaker, room.microphone)
    line = pause = 0
    for _ in range(round(seconds / FRAME_S)):
        if not room.loudspeaker.busy and (pause := pause - 1) < 0:
            room.loudspeaker.play(lines[line % len(lines)])
            line, pause = line + 1, 10 + 7 * (line % 5)
        heard = room.frame()
        yield heard, cancel(heard)


@pytest.mark.process
@pytest.mark.parametrize(
    "way",
    [
        Way(echo_db=-20, delay_s=0.2),
        Way(echo_db=-20, delay_s=0.3, drift_ppm=-100, wander_s=0.0003, reverberation_s=0.4),
        Way(echo_db=-10, delay_s=0.05, drift_ppm=100, wander_s=0.0003),
    ],
)
def test_it_never_hears_itself(lines: list[Samples], way: Way) -> None:
    probability, turns = Silero(), TurnTaker()
    with EchoingRoom(way) as room:
        decisions = [turns.feed(left, probability(left)) for _, left in frames_while_it_speaks(room, lines, 90)]

    assert not any(isinstance(decision, SpeechStarted) for decision in decisions)


def said_over_a_line(lines: list[Samples], reply: Samples, way: Way) -> tuple[Samples, Samples]:
    """What is heard, and what is left, from when `reply` is begun until half a second after it."""
    with EchoingRoom(way) as room:
        frames = frames_while_it_speaks(room, [lines[0], lines[1]], 60)
        for _ in range(round(15 / FRAME_S)):
            next(frames)
        while room.loudspeaker.heard_s < 0.5 or room.loudspeaker.heard_s > 1:
            next(frames)
        room.say(reply)
        heard, left = zip(*(next(frames) for _ in range(len(reply) // FRAME_SAMPLES + 16)), strict=True)
        return np.concatenate(heard), np.concatenate(left)


@pytest.mark.process
@pytest.mark.parametrize("text", REPLIES)
@pytest.mark.parametrize("echo_db", [-20.0, -10.0])
def test_it_is_not_deaf_while_it_speaks(
    lines: list[Samples], replies: dict[str, Samples], text: str, echo_db: float
) -> None:
    _, left = said_over_a_line(lines, replies[text], Way(echo_db=echo_db))
    probability = Silero()

    assert max(probability(frame) for frame in np.split(left, len(left) // FRAME_SAMPLES)) > ONSET


@pytest.mark.whisper
@pytest.mark.parametrize("text", REPLIES)
def test_what_is_said_over_a_line_is_understood(
    lines: list[Samples], replies: dict[str, Samples], text: str, tiny_en: WhisperTranscriber
) -> None:
    """From what the microphone heard: Whisper copes with a line behind the words, less with words that have holes."""
    heard, _ = said_over_a_line(lines, replies[text], Way(echo_db=-20))
    understood = tiny_en.transcribe(heard, voiced_s=1.0).text

    words = re.findall(r"\w+", text.lower())
    assert re.findall(r"\w+", understood.lower())[: len(words)] == words
