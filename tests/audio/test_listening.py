"""From frames to a reply, and who has the floor while a line plays, with fakes for the model's ends."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.at_once import AtOnce
from rehearse.audio.cues import Cues
from rehearse.audio.earcons import EARCONS
from rehearse.audio.frames import FRAME_S, FRAME_SAMPLES, SAMPLE_RATE, Samples
from rehearse.audio.hold import LONGEST_S, SHORTEST_S
from rehearse.audio.listening import CUT_OFF_HOLD_S, RESUMED_WITHIN_S, THINKING_AFTER_S, Listener, NextTyped
from rehearse.audio.overhearing import BACKCHANNEL_S, Overheard
from rehearse.audio.own_pauses import OwnPauses
from rehearse.audio.transcriber import Decoded, always
from rehearse.audio.turn_taking import TurnTaker
from rehearse.audio.volume import Volume
from rehearse.dialogue import Cue, EndOfReplies, Floor, Reply, Silence, Speaker, Thought, Unclear
from rehearse.errors import DeviceLost
from tests.audio.test_volume import FakeOutput
from tests.fake_decoder import HandDriven

WHOLE, OPEN = Thought(1.0), Thought(0.0, trails_off=True)


class ScriptedSource:
    """Loudness by tenths of a second: a digit is a word, a dot is silence; afterwards silence for ever."""

    def __init__(self, script: str, *, recorded: bool = False, replies: int = 1) -> None:
        levels = [0 if character == "." else int(character) for character in script]
        samples = np.repeat(np.array(levels, dtype=np.float32), SAMPLE_RATE // 10)
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


class FakeRecognizer:
    """Hears the digits of a script, each stretch of one as a word."""

    def __init__(self, mean_logprob: float = -0.1) -> None:
        self._mean_logprob = mean_logprob
        self.decoded = 0

    def decode(self, segment: Samples, draft: Sequence[int] = (), go_on: Callable[[], bool] = always) -> Decoded:
        self.decoded += 1
        words = self.words(segment)
        return Decoded(words, tuple(range(len(words))), self._mean_logprob)

    def spot(self, samples: Samples) -> str | None:
        words = self.words(samples)
        return words if words == "word9" else None

    def words(self, samples: Samples) -> str:
        levels = samples[::16].astype(int)
        starts = levels[np.flatnonzero(np.diff(levels, prepend=0))]
        return " ".join(f"word{level}" for level in starts if level)


class FakeSpotter:
    """Knows some of those words."""

    def __init__(self, *phrases: str) -> None:
        self._phrases = phrases

    def spot(self, samples: Samples) -> str | None:
        words = FakeRecognizer().words(samples)
        return words if words in self._phrases else None


def listener(
    source: ScriptedSource,
    *,
    recognizer: FakeRecognizer | None = None,
    headset: bool = True,
    worker: HandDriven | AtOnce | None = None,
    own_pauses: OwnPauses | None = None,
    cues: Cues | None = None,
    typed: NextTyped = lambda _: None,
    waiting: float = 1.0,
) -> Listener:
    recognizer = recognizer or FakeRecognizer()
    return Listener(
        source,
        lambda frame: min(1.0, float(frame.max())),
        TurnTaker(),
        recognizer,
        lambda _: None,
        worker or AtOnce(),
        own_pauses=own_pauses or OwnPauses(),
        overhears=headset,
        commands=recognizer,
        answers=FakeSpotter("word8", "word9"),
        cues=cues,
        typed=typed,
        waiting=waiting,
    )


def heard(script: str, foresee: Callable[[str], Thought] = lambda _: WHOLE, *, recorded: bool = False) -> Reply:
    found = listener(ScriptedSource(script, recorded=recorded)).listen(12.0, foresee)
    assert isinstance(found, Reply)
    return found


def over_line(
    ear: Listener, seconds: float, floor: Floor = Floor.YIELDED, speaker: Speaker = Speaker.PARTNER
) -> object:
    """Play a line of that length; what stopped it."""
    ear.line_begins(speaker, floor)
    for _ in range(round(seconds / FRAME_S)):
        if stopped := ear.pass_frame():
            return stopped
    return None


# Replies.


def test_a_reply_has_its_times() -> None:
    reply = heard("." * 10 + "1" * 10)
    assert reply.text == "word1"
    assert reply.start_s == pytest.approx(1.0, abs=FRAME_S)
    assert reply.end_s == pytest.approx(2.0, abs=FRAME_S)
    assert reply.pause_before_s == pytest.approx(1.0, abs=FRAME_S)
    assert reply.voiced_s == pytest.approx(1.0, abs=2 * FRAME_S)


def test_a_whole_thought_is_waited_for_briefly_and_transcribed_meanwhile() -> None:
    moments = heard("." * 10 + "1" * 10).moments
    assert moments.provisional == pytest.approx(160, abs=FRAME_S * 1000)
    assert moments.endpoint == pytest.approx(SHORTEST_S * 1000, abs=2 * FRAME_S * 1000)
    assert moments.text is not None
    assert moments.text < SHORTEST_S * 1000


def test_a_thought_that_trails_off_is_waited_for_long() -> None:
    reply = heard("1" * 10, lambda _: OPEN)
    assert reply.moments.endpoint == pytest.approx(LONGEST_S * 1000, abs=2 * FRAME_S * 1000)


def test_a_pause_inside_a_thought_belongs_to_the_reply() -> None:
    words = heard("1" * 5 + "." * 40 + "2" * 5, lambda text: WHOLE if "word2" in text else OPEN)
    assert words.text == "word1 word2"


def test_a_whole_thought_is_cut_off_where_the_speaker_goes_on_too_late() -> None:
    assert heard("1" * 5 + "." * 10 + "2" * 5).text == "word1"


def test_no_turn_ends_before_its_words_are_known() -> None:
    worker = HandDriven()
    source = ScriptedSource("1" * 5 + "." * 300)
    slow = listener(source, worker=worker)
    read = source.read

    def and_work_after_five_seconds() -> Samples:
        if source.now_s > 5:
            worker.work()
        return read()

    source.read = and_work_after_five_seconds  # type: ignore[method-assign]
    reply = slow.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.moments.endpoint == pytest.approx(4500, abs=3 * FRAME_S * 1000)


def test_what_was_transcribed_before_speech_resumed_is_thrown_away() -> None:
    recognizer = FakeRecognizer()
    found = listener(ScriptedSource("1" * 5 + "..." + "2" * 5), recognizer=recognizer).listen(12.0, lambda _: WHOLE)
    assert isinstance(found, Reply)
    assert (found.text, recognizer.decoded) == ("word1 word2", 2)


def test_own_pauses_are_learned() -> None:
    pauses = OwnPauses()
    listener(ScriptedSource("1" * 5 + "." * 10 + "2" * 5), own_pauses=pauses).listen(
        12.0, lambda text: WHOLE if "word2" in text else OPEN
    )
    (pause_s,) = pauses.pauses_s
    assert pause_s == pytest.approx(1.0, abs=2 * FRAME_S)


def test_nobody_answers() -> None:
    silence = listener(ScriptedSource("")).listen(12.0, lambda _: WHOLE)
    assert isinstance(silence, Silence)
    assert silence.seconds == pytest.approx(12.0, abs=FRAME_S)


def test_a_cough_is_no_answer() -> None:
    assert isinstance(listener(ScriptedSource("..1")).listen(12.0, lambda _: WHOLE), Silence)


def test_a_sigh_is_no_answer_and_the_silence_goes_on() -> None:
    class Sighing(FakeRecognizer):
        def words(self, samples: Samples) -> str:
            return super().words(samples).replace("word1", "Ahh.")

    ear = listener(ScriptedSource("." * 20 + "1" * 4 + "." * 30 + "2" * 5, replies=2), recognizer=Sighing())
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == "word2"
    assert reply.pause_before_s == pytest.approx(5.4, abs=2 * FRAME_S)


def test_what_cannot_be_understood_is_unclear() -> None:
    ear = listener(ScriptedSource("1" * 5), recognizer=FakeRecognizer(mean_logprob=-2.0))
    assert ear.listen(12.0, lambda _: WHOLE) == Unclear("unclear", "word1")


def test_recordings_are_heard_to_their_end_whatever_the_pauses() -> None:
    assert heard("1" * 5 + "." * 30 + "2" * 5 + "." * 30 + "3" * 5, recorded=True).text == "word1 word2 word3"


def test_where_nobody_is_left_it_ends() -> None:
    assert isinstance(listener(ScriptedSource("", replies=0)).listen(12.0, lambda _: WHOLE), EndOfReplies)


def test_the_pause_before_an_answer_goes_on_through_silences() -> None:
    ear = listener(ScriptedSource("." * 20 + "1" * 10, replies=2))
    assert isinstance(ear.listen(1.0, lambda _: WHOLE), Silence)
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.pause_before_s == pytest.approx(2.0, abs=2 * FRAME_S)


# Lines that are spoken over.


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


# A microphone that is lost.


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


# More time.


@given(st.floats(0.5, 5), st.floats(0.5, 5))
def test_who_asks_for_more_time_is_waited_for_longer(one: float, other: float) -> None:
    shorter, longer = sorted((one, other))

    def ended_ms(waiting: float) -> int:
        found = listener(ScriptedSource("1" * 5), waiting=waiting).listen(12.0, lambda _: Thought(0.3))
        assert isinstance(found, Reply)
        assert found.moments.endpoint is not None
        return found.moments.endpoint

    assert ended_ms(shorter) <= ended_ms(longer)


def test_who_asks_for_more_time_may_go_on_later() -> None:
    def stopped(waiting: float) -> object:
        source = ScriptedSource("1" * 10 + "." * 18 + "2" * 8, replies=2)
        ear = listener(source, waiting=waiting)
        ear.listen(12.0, lambda _: WHOLE)
        return over_line(ear, 5.0, Floor.ANSWERING)

    assert stopped(1.0) is not Overheard.GOES_ON
    assert stopped(2.0) is Overheard.GOES_ON


# Typed.


class TypedAt:
    """Types a line when so much time has gone by."""

    def __init__(self, source: ScriptedSource, at_s: float, line: str) -> None:
        self._source = source
        self._at_s = at_s
        self._line: str | None = line

    def __call__(self, only_command: bool) -> str | None:
        if self._source.now_s < self._at_s or (only_command and self._line != "stop"):
            return None
        line, self._line = self._line, None
        return line


def test_what_is_typed_counts_as_said() -> None:
    source = ScriptedSource("")
    reply = listener(source, typed=TypedAt(source, 3.0, "I hear you.")).listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert (reply.text, reply.voiced_s) == ("I hear you.", None)
    assert reply.start_s == reply.end_s == pytest.approx(3.0, abs=FRAME_S)
    assert reply.pause_before_s == pytest.approx(3.0, abs=FRAME_S)


@pytest.mark.parametrize("at_s", [0.3, 0.8])
def test_who_types_while_speaking_has_typed_their_answer(at_s: float) -> None:
    source = ScriptedSource("1" * 5 + "." * 20, replies=2)
    ear = listener(source, typed=TypedAt(source, at_s, "I hear you."))
    reply = ear.listen(12.0, lambda _: OPEN)
    assert isinstance(reply, Reply)
    assert reply.text == "I hear you."
    if at_s > 0.5:
        assert isinstance(ear.listen(5.0, lambda _: WHOLE), Silence)


def test_a_typed_command_stops_a_line_and_a_reply_waits_for_its_end() -> None:
    source = ScriptedSource("")
    stopped = over_line(listener(source, typed=TypedAt(source, 1.0, "stop")), 3.0, Floor.KEPT)
    assert isinstance(stopped, Reply)
    assert stopped.text == "stop"
    source = ScriptedSource("")
    ear = listener(source, typed=TypedAt(source, 1.0, "I hear you."))
    assert over_line(ear, 3.0) is None
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.start_s == pytest.approx(3.0, abs=2 * FRAME_S)
