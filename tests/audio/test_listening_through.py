"""What is heard across a microphone that is lost, and what is played meanwhile."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.cues import Cues
from rehearse.audio.earcons import EARCONS
from rehearse.audio.frames import FRAME_S, Samples
from rehearse.audio.listening import CUT_OFF_HOLD_S, THINKING_AFTER_S, Listener
from rehearse.audio.transcriber import Decoded, always
from rehearse.audio.volume import Volume
from rehearse.dialogue import Cue, EndOfReplies, Floor, Reply, Silence, Speaker, Unclear
from rehearse.errors import DeviceLost
from tests.audio.scripted_listening import (
    WHOLE,
    FakeRecognizer,
    ScriptedSource,
    listener,
    over_line,
    work_from,
)
from tests.audio.test_volume import FakeOutput
from tests.fake_decoder import HandDriven


class Breaking(ScriptedSource):
    """Is lost, each time once, as those times come."""

    def __init__(self, script: str, *lost_at_s: float) -> None:
        super().__init__(script, replies=20)
        self._lost_at_s = list(lost_at_s)

    def read(self) -> Samples:
        if self._lost_at_s and self.now_s >= self._lost_at_s[0]:
            self._lost_at_s.pop(0)
            raise DeviceLost("gone")
        return super().read()


def heard_through(ear: Listener, notice_s: float = 0.0) -> Reply | Silence | Unclear | EndOfReplies:
    """What is heard in the end by who waits for the microphone each time, and says so."""
    while True:
        try:
            return ear.listen(12.0, lambda _: WHOLE)
        except DeviceLost:
            ear.line_begins(Speaker.COACH, Floor.KEPT)
            for _ in range(round(notice_s / FRAME_S)):
                ear.pass_frame()


def test_a_reply_cut_off_in_the_middle_is_one_reply() -> None:
    reply = heard_through(listener(Breaking("." * 5 + "1" * 5 + "2" * 5 + "." * 30, 1.0)))
    assert isinstance(reply, Reply)
    assert reply.text == "word1 word2"
    assert reply.start_s == pytest.approx(0.5, abs=FRAME_S)
    assert reply.pause_before_s == pytest.approx(0.5, abs=FRAME_S)


def test_who_had_finished_as_the_microphone_went_is_not_waited_for_long() -> None:
    source = Breaking("1" * 5 + "." * 200, 0.7)
    reply = heard_through(listener(source), notice_s=2.0)
    assert isinstance(reply, Reply)
    assert reply.text == "word1"
    assert source.now_s == pytest.approx(0.7 + 2.0 + CUT_OFF_HOLD_S, abs=3 * FRAME_S)


def test_a_transcription_under_way_goes_on() -> None:
    recognizer = FakeRecognizer()
    reply = heard_through(listener(Breaking("1" * 5 + "." * 200, 0.75), recognizer=recognizer))
    assert isinstance(reply, Reply)
    assert (reply.text, recognizer.decoded) == ("word1", 1)


def test_a_noise_when_the_microphone_went_is_no_answer() -> None:
    class Sighing(FakeRecognizer):
        def words(self, samples: Samples) -> str:
            return super().words(samples).replace("word1", "Ahh.")

    reply = heard_through(listener(Breaking("1" * 4 + "." * 80 + "2" * 5 + "." * 20, 0.3), recognizer=Sighing()))
    assert isinstance(reply, Reply)
    assert reply.text == "word2"


def test_what_was_said_belongs_to_no_command() -> None:
    ear = listener(Breaking("1" * 10 + "." * 5 + "9" * 5 + "." * 10 + "2" * 5 + "." * 30, 0.8))
    with pytest.raises(DeviceLost):
        ear.listen(12.0, lambda _: WHOLE)
    command = over_line(ear, 3.0, Floor.KEPT, Speaker.COACH)
    assert isinstance(command, Reply)
    assert command.text == "word9"
    after = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(after, Reply)
    assert after.text == "word2"


@given(lost_at_s=st.lists(st.floats(0.1, 4.0), max_size=6).map(sorted))
def test_whenever_the_microphone_goes_and_returns_at_once_no_word_is_lost(lost_at_s: list[float]) -> None:
    ear = listener(Breaking("." * 5 + "1" * 8 + ".." + "2" * 8 + "." + "3" * 8 + "." * 100, *lost_at_s))
    reply = heard_through(ear)
    assert isinstance(reply, Reply)
    words = [word for word, again in zip(reply.text.split(), ["", *reply.text.split()], strict=False) if word != again]
    assert words == ["word1", "word2", "word3"]


# Cues.


def played_by(output: FakeOutput) -> Cues:
    return Cues(Volume(output))


@pytest.mark.parametrize("waiting", [1.0, 2.0])
def test_who_waits_long_for_an_answer_is_told_once(waiting: float) -> None:
    worker, output = HandDriven(), FakeOutput()
    source = ScriptedSource("1" * 5 + "." * 300)
    slow = listener(source, worker=worker, cues=played_by(output), waiting=waiting)
    told_after_s: list[float] = []
    read = source.read

    def and_watch() -> Samples:
        if output.played and not told_after_s:
            told_after_s.append(source.now_s - 0.5)
        if source.now_s > 5:
            worker.work()
        return read()

    source.read = and_watch  # type: ignore[method-assign]
    slow.listen(12.0, lambda _: WHOLE)
    ((sound, _),) = output.played
    np.testing.assert_array_equal(sound, EARCONS[Cue.THINKING])
    assert told_after_s == pytest.approx([THINKING_AFTER_S * waiting], abs=2 * FRAME_S)


def test_who_goes_on_while_it_takes_long_sees_that_they_are_heard() -> None:
    worker = HandDriven()
    shown: list[str | None] = []
    source = ScriptedSource("1" * 5 + "." * 20 + "2" * 5 + "." * 50)
    slow = listener(source, worker=worker, busy=shown.append)
    work_from(3.2, worker, source)
    reply = slow.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == "word1 word2"
    assert shown == ["Listening…", "Thinking…", "Listening…", None]


def test_who_has_only_sighed_is_seen_to_be_listened_to() -> None:
    class Sighing(FakeRecognizer):
        def words(self, samples: Samples) -> str:
            return super().words(samples).replace("word1", "Ahh.")

    worker = HandDriven()
    shown: list[str | None] = []
    source = ScriptedSource("1" * 4 + "." * 150)
    slow = listener(source, worker=worker, busy=shown.append, recognizer=Sighing())
    work_from(3, worker, source)
    assert isinstance(slow.listen(12.0, lambda _: WHOLE), Silence)
    assert shown == ["Listening…", "Thinking…", "Listening…", None]


def test_a_loudspeaker_that_has_gone_when_a_cue_is_due_costs_no_word() -> None:
    class Gone(FakeOutput):
        def play(self, *_: object) -> None:
            worker.work()
            raise DeviceLost("gone")

    worker = HandDriven()
    source = ScriptedSource("1" * 5 + "." * 300, replies=2)
    reply = heard_through(listener(source, worker=worker, cues=played_by(Gone())))
    assert isinstance(reply, Reply)
    assert reply.text == "word1"


def test_who_is_answered_in_time_hears_no_cue() -> None:
    output = FakeOutput()
    listener(ScriptedSource("1" * 10), cues=played_by(output)).listen(12.0, lambda _: WHOLE)
    assert output.played == []


class Echoing(ScriptedSource):
    """Hears a soft sound, which is no voice, beneath everything."""

    def read(self) -> Samples:
        return np.maximum(super().read(), np.float32(0.25))


class Recorder(FakeRecognizer):
    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        self.segment = segment
        return super().decode(segment, draft, go_on)


@pytest.mark.parametrize("headset", [True, False])
def test_what_a_microphone_hears_of_a_cue_is_not_kept(headset: bool) -> None:
    recognizer, cues = Recorder(), played_by(FakeOutput())
    ear = listener(Echoing("..." + "1" * 5), recognizer=recognizer, headset=headset, cues=cues)
    cues.play(Cue.LISTENING)
    assert isinstance(ear.listen(12.0, lambda _: WHOLE), Reply)
    before, said, after = recognizer.segment[:4000], recognizer.segment[5600:11000], recognizer.segment[-2000:]
    assert before.max() == (0.25 if headset else 0.0)  # a headset's microphone hears no cue: all of it is the person
    assert said.min() == 1.0
    assert after.min() == 0.25  # the cue is over
