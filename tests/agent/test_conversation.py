"""The conversation: events in, effects out."""

from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent import coach_lines
from rehearse.agent.conversation import Conversation
from rehearse.agent.effects import Contested, Effect, Finish, Listen, Show, Sound, Speak, TurnTaken
from rehearse.agent.events import Begin, Event, Interrupted, LinesSpoken
from rehearse.agent.patience import OBJECTION_PATIENCE_S, PATIENCE_S
from rehearse.dialogue import Cue, CutShort, EndOfReplies, Floor, Heard, Reply, Silence, Speaker, Unclear
from rehearse.feedback.codes import Code
from rehearse.feedback.debrief import SPOKEN_WORDS
from rehearse.scenarios.loader import load
from rehearse.scenarios.schema import Scenario
from tests.coding import code_by_name, coded
from tests.conftest import SCENE
from tests.scenes import LIBRARY

Kind = TypeVar("Kind", bound=Effect)


def reply(text: str) -> Reply:
    return Reply(text, 1.0, 2.0)


STOP = (reply("stop"), LinesSpoken(), reply("yes"))
"""What it takes to stop."""


YOUR_TURN = [Sound(Cue.LISTENING), Listen(PATIENCE_S[0])]
"""The first time, and when the last reply was not understood; after every line it would nag."""


def start(scene: Scenario) -> Conversation:
    """A conversation whose first line has been said, and which listens."""
    conversation = Conversation(scene, seed=1, coder=code_by_name)
    conversation.handle(Begin())
    conversation.handle(LinesSpoken())
    assert conversation.handle(LinesSpoken()) == YOUR_TURN
    return conversation


def one(effects: list[Effect], kind: type[Kind]) -> Kind:
    (found,) = [effect for effect in effects if isinstance(effect, kind)]
    return found


def test_the_coach_briefs_and_the_partner_begins(scene: Scenario) -> None:
    conversation = Conversation(scene, seed=1, coder=code_by_name)
    briefing = one(conversation.handle(Begin()), Speak).lines
    assert [line.text for line in briefing] == [scene.briefing, coach_lines.HOW_TO]
    assert {line.speaker for line in briefing} == {Speaker.COACH}
    opening = one(conversation.handle(LinesSpoken()), Speak).lines
    assert opening[0].speaker is Speaker.PARTNER
    assert opening[0].text in scene.states["tells"].known_lines


def test_where_the_person_begins_it_listens_after_the_briefing(scene: Scenario) -> None:
    tells = scene.states["tells"].model_copy(update={"lines": ()})
    begins = scene.model_copy(update={"begins": "person", "states": {**scene.states, "tells": tells}})
    conversation = Conversation(begins, seed=1, coder=code_by_name)
    briefing = one(conversation.handle(Begin()), Speak).lines
    assert [line.text for line in briefing] == [coach_lines.HOW_TO, scene.briefing]
    assert conversation.handle(LinesSpoken())[-1] == Listen(PATIENCE_S[0])
    assert one(conversation.handle(reply("repeat")), Speak).lines == briefing
    assert conversation.handle(LinesSpoken())[-1] == Listen(PATIENCE_S[0])
    effects = conversation.handle(reply("labels_feeling"))
    turn = one(effects, TurnTaken)
    assert (turn.state, turn.line) == ("tells", "")
    assert one(effects, Speak).lines[0].text in scene.states["opens"].known_lines


def test_when_a_reply_came_reaches_the_partner(scene_file: Path) -> None:
    rules = "{any: [defensiveness], visits: 2}"
    scene_file.write_text(SCENE.replace(rules, "{pause_over: 3, interrupted: true}"), "utf-8")
    conversation = start(load(scene_file))
    effects = conversation.handle(Reply("hm", 1.0, 2.0, pause_before_s=3.5, interrupted=True))
    assert one(effects, Speak).lines[0].text in load(scene_file).states["leaves"].known_lines


@pytest.mark.parametrize("quotes", [True, False])
def test_only_a_voice_that_renders_at_once_says_the_persons_own_words(scene_file: Path, quotes: bool) -> None:
    scene_file.write_text(
        SCENE.replace('"Yes. Exactly that."', '"<label>. Yes."').replace('get it."]', 'get it.", Ah.]')
    )
    conversation = Conversation(load(scene_file), seed=1, coder=lambda _, reply: coded(Code.LABELS_FEELING, text=reply))
    for event in (Begin(quotes), LinesSpoken(), LinesSpoken()):
        conversation.handle(event)
    answer = one(conversation.handle(reply("You sound worn out.")), Speak).lines[0]
    assert (answer.text == "Worn out. Yes.") is answer.private is quotes


