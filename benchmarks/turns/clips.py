"""The clips as sound, with the truth about them in samples. Made once into `.cache/turns`; nothing of it is committed.

A clip's fragments are rendered apart, so that no run of one sound into the next gives a pause away, and joined with
exactly the silence that is planned. Room noise is continuous, through the pauses as well.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from benchmarks.turns import voices
from benchmarks.turns.plan import PlannedClip
from rehearse.audio.frames import SAMPLE_RATE, Samples

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".cache" / "turns"
NOISES: dict[str, float | None] = {"clean": None, "20 dB": 20.0, "10 dB": 10.0}
"""How far the speech lies above the room noise."""
_MAKE = 2
"""Part of the folder's name; raise it when the same plan comes out differently."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A reply as sound."""

    planned: PlannedClip
    sound: Samples
    """16 kHz, from the first sample of speech to the last, without noise."""
    speech: tuple[tuple[int, int], ...]
    """Where each fragment starts and ends, in samples."""

    @property
    def seconds(self) -> float:
        """How long it is, pauses included."""
        return len(self.sound) / SAMPLE_RATE

    def until(self, fragments: int) -> Samples:
        """The first so many fragments with the pauses between them."""
        return self.sound[: self.speech[fragments - 1][1]]


def make(planned: Sequence[PlannedClip], folder: Path = CACHE) -> list[Clip]:
    """All clips of the plan, rendered where they are not there yet, with a `truth.json` beside them."""
    folder = folder / f"clips-{_MAKE}"
    folder.mkdir(parents=True, exist_ok=True)
    clips = [_made(each, folder) for each in planned]
    truth = {
        clip.planned.name: {
            "text": clip.planned.text,
            "voice": clip.planned.voice,
            "rate": SAMPLE_RATE,
            "fragments": [
                {"text": text, "start": start, "end": end}
                for text, (start, end) in zip(clip.planned.fragments, clip.speech, strict=True)
            ],
            "pauses": [{"kind": pause.kind, "stands_alone": pause.stands_alone} for pause in clip.planned.pauses],
        }
        for clip in clips
    }
    (folder / "truth.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    return clips


def fragment(folder: Path, voice: str, text: str) -> Samples:
    """`text` in `voice`, rendered once and kept."""
    path = folder / f"{zlib.crc32(f'{voice}|{text}'.encode()):08x}.wav"
    if not path.exists():
        voices.install()
        part = path.with_suffix(".part")
        soundfile.write(part, voices.speak(voice, text), SAMPLE_RATE, format="WAV", subtype="PCM_16")
        part.replace(path)
    sound: Samples = soundfile.read(path, dtype="float32")[0]
    return sound


def words(voice: str, text: str) -> Samples:
    """A word or two that is no clip of the plan, such as a backchannel."""
    folder = CACHE / f"clips-{_MAKE}"
    folder.mkdir(parents=True, exist_ok=True)
    return fragment(folder, voice, text)


def room_noise(seconds: float, snr_db: float, seed: int) -> Samples:
    """Room tone: noise that falls by 3 dB an octave (pink), and by 6 dB above 1 kHz, `snr_db` below the speech."""
    count = round(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE).clip(min=30.0)
    spectrum *= hertz**-0.5 / np.sqrt(1 + (hertz / 1000) ** 2)
    spectrum[0] = 0
    noise = np.fft.irfft(spectrum, count)
    level = 10 ** ((voices.LEVEL_DBFS - snr_db) / 20)
    tone: Samples = (noise * level / np.sqrt(np.square(noise).mean())).astype(np.float32)
    return tone


def in_room(clip: Clip, noise: str, lead_s: float, tail_s: float) -> Samples:
    """The clip with silence before and after it, in one of the `NOISES`."""
    sound = np.pad(clip.sound, (round(lead_s * SAMPLE_RATE), round(tail_s * SAMPLE_RATE)))
    snr_db = NOISES[noise]
    if snr_db is None:
        return sound
    seed = zlib.crc32(f"{clip.planned.name} {noise}".encode())
    return (sound + room_noise(len(sound) / SAMPLE_RATE, snr_db, seed)[: len(sound)]).astype(np.float32)


def _made(planned: PlannedClip, folder: Path) -> Clip:
    parts: list[Samples] = []
    speech: list[tuple[int, int]] = []
    at = 0
    silences = [round(pause.seconds * SAMPLE_RATE) for pause in planned.pauses]
    for text, silence in zip(planned.fragments, [*silences, 0], strict=True):
        spoken = fragment(folder, planned.voice, text)
        speech.append((at, at + len(spoken)))
        parts += [spoken, np.zeros(silence, np.float32)]
        at += len(spoken) + silence
    return Clip(planned, np.concatenate(parts), tuple(speech))
