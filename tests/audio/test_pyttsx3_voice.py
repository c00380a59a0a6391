import errno
import json
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.audio.frames import VOICE_RATE, Samples
from rehearse.audio.loudness import TARGET_LUFS, loudness
from rehearse.audio.pyttsx3_voice import Pyttsx3Voice
from rehearse.audio.voice import Gender
from rehearse.dialogue import Line, Speaker
from rehearse.errors import VoiceEngineMissing, VoiceFailed

pytestmark = pytest.mark.process

FAKE_WORKER = textwrap.dedent("""
    # Hums at 400 words a minute. What goes wrong at which start and request is planned beforehand.
    import array, json, math, os, sys, time, wave

    plan_path = sys.argv[1]

    def next_fault(kind):
        with open(plan_path) as file:
            plan = json.load(file)
        fault = plan[kind].pop(0) if plan[kind] else "none"
        plan["asked"] += kind == "requests"
        with open(plan_path + ".new", "w") as file:
            json.dump(plan, file)
        os.replace(plan_path + ".new", plan_path)
        return fault

    def say(content):
        print(content if isinstance(content, str) else json.dumps(content), flush=True)

    def write(path, seconds, loudness=0.2, lost_bytes=0):
        rate = 22050
        with wave.open(path, "wb") as file:
            file.setnchannels(1); file.setsampwidth(2); file.setframerate(rate)
            peak = 32767 * loudness
            period = array.array("h", [int(peak * math.sin(math.tau * i / 100)) for i in range(100)])
            file.writeframes(period.tobytes() * int(rate * seconds / 100))
        os.truncate(path, os.path.getsize(path) - lost_bytes)

    def meet(fault):
        if fault == "dies":
            os._exit(9)
        if fault == "falls mute":
            os.close(1)
            time.sleep(3600)
        if fault == "hangs":
            time.sleep(3600)
        if fault == "babbles":
            say("Audio saved")

    fault = next_fault("starts")
    meet(fault)
    say({"missing": "RuntimeError: nothing to speak with"} if fault == "missing" else
        {"hello": "there"} if fault == "odd" else {"engine": "fake", "voices": []})
    for line in sys.stdin:
        request = json.loads(line)
        fault = next_fault("requests")
        meet(fault)
        path, seconds = request["path"], len(request["text"]) / 5 * 60 / 400
        if fault == "unwritable":
            try:
                write(path + "/nowhere", seconds)
            except OSError as error:
                say({"error": str(error)})
        elif fault == "odd":
            say({"ok": "perhaps"})
        else:
            if fault == "empty":
                open(path, "wb").close()
            elif fault == "not sound":
                open(path, "wb").write(b"RIFF" + bytes(400))
            elif fault == "silent":
                write(path, seconds, loudness=0)
            elif fault == "a fraction":
                write(path, seconds / 4)
            elif fault == "truncated":
                write(path, seconds, lost_bytes=2000)
            elif fault != "no file":
                write(path, seconds)
            say({"ok": True})
""")

FAULTS = [
    "dies",
    "falls mute",
    "babbles",
    "unwritable",
    "odd",
    "empty",
    "not sound",
    "silent",
    "a fraction",
    "truncated",
    "no file",
    "hangs",
]
LONG_LINE = Line("I just needed you to hear it, nothing more than that.", Speaker.PARTNER)


@pytest.fixture(autouse=True)
def temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


