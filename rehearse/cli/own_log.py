"""The person's own practice log, for the commands. What it takes is loaded only where it is asked for."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from getpass import getpass
from typing import TYPE_CHECKING

from rehearse.errors import LogError, SessionError, SettingsDamaged
from rehearse.paths import data_dir, sessions_dir, settings_file

if TYPE_CHECKING:
    from rehearse.practice.log import Past, PracticeLog

PASSPHRASE_VARIABLE = "REHEARSE_PASSPHRASE"  # noqa: S105  the name of a variable


@contextmanager
def own_log() -> Iterator["PracticeLog"]:
    """The person's own log, closed afterwards.

    Raises:
        LogError: it cannot be opened.
    """
    log = unopened_log()
    try:
        open_it(log)
        yield log
    finally:
        log.database.close()


def unopened_log() -> "PracticeLog":
    """The person's own log; whoever uses it first opens it, and whoever has used it closes it.

    Raises:
        LogError: what it takes is not installed, or its passphrase not known.
    """
    from rehearse.practice.own import URL_VARIABLE, open_own

    url = os.environ.get(URL_VARIABLE)
    return open_own(data_dir(), url=url, passphrase=None if url else passphrase())


def open_it(log: "PracticeLog") -> None:
    """Open it, bring in the reports from before there was a log, and drop what is not to be kept any longer.

    Raises:
        LogError: it cannot be opened.
    """
    from rehearse.practice.importing import import_reports

    import_reports(log, sessions_dir())
    drop_what_is_old(log)


def drop_what_is_old(log: "PracticeLog") -> None:
    """Keep words and sound as long as the person has set. What cannot be dropped now is dropped another time."""
    from rehearse.practice.forgetting import keep_to
    from rehearse.settings import Settings

    with suppress(LogError, SettingsDamaged, OSError):
        keep_to(log, sessions_dir(), days=Settings.load(settings_file()).words_days)


def found(log: "PracticeLog", named: str | None) -> "Past":
    """The session of that number, or of that name where it was a report once; the last one where none is named.

    Raises:
        SessionError: there is none.
    """
    if named is None:
        last = log.last()
        if last is None:
            raise SessionError("there is no session yet; hold one first, with `rehearse practice hard-day`")
        return last
    if named.isascii() and named.isdigit():
        return log.past(int(named))
    id_ = log.read_from(named)
    if id_ is None:
        raise SessionError(f"there is no session {named!r}; `rehearse history` lists them with their numbers")
    return log.past(id_)


def at_keyboard() -> bool:
    """Whether there is somebody at a keyboard."""
    return sys.stdin is not None and sys.stdin.isatty()


def passphrase() -> str | None:
    """The one that the person's log is encrypted with; None where it is not.

    Raises:
        LogError: it is needed, and there is nobody to ask.
    """
    from rehearse.practice.own import FILE, is_encrypted

    return _asked() if is_encrypted(data_dir() / FILE) else None


@cache
def _asked() -> str:
    if given := os.environ.get(PASSPHRASE_VARIABLE):
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise LogError(
            f"your practice log is encrypted; set {PASSPHRASE_VARIABLE}, or come to a terminal. If you never chose "
            "a passphrase it is damaged: `rehearse data recover` saves what can be saved"
        )
    return getpass("Passphrase of your practice log: ")


def encrypt(wanted: bool) -> None:
    """Encrypt the person's log with a passphrase that they choose now, or write it without one again.

    Raises:
        LogError: there is no SQLCipher, nobody to ask, or the log is on a server.
    """
    from rehearse.practice.database import Database, cipher
    from rehearse.practice.moving import change_passphrase
    from rehearse.practice.own import FILE, URL_VARIABLE

    if os.environ.get(URL_VARIABLE):
        raise LogError("your practice log is on a server, which has to see to that itself; unset REHEARSE_DATABASE_URL")
    cipher()
    path, old = data_dir() / FILE, passphrase()
    new = _chosen() if wanted else None
    if not path.exists():
        fresh = Database.in_file(path, new)
        with fresh.writing():
            pass
        fresh.close()
    else:
        change_passphrase(path, old, new)
    _asked.cache_clear()
    sys.stdout.write(
        "Your practice log is encrypted. Nobody can help who forgets the passphrase.\n"
        if wanted
        else "Your practice log is not encrypted.\n"
    )


def _chosen() -> str:
    if given := os.environ.get(f"{PASSPHRASE_VARIABLE}_NEW"):
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise LogError("a passphrase has to be typed twice; come to a terminal")
    while True:
        chosen = getpass("New passphrase: ")
        if chosen and chosen == getpass("Once more: "):
            return chosen
        sys.stdout.write("That was not the same twice. Again, please.\n")
