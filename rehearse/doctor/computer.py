"""What needs no device: the folders, the disk, the settings, Whisper's weights, the speech engine."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.kokoro_weights import KokoroFiles
from rehearse.audio.model_choice import chosen_model
from rehearse.audio.natural_voices import SYSTEM
from rehearse.audio.voice import Voice
from rehearse.audio.weights import weights_there
from rehearse.dialogue import Line
from rehearse.doctor.check import Check, fault, fault_of, ok, warning
from rehearse.errors import SettingsDamaged, VoiceError, WeightsError
from rehearse.settings import Settings

NEEDED_BYTES = 100_000_000
"""Room below which reports, rendered lines and the voice's temporary files may not be written."""
NEEDED_FOR_WEIGHTS_BYTES = 600_000_000
"""Room that fetching base.en takes at most: its 145 MB twice while they are converted, and their packages."""


def folder_check(name: str, locate: Callable[[], Path]) -> Check:
    """Whether the folder that `locate` finds or makes can be written, and read by nobody but its owner."""
    check_name = f"{name} folder"
    try:
        folder = locate()
        with tempfile.TemporaryFile(dir=folder):
            pass
        open_to_others = folder.stat().st_mode & 0o077
    except OSError as error:
        where = error.filename or name
        return fault(
            check_name,
            f"{where} cannot be made or written ({error.strerror or error})",
            "give yourself the right to write there, or set REHEARSE_HOME to a folder of your own",
        )
    if open_to_others:
        return warning(check_name, f"other people on this computer can look into {folder}", f"run `chmod 700 {folder}`")
    return ok(check_name, f"{folder}, yours alone")


def disk_check(free: Mapping[Path, int], *, weights_there: bool) -> Check:
    """Whether there is room in the folders that are written, of each of which `free` says how many bytes are left."""
    folder, least = min(free.items(), key=lambda each: each[1])
    needed = NEEDED_BYTES if weights_there else NEEDED_FOR_WEIGHTS_BYTES
    found = f"{_megabytes(least)} free in {folder}"
    if least >= needed:
        return ok("disk", found, free_bytes=least)
    fix = f"make room for {_megabytes(needed)}, or set REHEARSE_HOME to a folder on another disk"
    return fault("disk", found, fix, free_bytes=least)


def free_bytes(folder: Path) -> int:
    """How much room is left on the disk of `folder`."""
    return shutil.disk_usage(folder).free


def settings_check(locate: Callable[[], Path]) -> tuple[Check, Settings]:
    """Whether what the person has chosen can be read; and the choices, or what holds without any."""
    try:
        path = locate()
        settings = Settings.load(path)
    except SettingsDamaged as error:
        return fault_of("settings", error), Settings()
    except OSError as error:
        return fault("settings", f"they cannot be kept ({error})", "mend the data folder"), Settings()
    names = sorted(name for name, value in settings if value != getattr(Settings(), name) and name != "introduced")
    chosen = ", ".join(names).replace("_", " ")
    return ok("settings", f"chosen: {chosen}" if chosen else "nothing chosen, so all is as it comes"), settings


def weights_check(locate: Callable[[], Path], model: str | None) -> tuple[Check, Path | None]:
    """Whether the weights of Whisper are there and are the right ones: those of `model`, or of the one in use.

    Nothing is fetched. Also returns the verified checkpoint.
    """
    name = "Whisper's weights"
    try:
        folder = locate()
        model = model or chosen_model(folder)
        if model is None:
            return fault(name, "no model has been chosen for this computer yet", "run `rehearse setup`"), None
        checkpoint = weights_there(model, folder)
    except WeightsError as error:
        return fault_of(name, error), None
    except OSError as error:
        return fault(name, f"they cannot be read ({error})", "mend the models folder, then run `rehearse setup`"), None
    if checkpoint is None:
        return fault(name, f"{model} is not there", f"go online and run `rehearse setup --model {model}`"), None
    return ok(name, f"{model}, and its SHA-256 is the right one"), checkpoint


def voice_check(start: Callable[[], AbstractContextManager[Voice]], line: Line) -> tuple[Check, Samples | None]:
    """Whether the speech engine starts and speaks `line`; also returns that, at 24 kHz."""
    try:
        with start() as voice:
            spoken = voice.render(line)
            engine = voice.engine
    except VoiceError as error:
        return fault_of("voices", error), None
    return ok("voices", f"{engine} spoke {len(spoken) / VOICE_RATE:.1f} s"), spoken


def natural_voice_check(
    chosen: str | None, is_installed: Callable[[], bool], locate: Callable[[], KokoroFiles]
) -> Check | None:
    """Whether partners can speak with the natural voice; None where that is neither installed nor `chosen`
    (`Settings.partner_voice`)."""
    name = "natural voice"
    if chosen == SYSTEM:
        return None
    if not is_installed():
        if chosen is None:
            return None
        fix = "run `pip install 'rehearse[natural]'`, or `rehearse voices use system`"
        return warning(name, f"{chosen} is chosen, and its engine is not installed", fix)
    files = locate()
    if not files.there:
        return warning(name, "its weights are not there", "go online and run `rehearse voices prepare`")
    try:
        files.verify()
    except WeightsError as error:
        return fault_of(name, error)
    return ok(name, "its weights are there, and their SHA-256 is the right one")


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f} MB"
