"""Where data, models and cache live: the platform's usual folders, or below `REHEARSE_HOME`.

Folders are made on first use and are readable by their owner only.
"""

import os
from pathlib import Path

import platformdirs

HOME_VARIABLE = "REHEARSE_HOME"


def data_dir() -> Path:
    """What the person made: session reports. Worth a backup."""
    return private(_below_home("data") or _user_data())


def sessions_dir() -> Path:
    """The reports of the person's sessions; their names begin with the time, so the last is the newest."""
    return private(data_dir() / "sessions")


def scenarios_dir() -> Path:
    """Scenarios that the person has written or was given."""
    return private(data_dir() / "scenarios")


def coach_dir() -> Path:
    """Keys, assignments, and what was shared with a coach; on a coach's machine, what they have received."""
    return private(data_dir() / "coach")


def settings_file() -> Path:
    """What the person has chosen: devices, voices, silences."""
    return data_dir() / "settings.json"


def pauses_file() -> Path:
    """How long the person's own pauses are; nothing they said."""
    return data_dir() / "pauses.json"


def models_dir() -> Path:
    """Whisper's weights. Large, and can be fetched again."""
    return private(_below_home("models") or private(_user_data()) / "models")


def cache_dir() -> Path:
    """Rendered lines. Can be deleted at any time."""
    return private(_below_home("cache") or platformdirs.user_cache_path("rehearse", appauthor=False))


def _user_data() -> Path:
    return platformdirs.user_data_path("rehearse", appauthor=False)


def _below_home(name: str) -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return private(Path(home).expanduser()) / name if home else None


def private(folder: Path) -> Path:
    """`folder`, made where it is not there yet, for its owner alone."""
    if not folder.is_dir():
        folder.mkdir(parents=True, mode=0o700)
    return folder
