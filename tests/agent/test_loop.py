"""The loop does what the conversation asks, with fakes for mouth, ear and display."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent import coach_lines
from rehearse.agent.conversation import Conversation
from rehearse.agent.loop import Rehearsal
from rehearse.dialogue import (
    Cue,
    CutShort,
    EndOfReplies,
    Floor,
    Foresee,
    Heard,
    Line,
    Reply,
    Silence,
    Spoken,
    TakenBack,
    Unclear,
)
from rehearse.errors import DeviceLost
from rehearse.feedback.codes import CodedReply
from rehearse.feedback.debrief import Debrief
from rehearse.moments import TurnMoments
from rehearse.safety.help_lines import Help
from rehearse.scenarios.schema import Scenario
from tests.coding import code_by_name


class FakeMouth:
    def __init__(self, *ended_by: TakenBack | CutShort | Reply | None) -> None:
        """`ended_by`: what stops the first lines; the rest are heard to their end."""
        self.lines: list[str] = []
        self.cues: list[Cue] = []
        self.adjusted: list[tuple[float, float]] = []
        self.at_bounds = False
        self._ended_by = list(ended_by)

    def say(self, lines: Sequence[Line], floor: Floor, cue: Cue | None = None) -> Spoken:
        self.lines += [line.text for line in lines]
        ended_by = self._ended_by.pop(0) if self._ended_by else None
        return Spoken(12, 1.0 if ended_by else 2.5, ended_by)

    def cue(self, cue: Cue) -> None:
        self.cues.append(cue)

    def adjust(self, pace: float, volume_db: float) -> bool:
        self.adjusted.append((pace, volume_db))
        return self.at_bounds


class FakeEar:
    def __init__(self, *script: Heard | type[BaseException]) -> None:
        self._script = list(script)

    def listen(self, patience_s: float, foresee: Foresee) -> Heard:
        next_one = self._script.pop(0) if self._script else EndOfReplies()
        if isinstance(next_one, type):
            raise next_one
        return next_one


class FakeDisplay:
    def __init__(self) -> None:
        self.shown: list[object] = []

    def said(self, line: Line) -> None:
        self.shown.append(line.text)

    def sounded(self, cue: Cue) -> None: ...

    def heard(self, heard: Heard) -> None:
        self.shown.append(heard)

    def coded(self, coded: CodedReply) -> None:
        self.shown.append(coded)

    def undone(self) -> None:
        self.shown.append("undone")

    def debriefed(self, debrief: Debrief) -> None:
        self.shown.append(debrief)

    def helped(self, there_is: Help) -> None:
        self.shown.append(there_is)

    def cleared(self) -> None:
        self.shown.clear()


def reply(text: str) -> Reply:
    return Reply(text, 1.0, 2.0, moments=TurnMoments(200, 600, 640))


def rehearsal(scene: Scenario) -> tuple[Rehearsal, FakeDisplay]:
    display = FakeDisplay()
    return Rehearsal(Conversation(scene, seed=1, coder=code_by_name), display), display


def test_a_scene_is_played_to_its_ending(scene: Scenario) -> None:
    played, display = rehearsal(scene)
    mouth = FakeMouth()
    played.hold(mouth, FakeEar(reply("labels_feeling"), Unclear("silence"), reply("validates")))
    session = played.session
    assert (session.ending, session.completed) == ("closer", True)
    assert [turn.state for turn in session.turns] == ["tells", "opens"]
    assert session.turns[0].line == mouth.lines[2]
    assert set(mouth.lines) <= set(display.shown)
    assert mouth.lines[-1] == session.debrief.try_next


def test_a_session_has_its_own_clock(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    played.hold(FakeMouth(), FakeEar(reply("labels_feeling"), reply("validates")), began_s=0.75)
    assert [(turn.reply.start_s, turn.reply.end_s) for turn in played.session.turns] == [(0.25, 1.25)] * 2


def test_only_the_answer_counts_as_the_answer(scene: Scenario) -> None:
    class Slower(FakeMouth):
        def say(self, lines: Sequence[Line], floor: Floor, cue: Cue | None = None) -> Spoken:
            super().say(lines, floor, cue)
            return Spoken(0 if len(self.lines) < 5 else 99, 2.5)

    played, _ = rehearsal(scene)
    played.hold(Slower(), FakeEar(reply("labels_feeling"), reply("hint")))
    assert played.session.turns[0].latency.speak == 0


def test_the_time_until_the_answer_is_kept_with_the_turn(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    played.hold(FakeMouth(), FakeEar(reply("labels_feeling")))
    latency = played.session.turns[0].latency
    assert (latency.endpoint, latency.transcribe, latency.speak) == (600, 40, 12)
    assert latency.total == 652 + latency.decide


def test_how_long_the_partner_spoke_is_kept_with_the_turn_and_the_coach_is_not_counted(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    played.hold(FakeMouth(), FakeEar(reply("labels_feeling"), reply("repeat"), reply("hint"), reply("validates")))
    assert [turn.partner_s for turn in played.session.turns] == [2.5, 5.0]


def test_what_was_overheard_before_a_command_counts_for_the_turn(scene: Scenario) -> None:
    held, _ = rehearsal(scene)
    asked = replace(reply("repeat"), backchannels=2, interrupted=True)
    held.hold(FakeMouth(), FakeEar(asked, replace(reply("advises"), backchannels=1), reply("labels_feeling")))
    first, second = held.session.turns
    assert (first.reply.backchannels, first.reply.interrupted) == (3, True)
    assert (second.reply.backchannels, second.reply.interrupted) == (None, False)


def test_replies_that_run_out_end_in_a_debrief(scene: Scenario) -> None:
    played, display = rehearsal(scene)
    played.hold(FakeMouth(), FakeEar(reply("labels_feeling")))
    assert not played.session.completed
    assert played.session.debrief in display.shown


def test_a_contested_verdict_is_kept_with_its_turn(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    mouth = FakeMouth()
    played.hold(
        mouth, FakeEar(reply("advises"), reply("labels_feeling"), reply("stop"), reply("yes"), reply("I don't agree"))
    )
    assert [turn.coded.contested for turn in played.session.turns] == [{"advises"}, set()]
    assert mouth.lines[-1] == coach_lines.LEFT_OUT
    assert played.session.debrief.instead_of == ()


def test_ctrl_c_keeps_what_was_said(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    with pytest.raises(KeyboardInterrupt):
        played.hold(FakeMouth(), FakeEar(reply("labels_feeling"), KeyboardInterrupt))
    assert len(played.session.turns) == 1
    assert not played.session.completed


def test_a_turn_that_is_taken_back_is_no_turn_and_what_was_overheard_before_it_counts(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    begun = replace(reply("advises"), backchannels=1, interrupted=False)
    whole = replace(reply("labels_feeling validates"), backchannels=0)
    mouth = FakeMouth(None, None, TakenBack())
    played.hold(mouth, FakeEar(begun, whole))
    (turn,) = played.session.turns
    assert turn.reply.text == "labels_feeling validates"
    assert turn.reply.backchannels == 1
    assert turn.partner_s == 2.5  # the line, and not the answer that came too early


def test_a_command_over_a_line_is_shown_and_obeyed(scene: Scenario) -> None:
    played, display = rehearsal(scene)
    stop = reply("Stop.")
    played.hold(FakeMouth(None, stop), FakeEar())
    assert stop in display.shown
    assert not played.session.turns


def test_silence_is_met_with_a_sound_first(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    mouth = FakeMouth()
    played.hold(mouth, FakeEar(Silence(12.0), reply("stop")))
    assert mouth.cues == [Cue.LISTENING, Cue.STILL_LISTENING]


def test_a_turn_tried_again_is_kept_apart(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    mouth = FakeMouth()
    played.hold(mouth, FakeEar(reply("advises"), reply("try that again"), reply("labels_feeling"), reply("slower")))
    assert [turn.reply.text for turn in played.session.turns] == ["labels_feeling"]
    assert [turn.reply.text for turn in played.session.retried] == ["advises"]
    assert mouth.adjusted == [(0.87, 0.0)]


def test_who_asks_for_more_than_there_is_is_told(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    mouth = FakeMouth()
    mouth.at_bounds = True
    played.hold(mouth, FakeEar(reply("louder"), reply("labels_feeling")))
    assert coach_lines.AT_THE_BOUND["louder"] in mouth.lines
    assert [turn.reply.text for turn in played.session.turns] == ["labels_feeling"]


# Devices that come and go.


class Plugs:
    """Devices that are back as soon as they are waited for."""

    def __init__(self, *, loudspeaker: bool = False) -> None:
        self.waits = 0
        self._loudspeaker = loudspeaker

    def lost(self) -> tuple[bool, bool]:
        return True, self._loudspeaker

    def await_back(self) -> None:
        self.waits += 1


@pytest.mark.parametrize("loudspeaker", [False, True])
def test_a_device_lost_while_listening_is_waited_for_and_the_reply_counts(scene: Scenario, loudspeaker: bool) -> None:
    played, _ = rehearsal(scene)
    mouth, plugs = FakeMouth(), Plugs(loudspeaker=loudspeaker)
    played.hold(mouth, FakeEar(DeviceLost, reply("labels_feeling"), DeviceLost, reply("validates")), plugs)
    assert [turn.reply.text for turn in played.session.turns] == ["labels_feeling", "validates"]
    assert plugs.waits == 2
    assert mouth.lines.count(coach_lines.MICROPHONE_LOST) == (0 if loudspeaker else 2)
    assert mouth.lines.count(coach_lines.BACK) == 2


@given(lost_at=st.sets(st.integers(0, 25), max_size=12))
def test_whenever_devices_are_lost_every_line_is_said_and_every_reply_counts(
    scene: Scenario, lost_at: set[int]
) -> None:
    class Cut(FakeMouth):
        calls = 0

        def say(self, lines: Sequence[Line], floor: Floor, cue: Cue | None = None) -> Spoken:
            self.calls += 1
            if self.calls in lost_at:
                raise DeviceLost
            return super().say(lines, floor, cue)

    undisturbed, _ = rehearsal(scene)
    whole = FakeMouth()
    undisturbed.hold(whole, FakeEar(reply("labels_feeling"), reply("validates")))
    played, _ = rehearsal(scene)
    mouth = Cut()
    played.hold(mouth, FakeEar(reply("labels_feeling"), reply("validates")), Plugs())
    about_devices = {coach_lines.MICROPHONE_LOST, coach_lines.BACK}
    assert [line for line in mouth.lines if line not in about_devices] == whole.lines
    assert len(played.session.turns) == 2


def test_without_devices_to_wait_for_a_lost_one_ends_it(scene: Scenario) -> None:
    played, _ = rehearsal(scene)
    with pytest.raises(DeviceLost):
        played.hold(FakeMouth(), FakeEar(DeviceLost))
