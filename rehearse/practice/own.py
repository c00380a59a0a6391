"""The person's own practice log: the file below their data folder, or the server they have named."""

from pathlib import Path

from rehearse.practice.database import PLAIN, Database
from rehearse.practice.log import PracticeLog

URL_VARIABLE = "REHEARSE_DATABASE_URL"
FILE = "practice.db"


def open_own(folder: Path, *, url: str | None = None, passphrase: str | None = None) -> PracticeLog:
    """The log in `folder`, the data folder, or at `url`; it is opened on first use.

    Raises:
        LogError: `url` is none, or what it takes is not installed.
    """
    return PracticeLog(Database.at_url(url) if url else Database.in_file(folder / FILE, passphrase))


def is_encrypted(path: Path) -> bool:
    """Whether the log at `path` begins as no plain file of SQLite does.

    Raises:
        OSError: it cannot be read.
    """
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(len(PLAIN)) not in {b"", PLAIN}
