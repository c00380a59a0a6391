"""The ending of assignment files, known to a desktop that follows the XDG standards for types and desktop entries."""

import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs

from rehearse.errors import CoachError
from rehearse.whole_files import replacing

TYPE = "application/x-rehearse-assignment"
_MIME = f"""<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{TYPE}">
    <comment>Practice from a coach</comment>
    <glob pattern="*.rehearse-assignment"/>
  </mime-type>
</mime-info>
"""
_ENTRY = """[Desktop Entry]
Type=Application
Name=Add practice from a coach
Comment=Adds an assignment to rehearse
Exec={command} assignment add %f
Terminal=true
NoDisplay=true
MimeType={type};
"""


def register() -> str:
    """Write both files, and let the desktop take note of them where it has the programs for that; what was done.

    Raises:
        CoachError: this system has another way, or the program cannot be found.
        OutputError: a file cannot be written.
    """
    if sys.platform != "linux":
        raise CoachError("this system registers endings in another way; use `rehearse assignment add FILE`")
    command = shutil.which("rehearse")
    if command is None:
        raise CoachError("`rehearse` is not on your path, so that a double click could not start it; install it first")
    data = Path(platformdirs.user_data_dir())
    mime, applications = data / "mime", data / "applications"
    _write(mime / "packages" / "rehearse.xml", _MIME)
    _write(applications / "rehearse-assignment.desktop", _ENTRY.format(command=_quoted(command), type=TYPE))
    for program, *arguments in (
        ("update-mime-database", str(mime)),
        ("update-desktop-database", str(applications)),
        ("xdg-mime", "default", "rehearse-assignment.desktop", TYPE),
    ):
        if found := shutil.which(program):
            subprocess.run([found, *arguments], check=False, capture_output=True, timeout=60)
    return "A double click on an assignment adds it now, in a terminal."


def _quoted(command: str) -> str:
    """As a desktop entry has it; a percent sign would begin a field code."""
    escaped = "".join(f"\\{each}" if each in '"`$\\' else each for each in command)
    return f'"{escaped.replace("%", "%%")}"'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
        temporary.chmod(0o644)
