"""How sure the recognizer is of what it mishears, and of what it hears well: from which confidence on a reply is taken.

    python -m benchmarks.misheard [--model tiny.en] [--every N]

The clips of `benchmarks/turns` in three noises, and the recordings of `scripts/fetch_speech` in room noise that is from
20 dB below them to as loud as they are. A transcript is misheard where at least every third word is wrong, and well
heard where at most every tenth is. For each least confidence: how many of either are asked for again. What is printed
is written to `benchmarks/misheard.json`. Needs what `benchmarks/turns` needs; takes about half a second a transcript.
"""

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, product
from pathlib import Path

import numpy as np

from benchmarks.turns.clips import NOISES, in_room, make, room_noise, words
from benchmarks.turns.figures import Share
from benchmarks.turns.plan import plan
from benchmarks.turns.voices import LEVEL_DBFS
from rehearse.agent.misheard import LEAST_CONFIDENCE
from rehearse.audio.files import read_audio
from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.audio.weights import ensure_weights
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from tests.speech_corpus import SPEECH, word_error_rate

RESULT = Path(__file__).with_suffix(".json")
MODELS = Path(__file__).parent.parent / ".cache" / "rehearse" / "models"
CORPUS_SNR_DB = (20.0, 10.0, 5.0, 0.0)
MISHEARD, WELL_HEARD = 1 / 3, 0.1
"""The share of wrong words."""
SHORT = ("No.", "Yeah.", "Okay.", "I know.", "I'm sorry.", "Why not?", "Tell me more.", "What happened?")
SHORT_IN = ("espeak-ng en-us", "flite slt", "flite rms")
"""Short replies, and the voices that say them: a recognizer is less sure of few words."""
MARKS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


@dataclass(frozen=True, slots=True)
class Trial:
    """Something that was said."""

    where: str
    said: str
    sound: Samples


@dataclass(frozen=True, slots=True)
class Heard:
    """And what the recognizer made of it."""

    where: str
    words: int
    wrong: float
    """The word error rate."""
    confidence: float
    rejected: bool
    """Whether it is asked for again in any case."""


def of_the_clips() -> Iterator[Trial]:
    """Synthetic voices, in each noise."""
    for number, clip in enumerate(make(plan())):
        noise = [*NOISES][number % len(NOISES)]
        yield Trial(f"clips, {noise}", clip.planned.text, in_room(clip, noise, 0.4, 0.3))
        if noise != "10 dB":
            yield Trial("clips, 10 dB", clip.planned.text, in_room(clip, "10 dB", 0.4, 0.3))


def of_the_corpus() -> Iterator[Trial]:
    """A person's voice, at each distance from the noise."""
    for number, line in enumerate((SPEECH / "corpus.jsonl").read_text(encoding="utf-8").splitlines()):
        entry = json.loads(line)
        speech = read_audio(SPEECH / entry["wav"])
        loud = speech[np.abs(speech) > 0.05 * np.abs(speech).max()]
        level = 10 ** (LEVEL_DBFS / 20) / float(np.sqrt(np.mean(loud**2)))
        snr_db = CORPUS_SNR_DB[number % len(CORPUS_SNR_DB)]
        for each_db in {snr_db, 5.0}:
            noise = room_noise(len(speech) / SAMPLE_RATE, each_db, zlib.crc32(entry["wav"].encode()))
            yield Trial(f"recorded, {each_db:.0f} dB", entry["text"], (speech * level + noise).astype(np.float32))


def of_the_short() -> Iterator[Trial]:
    """Short replies in synthetic voices, clear and in noise."""
    for number, (said, voice) in enumerate(product(SHORT, SHORT_IN)):
        speech = np.pad(words(voice, said), (round(0.4 * SAMPLE_RATE), round(0.3 * SAMPLE_RATE)))
        for snr_db in (20.0, 10.0):
            noise = room_noise(len(speech) / SAMPLE_RATE, snr_db, number)
            yield Trial(f"short, {snr_db:.0f} dB", said, (speech + noise[: len(speech)]).astype(np.float32))


def hear(trials: Iterator[Trial], whisper: WhisperTranscriber) -> Iterator[Heard]:
    """Transcribe them."""
    for each in trials:
        found = whisper.transcribe(each.sound, len(each.sound) / SAMPLE_RATE)
        wrong = word_error_rate([each.said], [found.text])
        yield Heard(each.where, len(each.said.split()), wrong, found.confidence, found.rejected is not None)


def asked_again(heard: Sequence[Heard], least: float) -> Share:
    """How many of them are."""
    return Share(sum(each.rejected or each.confidence < least for each in heard), len(heard))


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth of all that is said")
    options = parser.parse_args()
    whisper = WhisperTranscriber(ensure_weights(options.model, MODELS))
    long = islice(chain(of_the_clips(), of_the_corpus()), 0, None, options.every)
    heard = [*hear(chain(of_the_short(), long), whisper)]
    misheard = [each for each in heard if each.wrong >= MISHEARD]
    well = [each for each in heard if each.wrong <= WELL_HEARD]
    short = [each for each in well if each.words <= 3]
    for name, part in (("misheard", misheard), ("well heard", well), ("well heard, three words at most", short)):
        ranked = sorted(each.confidence for each in part)
        shown = [ranked[round(share * (len(ranked) - 1))] for share in (0.01, 0.05, 0.25, 0.5, 0.75)] if ranked else []
        print(f"{name:32}{len(part):5}  p1, 5, 25, 50, 75:", *(f"{each:.2f}" for each in shown))
    print("| at least | misheard, asked again | well heard, asked again | of these short |\n|--:|--:|--:|--:|")
    table = {}
    for mark in sorted({*MARKS, LEAST_CONFIDENCE, 0.0}):
        shares = [asked_again(part, mark) for part in (misheard, well, short)]
        print(f"| {mark:.2f} | " + " | ".join(map(str, shares)) + " |")
        table[f"{mark:.2f}"] = [share.entry() for share in shares]
    by_place = {}
    for where in sorted({each.where for each in heard}):
        part = [each for each in heard if each.where == where]
        by_place[where] = {"of": len(part), "misheard": sum(each.wrong >= MISHEARD for each in part)}
    result = {
        "model": options.model,
        "misheard, well heard, short": table,
        "every": options.every,
        "by_place": by_place,
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
