"""A microphone and a loudspeaker that can each be pulled out: a PulseAudio daemon of its own stands behind either.

With one daemon PulseAudio moves the streams of a device that goes to another one, at worst to the loudspeaker's
monitor, and PortAudio sees nothing. A daemon that is killed looks like a headset that is pulled out: its stream ends,
and PortAudio no longer lists it.
"""

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from rehearse.agent import coach_lines
from rehearse.audio.files import read_audio, write_wav
from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.scenarios import loader
from tests.command import start
from tests.conftest import ROOT
from tests.virtual_sound_card import DEADLINE_S

REPLY = ROOT / "rehearse" / "demo" / "hard-day-listener" / "01.ogg"
WORDS = "You sound completely worn out and I want to hear about it"
PLUGS = ("microphone", "loudspeaker")
AWAY = {"microphone": ("microphone",), "loudspeaker": ("loudspeaker",), "both": PLUGS}
PHASES = ("speaking", "listening", "transcribing", "debriefing")
_SCRIPTS = {
    "microphone": "load-module module-null-sink sink_name=mic_in rate={rate} channels=1 norewinds=1\n"
    "load-module module-remap-source source_name=mic master=mic_in.monitor\nset-default-source mic\n",
    "loudspeaker": "load-module module-null-sink sink_name=spk rate={rate} channels=2 norewinds=1\n",
}
_ALSA = """\
</usr/share/alsa/alsa.conf>
pcm.!default {{
    type asym
    capture.pcm {{ type pulse server "unix:{folder}/microphone.socket" }}
    playback.pcm {{ type pulse server "unix:{folder}/loudspeaker.socket" }}
}}
"""
"""Neither has a name of its own: what is played to the microphone's would be heard by it."""
_OPTIONS = ("--exit-idle-time=-1", "--use-pid-file=no")
_NOISE = 3600
"""PulseAudio's volumes are cubic: white noise at about -80 dBFS."""
SCREEN_DEADLINE_S = 120.0


class Plugs:
    """Both are plugged in at first."""

    def __init__(self, folder: Path, *, room: bool = False) -> None:
        """`room`: the microphone hears a quiet room's noise, as any live one does, and not digital silence."""
        self._folder = folder
        self._room = room
        self._noise: subprocess.Popen[bytes] | None = None
        self._daemons: dict[str, subprocess.Popen[bytes]] = {}

    def plug_in(self, plug: str, rate: int = 48_000) -> None:
        """Let the device be there."""
        own, socket = self._folder / plug, self._folder / f"{plug}.socket"
        own.mkdir(exist_ok=True)
        socket.unlink(missing_ok=True)
        script = own / "script.pa"
        script.write_text(
            f"load-module module-native-protocol-unix socket={socket} auth-anonymous=1\n"
            + _SCRIPTS[plug].format(rate=rate)
        )
        self._daemons[plug] = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", "pulseaudio", "-n", "-F", str(script), *_OPTIONS],
            env=self._environment(plug),
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + DEADLINE_S
        while subprocess.run(
            ["pactl", "info"], env=self._environment(plug), capture_output=True, check=False
        ).returncode:
            assert time.monotonic() < deadline, "PulseAudio does not answer"
            time.sleep(0.02)
        if self._room and plug == "microphone":
            noise = ["pacat", "--raw", "--device=mic_in", "--format=s16le", "--rate=16000", "--channels=1"]
            self._noise = subprocess.Popen(
                [*noise, f"--volume={_NOISE}", "/dev/urandom"],
                env=self._environment(plug),
                stderr=subprocess.DEVNULL,
            )

    def pull_out(self, plug: str) -> None:
        """Let it be gone, without a word."""
        daemon = self._daemons.pop(plug)
        daemon.kill()
        daemon.wait(DEADLINE_S)
        if self._noise and plug == "microphone":
            self._noise.kill()
            self._noise.wait(DEADLINE_S)
            self._noise = None

    def suspend(self, plug: str, suspended: bool) -> None:
        """Let it stop, or go on, without an error."""
        command = ["suspend-source", "mic"] if plug == "microphone" else ["suspend-sink", "spk"]
        subprocess.run(["pactl", *command, str(int(suspended))], env=self._environment(plug), check=True)

    def say(self, sound: Samples) -> subprocess.Popen[bytes]:
        """Speak into the microphone (16 kHz)."""
        path = self._folder / f"{time.monotonic_ns()}.wav"
        write_wav(path, sound, SAMPLE_RATE)
        return subprocess.Popen(
            ["paplay", "--device=mic_in", "--latency-msec=100", str(path)],
            env=self._environment("microphone"),
            stderr=subprocess.DEVNULL,
        )

    def close(self) -> None:
        for plug in tuple(self._daemons):
            self.pull_out(plug)

    def _environment(self, plug: str) -> dict[str, str]:
        own = self._folder / plug
        return {
            **os.environ,
            "XDG_RUNTIME_DIR": str(own),
            "PULSE_COOKIE": str(own / "cookie"),
            "PULSE_SERVER": f"unix:{self._folder}/{plug}.socket",
        }


