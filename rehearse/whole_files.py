"""Files that are written whole or not at all, and that only their owner may read."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

from rehearse.errors import OutputError
from rehearse.traces import mark


def check_writable(path: Path) -> None:
    """Find out before a session, and not after it, whether `path` can be written. What stands there stays.

    Raises:
        OutputError: it cannot.
    """
    _temporary_beside(path).unlink()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Lend an empty file beside `path` to be written; it takes `path`'s place unless the body raises.

    Raises:
        OutputError: the folder is missing or not writable, the disk full, or `path` no ordinary file.
    """
    temporary = _temporary_beside(path)
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Read `path` and write it anew while nobody else does who asks for it so; waits for them.

    Locked is a file beside it: `path` itself is another one after each `replacing`.

    Raises:
        OutputError: the folder is missing or not writable.
    """
    beside = path.with_suffix(".lock")
    try:
        beside.touch(0o600)
        lock = beside.open("ab")
        flock(lock, LOCK_EX)
    except OSError as error:
        raise _cannot_write(path, error) from error
    with lock:
        yield


def _temporary_beside(path: Path) -> Path:
    if not path.parent.is_dir():
        raise OutputError(f"{path} cannot be written, as there is no folder {path.parent}: make it first")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is not an ordinary file: name a file to write to")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{mark()}")
    except OSError as error:
        raise _cannot_write(path, error) from error
    os.close(handle)
    return Path(name)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    cause = error.strerror or str(error)
    return OutputError(f"{path} cannot be written ({cause}): choose a folder of your own, on a disk with room")
