"""What the natural voice costs, and whether its words are right.

    python benchmarks/natural_voice.py [--scenarios hard-day closeness] [--voices heart michael] [--lines 20]

Each scenario's lines, the likeliest first, in the voice that fits or in the ones that are named. What was rendered
before is not rendered again, so the real-time factor is that of the lines that were missing. Whisper's model `base`
reads every line back, padded as it was trained; its word error rate is over the words of all of them. Speaking is
measured on lines that are there, for the natural voice and for the system's alike. Needs the extra `natural`; rendered
lines and weights lie below REHEARSE_HOME, else where the program keeps them.
"""

import argparse
import os
import platform
import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import jiwer
import soxr

from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.kokoro_voice import KokoroVoice
from rehearse.audio.kokoro_weights import ensure_kokoro
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.mixdown import Mixdown
from rehearse.audio.natural_voice import NaturalPartner
from rehearse.audio.natural_voices import NaturalVoice, find_natural
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.speaking import Speech
from rehearse.audio.voice import Voice, VoiceStyle
from rehearse.audio.volume import Volume
from rehearse.audio.weights import ensure_weights
from rehearse.dialogue import Floor, Line
from rehearse.partner_voice import kokoro_dir, lines_dir, partner_lines, partner_voice
from rehearse.paths import models_dir
from rehearse.scenarios import loader

if TYPE_CHECKING:
    from rehearse.audio.whisper_transcriber import WhisperTranscriber

WHISPER = "base"


@dataclass
class Timed:
    """A voice whose renderings are timed."""

    voice: Voice
    factors: list[float] = field(default_factory=list)
    """Seconds of work for each second of sound."""

    @property
    def engine(self) -> str:
        """As the voice's own."""
        return self.voice.engine

    def style(self, line: Line) -> VoiceStyle:
        """As the voice's own."""
        return self.voice.style(line)

    def render(self, line: Line) -> Samples:
        """As the voice's own."""
        began = perf_counter()
        samples = self.voice.render(line)
        self.factors.append((perf_counter() - began) * VOICE_RATE / len(samples))
        return samples


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenarios", nargs="+", default=list(loader.library()))
    parser.add_argument("--voices", nargs="+", help="instead of the one that fits each scenario")
    parser.add_argument("--lines", type=int, help="only so many of each scenario")
    parser.add_argument("--errors", action="store_true", help="print each line that was misread")
    options = parser.parse_args()
    ensure_kokoro(kokoro_dir())
    rendered = [render(name, voice, options.lines) for name, voice in cases(options.scenarios, options.voices)]
    # Before Whisper is loaded: a child begins as large as its parent.
    unit = 1 if platform.system() == "Darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit / 2**20
    from rehearse.audio.whisper_transcriber import PADDED_S, WhisperTranscriber

    whisper = WhisperTranscriber(ensure_weights(WHISPER, models_dir()))
    whisper.context_s = PADDED_S  # the voice is examined here, and not how little sound Whisper can do with
    print("scenario    voice     lines  minutes  factor     WER    start   system")
    for each in rendered:
        factor = f"{median(each.factors):.2f}" if each.factors else "–"
        rate = error_rate(whisper, each.lines, each.sounds, show=options.errors)
        minutes = sum(map(len, each.sounds)) / VOICE_RATE / 60
        print(
            f"{each.scenario:12}{each.voice:10}{len(each.lines):5}{minutes:9.1f}{factor:>8}{rate:8.1%}"
            f"{1000 * each.start_s:6.1f} ms{1000 * each.system_start_s:6.1f} ms",
            flush=True,
        )
    print(f"memory of the largest child at its peak: {peak:.0f} MiB; {os.cpu_count()} cores, {platform.machine()}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A scenario's lines in a voice."""

    scenario: str
    voice: str
    lines: list[Line]
    sounds: list[Samples]
    factors: list[float]
    """As in `Timed`, of the lines that were missing."""
    start_s: float
    """From asking for a line to handing over its first sample, in the natural voice."""
    system_start_s: float
    """The same in the system's."""


def render(name: str, voice: NaturalVoice, count: int | None) -> Rendered:
    """The first `count` lines of a scenario, or all."""
    lines = partner_lines(loader.find(name))[:count]
    with KokoroVoice(voice, kokoro_dir()) as kokoro:
        timed = Timed(kokoro)
        natural = CachedVoice(timed, lines_dir())
        sounds = [natural.render(line) for line in lines]
    with Pyttsx3Voice(voice.gender) as engine:
        system = CachedVoice(engine, lines_dir())
        system.prepare(lines)
        start, system_start = (start_s(each, lines) for each in (NaturalPartner(natural, system), system))
    return Rendered(name, voice.name, lines, sounds, timed.factors, start, system_start)


def cases(scenarios: Sequence[str], voices: Sequence[str] | None) -> Iterator[tuple[str, NaturalVoice]]:
    """Each scenario with each of its voices."""
    for name in scenarios:
        fits = partner_voice(loader.find(name).partner, None).natural
        for voice in map(find_natural, voices or [fits.name] if fits else []):
            yield name, voice


def start_s(voice: Voice, lines: Sequence[Line]) -> float:
    """Seconds from asking for a line to handing over its first sample; the median over `lines`."""
    taken = []
    for line in lines:
        mouth = Speech(voice, Volume(Mixdown()))
        began = perf_counter()
        mouth.say([line], Floor.KEPT)
        taken.append(perf_counter() - began)
    return median(taken)


def error_rate(whisper: "WhisperTranscriber", lines: Sequence[Line], sounds: Sequence[Samples], *, show: bool) -> float:
    """Of all words, after Whisper's own normalization of English."""
    from whisper.normalizers import EnglishTextNormalizer

    normalize = EnglishTextNormalizer()
    wanted, read = [], []
    for line, sound in zip(lines, sounds, strict=True):
        heard = whisper.transcribe(soxr.resample(sound, VOICE_RATE, SAMPLE_RATE), len(sound) / VOICE_RATE).text
        wanted.append(normalize(line.text))
        read.append(normalize(heard))
        if show and wanted[-1] != read[-1]:
            print(f"  {line.text}\n  → {heard}")
    return float(jiwer.wer(wanted, read))


if __name__ == "__main__":
    main()
