"""A plain pipeline to compare with, on the same card, with the same voice activity, weights and voice: a fixed silence
of 0.7 s ends the turn, then openai-whisper transcribes, padded to 30 s, then pyttsx3 renders the answer, then it plays.

    python -m benchmarks.turns.plain hard-day --model tiny.en --report OUT.json

It prints what it says and hears as `rehearse practice` does, and codes nothing: the partner goes on as if the person
had listened, which costs it no time. While it speaks it does not hear.
"""

import argparse
import json
import queue
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.turns.program import scenario_named
from benchmarks.turns.transcripts import MODELS
from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE, VOICE_RATE, Samples
from rehearse.audio.late_whisper import import_whisper
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.voice_activity import Silero, VoiceActivity
from rehearse.audio.weights import ensure_weights
from rehearse.dialogue import Line, Speaker
from rehearse.scenarios.schema import Scenario

HOLD_S = 0.7
MINIMUM_VOICED_S = 0.25
PRE_ROLL_S = 0.4
_LISTENED = {"labeling", "listening", "openness"}


def main() -> None:
    """Hold one conversation."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario")
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--seed", type=int, default=0, help="which of a state's lines is said")
    parser.add_argument("--report", type=Path, required=True)
    options = parser.parse_args()
    scenario = scenario_named(options.scenario)
    model = import_whisper().load_model(str(ensure_weights(options.model, MODELS)), device="cpu")
    replies: list[str] = []
    try:
        with Pyttsx3Voice(scenario.partner.voice) as voice:
            hold(scenario, options.seed, voice, model, replies)
    except KeyboardInterrupt:
        pass
    finally:
        report = {"turns": [{"reply": {"text": text}} for text in replies]}
        options.report.write_text(json.dumps(report), encoding="utf-8")


def hold(scenario: Scenario, seed: int, voice: Pyttsx3Voice, model: Any, replies: list[str]) -> None:
    """Speak and listen until an ending; what was heard is added to `replies`."""
    import sounddevice

    frames: queue.SimpleQueue[Samples] = queue.SimpleQueue()

    def heard(block: NDArray[np.float32], _count: int, _time: object, _status: object) -> None:
        frames.put(block[:, 0].copy())

    stream = {"samplerate": SAMPLE_RATE, "blocksize": FRAME_SAMPLES, "channels": 1, "dtype": "float32"}
    with (
        sounddevice.InputStream(callback=heard, **stream),
        sounddevice.OutputStream(samplerate=VOICE_RATE, channels=1, dtype="float32", latency="low") as output,
    ):
        state = scenario.start
        while True:
            moment = scenario.states[state]
            lines = [wording.say for wording in moment.lines if wording.plain]
            line = lines[(seed + len(replies)) % len(lines)]
            print(f"{scenario.partner.name:10}{line}", flush=True)
            output.write(voice.render(Line(line, Speaker.PARTNER, moment.mood)).reshape(-1, 1))
            if moment.ending:
                return
            while not frames.empty():
                frames.get()
            text = ""
            while not text:
                text = model.transcribe(utterance(frames), language="en", fp16=False)["text"].strip()
            replies.append(text)
            print(f"{'You':10}{text}", flush=True)
            state = _next(scenario, state)


def utterance(frames: "queue.SimpleQueue[Samples]") -> Samples:
    """What is said until 0.7 s of silence."""
    silero, activity = Silero(), VoiceActivity()
    kept: list[Samples] = []
    voiced = silent = 0
    while voiced * FRAME_S < MINIMUM_VOICED_S or silent * FRAME_S < HOLD_S:
        kept.append(frames.get())
        if activity(silero(kept[-1])):
            voiced, silent = voiced + 1, 0
        else:
            silent += 1
        if not voiced:
            del kept[: -round(PRE_ROLL_S / FRAME_S)]
    return np.concatenate(kept)


def _next(scenario: Scenario, state: str) -> str:
    """Where the conversation goes when the person has listened."""
    for rule in scenario.states[state].on:
        if rule.when is None or _LISTENED & set(map(str, rule.when.any)):
            return rule.go
    return state


if __name__ == "__main__":
    main()
