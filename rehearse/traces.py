"""Files that are there only while the program works, and deleting such that nothing is left.

Their names hold the process that made them, so that what a killed program has left behind is known at the next start.
A disk that copies what it overwrites (an SSD, a backup) is beyond the reach of any program.
"""

import os
import re
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

PAGE = "rehearse-page-"
"""How the folder of a page begins that a browser is to show: it outlives the program."""
PAGE_S = 24 * 3600.0
"""How long it does, in seconds."""
_NAME = re.compile(r"\.?rehearse-(\d+|page)-\w+(-wal|-shm)?")
_BLOCK = 1 << 20


def mark() -> str:
    """How the name of a temporary file or folder of this process begins."""
    return f"rehearse-{os.getpid()}-"


def temporary(data: Path) -> list[Path]:
    """All that is temporary: anywhere in the data folder `data`, and in the system's folder for such files."""
    found = [*data.rglob("*rehearse-*"), *Path(tempfile.gettempdir()).glob("rehearse-*")]
    return sorted(path for path in found if _NAME.fullmatch(path.name) and _is_own(path))


def left_behind(data: Path) -> list[Path]:
    """Those that no running program needs any more."""
    return [path for path in temporary(data) if not is_needed(path)]


def sweep(data: Path) -> None:
    """Delete what was left behind. What cannot be deleted now is deleted another time."""
    for path in left_behind(data):
        with suppress(OSError):
            wipe(path)


def wipe(path: Path) -> None:
    """Delete a file, or a folder with all that is in it, each file overwritten first. A link is deleted, and not what
    it leads to.

    Raises:
        OSError: it cannot be.
    """
    if path.is_dir() and not path.is_symlink():
        for each in path.rglob("*"):
            overwrite(each)
        shutil.rmtree(path)
    else:
        overwrite(path)
        path.unlink(missing_ok=True)


def overwrite(path: Path) -> None:
    """Put zeros in the place of everything in the file at `path`, on the disk; nothing where it is no file.

    Raises:
        OSError: it cannot be.
    """
    if path.is_symlink() or not path.is_file():
        return
    with path.open("r+b") as file:
        overwrite_open(file)


def overwrite_open(file: BinaryIO) -> None:
    """Do that to a file that is open for it, whatever has become of its name.

    Raises:
        OSError: it cannot be.
    """
    left = os.fstat(file.fileno()).st_size
    file.seek(0)
    while left > 0:
        left -= file.write(bytes(min(left, _BLOCK)))
    file.flush()
    os.fsync(file.fileno())


def _is_own(path: Path) -> bool:
    try:
        return path.lstat().st_uid == os.getuid() and not path.is_symlink()
    except FileNotFoundError:
        return False


def is_needed(path: Path) -> bool:
    """Whether a running program needs what lies at `path`, one of `temporary`; a page is needed for a day."""
    found = _NAME.fullmatch(path.name)
    assert found
    if found[1] == "page":
        return time.time() - path.lstat().st_mtime < PAGE_S
    try:
        os.kill(int(found[1]), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