def test_a_reply_is_coded_and_answered(scene: Scenario) -> None:
    conversation = start(scene)
    effects = conversation.handle(reply("labels_feeling"))
    turn = one(effects, TurnTaken)
    assert turn.state == "tells"
    assert turn.coded.codes == {Code.LABELS_FEELING}
    assert one(effects, Speak).lines[0].text in scene.states["opens"].known_lines


def test_an_ending_is_spoken_debriefed_and_over(scene: Scenario) -> None:
    conversation = start(scene)
    conversation.handle(reply("labels_feeling"))
    conversation.handle(LinesSpoken())
    effects = conversation.handle(reply("validates"))
    assert one(effects, Speak).lines[0].text in scene.states["closer"].known_lines
    assert conversation.ending == "closer"
    effects = conversation.handle(LinesSpoken())
    assert [line.text for line in one(effects, Speak).lines] == list(conversation.debrief().spoken)
    assert conversation.handle(LinesSpoken()) == [Show(conversation.debrief()), Finish()]
    assert conversation.finished


def test_what_was_not_understood_is_asked_again_and_moves_nothing(scene: Scenario) -> None:
    conversation = start(scene)
    effects = conversation.handle(Unclear("repetition", "la la la"))
    asked = Speak((coach_lines.coach(coach_lines.NOT_UNDERSTOOD[0]),), Floor.ANSWERING, Cue.NOT_CAUGHT)
    assert effects == [asked]
    assert conversation.handle(LinesSpoken()) == YOUR_TURN
    assert one(conversation.handle(reply("labels_feeling")), TurnTaken).state == "tells"


@pytest.mark.parametrize(
    ("said", "asked"),
    [("Das tut mir wirklich leid", coach_lines.ENGLISH_PLEASE), ("?!", coach_lines.NOT_UNDERSTOOD[0])],
)
def test_a_reply_that_cannot_be_judged_is_asked_for_again_and_moves_nothing(
    scene: Scenario, said: str, asked: str
) -> None:
    conversation = start(scene)
    assert conversation.handle(reply(said)) == [Speak((coach_lines.coach(asked),), Floor.ANSWERING, Cue.NOT_CAUGHT)]
    assert conversation.handle(LinesSpoken()) == YOUR_TURN
    assert one(conversation.handle(reply("labels_feeling")), TurnTaken).state == "tells"


def test_silence_is_allowed_then_eased_never_a_transition(scene: Scenario) -> None:
    conversation = start(scene)
    silence = Silence(15.0)
    assert conversation.handle(silence) == [Sound(Cue.STILL_LISTENING), Listen(PATIENCE_S[1])]
    assert one(conversation.handle(silence), Speak).lines[0].text == "You there?"
    conversation.handle(LinesSpoken())
    assert one(conversation.handle(silence), Speak).lines[0].text == coach_lines.OFFER_HELP
    conversation.handle(LinesSpoken())
    rest = one(conversation.handle(silence), Speak)
    assert (rest.lines[0].text, rest.cue) == (coach_lines.WAITING, Cue.PAUSED)
    assert conversation.handle(LinesSpoken()) == [Listen(PATIENCE_S[-1])]
    assert conversation.handle(silence) == [Listen(PATIENCE_S[-1])]
    assert one(conversation.handle(reply("labels_feeling")), TurnTaken).state == "tells"


def test_silences_are_counted_from_the_last_word(scene: Scenario) -> None:
    conversation = start(scene)
    for _ in range(2):
        assert conversation.handle(Silence(15.0)) == [Sound(Cue.STILL_LISTENING), Listen(PATIENCE_S[1])]
        conversation.handle(reply("hint"))
        conversation.handle(LinesSpoken())


def test_pause_holds_replies_back_until_go_on(scene: Scenario) -> None:
    conversation = start(scene)
    conversation.handle(reply("pause"))
    conversation.handle(LinesSpoken())
    held = conversation.handle(reply("labels_feeling"))
    assert one(held, Speak).lines[0].text == coach_lines.STILL_THERE
    conversation.handle(LinesSpoken())
    conversation.handle(reply("go on"))
    conversation.handle(LinesSpoken())
    assert one(conversation.handle(reply("labels_feeling")), TurnTaken).state == "tells"


