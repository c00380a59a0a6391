"""Sound from files and to files: what libsndfile reads becomes 16 kHz mono, and what is written is whole."""

import os
import re
from io import BytesIO
from pathlib import Path

import numpy as np
import soundfile
import soxr

from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.errors import AudioFileError
from rehearse.whole_files import replacing

SILENT_DBFS = -60.0
"""A recording whose loudest sample lies below this holds nothing to hear."""
LONGEST_MINUTES = 10

_WRONG_SIZE = re.compile(r"(\d+) \(should be (\d+)\)")
"""How libsndfile's log notes a size in a header that is not the file's; it reads on without an error."""
_PLACEHOLDER_SIZE = 0x7FFF_0000
"""From here on a size is what programs put into the header when they write to a pipe."""
_MISCOUNTED_BYTES = 8
"""Some programs count the eight bytes before the size as well."""


def read_audio(path: Path) -> Samples:
    """The whole recording as 16 kHz mono; its channels are averaged.

    Raises:
        AudioFileError: the file is missing, unreadable, cut short or too long, or holds nothing to hear.
    """
    sound, rate = _decoded(path)
    mono = sound.mean(axis=1)
    if not np.isfinite(mono).all():
        raise AudioFileError(f"{path} holds values that are no sound (NaN or infinity): export it again as 16-bit WAV")
    peak = float(np.abs(mono).max())
    if peak < 10 ** (SILENT_DBFS / 20):
        level = f"{20 * np.log10(peak):.0f} dBFS at its loudest" if peak else "all zeros"
        raise AudioFileError(f"{path} is silent ({level}): check the microphone, and record it again")
    heard: Samples = soxr.resample(mono, rate, SAMPLE_RATE)
    return heard.clip(-1, 1)


def write_wav(path: Path, samples: Samples, rate: int) -> None:
    """Write `samples` (mono) as 16-bit WAV that only its owner may read.

    Raises:
        OutputError: the file cannot be written.
    """
    with replacing(path) as temporary:
        try:
            soundfile.write(temporary, samples, rate, format="WAV", subtype="PCM_16")
        except soundfile.LibsndfileError as error:
            raise OSError(str(error)) from error


def as_flac(samples: Samples, rate: int) -> bytes:
    """`samples` (mono) as a FLAC file of 16 bit."""
    file = BytesIO()
    soundfile.write(file, samples, rate, format="FLAC", subtype="PCM_16")
    return file.getvalue()


def from_flac(content: bytes) -> tuple[Samples, int]:
    """What `as_flac` has written, and its rate.

    Raises:
        AudioFileError: it is damaged.
    """
    try:
        samples, rate = soundfile.read(BytesIO(content), dtype="float32")
    except soundfile.LibsndfileError:
        raise AudioFileError("that recording is damaged; `rehearse show` still has its words") from None
    return samples, rate


def _decoded(path: Path) -> tuple[Samples, int]:
    """The recording as it is, a column a channel, and its rate."""
    _check_something_there(path)
    try:
        file = soundfile.SoundFile(path)
    except (soundfile.LibsndfileError, TypeError) as error:  # TypeError: headerless formats, told by the name
        raise AudioFileError(
            f"{path} is not a recording that can be read: give a WAV, FLAC, Ogg or MP3 file, undamaged"
        ) from error
    with file:
        if file.frames > LONGEST_MINUTES * 60 * file.samplerate:
            minutes = file.frames / file.samplerate / 60
            raise AudioFileError(
                f"{path} lasts {minutes:.1f} minutes, more than {LONGEST_MINUTES}: cut it into single replies"
            )
        try:
            sound: Samples = file.read(dtype="float32", always_2d=True)
        except soundfile.LibsndfileError as error:
            raise _cut_short(path) from error
        if len(sound) < file.frames or _promises_more(file.extra_info) or _is_cut_ogg(path):
            raise _cut_short(path)
        if not len(sound):
            raise AudioFileError(f"{path} is a recording of no length: record it again")
        return sound, file.samplerate


def _check_something_there(path: Path) -> None:
    if not path.exists():
        raise AudioFileError(f"{path} does not exist: check the name")
    if not path.is_file():
        raise AudioFileError(f"{path} is not a file: give the recording itself")
    if not path.stat().st_size:
        raise AudioFileError(f"{path} is empty: record or copy it again")
    if not os.access(path, os.R_OK):
        raise AudioFileError(f"{path} is not yours to read: change its permissions, or copy it")


def _promises_more(log: str) -> bool:
    """Whether the header told of more bytes than there are."""
    sizes = ((int(promised), int(there)) for promised, there in _WRONG_SIZE.findall(log))
    return any(there + _MISCOUNTED_BYTES < promised < _PLACEHOLDER_SIZE for promised, there in sizes)


def _is_cut_ogg(path: Path) -> bool:
    """Whether an Ogg stream lacks its last page, which is flagged as the end (RFC 3533, section 6)."""
    content = path.read_bytes()
    last_page = content.rfind(b"OggS")
    return content.startswith(b"OggS") and not content[last_page + 5] & 4


def _cut_short(path: Path) -> AudioFileError:
    return AudioFileError(f"{path} is cut short or damaged, sound is missing: copy or record it again")
