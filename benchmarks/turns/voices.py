"""The speech engines that speak the clips: espeak-ng and flite, both of Debian, by their commands."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import soundfile
import soxr

from rehearse.audio.frames import SAMPLE_RATE, Samples

VOICES: Mapping[str, Sequence[str]] = {
    "espeak-ng en-us": ("espeak-ng", "-v", "en-us", "-s", "160"),
    "flite slt": ("flite", "-voice", "slt"),
    "espeak-ng en-gb+f3": ("espeak-ng", "-v", "en-gb+f3", "-s", "150"),
    "flite rms": ("flite", "-voice", "rms"),
    "espeak-ng en-gb": ("espeak-ng", "-v", "en-gb", "-s", "155"),
    "flite kal16": ("flite", "-voice", "kal16"),
}
"""The command of each voice; what it is to say and where is added."""

LEVEL_DBFS = -23.0
"""Of the loud part of every fragment, root mean square."""
_WINDOW = SAMPLE_RATE // 200
_LOUD_DB = -40.0
"""A window of 5 ms is loud when it is not quieter than this below the loudest one."""
_FADE = SAMPLE_RATE // 200


def install() -> None:
    """Install the engines that are missing, with apt; ends the program where that cannot be done."""
    missing = [engine for engine in ("espeak-ng", "flite") if not shutil.which(engine)]
    if not missing:
        return
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    command = [*as_root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    if not shutil.which("apt-get") or subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        sys.exit(f"the clips need {' and '.join(missing)}; install them and start again")


def speak(voice: str, text: str) -> Samples:
    """`text` in `voice`: nothing but the speech, from its true start to its true end, at `LEVEL_DBFS`; 16 kHz."""
    with tempfile.TemporaryDirectory(prefix="turns-") as folder:
        path = Path(folder) / "spoken.wav"
        command = list(VOICES[voice])
        command += ["-w", str(path), "--", text] if command[0] == "espeak-ng" else ["-t", text, "-o", str(path)]
        subprocess.run(command, check=True, timeout=60, stdout=subprocess.DEVNULL)
        sound, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return finished(soxr.resample(sound.mean(axis=1), rate, SAMPLE_RATE))


def finished(sound: Samples) -> Samples:
    """`sound` without the silence around it, levelled, its first and last 5 ms faded."""
    windows = sound[: len(sound) // _WINDOW * _WINDOW].reshape(-1, _WINDOW)
    power = np.square(windows).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (_LOUD_DB / 10))
    speech = sound[loud[0] * _WINDOW : (loud[-1] + 1) * _WINDOW].copy()
    speech *= 10 ** (LEVEL_DBFS / 20) / np.sqrt(power[loud].mean())
    ramp = np.linspace(0, 1, _FADE, dtype=np.float32)
    speech[:_FADE] *= ramp
    speech[-_FADE:] *= ramp[::-1]
    levelled: Samples = speech.clip(-1, 1).astype(np.float32)
    return levelled
