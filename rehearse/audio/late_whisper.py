"""openai-whisper, imported when it is needed: it brings PyTorch, which takes seconds."""

import os
from typing import Any


def import_whisper() -> Any:
    """The module `whisper`.

    PyTorch's threads spin while they wait for each other, unless they are told before they start to sleep. On two
    cores beside another busy program a reply of 5 s took two seconds spinning and half a second sleeping; on idle cores
    the two take the same.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import whisper

    return whisper
