"""Sessions in real time through real devices, one after the other: does anything grow, stay open, or drift apart?

    python -m benchmarks.soak [MINUTES]     30 by default

Recordings answer into a virtual microphone (PulseAudio's null sinks, see `tests/virtual_sound_card.py`) through the
real PortAudio; Silero, Whisper's tiny.en, the coder and the voice are the program's own. After each session it is
looked at the process's memory, threads and file handles, and at how much sound either stream has moved. What is printed
is written to `benchmarks/soak.json`. Exits with 1 where memory has grown by more than 5% since the warm-up, the first
tenth of the time, where a thread or a handle is left, or where the streams have drifted apart.
"""

import gc
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from functools import partial
from io import StringIO
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from rehearse import room
from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Ear, Rehearsal
from rehearse.audio.device_pair import DevicePair
from rehearse.audio.devices import Device
from rehearse.audio.files import read_audio
from rehearse.audio.frames import Samples
from rehearse.audio.streams import Callback, OpenStream, Stream, open_input, open_output
from rehearse.audio.weights import ensure_weights
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from rehearse.cli.display import ConsoleDisplay
from rehearse.dialogue import Foresee, Heard, Reply
from rehearse.feedback import code_reply
from rehearse.scenarios import loader
from rehearse.stage import whisper_for_commands
from tests.virtual_sound_card import VirtualSoundCard, virtual_sound_card

ROOT = Path(__file__).parent.parent
RESULT = Path(__file__).with_suffix(".json")
MODELS = ROOT / ".cache" / "rehearse" / "models"
SCENE = "hard-day"
REPLIES = ROOT / "rehearse" / "demo" / f"{SCENE}-listener"
WARM_UP = 0.1
MOST_GROWTH = 0.05
MOST_DRIFT_MS = 150.0
"""Blocks come in bursts of up to 0.1 s; more than that is drift."""


class Counting:
    """Counts the sound that a stream moves."""

    def __init__(self, open_stream: OpenStream) -> None:
        self._open_stream = open_stream
        self._rate = 1
        self._samples = 0

    @property
    def seconds(self) -> float:
        """So much."""
        return self._samples / self._rate

    def open(self, device: Device, callback: Callback) -> Stream:
        """Open it, and count from now on."""
        self._rate = device.default_rate

        def counted(block: NDArray[np.float32], length: int, times: object, status: object) -> None:
            self._samples += length
            callback(block, length, times, status)

        return self._open_stream(device, counted)


class Answering:
    """An ear beside which somebody answers: each time that it listens, the next recording is played to it."""

    def __init__(self, ear: Ear, card: VirtualSoundCard, sounds: Iterator[Samples]) -> None:
        self._ear = ear
        self._card = card
        self._sounds = sounds
        self.heard = 0

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        """Play, and listen."""
        playing = self._card.play_into_microphone(next(self._sounds))
        try:
            heard = self._ear.listen(patience_s, foresee)
        finally:
            playing.wait(60)
        self.heard += isinstance(heard, Reply)
        return heard


@dataclass(frozen=True, slots=True)
class Look:
    """How the process stands after a session."""

    at_s: float
    sessions: int
    heard: int
    memory_mb: float
    threads: int
    handles: int
    apart_ms: float
    """How much more sound the microphone has brought than the loudspeaker has taken, since both were open."""


def look(began_s: float, sessions: int, heard: int, apart_s: float) -> Look:
    """Look at this process."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return Look(
        round(time.monotonic() - began_s, 1),
        sessions,
        heard,
        round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1),
        threading.active_count(),
        len(list(Path("/proc/self/fd").iterdir())),
        round(apart_s * 1000, 1),
    )


def soak(seconds: float, tell: Callable[[Look], None]) -> list[Look]:
    """Hold sessions for so long; how it stood after each."""
    scene = loader.find(SCENE)
    sounds = cycle([read_audio(path) for path in sorted(REPLIES.glob("*.ogg"))])
    whisper: Future[WhisperTranscriber] = Future()
    whisper.set_result(whisper_for_commands(ensure_weights("tiny.en", MODELS)))
    code_reply("", "Hello.")
    microphone, loudspeaker = Counting(open_input), Counting(open_output)
    pair = partial(DevicePair, open_input=microphone.open, open_output=loudspeaker.open)
    setattr(room, "DevicePair", pair)  # noqa: B010
    looks: list[Look] = []
    heard = 0
    with virtual_sound_card() as card, room.room(whisper, lambda _: None, worn=True) as here:
        began_s, apart_s = time.monotonic(), microphone.seconds - loudspeaker.seconds
        while time.monotonic() - began_s < seconds:
            with here.cast(scene, lambda _: None) as cast:
                ear = Answering(cast.ear, card, sounds)
                conversation = Conversation(scene, seed=len(looks), coder=code_reply, hears_objections=False)
                display = ConsoleDisplay(Console(file=StringIO()), scene.partner.name)
                Rehearsal(conversation, display).hold(cast.mouth, ear, cast.devices, began_s=cast.clock())
            heard += ear.heard
            looks.append(look(began_s, len(looks) + 1, heard, microphone.seconds - loudspeaker.seconds - apart_s))
            tell(looks[-1])
    return looks


def faults(looks: list[Look], seconds: float) -> list[str]:
    """What should not be."""
    warm = next((each for each in looks if each.at_s >= WARM_UP * seconds), looks[-1])
    last = looks[-1]
    found = []
    if last.memory_mb > warm.memory_mb * (1 + MOST_GROWTH):
        found.append(f"memory has grown by {last.memory_mb / warm.memory_mb - 1:.1%} since the warm-up")
    if last.threads > warm.threads:
        found.append(f"{last.threads - warm.threads} threads are left")
    if last.handles > warm.handles:
        found.append(f"{last.handles - warm.handles} file handles are left")
    if abs(last.apart_ms - warm.apart_ms) > MOST_DRIFT_MS:
        found.append(f"the streams have drifted apart by {last.apart_ms - warm.apart_ms:.0f} ms")
    if last.heard < last.sessions:
        found.append("hardly a reply was heard")
    return found


def main() -> None:
    """Run, print, and keep the result."""
    seconds = 60 * float(sys.argv[1] if len(sys.argv) > 1 else 30)
    with TemporaryDirectory(prefix="soak-") as home:
        (Path(home) / "models").symlink_to(MODELS)
        os.environ["REHEARSE_HOME"] = home
        looks = soak(seconds, lambda each: print(each, flush=True))
    found = faults(looks, seconds)
    result = {"seconds": seconds, "faults": found, "looks": [asdict(each) for each in looks]}
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    sys.exit("\n".join(found) or 0)


if __name__ == "__main__":
    main()
