"""A sound card of which the loudspeaker and the microphone are recorded on one clock.

    the program ─▶ spk ─▶ left ┐                        ┌─ right ─▶ mic ─▶ the program
                               ├ both, one null sink ─▶ monitor ─▶ the recording, two channels
    clips, noise ─▶ mic_in ─▶ right ┘

The loudspeaker and what is played into the microphone are the two channels of one null sink, mixed in the same block by
the same clock: in the recording their distance is right to the sample.
"""

import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from rehearse.audio.files import write_wav
from rehearse.audio.frames import SAMPLE_RATE, Samples
from tests.virtual_sound_card import VirtualSoundCard, virtual_sound_card

_ONE_SIDE = "channels=1 channel_map=mono remix=no master_channel_map"
_MODULES = (
    "module-null-sink sink_name=both rate=48000 channels=2 channel_map=front-left,front-right norewinds=1",
    f"module-remap-sink sink_name=spk master=both {_ONE_SIDE}=front-left",
    f"module-remap-sink sink_name=mic_in master=both {_ONE_SIDE}=front-right",
    f"module-remap-source source_name=mic master=both.monitor {_ONE_SIDE}=front-right",
    f"module-remap-source source_name=heard master=both.monitor {_ONE_SIDE}=front-left",
)
_BEGUN_S = 10.0


class TwoSides:
    """A recording under way: what the loudspeaker says and what the microphone hears, sample beside sample."""

    def __init__(self) -> None:
        form = ["--raw", "--format=float32le", f"--rate={SAMPLE_RATE}", "--channels=2", "--latency-msec=20"]
        form += ["--channel-map=front-left,front-right"]
        self._parec = subprocess.Popen(["parec", "--device=both.monitor", *form], stdout=subprocess.PIPE)
        self._sound = bytearray()
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_until(1)

    @property
    def length(self) -> int:
        """Samples so far: the clock of everything that is measured."""
        return len(self._sound) // 8

    @property
    def now_s(self) -> float:
        """That clock in seconds."""
        return self.length / SAMPLE_RATE

    def side(self, channel: int, start: int = 0, end: int | None = None) -> Samples:
        """One side of it, from sample `start` on: 0 is the loudspeaker, 1 the microphone."""
        end = self.length if end is None else min(end, self.length)
        both = np.frombuffer(bytes(self._sound[start * 8 : end * 8]), np.float32).reshape(-1, 2)
        return both[:, channel].copy()

    def speaker(self, start: int = 0, end: int | None = None) -> Samples:
        """What came out of the loudspeaker."""
        return self.side(0, start, end)

    def microphone(self, start: int = 0, end: int | None = None) -> Samples:
        """What went into the microphone."""
        return self.side(1, start, end)

    def wait_until(self, length: int) -> None:
        """Return when so many samples have been recorded."""
        with self._changed:
            if not self._changed.wait_for(lambda: self.length >= length, self._patience_s(length)):
                raise RuntimeError("the recording has stopped: is PulseAudio still running?")

    def wait(self, seconds: float) -> None:
        """Let that much of the recording go by."""
        self.wait_until(self.length + round(seconds * SAMPLE_RATE))

    def stop(self) -> None:
        """End it; what was recorded stays."""
        self._parec.terminate()
        self._reader.join(_BEGUN_S)
        self._parec.communicate()

    def _patience_s(self, length: int) -> float:
        return _BEGUN_S + max(0, length - self.length) / SAMPLE_RATE

    def _read(self) -> None:
        assert self._parec.stdout
        while sound := self._parec.stdout.read1(65536):  # type: ignore[attr-defined]
            with self._changed:
                self._sound += sound
                self._changed.notify_all()


class Card:
    """The card, with its one recording."""

    def __init__(self, plain: VirtualSoundCard, folder: Path) -> None:
        self._plain = plain
        self._folder = folder
        self.recording = TwoSides()

    def play(self, sound: Samples) -> subprocess.Popen[bytes]:
        """Start to play `sound` (16 kHz) into the microphone."""
        path = self._folder / f"{time.monotonic_ns()}.wav"
        write_wav(path, sound, SAMPLE_RATE)
        return subprocess.Popen(["paplay", "--device=mic_in", "--latency-msec=60", str(path)])

    @contextmanager
    def fed_back(self, by_db: float) -> Iterator[None]:
        """What comes out of the loudspeaker goes into the microphone as well, `by_db` louder (so less than 0)."""
        module = _pactl("load-module", "module-loopback", "source=heard", "sink=mic_in", "latency_msec=30")
        inputs = _pactl("list", "short", "sink-inputs").splitlines()
        loop = next(line.split()[0] for line in inputs if "module-loopback" in line)
        _pactl("set-sink-input-volume", loop, f"{by_db}dB")
        try:
            yield
        finally:
            _pactl("unload-module", module)

    @contextmanager
    def noise(self, sound: Samples | None) -> Iterator[None]:
        """Room noise goes into the microphone all the while, `sound` over and over."""
        if sound is None:
            yield
            return
        form = ["--raw", "--format=float32le", f"--rate={SAMPLE_RATE}", "--channels=1", "--latency-msec=200"]
        player = subprocess.Popen(["pacat", "--playback", "--device=mic_in", *form], stdin=subprocess.PIPE)
        feeder = threading.Thread(target=_feed, args=(player, sound.tobytes()), daemon=True)
        feeder.start()
        try:
            yield
        finally:
            player.terminate()
            player.wait(_BEGUN_S)
            feeder.join(_BEGUN_S)


def _feed(player: subprocess.Popen[bytes], content: bytes) -> None:
    assert player.stdin
    with suppress(BrokenPipeError), player.stdin as pipe:
        while True:
            pipe.write(content)


@contextmanager
def card() -> Iterator[Card]:
    """Start the card, as the one that PortAudio finds in this process and its children."""
    with virtual_sound_card() as plain, tempfile.TemporaryDirectory(prefix="turns-") as folder:
        plain.pull_out("microphone")
        plain.pull_out("speaker")
        for module in _MODULES:
            _pactl("load-module", *module.split())
        _pactl("set-default-sink", "spk")
        _pactl("set-default-source", "mic")
        ours = Card(plain, Path(folder))
        try:
            yield ours
        finally:
            ours.recording.stop()


def _pactl(*command: str) -> str:
    done = subprocess.run(["pactl", *command], capture_output=True, text=True, timeout=_BEGUN_S, check=False)
    if done.returncode:
        raise RuntimeError(f"pactl {' '.join(command)}: {done.stderr.strip()}; is PulseAudio 16 or newer installed?")
    return done.stdout.strip()
