"""The child process that speaks: `python -m rehearse.audio.speech_worker`.

One JSON object a line. When it starts it says what it is, `{"engine": …, "voices": [{"name": …, "gender":
…, "languages": …}]}`, or `{"missing": why}`. Then it answers each request `{"text": …, "voice": …,
"rate": …, "pitch": …, "path": …}` with `{"ok": true}` once the sound file is written, or with `{"error":
why}`.

A process of its own, because pyttsx3's loop may hang for ever and espeak-ng may end the process it runs
in; whoever started this one can kill it. One engine serves it for life: in pyttsx3's espeak driver a
second one loses its sound when the first is collected.
"""

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO


def start_engine() -> Any:
    """Start pyttsx3's engine for this platform; raises whatever pyttsx3 does when there is none."""
    if sys.platform == "linux":
        _provide_espeak()
    import pyttsx3

    engine = pyttsx3.init()
    if str(engine) == "espeak":
        # That driver's first call returns before its speech is written: let it have nothing to say.
        _settle(engine)
        engine.runAndWait()
    return engine


def _provide_espeak() -> None:
    """Where the system has no espeak-ng, load the one of `espeakng-loader`, by the name pyttsx3 opens."""
    try:
        ctypes.CDLL("libespeak-ng.so.1")
    except OSError:
        import espeakng_loader

        # espeak-ng cuts its data folder's path at 160 characters, then ends the process: give it a short one.
        os.chdir(Path(espeakng_loader.get_data_path()).parent)
        os.environ["ESPEAK_DATA_PATH"] = "."
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def _settle(engine: Any) -> None:
    """Wait until espeak-ng has taken its settings.

    It takes them in a thread of its own, and pyttsx3 cancels whatever is still waiting there when an
    utterance begins: now and then, the more the machine is busy, a line would have the wrong pace or no
    sound.
    """
    if str(engine) == "espeak":
        from pyttsx3.drivers import _espeak

        _espeak.Synchronize()


def introduce(engine: Any) -> dict[str, Any]:
    """The engine's name and the voices that it offers."""
    try:
        voices = engine.getProperty("voices")
    except Exception:  # one oddly registered voice makes the whole list fail on Windows
        voices = []
    return {
        "engine": str(engine),
        "voices": [
            {"name": voice.id, "gender": _gender(voice.gender), "languages": list(voice.languages or ())}
            for voice in voices
        ],
    }


def _gender(said: str | None) -> str | None:
    """`said` is "Female" in most drivers and "VoiceGenderFemale" in macOS's."""
    plain = (said or "").lower().removeprefix("voicegender")
    return plain if plain in ("female", "male") else None


def speak(engine: Any, request: dict[str, Any]) -> None:
    """Render one utterance to the file `request["path"]`; raises on whatever went wrong."""
    Path(request["path"]).touch(mode=0o600)  # pyttsx3's loop never ends when its file cannot be written
    # A setting that fails is told to listeners only: unheard, an unknown voice would leave the one before it.
    faults: list[Exception] = []
    listener = engine.connect("error", lambda name, exception: faults.append(exception))
    try:
        if request["voice"]:
            engine.setProperty("voice", request["voice"])
        engine.setProperty("rate", request["rate"])
        if request["pitch"] is not None:
            engine.setProperty("pitch", request["pitch"])
        _settle(engine)
        engine.save_to_file(request["text"], request["path"])
        engine.runAndWait()
    finally:
        engine.disconnect(listener)
    if faults:
        raise faults[0]


def serve(
    requests: Iterable[str],
    answers: TextIO,
    start: Callable[[], Any] = start_engine,
    introduce: Callable[[Any], dict[str, Any]] = introduce,
    speak: Callable[[Any, dict[str, Any]], None] = speak,
) -> None:
    """Start an engine, say what it is, and answer `requests` until they end."""

    def answer(content: dict[str, Any]) -> None:
        answers.write(json.dumps(content) + "\n")
        answers.flush()

    try:
        engine = start()
    except Exception as error:
        answer({"missing": _cause(error)})
        return
    answer(introduce(engine))
    for request in requests:
        try:
            speak(engine, json.loads(request))
        except Exception as error:
            answer({"error": _cause(error)})
        else:
            answer({"ok": True})


def _cause(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def only_answers() -> TextIO:
    """Standard output, which from now on carries nothing but answers; what others print goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C, and ends this process
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


if __name__ == "__main__":
    serve(sys.stdin, only_answers())
