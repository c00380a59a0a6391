"""A sound card without hardware: a PulseAudio daemon of the tests' own, which PortAudio reaches through ALSA.

    the program ─▶ spk, a null sink ─▶ spk.monitor ─▶ what a test records
    what a test plays ─▶ mic_in, a null sink ─▶ mic, its monitor ─▶ the program

The sinks are told not to rewind: one that may works two seconds ahead, starts 1.7 s late and keeps bad time.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from rehearse.audio.files import write_wav
from rehearse.audio.frames import SAMPLE_RATE, Samples

DEADLINE_S = 10.0
"""How long anything here may take before it counts as hanging."""

QUIET = 0.003
"""No sample of a pause is louder; −50 dBFS."""

Plug = Literal["speaker", "microphone"]

_MODULES: dict[Plug, tuple[str, ...]] = {
    "speaker": ("module-null-sink sink_name=spk rate=48000 channels=2 norewinds=1",),
    "microphone": (
        "module-null-sink sink_name=mic_in rate=48000 channels=1 norewinds=1",
        "module-remap-source source_name=mic master=mic_in.monitor",
    ),
}
_MAKE_DEFAULT: dict[Plug, str] = {"speaker": "set-default-sink spk", "microphone": "set-default-source mic"}

_ALSA = """\
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


