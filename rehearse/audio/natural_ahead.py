"""Renders a partner's lines in the background: `python -m rehearse.audio.natural_ahead`, and a `Job` on its input.

A process of its own: a session that goes on beside it shares no lock, no thread and no memory with it. It works when
nobody else wants the processor, and ends when the session does. What it has rendered by then is kept.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import typing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from rehearse.audio.kokoro_voice import KokoroVoice
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.natural_voices import find_natural
from rehearse.dialogue import Line, Speaker
from rehearse.errors import RehearseError

_log = logging.getLogger(__name__)

WORKER = (sys.executable, "-P", "-m", "rehearse.audio.natural_ahead")


@dataclass(frozen=True, slots=True)
class Job:
    """Lines of a partner that are to be rendered."""

    voice: str
    """A name among `NATURAL_VOICES`."""
    weights: str
    """The folder of Kokoro's weights."""
    cache: str
    """The folder of rendered lines."""
    lines: tuple[tuple[str, str], ...]
    """Text and mood, in the order in which they are wanted."""


@contextmanager
def rendering_ahead(
    voice: str, weights: Path, cache: Path, lines: Sequence[Line], command: Sequence[str] = WORKER
) -> Iterator[None]:
    """Render the partner's `lines` for as long as the body lasts, or until they are done.

    What goes wrong is told in a warning: it is no reason not to practise.
    """
    job = Job(voice, str(weights), str(cache), tuple((line.text, line.mood) for line in lines))
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    except OSError as error:
        _log.warning("the natural voice is not being prepared: %s", error)
        yield
        return
    requests = typing.cast(IO[bytes], process.stdin)
    try:
        with suppress(BrokenPipeError):
            requests.write(json.dumps(asdict(job)).encode() + b"\n")
            requests.flush()
        yield
    finally:
        process.kill()
        process.wait()
        with suppress(BrokenPipeError):
            requests.close()


def main() -> None:
    """Do the job on standard input; ends when that is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the session ends this process
    with suppress(OSError, AttributeError):
        os.nice(19)
    job = Job(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_end_with_the_session, daemon=True).start()
    lines = [Line(text, Speaker.PARTNER, mood) for text, mood in job.lines]
    try:
        with KokoroVoice(find_natural(job.voice), Path(job.weights), background=True) as kokoro:
            CachedVoice(kokoro, Path(job.cache)).prepare(lines)
    except RehearseError as error:
        _log.warning("the natural voice is not being prepared: %s", error)
        sys.exit(1)


def _end_with_the_session() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main()
