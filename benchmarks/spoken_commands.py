"""Spoken commands through the recognizer: how many are heard, and how many replies are taken for one.

    python -m benchmarks.spoken_commands [--every N] [--turn N] [--natural]

Every utterance of `tests/agent/spoken_commands.yaml` is said by one of four synthetic voices, by turns, transcribed by
tiny.en as the program does, and looked up in the grammar as in the middle of a scene. Prints the shares with Wilson's
intervals at 95%, and everything that went wrong. Needs espeak-ng and flite; takes about half a second an utterance.
With `--natural` the voices are four of Kokoro's, nearer to people, which need the extra `natural` and two seconds more.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Protocol, get_args

import numpy as np
import soxr

from benchmarks.turns.figures import Share
from benchmarks.turns.voices import finished, install, speak
from rehearse.agent.commands import Command, command_in
from rehearse.audio.frames import SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.kokoro_voice import KokoroVoice
from rehearse.audio.kokoro_weights import ensure_kokoro
from rehearse.audio.natural_voices import Accent, fitting
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.voice import Gender, Voice
from rehearse.audio.weights import ensure_weights
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from rehearse.dialogue import Line, Speaker
from rehearse.partner_voice import kokoro_dir
from rehearse.stage import whisper_for_commands
from tests.agent.spoken_commands import COMMANDS, REPLIES

MODELS = Path(__file__).parent.parent / ".cache" / "rehearse" / "models"
BEFORE_S, AFTER_S = 0.4, 0.3
"""The silence around an utterance, as the turn-taker leaves it."""


class Say(Protocol):
    """A voice."""

    def __call__(self, text: str) -> Samples:
        """`text`, 16 kHz, nothing but the speech."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance and what became of it."""

    voice: str
    said: str
    transcript: str
    """Empty where it was rejected."""
    meant: Command | None
    understood: Command | None


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth utterance")
    parser.add_argument(
        "--turn", type=int, default=0, metavar="N", help="give each utterance to the Nth voice after its own"
    )
    parser.add_argument("--natural", action="store_true", help="in natural voices")
    options = parser.parse_args()
    utterances: list[tuple[str, Command | None]] = [*COMMANDS, *((said, None) for said in REPLIES)]
    whisper = whisper_for_commands(ensure_weights("tiny.en", MODELS))
    with natural_voices() if options.natural else voices() as speakers:
        heard = list(hear(utterances[:: options.every], _turned(speakers, options.turn), whisper))
    for each in heard:
        if each.meant is not each.understood:
            print(f"{each.voice:18}{each.meant or 'reply'!s:16}{each.said} → {each.transcript} → {each.understood}")
    commands = [each for each in heard if each.meant]
    replies = [each for each in heard if not each.meant]
    show("commands heard", [each.understood is each.meant for each in commands])
    show("commands taken for another", [each.understood not in {each.meant, None} for each in commands])
    show("replies taken for commands", [each.understood is not None for each in replies])
    for voice in speakers:
        show(f"  commands, {voice}", [each.understood is each.meant for each in commands if each.voice == voice])


@contextmanager
def voices() -> Iterator[Mapping[str, Say]]:
    """Two of espeak-ng, through the program's own speech worker, and two of flite."""
    install()
    with ExitStack() as stack:
        workers = {kind: stack.enter_context(Pyttsx3Voice(kind)) for kind in ("female", "male")}
        yield {
            **{f"espeak-ng {kind}": partial(_by_worker, worker) for kind, worker in workers.items()},
            **{voice: partial(speak, voice) for voice in ("flite slt", "flite rms")},
        }


@contextmanager
def natural_voices() -> Iterator[Mapping[str, Say]]:
    """Of Kokoro's, an American and a British woman and man."""
    folder = kokoro_dir()
    ensure_kokoro(folder)
    with ExitStack() as stack:
        chosen = [fitting(gender, accent) for accent in get_args(Accent) for gender in get_args(Gender)]
        yield {
            f"Kokoro {each.name}": partial(_by_worker, stack.enter_context(KokoroVoice(each, folder)))
            for each in chosen
        }


def hear(
    utterances: Sequence[tuple[str, Command | None]], speakers: Mapping[str, Say], whisper: WhisperTranscriber
) -> Iterator[Heard]:
    """Say and hear `utterances`, the voices by turns."""
    before, after = (np.zeros(round(seconds * SAMPLE_RATE), dtype=np.float32) for seconds in (BEFORE_S, AFTER_S))
    for (said, meant), voice in zip(utterances, cycle(speakers), strict=False):
        speech = speakers[voice](text=said)
        transcript = whisper.transcribe(np.concatenate((before, speech, after)), len(speech) / SAMPLE_RATE)
        text = "" if transcript.rejected else transcript.text
        yield Heard(voice, said, text, meant, command_in(text))


def show(what: str, hits: Sequence[bool]) -> None:
    """Print a share with its interval."""
    print(f"{what:32}{Share(sum(hits), len(hits))}")


def _turned(speakers: Mapping[str, Say], by: int) -> Mapping[str, Say]:
    names = [*speakers]
    return {name: speakers[name] for name in names[by:] + names[:by]}


def _by_worker(worker: Voice, text: str) -> Samples:
    return finished(soxr.resample(worker.render(Line(text, Speaker.PARTNER)), VOICE_RATE, SAMPLE_RATE))


if __name__ == "__main__":
    main()
