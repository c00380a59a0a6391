"""The child process that speaks with Kokoro: `python -m rehearse.audio.kokoro_worker MODEL VOICES THREADS`.

It speaks as `speech_worker` does; its requests are `{"text": …, "voice": …, "language": …, "speed": …, "path": …}`.

A process of its own, because kokoro-onnx's phonemizer and espeak-ng are GPL-3, and so that hundreds of megabytes are
gone when nothing is rendered any more. With one thread it works when nobody else wants the processor.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from rehearse.audio.speech_worker import only_answers, serve


def start_kokoro(model: str, voices: str, threads: int) -> Any:
    """Load the model; raises whatever is wrong with it."""
    _first_to_go()
    if threads == 1:
        _yield_the_processor()
    import onnxruntime
    from kokoro_onnx import Kokoro

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Threads that wait for work burn a core.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    return Kokoro.from_session(session, voices)


def _first_to_go() -> None:
    """Where memory runs out, let this process be killed and no other."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")


def _yield_the_processor() -> None:
    with contextlib.suppress(OSError, AttributeError):
        os.nice(19)
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def introduce(kokoro: Any) -> dict[str, Any]:
    """The engine's name; its voices are known beforehand."""
    return {"engine": "kokoro", "voices": []}


def speak(kokoro: Any, request: dict[str, Any]) -> None:
    """Render one utterance to the file `request["path"]`; raises on whatever went wrong."""
    import soundfile

    try:
        # Its own trimming takes soft first and last sounds with it.
        samples, rate = kokoro.create(
            request["text"], request["voice"], speed=request["speed"], lang=request["language"], trim=False
        )
    except ValueError:
        raise ValueError("the text cannot be spoken") from None  # its own message would quote it
    soundfile.write(request["path"], samples, rate, format="WAV", subtype="FLOAT")


def main() -> None:
    """Serve standard input and output."""
    model, voices, threads = sys.argv[1:]
    serve(sys.stdin, only_answers(), lambda: start_kokoro(model, voices, int(threads)), introduce, speak)


if __name__ == "__main__":
    main()
