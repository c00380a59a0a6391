"""Make the recognizer's view of the replies: each is spoken by a synthetic voice and written down by Whisper.

    python -m training.recognize WEIGHTS [--parts test dev train]

WEIGHTS is a folder for Whisper's weights (fetched where they are missing). It needs flite (`apt install flite`),
three of whose voices take turns. Lines are added to `recognized.jsonl` as they come; what is there already is not
done again.
"""

import argparse
import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

from rehearse.audio.files import read_audio
from rehearse.audio.frames import SAMPLE_RATE
from rehearse.audio.weights import ensure_weights
from rehearse.audio.whisper_transcriber import WhisperTranscriber
from training.corpus import FOLDER, Example, replies

MODEL = "tiny.en"
VOICES = ("slt", "rms", "awb")
"""American, female and male, and Scottish; word error rate of the model on them 0.10 to 0.11."""


def voice_for(example: Example) -> str:
    """The voice that speaks this reply: always the same, and each as often as the others."""
    return VOICES[hashlib.sha256(example.id.encode()).digest()[0] % len(VOICES)]


def main() -> None:
    """Speak and recognize what is missing."""
    parser = argparse.ArgumentParser(description="Make recognized.jsonl.")
    parser.add_argument("weights", type=Path)
    parser.add_argument("--parts", nargs="+", default=["test", "dev", "train"])
    options = parser.parse_args()
    transcriber = WhisperTranscriber(ensure_weights(MODEL, options.weights), threads=1)
    file = FOLDER / "recognized.jsonl"
    done = (
        {json.loads(line)["id"] for line in file.read_text(encoding="utf-8").splitlines()} if file.exists() else set()
    )
    with tempfile.TemporaryDirectory() as folder, file.open("a", encoding="utf-8") as out:
        wav = Path(folder) / "reply.wav"
        for part in options.parts:
            for each in (each for each in replies() if each.part == part and each.id not in done):
                subprocess.run(["flite", "-voice", voice_for(each), "-t", each.reply, "-o", wav], check=True)
                samples = read_audio(wav)
                text = transcriber.transcribe(samples, len(samples) / SAMPLE_RATE).text
                row = {"id": each.id, "voice": voice_for(each), "model": MODEL, "text": text}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                out.flush()


if __name__ == "__main__":
    main()
