"""Whatever a conversation is doing, a finding of the safety screen stops it, and nothing goes on by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from rehearse.agent import coach_lines, drill_lines
from rehearse.agent import reception_lines as lines
from rehearse.agent.commands import Command, WayOut, way_out_in
from rehearse.agent.conversation import Conversation
from rehearse.agent.drill import Drill
from rehearse.agent.drill_scene import drill_scene
from rehearse.agent.effects import Chosen, Effect, Finish, Listen, OfferHelp, Show, Speak, TurnTaken
from rehearse.agent.events import Begin, DevicesBack, DevicesLost, Event, Interrupted, LinesSpoken
from rehearse.agent.loop import Rehearsal
from rehearse.agent.partner import Mode
from rehearse.agent.reception import Reception
from rehearse.cli.holding import hold
from rehearse.cli.keeping import AtTheEnd
from rehearse.dialogue import CutShort, EndOfReplies, Floor, Silence, Speaker, Unclear
from rehearse.feedback.codes import Axis
from rehearse.feedback.ratings import Rating
from rehearse.practice.report import report_of
from rehearse.practice.session import WITHHELD, Session
from rehearse.practice.standing import Choice, Standing
from rehearse.safety import Direction, Finding, Kind
from rehearse.safety.texts import ended, stepping_out
from rehearse.scenarios.schema import Scenario
from rehearse.stage import Busy, Cast
from tests.agent.test_conversation import one, reply, start
from tests.agent.test_loop import FakeDisplay, FakeEar, FakeMouth
from tests.coding import code_by_name
from tests.scenes import LIBRARY

DANGEROUS = {
    "dark": Finding(Kind.SELF_HARM, None, "dark", 1.0),
    "hurt": Finding(Kind.VIOLENCE, Direction.BY_PARTNER, "hurt", 1.0),
    "hit": Finding(Kind.VIOLENCE, Direction.BY_USER, "hit", 1.0),
}


def look(said: str) -> Finding | None:
    """A screen that knows a few words."""
    return next((finding for word, finding in DANGEROUS.items() if word in said.split()), None)


def listening(scene: Scenario, *events: Event) -> Conversation:
    """A conversation that listens for the reply to the first line; then `events`."""
    conversation = Conversation(scene, seed=1, coder=code_by_name, screen=look, country="GB")
    for event in (Begin(), LinesSpoken(), LinesSpoken(), *events):
        conversation.handle(event)
    return conversation


def said(effects: list[Effect]) -> tuple[str, ...]:
    spoken = one(effects, Speak).lines
    assert {line.speaker for line in spoken} == {Speaker.COACH}
    assert not any(line.private for line in spoken)
    return tuple(line.text for line in spoken)


def test_the_partner_stops_and_fixed_words_say_where_people_help(scene: Scenario) -> None:
    effects = listening(scene).handle(reply("it is dark labels_feeling"))
    words = stepping_out(DANGEROUS["dark"], "GB")
    assert said(effects) == words.first
    assert one(effects, OfferHelp).there_is == words.help
    assert not [effect for effect in effects if isinstance(effect, TurnTaken)]
    assert "one one six, one two three" in " ".join(words.first)


def test_what_the_scene_itself_suggests_is_not_taken_for_danger(scene: Scenario) -> None:
    conversation = Conversation(scene, seed=1, coder=code_by_name, screen=lambda _: DANGEROUS["dark"])
    for event in (Begin(), LinesSpoken(), LinesSpoken()):
        conversation.handle(event)
    assert one(conversation.handle(reply("you sound worn out")), TurnTaken)


def test_nothing_resumes_by_itself(scene: Scenario) -> None:
    conversation = listening(scene, reply("dark"))
    (waits,) = conversation.handle(LinesSpoken())
    assert isinstance(waits, Listen)
    assert said(conversation.handle(Silence(25.0))) == stepping_out(DANGEROUS["dark"], "GB").again
    assert conversation.handle(LinesSpoken()) == [waits]
    for _ in range(5):
        assert conversation.handle(Silence(25.0)) == [waits]


@pytest.mark.parametrize(
    "words", ["go on", "yes", "okay", "hint", "skip", "try that again", "I'm just so tired", "what?"]
)
def test_other_words_do_not_lead_back(scene: Scenario, words: str) -> None:
    conversation = listening(scene, reply("dark"), LinesSpoken())
    assert said(conversation.handle(reply(words))) == stepping_out(DANGEROUS["dark"], "GB").again


def test_part_of_the_scene_goes_on_at_the_same_moment_with_the_reply(scene: Scenario) -> None:
    conversation = listening(scene, reply("dark labels_feeling"), LinesSpoken())
    effects = conversation.handle(reply("That was part of the scene."))
    turn = one(effects, TurnTaken)
    assert (turn.state, turn.reply.text, turn.coded.evidence) == ("tells", WITHHELD, ())
    spoken = one(effects, Speak)
    assert spoken.lines[0].text in scene.states["opens"].known_lines
    assert spoken.floor is Floor.YIELDED  # whoever speaks now goes on with what they have just said, not with the reply


def test_in_the_middle_of_a_line_the_line_is_not_gone_on_with(scene: Scenario) -> None:
    conversation = Conversation(scene, seed=1, coder=code_by_name, screen=look)
    for event in (Begin(), LinesSpoken()):
        conversation.handle(event)
    assert said(conversation.handle(reply("dark labels_feeling")))  # typed over the partner's line
    conversation.handle(CutShort(0.5))
    assert one(conversation.handle(reply("that was part of the scene")), TurnTaken)


def test_stop_ends_without_a_debrief(scene: Scenario) -> None:
    conversation = listening(scene, reply("advises"), LinesSpoken(), reply("dark"), LinesSpoken())
    assert said(conversation.handle(reply("Stop."))) == (ended(),)
    assert conversation.handle(LinesSpoken()) == [Finish()]
    assert conversation.finished
    assert conversation.broken_off
    debrief = conversation.debrief()
    assert {debrief.labeling.rating, debrief.listening.rating, debrief.defensiveness.rating} == {Rating.NOT_RATED}
    assert (debrief.strengths, debrief.try_next, debrief.instead_of) == ((), "", ())


@pytest.mark.parametrize("words", ["exit", "Leave now.", "quit", "get me out of here"])
def test_exit_ends_at_once_and_after_abuse_leaves_nothing(scene: Scenario, words: str) -> None:
    assert listening(scene, reply("hurt")).handle(reply(words)) == [Finish(leaves_no_trace=True)]
    assert listening(scene, reply("dark")).handle(reply(words)) == [Finish(leaves_no_trace=False)]
    went_on = listening(scene, reply("hurt"), LinesSpoken(), reply("part of the scene"), LinesSpoken())
    assert went_on.handle(reply(words)) == [Finish(leaves_no_trace=True)]


@pytest.mark.parametrize(
    "before",
    [
        (),
        (LinesSpoken(),),
        (LinesSpoken(), LinesSpoken(), reply("pause"), LinesSpoken()),
        (LinesSpoken(), LinesSpoken(), reply("stop"), LinesSpoken()),
        (LinesSpoken(), LinesSpoken(), reply("help"), LinesSpoken()),
        (LinesSpoken(), LinesSpoken(), reply("advises"), LinesSpoken(), reply("stop"), LinesSpoken(), reply("yes")),
        (
            *(
                LinesSpoken(),
                LinesSpoken(),
                reply("advises"),
                LinesSpoken(),
                reply("stop"),
                LinesSpoken(),
                reply("yes"),
            ),
            LinesSpoken(),
        ),
    ],
    ids=["briefing", "a line", "a pause", "asking", "help", "the debrief", "after the debrief"],
)
def test_whenever_it_is_said_it_is_heard_and_led_back_from(scene: Scenario, before: tuple[Event, ...]) -> None:
    conversation = Conversation(scene, seed=1, coder=code_by_name, screen=look)
    for event in (Begin(), *before):
        conversation.handle(event)
    assert said(conversation.handle(reply("dark"))) == stepping_out(DANGEROUS["dark"], None).first
    conversation.handle(LinesSpoken())
    effects = conversation.handle(reply("you misheard me"))
    assert effects
    assert not conversation.finished


def test_what_was_hard_to_understand_is_looked_at_too(scene: Scenario) -> None:
    conversation = listening(scene)
    assert said(conversation.handle(Unclear("repetition", "dark dark dark")))
    conversation.handle(LinesSpoken())
    assert isinstance(conversation.handle(reply("I didn't mean that"))[-1], Listen)


def test_after_violence_nothing_is_said_of_defending(scene: Scenario) -> None:
    conversation = listening(scene, reply("denies owns"), LinesSpoken(), reply("hurt labels_feeling"), LinesSpoken())
    conversation.handle(reply("that was part of the scene"))
    assert said(conversation.handle(reply("hint"))) == (coach_lines.NOTHING_TO_COACH,)
    assert said(conversation.handle(reply("what could I say"))) == (coach_lines.NOTHING_TO_COACH,)
    debrief = conversation.debrief()
    assert debrief.defensiveness.rating is Rating.NOT_RATED
    assert debrief.instead_of == ()
    assert not any("defend" in line or "right" in line for line in debrief.spoken)


def held(scene: Scenario, *replies: str) -> tuple[Rehearsal, FakeDisplay, FakeMouth]:
    display, mouth = FakeDisplay(), FakeMouth()
    rehearsal = Rehearsal(Conversation(scene, seed=1, coder=code_by_name, screen=look), display)
    rehearsal.hold(mouth, FakeEar(*map(reply, replies)))
    return rehearsal, display, mouth


def test_the_report_keeps_a_mark_and_none_of_the_words(scene: Scenario) -> None:
    rehearsal, display, mouth = held(scene, "advises denies", "hurt so much", "stop")
    report = report_of(rehearsal.session)
    assert report["private"] is True
    assert "hurt so much" not in str(report)
    assert report["debrief"]["strengths"] == []
    assert report["debrief"]["defensiveness"] == {"rating": "not rated"}
    assert "denies" not in [code["code"] for turn in report["turns"] for code in turn["codes"]]
    assert report["turns"][0]["instead"] == {}
    assert not any(isinstance(shown, Show) for shown in display.shown)
    assert mouth.lines[-1] == ended()


def test_what_was_part_of_the_scene_is_neither_kept_nor_judged(scene: Scenario) -> None:
    rehearsal, _, mouth = held(scene, "dark labels_feeling", "that was part of the scene", "validates")
    report = report_of(rehearsal.session)
    assert report["completed"]
    assert report["private"] is True
    assert "dark" not in str(report) + " ".join(mouth.lines[-4:])
    assert report["turns"][0]["codes"] == []


def test_ctrl_c_after_abuse_leaves_nothing_on_the_screen(scene: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rehearse.cli.holding.signal.signal", lambda *_: None)
    printed = StringIO()
    kept: list[Session] = []

    @contextmanager
    def stage(_: Busy) -> Iterator[Cast]:
        yield Cast(FakeMouth(), FakeEar(reply("my husband hits me"), KeyboardInterrupt))

    console = Console(file=printed, force_terminal=True)
    with pytest.raises(typer.Exit):
        hold(scene, seed=1, console=console, stage=stage, keeper=AtTheEnd(kept.append))
    assert "husband" in printed.getvalue()
    assert printed.getvalue().endswith("\x1b[H\x1b[2J\x1b[3J")
    assert (kept[0].private, kept[0].broken_off, kept[0].over) == (True, True, True)


def test_where_nothing_was_found_there_is_no_mark(scene: Scenario) -> None:
    assert "private" not in report_of(held(scene, "labels_feeling")[0].session)


def test_replies_that_run_out_end_it_without_a_debrief(scene: Scenario) -> None:
    conversation = listening(scene, reply("dark"), LinesSpoken())
    assert conversation.handle(EndOfReplies()) == [Finish()]
    assert conversation.broken_off


@given(
    st.lists(
        st.sampled_from(["dark", "hurt", "stop", "go on", "yes", "exit", "part of the scene", "slower", "", "advises"])
    )
)
def test_whatever_follows_nothing_is_answered_by_the_partner_before_the_person_says_so(words: list[str]) -> None:
    conversation = listening(LIBRARY["hard-day"], reply("dark"))
    for each in words:
        if conversation.finished:
            return
        effects = conversation.handle(reply(each) if each else Silence(25.0))
        if each == "part of the scene":
            return
        assert all(
            line.speaker is Speaker.COACH for effect in effects if isinstance(effect, Speak) for line in effect.lines
        )
        assert not any(isinstance(effect, Show | TurnTaken) for effect in effects)


def drilling(*said: str) -> Drill:
    """A drill that listens, after these answers and commands."""
    scene = drill_scene(Axis.LABELING, LIBRARY.values(), seed=1)
    drill = Drill(scene, seed=1, coder=code_by_name, screen=look)
    for event in (Begin(), LinesSpoken(), LinesSpoken()):
        drill.handle(event)
    for each in said:
        drill.handle(reply(each))
        drill.handle(LinesSpoken())
        drill.handle(LinesSpoken())
    return drill


def test_in_a_drill_too_and_nothing_is_said_of_what_was_only_played() -> None:
    drill = drilling("labels_feeling")
    assert said(drill.handle(reply("dark advises"))) == stepping_out(DANGEROUS["dark"], None).first
    drill.handle(LinesSpoken())
    effects = drill.handle(reply("that was part of the exercise"))
    assert one(effects, TurnTaken).reply.text == WITHHELD
    assert said(effects)[0] == coach_lines.MOVING_ON
    drill.handle(LinesSpoken())
    drill.handle(LinesSpoken())
    assert said(drill.handle(reply("labels_feeling")))[0] in drill_lines.DONE.values()
    drill.handle(reply("stop"))
    drill.handle(LinesSpoken())
    assert said(drill.handle(reply("yes")))[-1].startswith("You named the feeling every time")


def test_after_abuse_a_drill_says_nothing_of_any_answer() -> None:
    drill = drilling("advises", "hurt", "part of the scene")
    assert said(drill.handle(reply("denies")))[0] == coach_lines.MOVING_ON
    drill.handle(LinesSpoken())
    drill.handle(LinesSpoken())
    assert said(drill.handle(reply("coach what if"))) == (coach_lines.NOTHING_TO_COACH,)
    drill.handle(LinesSpoken())
    drill.handle(reply("stop"))
    drill.handle(LinesSpoken())
    assert said(drill.handle(reply("yes"))) == (drill_lines.summary(Axis.LABELING, ()).text,)


def guided(scene: Scenario, *said: str) -> Conversation:
    """A guided conversation after these replies, whose answers were spoken."""
    conversation = Conversation(scene, seed=1, coder=code_by_name, screen=look, mode=Mode.GUIDED)
    for event in (Begin(), LinesSpoken(), LinesSpoken()):
        conversation.handle(event)
    for each in said[:-1]:
        conversation.handle(reply(each))
        conversation.handle(LinesSpoken())
    conversation.handle(reply(said[-1]))
    return conversation


def test_after_abuse_no_hint_is_whispered_and_no_help_offered(scene: Scenario) -> None:
    assert isinstance(guided(scene, "advises").handle(LinesSpoken())[-1], Speak)
    conversation = guided(scene, "hurt", "part of the scene", "advises")
    assert isinstance(conversation.handle(LinesSpoken())[-1], Listen)
    for _ in range(4):
        effects = conversation.handle(Silence(12.0))
        spoken = [effect.lines[0].text for effect in effects if isinstance(effect, Speak)]
        assert coach_lines.OFFER_HELP not in spoken
        if spoken:
            conversation.handle(LinesSpoken())


def test_of_what_was_only_played_no_hint_is_whispered(scene: Scenario) -> None:
    assert isinstance(guided(scene, "dark advises", "part of the scene").handle(LinesSpoken())[-1], Listen)


def test_after_abuse_nobody_is_told_what_else_to_say(scene: Scenario) -> None:
    conversation = listening(scene, reply("hurt"), LinesSpoken(), reply("part of the scene"), LinesSpoken())
    assert said(conversation.handle(reply("coach what if"))) == (coach_lines.NOTHING_TO_COACH,)


def test_what_was_only_played_is_not_told_beside_a_second_try(scene: Scenario) -> None:
    conversation = listening(scene, reply("dark advises"), LinesSpoken(), reply("part of the scene"), LinesSpoken())
    for each in ("try that again", "labels_feeling"):
        conversation.handle(reply(each))
        conversation.handle(LinesSpoken())
    assert conversation.debrief().tried_again == ()


def test_stopping_the_program_outside_the_scene_ends_it_there(scene: Scenario) -> None:
    conversation = listening(scene, reply("dark"), LinesSpoken(), Interrupted())
    assert conversation.broken_off
    led_back = listening(scene, reply("dark"), LinesSpoken(), reply("part of the scene"), Interrupted())
    assert not led_back.broken_off


def test_what_comes_in_between_leads_nowhere_else(scene: Scenario) -> None:
    conversation = listening(scene, reply("dark"), LinesSpoken(), DevicesLost(microphone=True, loudspeaker=False))
    conversation.handle(DevicesBack())
    assert said(conversation.handle(reply("stop"))) == (ended(),)
    assert conversation.handle(LinesSpoken()) == [Finish()]


STANDING = Standing(
    "We begin.", tuple(Choice(name, name, (), "why") for name in ("first", "second", "third", "fourth"))
)


def at_the_desk() -> Reception:
    reception = Reception(STANDING, screen=look, country="US")
    reception.handle(Begin())
    reception.handle(LinesSpoken())
    return reception


def test_at_the_desk_too() -> None:
    reception = at_the_desk()
    effects = reception.handle(reply("it is all dark"))
    (spoken,) = [effect for effect in effects if isinstance(effect, Speak)]
    assert tuple(line.text for line in spoken.lines) == stepping_out(DANGEROUS["dark"], "US", in_a_scene=False).first
    assert isinstance(reception.handle(LinesSpoken())[0], Listen)
    assert not [effect for effect in reception.handle(reply("number one")) if isinstance(effect, Chosen)]
    (back,) = reception.handle(reply("that was not meant"))
    assert isinstance(back, Speak | Listen)
    (spoken,) = [effect for effect in reception.handle(reply("number one")) if isinstance(effect, Speak)]
    assert spoken.lines[0].text == lines.here_we_go(STANDING.choices[0])


def test_from_the_desk_stop_and_exit_lead_out() -> None:
    reception = at_the_desk()
    reception.handle(reply("dark"))
    reception.handle(reply("stop"))
    assert reception.handle(LinesSpoken()) == [Finish()]
    assert reception.finished
    reception = at_the_desk()
    reception.handle(reply("hurt"))
    assert reception.handle(reply("exit")) == [Finish(leaves_no_trace=True)]


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ("That was part of the scene.", WayOut.PART_OF_SCENE),
        ("no, that was part of the scene", WayOut.PART_OF_SCENE),
        ("um it was part of the role play", WayOut.PART_OF_SCENE),
        ("Coach, you misunderstood me.", WayOut.PART_OF_SCENE),
        ("sorry, I was only acting", WayOut.PART_OF_SCENE),
        ("Leave now.", WayOut.LEAVE),
        ("exit", WayOut.LEAVE),
        ("go on", None),
        ("part of me wants to", None),
        ("I want to leave him", None),
    ],
)
def test_the_ways_out(said: str, way: WayOut | None) -> None:
    assert way_out_in(said) is way


def test_no_way_out_is_a_command_that_means_something_else() -> None:
    from rehearse.agent.commands import command_in

    for phrase in ("stop", "end it", "that's enough"):
        assert way_out_in(phrase) is None
    assert command_in("stop") is Command.STOP


def test_the_conversation_has_a_screen_also_where_it_is_given_none(scene: Scenario) -> None:
    conversation = start(scene)
    assert one(conversation.handle(reply("I want to kill myself")), OfferHelp)