class Faults:
    """A fake worker and the plan of what goes wrong with it."""

    def __init__(self, folder: Path) -> None:
        self._script = folder / "worker.py"
        self._script.write_text(FAKE_WORKER, encoding="utf-8")
        self._plan = folder / "plan.json"
        self.plan()

    def plan(self, starts: list[str] | None = None, requests: list[str] | None = None) -> None:
        self._plan.write_text(json.dumps({"starts": starts or [], "requests": requests or [], "asked": 0}))

    @property
    def asked(self) -> int:
        """How many utterances were asked for."""
        return int(json.loads(self._plan.read_text())["asked"])

    @property
    def command(self) -> list[str]:
        """What starts the worker."""
        return [sys.executable, "-I", "-S", str(self._script), str(self._plan)]

    def voice(self, timeout_s: float = 5.0, start_timeout_s: float = 20.0) -> Pyttsx3Voice:
        return Pyttsx3Voice("female", command=self.command, timeout_s=timeout_s, start_timeout_s=start_timeout_s)


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    return Faults(tmp_path)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_fails_twice_is_given_up_in_one_line(faults: Faults, fault: str, temporary_files: Path) -> None:
    faults.plan(requests=[fault, fault])
    with faults.voice(timeout_s=1.0 if fault == "hangs" else 5.0) as voice:
        with pytest.raises(VoiceFailed) as failure:
            voice.render(LONG_LINE)
        assert "\n" not in str(failure.value)
        assert "needed" not in str(failure.value)
        assert str(failure.value).endswith("practise in writing with --text")
        assert faults.asked == 2
        assert len(voice.render(LONG_LINE)) > 0
    assert list(temporary_files.iterdir()) == []


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.soak)])
def test_lines_are_all_spoken_whole_whatever_fails_in_between(
    count: int, faults: Faults, temporary_files: Path
) -> None:
    times = count // 50
    troubles = [trouble for fault in FAULTS * times for trouble in ("none", "none", fault, "none")]
    faults.plan(requests=troubles)
    with faults.voice(timeout_s=2.0) as voice:
        spoken = [voice.render(Line(f"Line {n:03} and what it says.", Speaker.PARTNER)) for n in range(count)]
    expected_s = len("Line 000 and what it says.") / 5 * 60 / 400
    assert [len(samples) / VOICE_RATE for samples in spoken] == pytest.approx([expected_s] * count, abs=0.05)
    assert faults.asked == count + times * len(FAULTS)
    assert list(temporary_files.iterdir()) == []


