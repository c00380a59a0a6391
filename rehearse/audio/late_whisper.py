"""openai-whisper, imported when it is needed: it brings PyTorch, which takes seconds."""

import os
from typing import Any


def import_whisper() -> Any:
    """The module `whisper`.

    PyTorch's threads spin while they wait for each other, unless told before they start that they should not: on two
    cores, beside another busy program, a reply of 5 s then took 2.2 s instead of 0.6 s; on idle ones it is the same.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import whisper

    return whisper