@contextmanager
def plugs(*, room: bool = False) -> Iterator[tuple[Plugs, dict[str, str]]]:
    """Both plugged in, and the environment in which a program finds them. `room`: see `Plugs`."""
    with tempfile.TemporaryDirectory(prefix="rehearse-") as name:
        folder = Path(name)
        (folder / "asound.conf").write_text(_ALSA.format(folder=folder))
        both = Plugs(folder, room=room)
        try:
            for plug in PLUGS:
                both.plug_in(plug)
            yield both, {"ALSA_CONFIG_PATH": f"{folder}/asound.conf"}
        finally:
            both.close()


@dataclass(frozen=True)
class Recovery:
    """How a fault was got over."""

    phase: str
    away: str
    seconds_away: float
    after_s: float
    """From the devices' return, or from when they were needed next, until the coach says that all is well."""
    heard: str = ""
    """The reply that was being given, where one was."""


class Person:
    """Practises with a running `rehearse`, and pulls plugs at times."""

    def __init__(
        self, both: Plugs, program: subprocess.Popen[str], partner: str, reply: Samples, stop: Samples
    ) -> None:
        self._plugs = both
        self._program = program
        self._partner = partner
        self._reply = reply
        self._stop = stop
        self._lines: Queue[tuple[float, str]] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        self.transcript: list[str] = []

    def _read(self) -> None:
        assert self._program.stdout
        for line in self._program.stdout:
            self._lines.put((time.monotonic(), line.rstrip()))

    def wait_for(self, *beginnings: str) -> tuple[float, str]:
        """The next line with one of these beginnings, and when it was printed."""
        deadline = time.monotonic() + SCREEN_DEADLINE_S
        while True:
            try:
                at_s, line = self._lines.get(timeout=max(0.01, deadline - time.monotonic()))
            except Empty:
                raise AssertionError(f"{beginnings} never came; so far: {self.transcript}") from None
            self.transcript.append(line)
            if line.startswith(beginnings):
                return at_s, line

    def fault(self, phase: str, away: str, seconds: float) -> Recovery:
        """Let devices be away once in that phase of a turn. It begins before a line of the partner's, and ends so."""
        heard = ""
        if phase == "debriefing":
            self._listened_to()
            self._plugs.say(self._stop).wait(DEADLINE_S)
            self.wait_for(f"Coach     {coach_lines.STOP_HERE}")
            time.sleep(2.5)
            self._plugs.say(self._stop).wait(DEADLINE_S)
            self.wait_for("Coach")
            time.sleep(0.7)
            back_s = self._away(away, seconds)
        elif phase == "speaking":
            self.wait_for(self._partner)
            time.sleep(0.5)
            back_s = self._away(away, seconds)
        else:
            self._listened_to()
            middle = quietest_in_the_middle(self._reply)
            saying = self._plugs.say(self._reply)
            said_s = len(self._reply) / SAMPLE_RATE
            time.sleep(middle / SAMPLE_RATE + 0.5 if phase == "listening" else said_s + 0.45)
            back_s = self._away(away, seconds)
            saying.wait(DEADLINE_S)
            if away == "loudspeaker":
                back_s = max(back_s, self._when_heard())
        recovered_s, _ = self.wait_for(f"Coach     {coach_lines.BACK}")
        if phase in {"listening", "transcribing"}:
            if away != "loudspeaker":
                if phase == "listening":
                    time.sleep(1.0)
                    self._plugs.say(self._reply[middle:]).wait(DEADLINE_S)
                self._when_heard()
            heard = self._heard
        return Recovery(phase, away, seconds, recovered_s - back_s, heard)

    def _when_heard(self) -> float:
        at_s, line = self.wait_for("You")
        self._heard = line.removeprefix("You").strip()
        return at_s

    def _listened_to(self) -> None:
        """Wait until the partner has said their line."""
        _, line = self.wait_for(self._partner)
        time.sleep(1.2 + 0.075 * len(line))

    def _away(self, away: str, seconds: float) -> float:
        for plug in AWAY[away]:
            self._plugs.pull_out(plug)
        time.sleep(seconds)
        for plug in AWAY[away]:
            self._plugs.plug_in(plug)
        return time.monotonic()


def quietest_in_the_middle(sound: Samples) -> int:
    """Where, in its middle third, a pause between words is likeliest."""
    window = SAMPLE_RATE // 20
    third = len(sound) // 3
    loudness: NDArray[np.float32] = np.convolve(sound[third : 2 * third] ** 2, np.ones(window, np.float32), "valid")
    return third + int(np.argmin(loudness)) + window // 2


@contextmanager
def practising(
    both: Plugs, environment: dict[str, str], folder: Path, stop: Samples, scene: str = "hard-day"
) -> Iterator[Person]:
    """Somebody who practises, until the end of this context."""
    other_card = ("PULSE_SERVER", "PULSE_COOKIE")
    before = {name: os.environ.pop(name, None) for name in (*environment, *other_card)}
    os.environ.update(environment)
    try:
        program = start(
            "practice", scene, "--seed", 1, "--model", "tiny.en", "--headset", "--report", folder / "out.json",
            folder=folder,
        )  # fmt: skip
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
    with program:
        try:
            yield Person(both, program, loader.find(scene).partner.name, read_audio(REPLY), stop)
            program.send_signal(signal.SIGINT)
            program.wait(DEADLINE_S)
        finally:
            program.kill()


def turns(folder: Path) -> Sequence[dict[str, object]]:
    """The turns in the report of who has practised."""
    found: list[dict[str, object]] = json.loads((folder / "out.json").read_text(encoding="utf-8"))["turns"]
    return found
