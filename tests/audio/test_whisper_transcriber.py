"""Real weights on real speech."""

from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.frames import SAMPLE_RATE, Samples, Utterance
from rehearse.audio.segments import LONGEST_S, SegmentedTranscription
from rehearse.audio.whisper_transcriber import PADDED_S, WhisperTranscriber
from tests.speech_corpus import Recording, word_error_rate

EVERY = 5
"""Of 193 recordings every fifth: 39, the same ones every time."""


def length_s(samples: Samples) -> float:
    return len(samples) / SAMPLE_RATE


@pytest.mark.whisper
def test_cut_context_hears_as_well_as_padded(
    tiny_en: WhisperTranscriber, tiny_en_checkpoint: Path, speech_corpus: list[Recording]
) -> None:
    sample = speech_corpus[::EVERY]
    sounds = [recording.samples() for recording in sample]

    def error_rate(transcriber: WhisperTranscriber) -> float:
        heard = [transcriber.transcribe(sound, length_s(sound)) for sound in sounds]
        assert [transcript.text for transcript in heard if transcript.rejected] == []
        return word_error_rate([recording.text for recording in sample], [transcript.text for transcript in heard])

    cut = error_rate(tiny_en)
    padded = error_rate(WhisperTranscriber(tiny_en_checkpoint, context_s=PADDED_S))
    assert cut < 0.05
    assert cut <= padded + 0.005


@pytest.mark.whisper
def test_confidence_falls_with_noise(tiny_en: WhisperTranscriber, speech_corpus: list[Recording]) -> None:
    clear = speech_corpus[0].samples()
    noise = np.random.default_rng(0).standard_normal(len(clear)).astype(np.float32)
    loud = clear + noise * 1.5 * clear.std()
    assert 1 > tiny_en.transcribe(clear, 4.0).confidence > tiny_en.transcribe(loud, 4.0).confidence > 0


@pytest.mark.whisper
@pytest.mark.parametrize("seconds", [0.6, 4.0])
@pytest.mark.parametrize("sound", ["silence", "quiet room", "white noise", "hum"])
def test_sounds_without_words_are_rejected(tiny_en: WhisperTranscriber, sound: str, seconds: float) -> None:
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    noise = np.random.default_rng(1).standard_normal(len(t))
    samples = {
        "silence": np.zeros(len(t)),
        "quiet room": 0.001 * noise,
        "white noise": 0.1 * noise,
        "hum": 0.1 * np.sin(2 * np.pi * 50 * t) + 0.05 * np.sin(2 * np.pi * 150 * t),
    }[sound]
    assert tiny_en.transcribe(samples.astype(np.float32), voiced_s=0.5).rejected is not None


@pytest.mark.whisper
@pytest.mark.parametrize("name", ["confbridge-conf-end", "number-not-answering", "vm-tocallnum"])
def test_a_loop_is_decoded_once_more_padded(
    tiny_en_checkpoint: Path, speech_corpus: list[Recording], name: str
) -> None:
    # With a context this short, the decoder goes round in circles on each of these.
    hasty = WhisperTranscriber(tiny_en_checkpoint, context_s=1.0)
    (recording,) = (recording for recording in speech_corpus if recording.path.stem == name)
    sound = recording.samples()
    transcript = hasty.transcribe(sound, length_s(sound))
    assert transcript.rejected is None
    assert word_error_rate([recording.text], [transcript.text]) == 0


@pytest.mark.whisper
def test_a_long_reply_is_heard_to_its_end(tiny_en: WhisperTranscriber, speech_corpus: list[Recording]) -> None:
    said = speech_corpus[::12]
    pause = np.zeros(SAMPLE_RATE // 2, dtype=np.float32)
    sound = np.concatenate([part for recording in said for part in (recording.samples(), pause)])
    assert length_s(sound) > 2 * LONGEST_S
    transcript = tiny_en.transcribe(sound, length_s(sound))
    assert transcript.rejected is None
    assert word_error_rate([" ".join(recording.text for recording in said)], [transcript.text]) < 0.1


@pytest.mark.whisper
def test_a_long_reply_is_heard_the_same_while_it_is_spoken(
    tiny_en: WhisperTranscriber, speech_corpus: list[Recording]
) -> None:
    said = speech_corpus[::12]
    pause = np.zeros(SAMPLE_RATE // 2, dtype=np.float32)
    ends: list[int] = []
    sound = np.zeros(0, dtype=np.float32)
    for recording in said:
        sound = np.concatenate([sound, recording.samples(), pause])
        ends.append(len(sound))

    def so_far(length: int) -> Utterance:
        inside = tuple(end for end in ends if end < length)
        return Utterance(sound[:length], 0.0, length / SAMPLE_RATE, voiced_s=length / SAMPLE_RATE, pauses=inside)

    while_spoken = SegmentedTranscription(tiny_en)
    for end in ends:
        growing = while_spoken.transcript(so_far(end))
    afterwards = SegmentedTranscription(tiny_en).transcript(so_far(len(sound)))
    assert growing.text == afterwards.text
    assert growing.confidence == pytest.approx(afterwards.confidence, abs=1e-4)
    assert word_error_rate([" ".join(recording.text for recording in said)], [growing.text]) < 0.1
