"""From frames to a reply, with fakes for the model's ends."""

from collections.abc import Sequence

import numpy as np
import pytest

from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.listening import Listener
from rehearse.audio.turn_taking import TurnTaker
from rehearse.dialogue import EndOfReplies, Reply, Silence, Speaker, Transcript, Unclear


class ScriptedSource:
    """Loudness by half seconds: 1 is speech, 0 is silence; afterwards silence for ever."""

    def __init__(self, *halves: int, recorded: bool = False, replies: int = 1) -> None:
        samples = np.repeat(np.array(halves, dtype=np.float32), SAMPLE_RATE // 2)
        self._frames = [samples[at : at + FRAME_SAMPLES] for at in range(0, len(samples), FRAME_SAMPLES)]
        self._recorded = recorded
        self._replies = replies
        self._read = 0

    @property
    def now_s(self) -> float:
        return self._read * FRAME_S

    @property
    def goes_on(self) -> bool:
        return self._recorded and self._read < len(self._frames)

    def begin_reply(self) -> bool:
        self._replies -= 1
        return self._replies >= 0

    def read(self) -> Samples:
        self._read += 1
        frame = self._frames[self._read - 1] if self._read <= len(self._frames) else np.zeros(0, np.float32)
        return np.pad(frame, (0, FRAME_SAMPLES - len(frame)))


class FakeTranscriber:
    """Tells how long it was given, in tenths of a second."""

    def __init__(self, rejected: str | None = None) -> None:
        self._rejected = rejected

    def transcribe(self, samples: Samples, voiced_s: float) -> Transcript:
        return Transcript(f"{len(samples) / SAMPLE_RATE:.1f} s, {voiced_s:.1f} s voiced", 0.9, self._rejected)


def listener(source: ScriptedSource, rejected: str | None = None, seen: list[str | None] | None = None) -> Listener:
    def busy(what: str | None) -> None:
        if seen is not None:
            seen.append(what)

    return Listener(source, lambda frame: float(frame.max()), TurnTaker(), FakeTranscriber(rejected), busy)


def heard(halves: Sequence[int], *, recorded: bool = False) -> Reply:
    found = listener(ScriptedSource(*halves, recorded=recorded)).listen(15.0)
    assert isinstance(found, Reply)
    return found


def test_a_reply_has_its_times() -> None:
    reply = heard([0, 0, 1, 1])
    assert reply.start_s == pytest.approx(1.0, abs=FRAME_S)
    assert reply.end_s == pytest.approx(2.0, abs=FRAME_S)
    assert reply.pause_before_s == pytest.approx(1.0, abs=FRAME_S)
    assert reply.latency.endpoint == pytest.approx(1200, abs=2 * FRAME_S * 1000)


def test_who_answers_before_the_line_is_over_is_heard_from_the_first_word() -> None:
    ear = listener(ScriptedSource(1, 1))
    for _ in range(10):
        ear.pass_frame(Speaker.PARTNER)
    found = ear.listen(15.0)
    assert isinstance(found, Reply)
    assert found.text.startswith("1.2 s")  # all of the second that was said, and the silence that ends it


def overhearing(halves: Sequence[int], speaker: Speaker = Speaker.PARTNER, *, headset: bool = True) -> Reply:
    """The reply where the first three seconds of `halves` fall into a line of `speaker`."""
    source = ScriptedSource(*halves)
    ear = Listener(
        source, lambda frame: float(frame.max()), TurnTaker(), FakeTranscriber(), lambda _: None, overhears=headset
    )
    while source.now_s < 3.0:
        ear.pass_frame(speaker)
    found = ear.listen(15.0)
    assert isinstance(found, Reply)
    return found


def test_a_word_during_the_line_is_a_backchannel_and_is_not_transcribed() -> None:
    reply = overhearing([0, 0, 1, 0, 0, 0, 0, 1, 1])
    assert (reply.backchannels, reply.interrupted) == (1, False)
    assert "1.0 s voiced" in reply.text


def test_speaking_on_over_the_line_is_an_interruption() -> None:
    assert overhearing([0, 0, 1, 1, 1, 0, 0, 1, 1]).interrupted
    assert overhearing([0, 0, 0, 0, 0, 1, 1, 1]).interrupted


def test_nobody_interrupts_the_coach_or_is_overheard_beside_a_loudspeaker() -> None:
    assert overhearing([0, 0, 1, 1, 1, 0, 0, 1, 1], Speaker.COACH).interrupted is False
    reply = overhearing([0, 0, 1, 1, 1, 0, 0, 1, 1], headset=False)
    assert (reply.backchannels, reply.interrupted) == (None, False)


def test_a_pause_goes_on_while_nobody_speaks() -> None:
    source = ScriptedSource(*[0] * 8, 1, 1, replies=2)
    ear = listener(source)
    assert isinstance(ear.listen(2.0), Silence)
    found = ear.listen(15.0)
    assert isinstance(found, Reply)
    assert found.pause_before_s == pytest.approx(4.0, abs=FRAME_S)


def test_a_pause_begins_anew_when_something_is_said() -> None:
    source = ScriptedSource(*[0] * 8, 1, 1, replies=2)
    ear = listener(source)
    assert isinstance(ear.listen(2.0), Silence)
    while source.now_s < 3.0:
        ear.pass_frame(Speaker.COACH)
    found = ear.listen(15.0)
    assert isinstance(found, Reply)
    assert found.pause_before_s == pytest.approx(1.0, abs=2 * FRAME_S)


def test_a_long_pause_ends_a_live_reply() -> None:
    assert heard([1, 1, 0, 0, 0, 0, 1, 1]).end_s == pytest.approx(1.0, abs=FRAME_S)


def test_a_recording_is_heard_to_its_end() -> None:
    reply = heard([1, 1, 0, 0, 0, 0, 1, 1], recorded=True)
    assert reply.end_s == pytest.approx(4.0, abs=FRAME_S)
    assert "2.0 s voiced" in reply.text


def test_nothing_said_is_silence_of_that_length() -> None:
    found = listener(ScriptedSource(0)).listen(2.0)
    assert isinstance(found, Silence)
    assert found.seconds == pytest.approx(2.0, abs=2 * FRAME_S)


def test_a_rejected_transcript_is_never_a_reply() -> None:
    found = listener(ScriptedSource(1, 1), rejected="repetition").listen(15.0)
    assert isinstance(found, Unclear)
    assert found.reason == "repetition"


def test_nobody_left_is_the_end() -> None:
    assert listener(ScriptedSource(replies=0)).listen(15.0) == EndOfReplies()


def test_it_says_what_it_is_doing_and_when_it_is_done() -> None:
    seen: list[str | None] = []
    listener(ScriptedSource(1, 1), seen=seen).listen(15.0)
    assert seen == ["Listening…", "Understanding…", None]