class Recording:
    """What is sent to the speaker, from when this is made."""

    def __init__(self) -> None:
        form = ["--raw", "--format=float32le", f"--rate={SAMPLE_RATE}", "--channels=1", "--latency-msec=50"]
        self._parec = subprocess.Popen(["parec", "--device=spk.monitor", *form], stdout=subprocess.PIPE)
        self._sound = bytearray()
        self._begun = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        assert self._begun.wait(DEADLINE_S), "parec brings no sound"

    def wait_for_line(self, pause_s: float = 1.0) -> None:
        """Return when something has been heard from now on, and then nothing for `pause_s`."""
        deadline = time.monotonic() + 60
        start = len(self._sound) // 4 * 4
        while True:
            loud = np.abs(np.frombuffer(bytes(self._sound[start : len(self._sound) // 4 * 4]), np.float32)) > QUIET
            if loud.any() and not loud[-round(pause_s * SAMPLE_RATE) :].any():
                return
            assert time.monotonic() < deadline, "the speaker does not speak and fall silent"
            time.sleep(0.05)

    def stop(self) -> Samples:
        """End it, and return what was heard: 16 kHz."""
        self._parec.terminate()
        self._reader.join(DEADLINE_S)
        self._parec.communicate(timeout=DEADLINE_S)
        return np.frombuffer(self._sound[: len(self._sound) // 4 * 4], np.float32).copy()

    def _read(self) -> None:
        assert self._parec.stdout
        while sound := self._parec.stdout.read1():  # type: ignore[attr-defined]
            self._sound += sound
            self._begun.set()


class VirtualSoundCard:
    """A speaker that can be recorded, and a microphone that can be played into."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._modules: dict[Plug, list[str]] = {}

    def play_into_microphone(self, sound: Path | Samples) -> subprocess.Popen[bytes]:
        """Start to play a recording or samples (16 kHz) to whoever listens; `wait` for it to be over."""
        if not isinstance(sound, Path):
            path = self._folder / f"{time.monotonic_ns()}.wav"
            write_wav(path, sound, SAMPLE_RATE)
            sound = path
        return subprocess.Popen(["paplay", "--device=mic_in", "--latency-msec=200", str(sound)])

    def start_recording(self) -> Recording:
        """Record what is sent to the speaker, beginning before this returns."""
        return Recording()

    def plug_in(self, plug: Plug) -> None:
        """Make the device appear, as the default one."""
        self._modules[plug] = [_pactl("load-module", *module.split()) for module in _MODULES[plug]]
        _pactl(*_MAKE_DEFAULT[plug].split())

    def pull_out(self, plug: Plug) -> None:
        """Make the device disappear. PulseAudio moves its streams to the other one; without one they end."""
        for module in reversed(self._modules.pop(plug)):
            _pactl("unload-module", module)

    def suspend(self, plug: Plug, suspended: bool = True) -> None:
        """Make the device stop without a word, or go on."""
        command = ["suspend-sink", "spk"] if plug == "speaker" else ["suspend-source", "mic"]
        _pactl(*command, "1" if suspended else "0")

    @contextmanager
    def echo(self, volume_db: float) -> Iterator[None]:
        """Let the microphone hear the speaker, so loud."""
        module = _pactl("load-module", "module-loopback", "source=spk.monitor", "sink=mic_in", "latency_msec=30")
        try:
            inputs = _pactl("list", "sink-inputs").split("Sink Input #")
            (loopback,) = (each.split()[0] for each in inputs if f"Owner Module: {module}\n" in each)
            _pactl("set-sink-input-volume", loopback, f"{volume_db}dB")
            yield
        finally:
            _pactl("unload-module", module)


def _pactl(*command: str) -> str:
    done = subprocess.run(["pactl", *command], capture_output=True, text=True, timeout=DEADLINE_S, check=False)
    assert done.returncode == 0, f"pactl {' '.join(command)}: {done.stderr}"
    return done.stdout.strip()


@contextmanager
def virtual_sound_card() -> Iterator[VirtualSoundCard]:
    """Start the card, and make it the one that PortAudio finds in this process and its children."""
    _check_installed()
    # Not pytest's folder: the path of a socket has at most 107 characters.
    with tempfile.TemporaryDirectory(prefix="rehearse-") as name, pytest.MonkeyPatch.context() as environment:
        folder = Path(name)
        (folder / "asound.conf").write_text(_ALSA)
        (folder / "script.pa").write_text(
            f"load-module module-native-protocol-unix socket={folder}/native auth-anonymous=1\n"
        )
        environment.setenv("XDG_RUNTIME_DIR", name)
        environment.setenv("PULSE_SERVER", f"unix:{folder}/native")
        environment.setenv("PULSE_COOKIE", f"{folder}/cookie")
        environment.setenv("ALSA_CONFIG_PATH", f"{folder}/asound.conf")
        with _daemon(folder):
            card = VirtualSoundCard(folder)
            card.plug_in("speaker")
            card.plug_in("microphone")
            _restart_portaudio()
            yield card
    _restart_portaudio()


@contextmanager
def _daemon(folder: Path) -> Iterator[None]:
    options = ["-n", "-F", str(folder / "script.pa"), "--exit-idle-time=-1", "--use-pid-file=no"]
    with (folder / "log").open("w+") as log:
        # It must not outlive tests that are killed.
        daemon = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "pulseaudio", *options], stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_ready(daemon, folder / "log")
            yield
        finally:
            daemon.terminate()
            daemon.wait(DEADLINE_S)


def _wait_until_ready(daemon: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while subprocess.run(["pactl", "info"], capture_output=True, check=False).returncode:
        assert daemon.poll() is None, f"PulseAudio does not start: {log.read_text()}"
        assert time.monotonic() < deadline, f"PulseAudio does not answer: {log.read_text()}"
        time.sleep(0.02)


def _check_installed() -> None:
    missing = [name for name in ("pulseaudio", "pactl", "paplay", "parec", "setpriv") if not shutil.which(name)]
    if not find_library("portaudio"):
        missing.append("PortAudio")
    if not any(Path("/usr").glob("lib*/**/alsa-lib/libasound_module_pcm_pulse.so")):
        missing.append("ALSA's pulse plugin")
    if missing:
        pytest.fail(
            f"the virtual sound card needs {', '.join(missing)}: "
            "apt install pulseaudio pulseaudio-utils libportaudio2 libasound2-plugins",
            pytrace=False,
        )


def _restart_portaudio() -> None:
    """PortAudio looks for devices only when it starts."""
    if sounddevice := sys.modules.get("sounddevice"):
        sounddevice._terminate()
        sounddevice._initialize()


@pytest.fixture(scope="session")
def sound_card() -> Iterator[VirtualSoundCard]:
    """A speaker and a microphone, for the whole run."""
    with virtual_sound_card() as card:
        yield card
