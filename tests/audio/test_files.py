import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from rehearse.audio.files import read_audio, write_wav
from rehearse.audio.frames import SAMPLE_RATE, Samples
from rehearse.errors import AudioFileError, OutputError
from rehearse.whole_files import check_writable, replacing

SECONDS = 1.0


def tone(rate: int, hertz: float = 440.0) -> Samples:
    """A second of a sine at a quarter of full scale."""
    return (0.25 * np.sin(2 * np.pi * hertz * np.arange(round(SECONDS * rate)) / rate)).astype(np.float32)


def same_sound(heard: Samples, expected: Samples) -> bool:
    """Whether two sounds are alike to 2 % of their level, their first and last 50 ms aside."""
    middle = slice(SAMPLE_RATE // 20, -SAMPLE_RATE // 20)
    error = heard[middle] - expected[middle]
    return bool(np.sqrt(np.mean(error**2)) < 0.02 * np.sqrt(np.mean(expected[middle] ** 2)))


@pytest.mark.parametrize(
    ("name", "rate", "channels", "form", "subtype"),
    [
        ("plain.wav", 16_000, 1, "WAV", "PCM_16"),
        ("studio.wav", 44_100, 2, "WAV", "PCM_16"),
        ("telephone.wav", 8_000, 1, "WAV", "ULAW"),
        ("deep.wav", 48_000, 2, "WAV", "PCM_24"),
        ("many.wav", 96_000, 6, "WAVEX", "FLOAT"),
        ("small.flac", 22_050, 1, "FLAC", "PCM_16"),
        ("small.ogg", 48_000, 2, "OGG", "VORBIS"),
        ("small.aiff", 32_000, 1, "AIFF", "PCM_16"),
    ],
)
def test_any_recording_becomes_16_khz_mono(
    tmp_path: Path, name: str, rate: int, channels: int, form: str, subtype: str
) -> None:
    path = tmp_path / name
    soundfile.write(path, np.tile(tone(rate)[:, np.newaxis], channels), rate, format=form, subtype=subtype)

    heard = read_audio(path)

    assert heard.dtype == np.float32
    assert heard.shape == (round(SECONDS * SAMPLE_RATE),)
    assert same_sound(heard, tone(SAMPLE_RATE))


def test_channels_are_averaged(tmp_path: Path) -> None:
    path = tmp_path / "two.wav"
    soundfile.write(path, np.stack([tone(16_000, 300), tone(16_000, 500)], axis=1), 16_000)

    assert same_sound(read_audio(path), np.mean([tone(16_000, 300), tone(16_000, 500)], axis=0))


def test_what_is_louder_than_full_scale_is_clipped(tmp_path: Path) -> None:
    path = tmp_path / "loud.wav"
    soundfile.write(path, 8 * tone(16_000), 16_000, subtype="FLOAT")

    assert np.abs(read_audio(path)).max() == 1.0


def refusal(path: Path) -> str:
    with pytest.raises(AudioFileError) as refused:
        read_audio(path)
    message = str(refused.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    return message.removeprefix(str(path))


def test_a_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.wav") == " does not exist: check the name"


def test_a_folder(tmp_path: Path) -> None:
    assert "is not a file" in refusal(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.wav"
    path.touch()

    assert "is empty" in refusal(path)


@pytest.mark.parametrize("name", ["letter.wav", "letter.raw", "letter.txt"])
@pytest.mark.parametrize("content", [b"Dear Sir or Madam,", b"RIFF", bytes(1000)])
def test_what_is_not_audio(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    assert "is not a recording" in refusal(path)


@pytest.mark.parametrize(
    ("name", "subtype"),
    [("cut.wav", "PCM_16"), ("cut.aiff", "PCM_16"), ("cut.w64", "PCM_16"), ("cut.flac", "PCM_16")],
)
@pytest.mark.parametrize("left", [0.5, 0.99])
def test_a_recording_that_is_cut_short(tmp_path: Path, name: str, subtype: str, left: float) -> None:
    path = tmp_path / name
    soundfile.write(path, tone(16_000), 16_000, subtype=subtype)
    path.write_bytes(path.read_bytes()[: round(left * path.stat().st_size)])

    assert "is cut short" in refusal(path)


def test_a_compressed_recording_that_is_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "cut.ogg"
    soundfile.write(path, tone(16_000), 16_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    assert "undamaged" in refusal(path)


def with_sizes(path: Path, riff: int, data: int) -> None:
    """Write other sizes into the header of a WAV of 44 bytes of header."""
    content = bytearray(path.read_bytes())
    content[4:8] = riff.to_bytes(4, "little")
    content[40:44] = data.to_bytes(4, "little")
    path.write_bytes(content)


@pytest.mark.parametrize(("riff", "data"), [(0xFFFF_FFFF, 0xFFFF_FFFF), (0x7FFF_F024, 0x7FFF_F000), (32_044, 32_000)])
def test_a_header_that_was_written_without_knowing_the_length(tmp_path: Path, riff: int, data: int) -> None:
    path = tmp_path / "piped.wav"
    soundfile.write(path, tone(16_000), 16_000)
    with_sizes(path, riff, data)

    assert same_sound(read_audio(path), tone(16_000))


def test_no_length(tmp_path: Path) -> None:
    path = tmp_path / "nothing.wav"
    soundfile.write(path, np.empty(0, np.float32), 16_000)

    assert "of no length" in refusal(path)


def test_silence(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "zeros.wav", np.zeros(16_000, np.float32), 16_000)
    soundfile.write(tmp_path / "hiss.wav", tone(16_000) * 0.0016, 16_000, subtype="PCM_24")
    soundfile.write(tmp_path / "whisper.wav", tone(16_000) * 0.008, 16_000, subtype="PCM_24")

    assert "is silent (all zeros)" in refusal(tmp_path / "zeros.wav")
    assert "is silent (-68 dBFS at its loudest)" in refusal(tmp_path / "hiss.wav")
    assert len(read_audio(tmp_path / "whisper.wav")) == 16_000


def test_more_than_ten_minutes(tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    soundfile.write(path, np.tile(tone(8_000), 606), 8_000)

    assert "lasts 10.1 minutes, more than 10" in refusal(path)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_values_that_are_no_sound(tmp_path: Path, value: float) -> None:
    path = tmp_path / "broken.wav"
    sound = tone(16_000)
    sound[100] = value
    soundfile.write(path, sound, 16_000, subtype="FLOAT")

    assert "NaN or infinity" in refusal(path)


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    path.write_bytes(b"what stood there before")

    write_wav(path, tone(24_000), 24_000)

    assert soundfile.info(path).subtype == "PCM_16"
    assert soundfile.info(path).samplerate == 24_000
    assert same_sound(read_audio(path), soxr.resample(tone(24_000), 24_000, 16_000))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_too_loud_is_clipped_and_does_not_wrap_around(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    write_wav(path, np.array([2.0, -2.0], np.float32), 24_000)

    assert soundfile.read(path, dtype="int16")[0].tolist() == [32767, -32768]


@pytest.mark.parametrize("write", [check_writable, lambda path: write_wav(path, tone(24_000), 24_000)])
@pytest.mark.parametrize("place", ["none/out.wav", "file/out.wav", "folder", "/proc/out.wav", "/dev/null"])
def test_what_cannot_be_written(tmp_path: Path, place: str, write: Callable[[Path], None]) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    path = tmp_path / place

    with pytest.raises(OutputError) as refused:
        write(path)
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)


def test_checking_leaves_things_as_they_are(tmp_path: Path) -> None:
    there = tmp_path / "there.wav"
    there.write_bytes(b"kept")

    check_writable(there)
    check_writable(tmp_path / "new.wav")

    assert there.read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [there]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path, error: BaseException) -> None:
    there = tmp_path / "there.wav"
    there.write_bytes(b"kept")

    def write_half() -> None:
        with replacing(there) as temporary:
            temporary.write_bytes(b"half")
            raise error

    with pytest.raises(OutputError if isinstance(error, OSError) else KeyboardInterrupt):
        write_half()
    assert there.read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [there]
