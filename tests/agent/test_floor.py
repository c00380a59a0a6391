"""Whose turn it is: replies that go on, lines that are cut short, and words to the program over a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent import coach_lines
from rehearse.agent.conversation import Conversation
from rehearse.agent.effects import Finish, Listen, Speak, TurnTaken, TurnUndone
from rehearse.agent.events import Begin, LinesSpoken
from rehearse.agent.foresight import UNANSWERABLE
from rehearse.dialogue import CutShort, Floor, Silence, TakenBack, Thought, Unclear
from rehearse.scenarios.schema import Scenario
from tests.agent.test_conversation import one, reply
from tests.coding import code_by_name


def judge(partner: str, text: str) -> Thought:
    return Thought(0.5, trails_off=text.endswith("and"))


def start(scene: Scenario, seed: int = 1) -> Conversation:
    """A conversation whose first line has been said, and which listens."""
    conversation = Conversation(scene, seed=seed, coder=code_by_name, judge=judge)
    conversation.handle(Begin())
    conversation.handle(LinesSpoken())
    conversation.handle(LinesSpoken())
    return conversation


def test_an_answer_may_be_taken_back_and_other_lines_only_cut_short(scene: Scenario) -> None:
    conversation = Conversation(scene, seed=1, coder=code_by_name, judge=judge)
    floors = [one(conversation.handle(Begin()), Speak).floor, one(conversation.handle(LinesSpoken()), Speak).floor]
    conversation.handle(LinesSpoken())
    floors.append(one(conversation.handle(reply("labels_feeling")), Speak).floor)
    assert floors == [Floor.KEPT, Floor.YIELDED, Floor.ANSWERING]


def ending(scene: Scenario) -> Conversation:
    """A conversation whose last line is being said."""
    conversation = start(scene)
    conversation.handle(reply("labels_feeling"))
    conversation.handle(LinesSpoken())
    assert one(conversation.handle(reply("validates")), Speak).floor is Floor.CLOSING
    return conversation


def test_the_last_line_is_heard_to_its_end_unless_the_scene_was_not_over(scene: Scenario) -> None:
    conversation = ending(scene)
    conversation.handle(TakenBack())
    assert conversation.ending is None
    assert one(conversation.handle(reply("validates advises")), TurnTaken).state == "opens"


@pytest.mark.parametrize("said", ["hint", "pause", "repeat", "stop", "coach I don't agree"])
def test_no_command_leads_past_the_last_line(scene: Scenario, said: str) -> None:
    conversation = ending(scene)
    conversation.handle(reply(said))
    if said == "pause":
        conversation.handle(reply("hint"))
        conversation.handle(LinesSpoken())
        conversation.handle(reply("go on"))
    if said == "stop":
        conversation.handle(reply("yes"))
    if said in {"pause", "repeat"}:
        conversation.handle(LinesSpoken())
    for event in (LinesSpoken(), Silence(5.0)):
        if not conversation.finished:
            conversation.handle(event)
    assert conversation.finished


def test_a_hint_in_a_pause_before_the_first_line_leaves_it_paused(scene: Scenario) -> None:
    conversation = Conversation(scene, seed=1, coder=code_by_name, judge=judge)
    conversation.handle(Begin())
    for said in ("pause", "hint", "coach I don't agree", "labels_feeling"):
        assert isinstance(conversation.handle(reply(said))[-1], Speak)
    assert one(conversation.handle(reply("go on")), Speak).lines[0].text == scene.briefing


def test_go_on_in_a_pause_is_foreseen_as_a_command(scene: Scenario) -> None:
    conversation = start(scene)
    conversation.handle(reply("pause"))
    assert conversation.foresee("Go on.").ends == 1.0


@pytest.mark.parametrize("said", ["hint", "repeat"])
def test_a_debrief_that_was_stopped_is_said_again(scene: Scenario, said: str) -> None:
    conversation = start(scene)
    conversation.handle(reply("stop"))
    debrief = one(conversation.handle(reply("yes")), Speak)
    assert one(conversation.handle(reply(said)), Speak) == debrief


@given(
    begun=st.sampled_from(["labels_feeling", "advises", "nothing", "counterattacks"]),
    before=st.lists(st.sampled_from(["labels_feeling", "advises", "counterattacks"]), max_size=3),
    seed=st.integers(0, 50),
)
def test_taken_back_is_as_if_the_first_part_had_not_been_answered(
    scene: Scenario, begun: str, before: list[str], seed: int
) -> None:
    straight, interrupted = start(scene, seed), start(scene, seed)
    for words in before:
        for each in (straight, interrupted):
            each.handle(reply(words))
            if each.ending:
                return
            each.handle(LinesSpoken())
    interrupted.handle(reply(begun))
    if interrupted.ending:
        return
    assert [type(effect) for effect in interrupted.handle(TakenBack())] == [TurnUndone, Listen]
    whole = reply(f"{begun} validates")
    assert interrupted.handle(whole) == straight.handle(whole)
    assert interrupted.debrief() == straight.debrief()
    assert interrupted.handle(LinesSpoken()) == straight.handle(LinesSpoken())


def test_what_was_unclear_because_it_was_not_over_can_go_on(scene: Scenario) -> None:
    conversation = start(scene)
    assert one(conversation.handle(Unclear("unclear", "I")), Speak).floor is Floor.ANSWERING
    assert isinstance(conversation.handle(TakenBack())[-1], Listen)
    assert one(conversation.handle(reply("labels_feeling")), TurnTaken).state == "tells"


def test_who_cuts_in_answers_what_they_heard(scene: Scenario) -> None:
    conversation = start(scene)
    line = one(conversation.handle(reply("advises")), Speak).lines[0].text
    assert isinstance(conversation.handle(CutShort(0.6))[-1], Listen)
    turn = one(conversation.handle(reply("labels_feeling")), TurnTaken)
    assert turn.line
    assert turn.unsaid
    assert f"{turn.line} {turn.unsaid}" == line


@pytest.mark.parametrize("share", [0.0, 0.01, 0.99, 1.0])
def test_something_is_always_heard_and_whole_words_only(scene: Scenario, share: float) -> None:
    conversation = start(scene)
    line = one(conversation.handle(reply("advises")), Speak).lines[0].text
    conversation.handle(CutShort(share))
    heard = one(conversation.handle(reply("labels_feeling")), TurnTaken).line
    assert heard
    assert line.split()[: len(heard.split())] == heard.split()
    assert share < 1 or heard == line


def test_repeat_after_cutting_in_says_the_whole_line(scene: Scenario) -> None:
    conversation = start(scene)
    line = one(conversation.handle(reply("advises")), Speak).lines
    conversation.handle(CutShort(0.5))
    assert one(conversation.handle(reply("repeat")), Speak).lines == line
    conversation.handle(LinesSpoken())
    assert one(conversation.handle(reply("labels_feeling")), TurnTaken).unsaid == ""


@pytest.mark.parametrize("said", ["stop", "pause", "hint", "repeat"])
def test_commands_are_obeyed_while_the_partner_speaks(scene: Scenario, said: str) -> None:
    conversation = start(scene)
    line = one(conversation.handle(reply("advises")), Speak).lines
    effects = conversation.handle(reply(said))
    if said == "repeat":
        assert one(effects, Speak).lines == line
    elif said == "stop":
        assert one(effects, Speak).lines[0].text == coach_lines.STOP_HERE
    else:
        assert isinstance(conversation.handle(LinesSpoken())[-1], Listen)
    assert len([effect for effect in effects if isinstance(effect, TurnTaken)]) == 0


def test_the_briefing_can_be_stopped_paused_and_skipped(scene: Scenario) -> None:
    for said in ("stop", "pause", "repeat", "hint"):
        conversation = Conversation(scene, seed=1, coder=code_by_name, judge=judge)
        briefing = conversation.handle(Begin())
        effects = conversation.handle(reply(said))
        if said == "repeat":
            assert effects == briefing
        if said == "hint":  # there is nothing to hint at yet
            assert one(effects, Speak).lines[0].text in scene.states["tells"].known_lines
        if said == "pause":
            conversation.handle(LinesSpoken())
            assert conversation.handle(reply("go on")) == briefing


def test_stop_over_the_debrief_ends_it(scene: Scenario) -> None:
    conversation = start(scene)
    for _ in range(3):
        conversation.handle(reply("stop"))
    assert conversation.handle(reply("stop"))[-1] == Finish()
    assert conversation.finished


def test_what_the_state_has_an_answer_to_is_likelier_over(scene: Scenario) -> None:
    conversation = start(scene)
    assert conversation.foresee("labels_feeling").ends == 0.5
    assert conversation.foresee("nothing").ends == 0.5 * UNANSWERABLE
    assert conversation.foresee("labels_feeling and").trails_off
    assert conversation.foresee("stop").ends == 1.0


def test_foreseeing_changes_nothing(scene: Scenario) -> None:
    foreseen, straight = start(scene), start(scene)
    for text in ("labels_feeling", "advises", "labels_feeling advises"):
        foreseen.foresee(text)
    assert foreseen.handle(reply("labels_feeling")) == straight.handle(reply("labels_feeling"))


def test_silence_while_paused_stays_paused(scene: Scenario) -> None:
    conversation = start(scene)
    conversation.handle(reply("pause"))
    conversation.handle(CutShort(0.5))
    assert [type(effect) for effect in conversation.handle(Silence(12.0))] == [Listen]
