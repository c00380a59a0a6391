import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.line_cache import CachedVoice
from rehearse.audio.voice import VoiceStyle
from rehearse.dialogue import Line, Speaker
from rehearse.errors import VoiceFailed


class Hummer:
    """A voice that hums a tone as long as its text, a little differently every time, and counts."""

    def __init__(self, engine: str = "hum", rate: int = 150) -> None:
        self.engine = engine
        self.rate = rate
        self.rendered: list[Line] = []

    def style(self, line: Line) -> VoiceStyle:
        return VoiceStyle(line.speaker.value, self.rate)

    def render(self, line: Line) -> Samples:
        self.rendered.append(line)
        time = np.arange(VOICE_RATE * (1 + len(line.text)) // 100) / VOICE_RATE
        tone: Samples = (0.3 * np.sin(2 * np.pi * (200 + len(self.rendered)) * time)).astype(np.float32)
        return tone


HELLO = Line("Hello, you.", Speaker.PARTNER)
BYE = Line("Goodbye, you.", Speaker.COACH)


def cached_files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_line_is_rendered_once_in_a_process(tmp_path: Path) -> None:
    voice = Hummer()
    cached = CachedVoice(voice, tmp_path)
    first = cached.render(HELLO)
    (file,) = cached_files(tmp_path)
    file.unlink()
    assert cached.render(HELLO) is first
    assert voice.rendered == [HELLO]


def test_a_line_is_rendered_once_for_all_processes_and_sounds_the_same(tmp_path: Path) -> None:
    first = CachedVoice(Hummer(), tmp_path / "cache" / "lines").render(HELLO)
    later = Hummer()
    second = CachedVoice(later, tmp_path / "cache" / "lines").render(HELLO)
    assert later.rendered == []
    assert second.dtype == np.float32
    assert np.array_equal(first, second)


def test_the_cache_changes_no_sample_by_more_than_its_sixteen_bits(tmp_path: Path) -> None:
    sound = CachedVoice(Hummer(), tmp_path).render(HELLO)
    assert np.abs(sound - Hummer().render(HELLO)).max() <= 1 / 2**15


@pytest.mark.parametrize(
    ("voice", "line"),
    [
        (Hummer(engine="another"), HELLO),
        (Hummer(rate=151), HELLO),
        (Hummer(), Line(HELLO.text + "!", HELLO.speaker)),
        (Hummer(), Line(HELLO.text, Speaker.COACH)),
    ],
    ids=["engine", "style", "text", "voice"],
)
def test_whatever_changes_the_sound_has_a_place_of_its_own(tmp_path: Path, voice: Hummer, line: Line) -> None:
    CachedVoice(Hummer(), tmp_path).render(HELLO)
    CachedVoice(voice, tmp_path).render(line)
    assert voice.rendered == [line]
    assert len(cached_files(tmp_path)) == 2


def test_a_mood_that_the_voice_does_not_use_shares_its_place(tmp_path: Path) -> None:
    voice = Hummer()
    cached = CachedVoice(voice, tmp_path)
    cached.render(HELLO)
    cached.render(Line(HELLO.text, HELLO.speaker, mood="warm"))
    assert voice.rendered == [HELLO]


def test_a_line_that_quotes_the_person_is_kept_nowhere(tmp_path: Path) -> None:
    voice = Hummer()
    cached = CachedVoice(voice, tmp_path)
    quoting = Line("You said, I was scared.", Speaker.COACH, private=True)
    cached.render(quoting)
    cached.render(quoting)
    assert voice.rendered == [quoting, quoting]
    assert cached_files(tmp_path) == []


def test_cached_files_are_their_owners_alone(tmp_path: Path) -> None:
    CachedVoice(Hummer(), tmp_path).render(HELLO)
    (file,) = cached_files(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@given(damage=st.data())
def test_a_damaged_file_is_rendered_again(damage: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("cache")
    CachedVoice(Hummer(), folder).render(HELLO)
    (file,) = cached_files(folder)
    whole = file.read_bytes()
    audio = whole.index(b"\xff\xf8")  # the first frame; what stands before it is not sound
    if damage.draw(st.booleans(), label="truncated"):
        file.write_bytes(whole[: damage.draw(st.integers(0, len(whole) - 1))])
    else:
        place = damage.draw(st.integers(audio, len(whole) - 1))
        flipped = whole[place] ^ damage.draw(st.integers(1, 255))
        file.write_bytes(whole[:place] + bytes([flipped]) + whole[place + 1 :])
    voice = Hummer()
    CachedVoice(voice, folder).render(HELLO)
    assert voice.rendered == [HELLO]
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_made_leaves_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    voice = Hummer()
    cached = CachedVoice(voice, tmp_path / "file" / "cache")
    assert np.array_equal(cached.render(HELLO), cached.render(HELLO))
    assert voice.rendered == [HELLO]


def test_a_full_disk_leaves_memory_and_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    voice = Hummer()
    cached = CachedVoice(voice, tmp_path)
    assert np.array_equal(cached.render(HELLO), cached.render(HELLO))
    assert voice.rendered == [HELLO]
    assert cached_files(tmp_path) == []


def test_preparing_renders_what_is_missing_and_says_how_far_it_is(tmp_path: Path) -> None:
    CachedVoice(Hummer(), tmp_path).render(HELLO)
    voice = Hummer()
    progress: list[tuple[int, int]] = []
    cached = CachedVoice(voice, tmp_path)
    cached.prepare([HELLO, BYE, HELLO], lambda done, of: progress.append((done, of)))
    assert voice.rendered == [BYE]
    assert progress == [(1, 2), (2, 2)]
    cached.render(BYE)
    assert voice.rendered == [BYE]


def test_a_line_that_cannot_be_spoken_is_said_so_and_not_cached(tmp_path: Path) -> None:
    class Mute(Hummer):
        def render(self, line: Line) -> Samples:
            raise VoiceFailed("no")

    cached = CachedVoice(Mute(), tmp_path)
    with pytest.raises(VoiceFailed):
        cached.prepare([HELLO])
    assert cached_files(tmp_path) == []
