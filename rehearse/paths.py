"""Where data, models and cache live: the platform's usual folders, or below `REHEARSE_HOME`.

Folders are made on first use and are readable by their owner only.
"""

import os
from pathlib import Path

import platformdirs

HOME_VARIABLE = "REHEARSE_HOME"


def data_dir() -> Path:
    """What the person made: session reports. Worth a backup."""
    return _private(_below_home("data") or platformdirs.user_data_path("rehearse", appauthor=False))


def models_dir() -> Path:
    """Whisper's weights. Large, and can be fetched again."""
    return _private(_below_home("models") or platformdirs.user_data_path("rehearse", appauthor=False) / "models")


def cache_dir() -> Path:
    """Rendered lines. Can be deleted at any time."""
    return _private(_below_home("cache") or platformdirs.user_cache_path("rehearse", appauthor=False))


def _below_home(name: str) -> Path | None:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser() / name if home else None


def _private(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