def test_stop_ends_with_a_debrief_and_no_ending(scene: Scenario) -> None:
    conversation = start(scene)
    assert one(conversation.handle(reply("Stop.")), Speak).lines == (coach_lines.coach(coach_lines.STOP_HERE),)
    conversation.handle(LinesSpoken())
    spoken = one(conversation.handle(reply("Yes.")), Speak)
    assert [line.text for line in spoken.lines] == list(conversation.debrief().spoken)
    assert conversation.ending is None
    assert conversation.handle(LinesSpoken())[-1] == Finish()


def test_the_last_verdict_is_contested_in_the_middle_of_the_scene(scene: Scenario) -> None:
    conversation = start(scene)
    conversation.handle(reply("advises"))
    conversation.handle(LinesSpoken())
    effects = conversation.handle(reply("Coach, I don't agree."))
    contested = one(effects, Contested)
    assert contested.turn == 0
    assert contested.coded.contested == {"advises"}
    assert one(effects, Speak).lines == (coach_lines.coach(coach_lines.LEFT_OUT),)
    assert conversation.debrief().listening.fixing == 0
    assert conversation.handle(LinesSpoken()) == [Listen(PATIENCE_S[0])]
    assert one(conversation.handle(reply("labels_feeling")), TurnTaken).state == "tells"


def test_in_the_scene_plain_disagreement_is_an_answer(scene: Scenario) -> None:
    conversation = start(scene)
    assert one(conversation.handle(reply("I don't agree.")), TurnTaken)


def test_after_a_long_silence_plain_disagreement_is_an_answer_all_the_same(scene: Scenario) -> None:
    conversation = start(scene)
    conversation.handle(reply("labels_feeling"))
    conversation.handle(LinesSpoken())
    for _ in range(4):
        if any(isinstance(effect, Speak) for effect in conversation.handle(Silence(15.0))):
            conversation.handle(LinesSpoken())
    assert one(conversation.handle(reply("That's not true.")), TurnTaken)


def test_what_blames_is_contested_before_what_praises_and_then_the_turn_before(scene: Scenario) -> None:
    conversation = start(scene)
    for words in ("advises", "labels_feeling minimizes"):
        conversation.handle(reply(words))
        conversation.handle(LinesSpoken())
    found = []
    for _ in range(3):
        found.append(one(conversation.handle(reply("Coach, I don't agree.")), Contested))
        conversation.handle(LinesSpoken())
    assert [(each.turn, set(each.coded.contested)) for each in found] == [
        (1, {"minimizes"}),
        (1, {"minimizes", "labels_feeling"}),
        (0, {"advises"}),
    ]


def test_where_nothing_was_said_there_is_nothing_to_contest(scene: Scenario) -> None:
    spoken = one(start(scene).handle(reply("Coach, I don't agree.")), Speak)
    assert spoken.lines == (coach_lines.coach(coach_lines.NOTHING_SAID_YET),)


def test_contesting_in_a_pause_leaves_it_paused(scene: Scenario) -> None:
    conversation = start(scene)
    conversation.handle(reply("advises"))
    conversation.handle(LinesSpoken())
    for words in ("pause", "I don't agree"):
        conversation.handle(reply(words))
        conversation.handle(LinesSpoken())
    assert one(conversation.handle(reply("labels_feeling")), Speak).lines[0].text == coach_lines.STILL_THERE


def debriefed(scene: Scenario, *, hears_objections: bool = True) -> tuple[Conversation, list[Effect]]:
    """A conversation in which advice was given, with what it wants once the debrief has been spoken."""
    conversation = Conversation(scene, seed=1, coder=code_by_name, hears_objections=hears_objections)
    for event in (Begin(), LinesSpoken(), LinesSpoken(), reply("advises"), LinesSpoken(), *STOP):
        conversation.handle(event)
    return conversation, conversation.handle(LinesSpoken())


def test_after_the_debrief_it_listens_once_and_leaves_out_what_it_named(scene: Scenario) -> None:
    conversation, effects = debriefed(scene)
    assert effects == [Listen(OBJECTION_PATIENCE_S)]
    effects = conversation.handle(reply("I don't agree, that's not what I said."))
    assert one(effects, Contested).coded.contested == {Code.ADVISES}
    assert one(effects, Speak).lines == (coach_lines.coach(coach_lines.LEFT_OUT),)
    assert conversation.handle(LinesSpoken()) == [Show(conversation.debrief()), Finish()]
    assert conversation.debrief().instead_of == ()