def test_the_answer_to_an_interrupted_line_is_not_taken_for_the_next(
    faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    with faults.voice() as voice:
        with monkeypatch.context() as patched:
            patched.setattr("rehearse.audio.speech_engine._Child._answer", _interrupt)
            with pytest.raises(KeyboardInterrupt):
                voice.render(LONG_LINE)
        short = voice.render(Line("Short.", Speaker.PARTNER))
    assert len(short) < 0.5 * VOICE_RATE


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_threads_take_turns(faults: Faults) -> None:
    lines = [Line("word " * (1 + n), Speaker.PARTNER) for n in range(12)]
    with faults.voice() as voice, ThreadPoolExecutor(4) as threads:
        lengths = [len(samples) for samples in threads.map(voice.render, lines)]
    assert lengths == sorted(lengths)
    assert faults.asked == len(lines)


@pytest.mark.parametrize("fault", ["dies", "hangs", "babbles", "odd"])
def test_a_start_that_fails_once_is_tried_again(faults: Faults, fault: str) -> None:
    faults.plan(starts=[fault])
    with faults.voice(start_timeout_s=3.0) as voice:
        assert len(voice.render(LONG_LINE)) > 0


@pytest.mark.parametrize("fault", ["dies", "hangs", "babbles", "odd", "missing"])
def test_an_engine_that_does_not_start_is_missing(faults: Faults, fault: str) -> None:
    faults.plan(starts=[fault, fault])
    with pytest.raises(VoiceEngineMissing, match="espeak-ng") as failure:
        faults.voice(start_timeout_s=0.2)
    assert "\n" not in str(failure.value)


def test_a_command_that_is_not_there_is_a_missing_engine() -> None:
    with pytest.raises(VoiceEngineMissing, match="no-such-program"):
        Pyttsx3Voice("female", command=["/no-such-program"])


def test_no_room_for_the_sound_is_a_failed_voice(faults: Faults, monkeypatch: pytest.MonkeyPatch) -> None:
    with faults.voice() as voice:
        monkeypatch.setattr("rehearse.audio.speech_engine.UnnamedFile.lent", _no_room)
        with pytest.raises(VoiceFailed, match="No space"):
            voice.render(LONG_LINE)


def _no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("text", ["", " ", "…", "...", "\n\t", "🙂"])
def test_a_line_with_nothing_to_pronounce_is_a_pause(faults: Faults, text: str) -> None:
    with faults.voice() as voice:
        pause = voice.render(Line(text, Speaker.PARTNER))
    assert len(pause) == VOICE_RATE // 2
    assert not pause.any()
    assert faults.asked == 0


def test_speech_comes_at_one_level_without_long_silences(faults: Faults) -> None:
    with faults.voice() as voice:
        samples = voice.render(LONG_LINE)
    assert loudness(samples) == pytest.approx(TARGET_LUFS, abs=0.05)
    assert np.abs(samples).max() <= 10 ** (-1 / 20)


# The system's own engine, or the wheel's where the system has none.


@pytest.fixture(scope="module")
def espeak() -> Iterator[Pyttsx3Voice]:
    with Pyttsx3Voice("female") as voice:
        yield voice


def median_pitch_hz(samples: Samples) -> float:
    """The median over the voiced frames of the strongest autocorrelation between 60 and 400 Hz."""
    length = VOICE_RATE // 25
    frames = samples[: len(samples) // length * length].reshape(-1, length).astype(np.float64)
    loud = frames[np.square(frames).mean(axis=1) > 0.1 * np.square(frames).mean()]
    spectrum = np.fft.rfft(loud - loud.mean(axis=1, keepdims=True), 2 * length)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2)[:, :length] / np.arange(length, 0, -1)
    shortest, longest = VOICE_RATE // 400, VOICE_RATE // 60
    best = shortest + correlation[:, shortest:longest].argmax(axis=1)
    voiced = correlation[np.arange(len(best)), best] > 0.5 * correlation[:, 0]
    return float(np.median(VOICE_RATE / best[voiced]))


@pytest.mark.parametrize("partner", ["female", "male"])
def test_partner_and_coach_differ_in_pitch_by_half(partner: Gender) -> None:
    text = "I keep thinking about what she said, and I could not find a single word to answer her."
    with Pyttsx3Voice(partner) as voice:
        pitch = {speaker: median_pitch_hz(voice.render(Line(text, speaker))) for speaker in Speaker}
    low, high = sorted(pitch.values())
    assert high > 1.5 * low
    assert (pitch[Speaker.PARTNER] == high) == (partner == "female")
    assert 80 < low < 130
    assert 150 < high < 250


@pytest.mark.parametrize(
    "text",
    [
        "He said \"no\", and that's 'it' — “really”.",
        "One line,\nanother line,\r\nand a third.",
        "A null\0 character, and words after it.",
        "Café, naïve, Zoë: 日本語, привет 🙂 & <b>bold</b> [[h@l'oU]] $5 100%",
        "-v zh --stdout $(reboot) `ls` ; rm",
        "x",
        ("All of these words are spoken to the last. " * 25)[:1000],
    ],
    ids=["quotes", "newlines", "null", "unicode", "options", "letter", "thousand"],
)
def test_it_speaks_any_text(espeak: Pyttsx3Voice, text: str) -> None:
    samples = espeak.render(Line(text, Speaker.PARTNER))
    letters = sum(character.isalnum() for character in text)
    assert len(samples) / VOICE_RATE > 0.05 * letters
    assert np.abs(samples).max() <= 10 ** (-1 / 20)


def test_it_speaks_every_line_whole_at_the_same_pace(espeak: Pyttsx3Voice) -> None:
    lines = [Line("Hello there, it was a long day.", speaker) for _ in range(10) for speaker in Speaker]
    seconds: dict[Speaker, list[float]] = {speaker: [] for speaker in Speaker}
    for line in lines:
        seconds[line.speaker].append(len(espeak.render(line)) / VOICE_RATE)
    assert all(max(lengths) - min(lengths) < 0.15 for lengths in seconds.values()), seconds


def test_a_tired_mood_is_slower(espeak: Pyttsx3Voice) -> None:
    plain, tired = (
        espeak.render(Line("It was one of those days where nothing was right.", Speaker.PARTNER, mood))
        for mood in ("neutral", "tired")
    )
    assert 1.02 < len(tired) / len(plain) < 1.2


@settings(max_examples=15)
@given(
    words=st.lists(
        st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=8),
        min_size=1,
        max_size=20,
    )
)
def test_no_words_are_too_odd_to_speak(espeak: Pyttsx3Voice, words: list[str]) -> None:
    assert len(espeak.render(Line(" ".join(words), Speaker.COACH))) > 0
