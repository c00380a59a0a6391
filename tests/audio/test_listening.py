"""From frames to a reply: when a turn is over, what belongs to it, and what is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.audio.frames import FRAME_S, Samples
from rehearse.audio.hold import LONGEST_S, SHORTEST_S
from rehearse.audio.overhearing import Overheard
from rehearse.audio.own_pauses import OwnPauses
from rehearse.dialogue import EndOfReplies, Floor, Reply, Silence, Thought, Unclear
from rehearse.errors import HearingHung
from tests.audio.scripted_listening import (
    OPEN,
    WHOLE,
    FakeRecognizer,
    ScriptedSource,
    heard,
    listener,
    over_line,
    work_from,
)
from tests.fake_decoder import HandDriven


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
    work_from(5, worker, source)
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


# Kept as sound.


class Hanging(FakeRecognizer):
    """Never comes back with the first word."""

    def words(self, samples: Samples) -> str:
        if "word1" in (words := super().words(samples)):
            raise HearingHung
        return words


@pytest.mark.parametrize("typed", [False, True])
def test_what_could_not_be_transcribed_is_kept_with_the_reply_that_is_given_instead(typed: bool) -> None:
    source = ScriptedSource("1" * 5 + "." * 20 + ("." if typed else "2") * 5, replies=2)
    kept: list[tuple[float, Samples]] = []
    ear = listener(
        source,
        recognizer=Hanging(),
        typed=TypedAt(source, 2.5, "I hear you.") if typed else lambda _: None,
        keep_sound=lambda start_s, samples: kept.append((start_s, samples)),
    )
    assert ear.listen(12.0, lambda _: WHOLE) == Unclear("hung")
    reply = ear.listen(12.0, lambda _: WHOLE)
    assert isinstance(reply, Reply)
    assert reply.text == ("I hear you." if typed else "word2")
    ((start_s, samples),) = kept
    assert start_s == reply.start_s
    assert FakeRecognizer().words(samples) == ("word1" if typed else "word1 word2")
