"""A small file in which a program keeps something of its own, read and written as a whole."""

import json
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from rehearse.errors import CoachError
from rehearse.whole_files import replacing

Content = TypeVar("Content", bound=BaseModel)


def read_kept(kind: type[Content], path: Path, mend: str) -> Content:
    """What is at `path`; a `kind` with nothing in it where there is no file yet. `mend`: what to do if it is damaged.

    Raises:
        CoachError: it is damaged.
    """
    if not path.exists():
        return kind()
    try:
        return kind.model_validate_json(path.read_bytes())
    except (ValidationError, OSError):
        raise CoachError(f"{path} cannot be read; {mend}") from None


def write_kept(content: BaseModel, path: Path) -> None:
    """Put `content` in the place of what is at `path`.

    Raises:
        OutputError: it cannot be written.
    """
    with replacing(path) as temporary:
        text = json.dumps(content.model_dump(mode="json"), ensure_ascii=False, indent=1)
        temporary.write_text(f"{text}\n", encoding="utf-8")