@pytest.mark.parametrize("heard", [reply("Okay."), reply("stop"), Silence(5.0), EndOfReplies()], ids=str)
def test_after_the_debrief_anything_else_ends_it(scene: Scenario, heard: Heard) -> None:
    conversation, _ = debriefed(scene)
    assert conversation.handle(heard) == [Show(conversation.debrief()), Finish()]


def test_after_the_debrief_what_is_not_understood_is_asked_for_once(scene: Scenario) -> None:
    conversation, _ = debriefed(scene)
    unclear = Unclear("unclear", "a degree")
    assert one(conversation.handle(unclear), Speak).lines == (coach_lines.coach(coach_lines.NOT_UNDERSTOOD[0]),)
    assert conversation.handle(CutShort(0.5)) == [Listen(OBJECTION_PATIENCE_S)]
    assert one(conversation.handle(reply("I don't agree.")), Contested).coded.contested == {Code.ADVISES}

    conversation, _ = debriefed(scene)
    conversation.handle(unclear)
    assert conversation.handle(LinesSpoken()) == [Listen(OBJECTION_PATIENCE_S)]
    assert conversation.handle(Reply("a degree", 1.0, 2.0, confidence=0.1))[-1] == Finish()


def test_the_debrief_can_be_heard_again(scene: Scenario) -> None:
    conversation, _ = debriefed(scene)
    spoken = one(conversation.handle(reply("Repeat.")), Speak)
    assert [line.text for line in spoken.lines] == [
        *conversation.debrief().spoken,
        coach_lines.ANY_OBJECTION,
        coach_lines.OR_RETRY,
    ]


def test_it_waits_for_no_objection_where_none_can_come(scene: Scenario) -> None:
    assert isinstance(debriefed(scene, hears_objections=False)[1][-1], Finish)
    conversation = start(scene)
    conversation.handle(reply("advises"))
    conversation.handle(LinesSpoken())
    spoken = one(conversation.handle(EndOfReplies()), Speak)
    assert coach_lines.ANY_OBJECTION not in {line.text for line in spoken.lines}
    assert conversation.handle(LinesSpoken())[-1] == Finish()


def test_the_debrief_and_the_question_after_it_take_a_minute() -> None:
    assert SPOKEN_WORDS + len(coach_lines.ANY_OBJECTION.split()) <= 150


def test_repeat_says_the_same_line(scene: Scenario) -> None:
    conversation = Conversation(scene, seed=1, coder=code_by_name)
    conversation.handle(Begin())
    first = conversation.handle(LinesSpoken())
    conversation.handle(LinesSpoken())
    assert conversation.handle(reply("Repeat.")) == first


def test_ctrl_c_ends_it_anywhere(scene: Scenario) -> None:
    for steps in range(4):
        conversation = Conversation(scene, seed=1, coder=code_by_name)
        for event in (Begin(), LinesSpoken(), LinesSpoken(), reply("labels_feeling"))[:steps]:
            conversation.handle(event)
        assert conversation.handle(Interrupted()) == [Finish()]


heard = st.one_of(
    st.sampled_from(
        [
            "labels_feeling",
            "denies",
            "advises",
            "nothing",
            "stop",
            "pause",
            "go on",
            "hint",
            "coach I disagree",
            "ich weiß es nicht",
        ]
    ).map(reply),
    st.builds(Unclear, st.just("repetition")),
    st.builds(Silence, st.just(15.0)),
    st.just(EndOfReplies()),
)


@given(st.sampled_from(list(LIBRARY.values())), st.lists(heard, max_size=40))
def test_whatever_is_heard_every_request_can_be_answered(scenario: Scenario, script: list[Heard]) -> None:
    conversation = Conversation(scenario, seed=1, coder=code_by_name)
    event: Event = Begin()
    while True:
        effects = conversation.handle(event)
        asked = [effect for effect in effects if isinstance(effect, Speak | Listen)]
        if not asked:
            assert effects[-1] == Finish()
            return
        assert len(asked) == 1
        event = LinesSpoken() if isinstance(asked[0], Speak) else (script.pop(0) if script else EndOfReplies())


@pytest.mark.parametrize("ending", ["stop", "labels_feeling"])
def test_the_debrief_knows_every_turn(scene: Scenario, ending: str) -> None:
    conversation = start(scene)
    conversation.handle(reply("advises"))
    conversation.handle(LinesSpoken())
    for event in STOP if ending == "stop" else (reply(ending),):
        conversation.handle(event)
    assert conversation.debrief().listening.fixing == 1
