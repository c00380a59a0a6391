"""Who has the floor while a line plays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, Samples
from rehearse.audio.listening import RESUMED_WITHIN_S, Listener
from rehearse.audio.live import Muted
from rehearse.audio.overhearing import BACKCHANNEL_S, Overheard
from rehearse.dialogue import Floor, Reply, Speaker
from tests.audio.scripted_listening import WHOLE, FakeRecognizer, ScriptedSource, listener, over_line, work_from
from tests.fake_decoder import HandDriven


def test_who_goes_on_as_the_answer_begins_takes_the_turn_back() -> None:
    ear = listener(ScriptedSource("1" * 10 + "." * 8 + "2" * 10, replies=2))
    assert isinstance(ear.listen(12.0, lambda _: WHOLE), Reply)
    assert over_line(ear, 3.0, Floor.ANSWERING) is Overheard.GOES_ON
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == "word1 word2"
    assert reply.start_s == 0.0
    assert not reply.interrupted
    assert reply.backchannels == 0


@given(gap=st.integers(0, 30))
def test_how_late_one_may_go_on(gap: int) -> None:
    source = ScriptedSource("1" * 10 + "." * (4 + gap) + "2" * 8, replies=2)
    ear = listener(source)
    first = ear.listen(12.0, lambda _: WHOLE)
    if isinstance(first, Reply) and first.text == "word1 word2":
        assert gap <= 1  # it was a pause that was waited for
        return
    began_after_s = 1.0 + (4 + gap) / 10 - source.now_s
    stopped = over_line(ear, 5.0, Floor.ANSWERING)
    if began_after_s < RESUMED_WITHIN_S - 2 * FRAME_S:
        assert stopped is Overheard.GOES_ON
    if began_after_s > RESUMED_WITHIN_S + 2 * FRAME_S:
        assert stopped is not Overheard.GOES_ON


def test_without_a_headset_nobody_is_taken_to_go_on() -> None:
    ear = listener(ScriptedSource("1" * 10 + "." * 8 + "2" * 10, replies=2), headset=False)
    ear.listen(12.0, lambda _: WHOLE)
    assert over_line(ear, 3.0, Floor.ANSWERING) is None


def test_a_line_that_answers_nothing_is_not_taken_back() -> None:
    ear = listener(ScriptedSource("1" * 10 + "." * 8 + "2" * 5 + "." * 50, replies=2))
    ear.listen(12.0, lambda _: WHOLE)
    assert over_line(ear, 3.0, Floor.YIELDED) is None


def test_a_reply_that_others_came_after_is_not_gone_on_with() -> None:
    source = ScriptedSource("1" * 10 + "." * 28 + "2" * 10, replies=3)
    ear = listener(source)
    assert isinstance(ear.listen(12.0, lambda _: WHOLE), Reply)
    assert over_line(ear, 2.0) is None
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(source, "read", lambda: (_ for _ in ()).throw(Muted))
        with pytest.raises(Muted):
            ear.listen(12.0, lambda _: WHOLE)
    assert over_line(ear, 3.0, Floor.ANSWERING) is Overheard.FLOOR


def test_who_took_the_floor_before_another_line_began_has_it_no_more() -> None:
    ear = listener(ScriptedSource("." * 5 + "1" * 12 + "." * 21 + "3" * 3 + "." * 20 + "2" * 10))
    assert over_line(ear, 3.0) is Overheard.FLOOR
    assert over_line(ear, 3.0, Floor.KEPT) is None
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == "word2"


def test_who_speaks_on_over_a_line_takes_the_floor_and_is_heard_from_the_first_word() -> None:
    source = ScriptedSource("." * 20 + "1" * 5 + "2" * 10)
    ear = listener(source)
    assert over_line(ear, 5.0) is Overheard.FLOOR
    assert source.now_s == pytest.approx(2.0 + BACKCHANNEL_S, abs=2 * FRAME_S)
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == "word1 word2"
    assert reply.interrupted


def test_a_line_that_keeps_the_floor_is_not_stopped_by_speech() -> None:
    ear = listener(ScriptedSource("." * 20 + "1" * 15))
    assert over_line(ear, 5.0, Floor.KEPT) is None


def test_who_speaks_on_over_a_line_that_keeps_the_floor_has_that_of_the_next() -> None:
    source = ScriptedSource("." * 15 + "1" * 60)
    ear = listener(source)
    assert over_line(ear, 3.0, Floor.KEPT, Speaker.COACH) is None
    assert over_line(ear, 3.0) is Overheard.FLOOR
    assert source.now_s == pytest.approx(3.0 + BACKCHANNEL_S, abs=2 * FRAME_S)


def test_a_backchannel_stops_nothing_and_is_counted() -> None:
    ear = listener(ScriptedSource("." * 20 + "1" * 5 + "." * 40 + "2" * 10))
    assert over_line(ear, 5.0) is None
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert (reply.text, reply.backchannels, reply.interrupted) == ("word2", 1, False)


@pytest.mark.parametrize(
    ("floor", "headset"),
    [(floor, headset) for floor in Floor for headset in (True, False) if (floor, headset) != (Floor.ASKING, True)],
)  # what stops a question on a headset is heard out: its transcript tells
def test_a_command_stops_any_line_at_once(floor: Floor, headset: bool) -> None:
    source = ScriptedSource("." * 20 + "9" * 4)
    stopped = over_line(listener(source, headset=headset), 5.0, floor)
    assert isinstance(stopped, Reply)
    assert stopped.text == "word9"
    assert source.now_s == pytest.approx(2.4 + 0.1, abs=2 * FRAME_S)


def test_a_command_is_no_backchannel_and_nothing_of_it_is_left() -> None:
    ear = listener(ScriptedSource("." * 20 + "9" * 4 + "." * 20 + "2" * 10))
    assert isinstance(over_line(ear, 5.0), Reply)
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert (reply.text, reply.backchannels) == ("word2", 0)


def test_who_answers_before_the_line_is_over_is_heard_from_the_first_word() -> None:
    ear = listener(ScriptedSource("." * 20 + "1" * 10))
    assert over_line(ear, 2.3) is None
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == "word1"
    assert reply.start_s == pytest.approx(2.0, abs=FRAME_S)
    assert not reply.interrupted  # the line was as good as over


@pytest.mark.parametrize("begun", [15, 20, 23, 25])
def test_a_backchannel_late_in_a_line_is_no_reply_and_counts_once(begun: int) -> None:
    class Nodding(FakeRecognizer):
        def words(self, samples: Samples) -> str:
            return super().words(samples).replace("word1", "Mhm.")

    ear = listener(ScriptedSource("." * begun + "1" * 4 + "." * 30 + "2" * 10), recognizer=Nodding())
    assert over_line(ear, 3.0) is None
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert (reply.text, reply.backchannels, reply.interrupted) == ("word2", 1, False)


@pytest.mark.parametrize("headset", [True, False])
@pytest.mark.parametrize("begun", [26, 27, 28])
def test_a_command_as_the_line_ends_is_obeyed(begun: int, headset: bool) -> None:
    ear = listener(ScriptedSource("." * begun + "9" * 4), headset=headset)
    stopped = over_line(ear, 3.0) or ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(stopped, Reply)
    assert stopped.text == "word9"


@pytest.mark.parametrize(("words", "text"), [("1" * 5, "word1"), ("1" * 4 + "2" * 16, "word1 word2")])
def test_without_a_headset_an_answer_that_begins_as_the_line_ends_is_heard(words: str, text: str) -> None:
    ear = listener(ScriptedSource("." * 28 + words), headset=False)
    assert over_line(ear, 3.0) is None
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == text
    assert reply.start_s == pytest.approx(2.8, abs=FRAME_S)


@pytest.mark.parametrize("begun", [24, 26, 28])
def test_without_a_headset_a_backchannel_as_the_line_ends_is_no_reply(begun: int) -> None:
    class Nodding(FakeRecognizer):
        def words(self, samples: Samples) -> str:
            return super().words(samples).replace("word1", "Mhm.")

    ear = listener(ScriptedSource("." * begun + "1" * 4 + "." * 30 + "2" * 10), recognizer=Nodding(), headset=False)
    assert over_line(ear, 3.0) is None
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == "word2"


@pytest.mark.parametrize("headset", [True, False])
def test_nobody_waits_for_a_recognizer_that_is_still_loading_to_be_heard(headset: bool) -> None:
    worker = HandDriven()
    source = ScriptedSource("." * 10 + "9" * 4 + "." * 30)
    ear = listener(source, headset=headset, worker=worker)
    assert over_line(ear, 2.0) is None
    work_from(3, worker, source)
    command = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(command, Reply)
    assert command.text == "word9"
    assert source.now_s == pytest.approx(3.0, abs=3 * FRAME_S)


@pytest.mark.parametrize("headset", [True, False])
@pytest.mark.parametrize("begun", range(24, 31))
def test_a_command_as_one_line_ends_and_another_follows_is_obeyed(begun: int, headset: bool) -> None:
    worker = HandDriven()
    source = ScriptedSource("." * begun + "9" * 4)
    read = source.read

    def and_look_one_frame_late() -> Samples:
        worker.work()
        return read()

    source.read = and_look_one_frame_late  # type: ignore[method-assign]
    ear = listener(source, headset=headset, worker=worker)
    stopped = over_line(ear, 3.0, Floor.KEPT, Speaker.COACH) or over_line(ear, 3.0)
    assert isinstance(stopped, Reply)
    assert stopped.text == "word9"
    assert stopped.start_s == pytest.approx(begun / 10, abs=2 * FRAME_S)


def test_what_answers_one_question_does_not_answer_the_next() -> None:
    worker = HandDriven()
    ear = listener(ScriptedSource("." * 20 + "8" * 3), headset=False, worker=worker)
    assert over_line(ear, 2.9, Floor.ASKING, Speaker.COACH) is None
    ear.line_begins(Speaker.COACH, Floor.ASKING)
    worker.work()
    assert over_line_goes_on(ear) is None


def test_a_command_that_is_found_late_is_no_backchannel() -> None:
    worker = HandDriven()
    ear = listener(ScriptedSource("." * 10 + "9" * 4), worker=worker)
    assert over_line(ear, 2.9) is None
    worker.work()
    stopped = over_line_goes_on(ear)
    assert isinstance(stopped, Reply)
    assert stopped.start_s == pytest.approx(1.0, abs=2 * FRAME_S)
    assert ear._overhearing.backchannels == 0


def over_line_goes_on(ear: Listener) -> object:
    return ear.pass_frame()


def test_clicks_do_not_take_the_floor() -> None:
    source = ScriptedSource("")
    levels = ([1] + [0] * 8) * 20
    read = iter(np.full(FRAME_SAMPLES, level, np.float32) for level in levels)
    source.read = lambda: next(read)  # type: ignore[method-assign]
    ear = listener(source)
    assert over_line(ear, 4.0) is None


def test_a_short_word_answers_a_question_at_once() -> None:
    class Yes(FakeRecognizer):
        def words(self, samples: Samples) -> str:
            return "Yes." if super().words(samples) == "word1" else ""

    script = "." * 10 + "1" * 3 + "." * 40
    ear = listener(ScriptedSource(script), recognizer=Yes())
    assert over_line(ear, 3.0, Floor.ASKING, Speaker.COACH) is Overheard.FLOOR
    answer = ear.listen(8.0, lambda _: WHOLE)
    assert isinstance(answer, Reply)
    assert answer.text == "Yes."
    ear = listener(ScriptedSource(script), recognizer=Yes())
    assert over_line(ear, 3.0, Floor.YIELDED, Speaker.COACH) is None  # elsewhere it is a backchannel


def test_without_a_headset_an_answer_to_a_question_is_spotted() -> None:
    ear = listener(ScriptedSource("." * 10 + "8" * 3 + "." * 40), headset=False)
    answer = over_line(ear, 3.0, Floor.ASKING, Speaker.COACH)
    assert isinstance(answer, Reply)
    assert answer.text == "word8"
    ear = listener(ScriptedSource("." * 10 + "8" * 3 + "." * 40), headset=False)
    assert over_line(ear, 3.0, Floor.YIELDED, Speaker.COACH) is None


def test_without_a_headset_nothing_of_the_line_is_taken_for_an_answer() -> None:
    ear = listener(ScriptedSource("3" * 30 + "1" * 5, replies=2), headset=False)
    assert over_line(ear, 3.0) is None
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == "word1"


def test_a_turn_of_three_minutes_is_not_gone_on_with() -> None:
    source = ScriptedSource("1" * 3800, replies=2)
    ear = listener(source)
    ear.listen(12.0, lambda _: WHOLE)
    assert source.now_s == pytest.approx(180, abs=1)
    assert over_line(ear, 3.0, Floor.ANSWERING) is not Overheard.GOES_ON


def test_it_is_undecided_who_has_the_floor_while_somebody_begins_to_speak() -> None:
    source = ScriptedSource("." * 10 + "1" * 5)
    ear = listener(source)
    ear.line_begins(Speaker.PARTNER, Floor.YIELDED)
    undecided = []
    for _ in range(100):
        ear.pass_frame()
        if ear.undecided:
            undecided.append(source.now_s)
    assert min(undecided) == pytest.approx(1.15, abs=2 * FRAME_S)
    assert max(undecided) == pytest.approx(1.8, abs=3 * FRAME_S)
