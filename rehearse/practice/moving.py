"""Taking a practice log to another machine, or into another file: everything, in one file, encrypted if asked."""

import json
import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy import text

from rehearse.errors import LogError, LogUnwritable
from rehearse.paths import private
from rehearse.practice.copying import copy_all
from rehearse.practice.database import Database
from rehearse.traces import overwrite_open
from rehearse.whole_files import replacing

_CARRIED = (
    *("settings.json", "pauses.json", "scenarios/*.yaml"),
    *("coach/*.json", "coach/assignments/*", "coach/assigned/*", "coach/cohorts/*.json", "coach/received/*/*"),
)
"""What is taken along of a data folder beside the log."""
_SHARES = "coach/shares.json"
"""What was shared, with the numbers of journal entries (`rehearse.coach.shares`)."""


def pack(log: Database, folder: Path, archive: Path, passphrase: str | None = None) -> int:
    """Put the log, and the settings, scenarios, keys, assignments and what a coach has received in the data folder
    `folder`, into one file; how many sessions.

    Raises:
        OutputError: the file cannot be written.
        LogError: the log cannot be read; or a passphrase is given, and there is no SQLCipher.
    """
    with replacing(archive) as temporary:
        packed = Database.in_file(temporary, passphrase)
        try:
            sessions = copy_all(log, packed).sessions
            with packed.writing() as rows:
                rows.execute(text("CREATE TABLE carried (name TEXT PRIMARY KEY, content BLOB NOT NULL)"))
                for path in _carried(folder):
                    values = {"name": str(path.relative_to(folder)), "content": path.read_bytes()}
                    rows.execute(text("INSERT INTO carried VALUES (:name, :content)"), values)
        finally:
            packed.close()
    return sessions


def unpack(archive: Path, log: Database, folder: Path, passphrase: str | None = None) -> int:
    """Bring what is in `archive` into the log and the data folder `folder`; files that are there already stay. How
    many sessions were new.

    Raises:
        LogError: it is no archive, or encrypted with another passphrase; or the log cannot be written.
        OutputError: a file cannot be written.
    """
    if not archive.is_file():
        raise LogError(f"there is no archive {archive}; check the path")
    packed = Database.in_file(archive, passphrase, mend="write it once more with `rehearse data move`")
    try:
        with packed.reading() as rows:
            if not rows.scalar(text("SELECT count(*) FROM sqlite_master WHERE name = 'carried'")):
                raise LogError(f"{archive} is no archive of `rehearse data move`; name another file")
            files = rows.execute(text("SELECT name, content FROM carried")).all()
        brought = copy_all(packed, log)
    finally:
        packed.close()
    for name, carried in files:
        content = carried if isinstance(carried, bytes) else carried.encode()  # text in older archives
        path = (folder / name).resolve()
        if path.is_relative_to(folder.resolve()) and not path.exists():
            for each in reversed(path.relative_to(folder.resolve()).parents):
                private(folder / each)
            with replacing(path) as temporary:
                temporary.write_bytes(_renumbered(content, brought.entries) if name == _SHARES else content)
    return brought.sessions


def change_passphrase(path: Path, old: str | None, new: str | None) -> None:
    """Write the log at `path` anew, encrypted with `new`, or plain where that is None; nothing of the old file stays.

    At every moment there is one whole log at `path`: the old file is overwritten once the new one has its place.

    Raises:
        LogLocked: another program has the log open; it would go on writing what nobody reads.
        LogError: `old` is not its passphrase, it cannot be read, or there is no SQLCipher.
        OutputError: there is no room.
    """
    with ExitStack() as to_close:
        files = (path, path.with_name(f"{path.name}-wal"))
        before_it = [to_close.enter_context(each.open("r+b")) for each in files if each.is_file()]
        before = Database.in_file(path, old)
        to_close.callback(before.close)
        before.shut_others_out()
        with replacing(path) as temporary:
            after = Database.in_file(temporary, new)
            try:
                copy_all(before, after)
            finally:
                after.close()
        _settle(path.parent)
        try:
            for each in before_it:
                overwrite_open(each)
        except OSError as error:
            raise LogUnwritable(
                f"the practice log {path} is written anew, and what stood there before could not be overwritten "
                f"({error.strerror}): look after that disk, on which traces of it may be left"
            ) from error


def _settle(folder: Path) -> None:
    """Have what was renamed in `folder` on the disk, before what it took the place of is gone."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _carried(folder: Path) -> list[Path]:
    return [path for each in _CARRIED for path in sorted(folder.glob(each)) if path.is_file()]


def _renumbered(shares: bytes, entries: Mapping[int, int]) -> bytes:
    """What was shared, with the numbers that journal entries have here; those that were forgotten have none."""
    try:
        kept = json.loads(shares)
        for share in kept["shares"]:
            share["journal"] = [entries[id_] for id_ in share.get("journal", ()) if id_ in entries]
    except (ValueError, LookupError, TypeError, AttributeError):
        return shares  # whoever reads it says that it is damaged
    return f"{json.dumps(kept, ensure_ascii=False, indent=1)}\n".encode()
