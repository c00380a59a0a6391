"""What the program stores: where, what is in it, how long it is kept; and deleting it."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rehearse.errors import OutputError
from rehearse.paths import cache_dir, data_dir, models_dir, pauses_file, settings_file
from rehearse.settings import Settings
from rehearse.traces import PAGE, is_needed, temporary, wipe

FOR_EVER = "Until you delete it."
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """What is stored, and deleted, together."""

    name: str
    holds: str
    kept: str
    """How long."""
    paths: tuple[Path, ...]
    """Files and folders that are there."""
    private: bool = True
    """Whether it is the person's own: it is overwritten before it is deleted then."""

    @property
    def files(self) -> list[Path]:
        """All of its files."""
        return [file for path in self.paths for file in _files(path)]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(file.stat().st_size for file in self.files)

    def delete(self) -> list[Path]:
        """Delete all of it for good; the links of which only the link was deleted.

        Raises:
            OutputError: something of it cannot be deleted.
        """
        links = [path for path in self.paths if path.is_symlink()]
        for path in self.paths:
            try:
                if self.private or not path.is_dir() or path.is_symlink():
                    wipe(path)
                else:
                    shutil.rmtree(path)
            except OSError as error:
                raise OutputError(
                    f"{path} cannot be deleted ({error.strerror}): check its permissions, and delete it yourself"
                ) from error
        return links


def stored(settings: Settings) -> list[Part]:
    """All that is stored, whatever of it is there; `settings` say how long.

    Raises:
        OSError: a folder cannot be read.
    """
    data = data_dir()
    reports, scenes, coach, received, review = _folders(data)
    passing = temporary(data)
    words = (
        f"{settings.words_days} days (`rehearse settings words-days`)"
        if settings.words_days
        else "until you forget them"
    )
    log = (*sorted(data.glob("practice*.db*")), *_content(reports))
    parts = [
        Part(
            "log",
            "Your sessions: every word said, verdicts, figures, how you felt. Your journal and planned talks. The "
            "sound of your answers only where you asked for it (--keep-audio).",
            f"Words: {words}. Sound: {settings.sound_days} days. The rest until you forget it, session by session with "
            "`rehearse data forget` or all of it here; a damaged log that was put aside, too.",
            log,
        ),
        Part(
            "settings",
            "What you have chosen, and how long your pauses are. Nothing that you said.",
            FOR_EVER,
            tuple(path for path in (settings_file(), pauses_file()) if path.exists()),
        ),
        Part("scenes", "Scenes that you wrote or were sent.", FOR_EVER, _content(scenes)),
        Part(
            "coach",
            "Keys, your coaches, what they asked of you, and when you shared what kind of thing: no word of it. A "
            "coach's own keys, without which nothing sent to them can be read, what they assigned and how they judged.",
            FOR_EVER,
            tuple(path for path in _content(coach) if path not in (received, review)),
        ),
        Part(
            "received",
            "What clients have shared with you, encrypted as it came, and the pages of `rehearse coach review`, which "
            "are not encrypted.",
            FOR_EVER,
            (*_content(received), *_content(review)),
        ),
        Part(
            "voices",
            "Lines of scenes, and what the coach says, as sound. No line that quotes you.",
            "Until you delete it; what is needed is rendered again.",
            _content(cache_dir()),
        ),
        Part(
            "models",
            "The networks that recognize speech and speak. Nothing of yours.",
            "Until you delete it; `rehearse setup` fetches it again.",
            _content(models_dir()),
            private=False,
        ),
        Part(
            "temporary",
            "Pages for your browser, with your words in them, and what a program that was killed has left behind.",
            "Until the program is started again; a page for a day.",
            tuple(path for path in passing if path.name.startswith(PAGE) or not is_needed(path)),
        ),
    ]
    known = {path for part in parts for path in part.paths} | {reports, scenes, coach, *passing}
    others = tuple(path for path in _content(data) if path not in known)
    return [*parts, Part(OTHER, "In the data folder, and none of this program's.", "It is not deleted here.", others)]


def tidy() -> None:
    """Take away the folders that are empty now."""
    data = data_dir()
    for folder in (*reversed(_folders(data)), data, cache_dir(), models_dir()):
        with suppress(OSError):
            folder.rmdir()


def _folders(data: Path) -> tuple[Path, ...]:
    """Of old reports, of scenes, of what passes between coach and client, and in that of what clients have shared and
    of a review's pages."""
    coach = data / "coach"
    return data / "sessions", data / "scenarios", coach, coach / "received", coach / "review"


def _content(folder: Path) -> tuple[Path, ...]:
    """What lies in a folder; of a link, itself."""
    if folder.is_symlink():
        return (folder,)
    return tuple(sorted(folder.iterdir())) if folder.is_dir() else ()


def _files(path: Path) -> Iterator[Path]:
    found = path.rglob("*") if path.is_dir() else [path]
    return (each for each in found if each.is_file())
