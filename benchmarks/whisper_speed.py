"""How fast and how well replies are transcribed: padded to 30 s, as openai-whisper does it, against the cut context.

    python benchmarks/whisper_speed.py [--markdown] [--models tiny.en base] [--recordings 140] [--repeats 3]

Speed: replies of 2, 5, 10 and 20 s of recorded speech, each decoded padded and cut by turns, so that whatever else
the machine does falls on both. Accuracy: the word error rate on recorded phrases. Speech and weights are fetched the
first time, into `.cache/`.
"""

import argparse
import json
import multiprocessing
import os
import platform
import random
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import jiwer
import numpy as np

from rehearse.audio.files import read_audio
from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.audio.weights import ensure_weights
from rehearse.audio.whisper_transcriber import CONTEXT_S, PADDED_S, WhisperTranscriber

ROOT = Path(__file__).resolve().parent.parent
SPEECH = ROOT / ".cache" / "speech"
MODELS = ROOT / ".cache" / "rehearse" / "models"
REPLIES_S = (2, 5, 10, 20)
REPLIES_OF_A_LENGTH = 3


@dataclass(frozen=True, slots=True)
class Timing:
    """Median seconds for replies of one length."""

    reply_s: int
    padded_s: float
    cut_s: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found for one model."""

    model: str
    load_s: float
    timings: list[Timing]
    padded_error_rate: float
    cut_error_rate: float
    cut_peak_mib: float
    padded_peak_mib: float
    """Of the whole process, like the other; padded after cut."""


def main() -> None:
    """Measure each model in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--markdown", action="store_true", help="print tables as Markdown")
    parser.add_argument("--models", nargs="+", default=["tiny.en", "base"])
    parser.add_argument("--recordings", type=int, default=140, help="how many for the word error rate")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    subprocess.run([sys.executable, str(ROOT / "scripts" / "fetch_speech"), str(SPEECH)], check=True)
    found = []
    for model in options.models:
        ensure_weights(model, MODELS)
        with multiprocessing.get_context("spawn").Pool(1) as process:
            found.append(process.apply(measure, (model, options.recordings, options.repeats)))
    show(found, options.markdown)


def measure(model: str, recordings: int, repeats: int) -> Measured:
    """Everything about one model."""
    began = perf_counter()
    transcriber = WhisperTranscriber(MODELS / f"{model}.pt")
    load_s = perf_counter() - began
    phrases = corpus(recordings)
    cut_error_rate = error_rate(transcriber, CONTEXT_S, phrases)
    cut_peak_mib = peak_mib()
    return Measured(
        model=model,
        load_s=load_s,
        timings=[timing(transcriber, reply_s, phrases, repeats) for reply_s in REPLIES_S],
        padded_error_rate=error_rate(transcriber, PADDED_S, phrases),
        cut_error_rate=cut_error_rate,
        cut_peak_mib=cut_peak_mib,
        padded_peak_mib=peak_mib(),
    )


def corpus(recordings: int) -> list[tuple[Samples, str]]:
    """So many recorded phrases with what is said in them, the same every time."""
    lines = [json.loads(line) for line in (SPEECH / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    chosen = random.Random(0).sample(lines, min(recordings, len(lines)))
    return [(read_audio(SPEECH / line["wav"]), line["text"]) for line in chosen]


def timing(
    transcriber: WhisperTranscriber, reply_s: int, phrases: Sequence[tuple[Samples, str]], repeats: int
) -> Timing:
    """Padded and cut by turns on a few replies of `reply_s` seconds."""
    speech = np.concatenate([sound for sound, _ in phrases])
    length = reply_s * SAMPLE_RATE
    replies = [speech[number * length : (number + 1) * length] for number in range(REPLIES_OF_A_LENGTH)]
    times: dict[float, list[float]] = {PADDED_S: [], CONTEXT_S: []}
    for _ in range(repeats):
        for reply in replies:
            for context_s, taken in times.items():
                taken.append(seconds(transcriber, context_s, reply))
    return Timing(reply_s, padded_s=median(times[PADDED_S]), cut_s=median(times[CONTEXT_S]))


def seconds(transcriber: WhisperTranscriber, context_s: float, reply: Samples) -> float:
    """How long one reply takes."""
    transcriber.context_s = context_s
    began = perf_counter()
    transcriber.transcribe(reply, len(reply) / SAMPLE_RATE)
    return perf_counter() - began


def error_rate(transcriber: WhisperTranscriber, context_s: float, phrases: Sequence[tuple[Samples, str]]) -> float:
    """Word error rate after Whisper's own normalization of English."""
    from whisper.normalizers import EnglishTextNormalizer

    normalize = EnglishTextNormalizer()
    transcriber.context_s = context_s
    heard = [transcriber.transcribe(sound, len(sound) / SAMPLE_RATE).text for sound, _ in phrases]
    return float(jiwer.wer([normalize(text) for _, text in phrases], [normalize(text) for text in heard]))


def peak_mib() -> float:
    """The most memory that this process has used so far."""
    unit = 1 if platform.system() == "Darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def show(found: Sequence[Measured], markdown: bool) -> None:
    """Print the two tables and the machine."""
    import torch

    speed = [
        [
            each.model,
            f"{one.reply_s} s",
            f"{one.padded_s:.2f} s",
            f"{one.cut_s:.2f} s",
            f"{one.padded_s / one.cut_s:.1f}",
        ]
        for each in found
        for one in each.timings
    ]
    quality = [
        [
            each.model,
            f"{each.padded_error_rate:.4f}",
            f"{each.cut_error_rate:.4f}",
            f"{each.padded_peak_mib:.0f} MiB",
            f"{each.cut_peak_mib:.0f} MiB",
            f"{each.load_s:.1f} s",
        ]
        for each in found
    ]
    print_table(["model", "reply", "padded", "cut", "times as fast"], speed, markdown)
    print()
    header = ["model", "WER padded", "WER cut", "peak memory padded", "peak memory cut", "load"]
    print_table(header, quality, markdown)
    print()
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, torch {torch.__version__}"
    )


def print_table(header: list[str], rows: list[list[str]], markdown: bool) -> None:
    """Columns of equal width, the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    between, edge = (" | ", "|") if markdown else ("   ", "")
    for number, row in enumerate([header, *rows]):
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print(f"{edge} {between.join(cells)} {edge}".strip() if markdown else between.join(cells))
        if markdown and number == 0:
            print("|" + "|".join([":--", *["--:"] * (len(header) - 1)]) + "|")


if __name__ == "__main__":
    main()
