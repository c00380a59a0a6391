"""What commands do, at any moment, and devices that come and go."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.agent import coach_lines
from rehearse.agent.conversation import Conversation
from rehearse.agent.effects import Adjust, AwaitDevices, Effect, Finish, Listen, Request, Speak, TurnRetried, TurnTaken
from rehearse.agent.events import Adjusted, Begin, DevicesBack, DevicesLost, Event, LinesSpoken
from rehearse.agent.obeying import ANSWER_PATIENCE_S
from rehearse.agent.patience import OBJECTION_PATIENCE_S, PATIENCE_S
from rehearse.dialogue import Cue, CutShort, EndOfReplies, Floor, Silence, TakenBack, Thought, Unclear
from rehearse.scenarios.schema import Scenario
from tests.agent.test_conversation import one, reply
from tests.coding import code_by_name
from tests.scenes import LIBRARY


def begun(scene: Scenario) -> Conversation:
    """A conversation whose briefing is being spoken."""
    conversation = Conversation(scene, seed=1, coder=code_by_name, judge=lambda *_: Thought(0.5))
    conversation.handle(Begin())
    return conversation


def go(conversation: Conversation, *said: str | Event) -> list[Effect]:
    """Let each of `said` be heard, after whatever was being spoken; what the last one leads to."""
    effects: list[Effect] = []
    for each in said:
        effects = conversation.handle(reply(each) if isinstance(each, str) else each)
    return effects


def start(scene: Scenario, *said: str) -> Conversation:
    """A conversation that listens, after these replies and commands, each with its answer."""
    conversation = begun(scene)
    go(conversation, *[LinesSpoken()] * (1 if scene.begins == "person" else 2))
    for each in said:
        go(conversation, each, LinesSpoken())
    return conversation


def words(effects: list[Effect]) -> str:
    return one(effects, Speak).lines[0].text


SPOKEN = LinesSpoken()


@pytest.mark.parametrize("command", ["pause", "stop"])
def test_who_cannot_be_heard_is_told_so_also_where_the_scene_rests(scene: Scenario, command: str) -> None:
    conversation = start(scene, command)
    assert words(go(conversation, Unclear("muted"))) == coach_lines.MUTED
    (waits,) = go(conversation, SPOKEN)
    assert isinstance(waits, Listen)
    assert go(conversation, Unclear("unclear")) == [waits]


@pytest.mark.parametrize("yes", ["Yes.", "Stop.", "Yes, stop here please."])
def test_stop_asks_back_once(scene: Scenario, yes: str) -> None:
    conversation = start(scene, "advises")
    assert words(go(conversation, "stop")) == coach_lines.STOP_HERE
    assert go(conversation, SPOKEN) == [Listen(ANSWER_PATIENCE_S)]
    last = [line.text for line in one(go(conversation, yes), Speak).lines[-2:]]
    assert last == [coach_lines.ANY_OBJECTION, coach_lines.OR_RETRY]


@pytest.mark.parametrize("said", ["no", "go on", "No, go on.", "hint"])
def test_what_is_no_yes_takes_up_the_moment(scene: Scenario, said: str) -> None:
    conversation = start(scene)
    line = words(go(conversation, "repeat"))
    assert words(go(conversation, SPOKEN, "stop", SPOKEN, said)) == line
    assert one(go(conversation, SPOKEN, "labels_feeling"), TurnTaken).line == line


def test_a_reply_to_the_question_is_a_reply_to_the_partner(scene: Scenario) -> None:
    assert one(go(start(scene), "stop", SPOKEN, "labels_feeling"), TurnTaken).state == "tells"


def test_unanswered_the_scene_rests(scene: Scenario) -> None:
    conversation = start(scene)
    effects = go(conversation, "stop", SPOKEN, Silence(8.0))
    assert (words(effects), one(effects, Speak).cue) == (coach_lines.PAUSED, Cue.PAUSED)
    assert words(go(conversation, "go on")) in scene.states["tells"].known_lines


def test_where_nobody_can_say_yes_any_more_it_is_done(scene: Scenario) -> None:
    conversation = start(scene, "advises")
    go(conversation, "stop", SPOKEN, EndOfReplies())
    assert isinstance(go(conversation, SPOKEN)[-1], Finish)


def test_over_the_briefing_stop_asks_back_and_it_is_said_again(scene: Scenario) -> None:
    conversation = begun(scene)
    assert words(go(conversation, "stop")) == coach_lines.STOP_HERE
    assert words(go(conversation, SPOKEN, "no")) == scene.briefing
    assert words(go(conversation, SPOKEN)) in scene.states["tells"].known_lines


def test_over_the_debrief_stop_asks_back_and_after_it_ends_at_once(scene: Scenario) -> None:
    conversation = start(scene, "advises")
    debrief = one(go(conversation, "stop", "yes"), Speak)
    assert words(go(conversation, "stop")) == coach_lines.STOP_HERE
    assert one(go(conversation, SPOKEN, "no"), Speak) == debrief
    assert go(conversation, SPOKEN) == [Listen(OBJECTION_PATIENCE_S)]
    assert isinstance(go(conversation, "stop")[-1], Finish)


def test_an_example_is_for_this_moment(scene: Scenario) -> None:
    conversation = start(scene)
    assert words(go(conversation, "What could I say?")) == "You could say: You sound worn out."
    assert go(conversation, SPOKEN) == [Listen(PATIENCE_S[0])]


def test_a_turn_tried_again_is_as_if_it_had_not_been(scene: Scenario) -> None:
    conversation, straight = start(scene, "labels_feeling", "advises"), start(scene, "labels_feeling")
    line = words(go(straight, "repeat"))
    effects = go(conversation, "try that again")
    assert one(effects, TurnRetried).turns == 1
    assert words(effects) == line
    go(straight, SPOKEN)
    assert go(conversation, SPOKEN, "validates") == go(straight, "validates")
    assert replace(conversation.debrief(), tried_again=()) == straight.debrief()


def test_both_tries_stand_in_the_debrief_and_one_counts(scene: Scenario) -> None:
    conversation = start(scene, "advises", "try that again", "minimizes", "try that again", "labels_feeling")
    (told,) = conversation.debrief().tried_again
    assert (told.turn, told.first.said, told.second.said) == (0, "advises", "labels_feeling")
    assert told.first.answer in scene.states["tells"].known_lines
    assert told.second.answer in scene.states["opens"].known_lines
    assert told.says in conversation.debrief().spoken
    assert conversation.debrief().listening.fixing == 0


def test_a_try_at_another_moment_is_no_second_try(scene: Scenario) -> None:
    twice_back = start(scene, "advises", "minimizes", "try that again", "try that again", "labels_feeling", "owns")
    assert [each.turn for each in twice_back.debrief().tried_again] == [0]
    over_again = start(scene, "advises", "try that again", "labels_feeling", "start over", "yes", "labels_feeling")
    assert over_again.debrief().tried_again == ()


def test_after_the_debrief_it_is_the_moment_named_that_is_tried_again(scene: Scenario) -> None:
    conversation = start(scene, "advises", "labels_feeling", "validates")
    go(conversation, SPOKEN)
    assert conversation.debrief().instead_of[0].turn == 0
    assert one(go(conversation, "try that again"), TurnRetried).turns == 3
    go(conversation, SPOKEN, "labels_feeling", SPOKEN, "validates")
    assert [each.turn for each in conversation.debrief().tried_again] == [0]


def test_a_hint_tells_that_there_is_a_second_try(scene: Scenario) -> None:
    conversation = start(scene)
    assert [line.text for line in one(go(conversation, "hint"), Speak).lines[1:]] == []
    go(conversation, SPOKEN, "advises", SPOKEN)
    assert [line.text for line in one(go(conversation, "hint"), Speak).lines[1:]] == [coach_lines.OR_RETRY]


@pytest.mark.parametrize("more", [(), (SPOKEN,), (SPOKEN, "stop", "yes"), (SPOKEN, SPOKEN)])
def test_a_turn_can_be_tried_again_from_the_last_line_on(scene: Scenario, more: tuple[str | Event, ...]) -> None:
    conversation = start(scene, "labels_feeling")
    go(conversation, "validates")
    if not more or more[-1] == "yes" or isinstance(more[-1], LinesSpoken):
        go(conversation, *more[:1])
    if conversation.finished:
        return
    assert one(go(conversation, "try that again"), TurnRetried)
    assert conversation.ending is None
    assert one(go(conversation, SPOKEN, "advises"), TurnTaken).state == "opens"


def test_where_nothing_was_said_nothing_is_tried_again(scene: Scenario) -> None:
    conversation = start(scene)
    assert words(go(conversation, "try that again")) == coach_lines.NOTHING_TO_RETRY
    assert isinstance(go(conversation, SPOKEN)[-1], Listen)
    over_the_briefing = begun(scene)
    assert words(go(over_the_briefing, "try that again")) == coach_lines.NOTHING_TO_RETRY
    assert words(go(over_the_briefing, SPOKEN)) == scene.briefing


def test_skip_leaves_the_coach_and_moves_the_scene(scene: Scenario) -> None:
    conversation = begun(scene)
    assert words(go(conversation, "skip")) in scene.states["tells"].known_lines
    go(conversation, SPOKEN, "labels_feeling", SPOKEN)
    assert isinstance(go(conversation, "hint", "skip")[-1], Listen)
    assert words(go(conversation, "skip")) == coach_lines.MOVING_ON
    effects = go(conversation, SPOKEN)
    assert words(effects) in scene.states["tells"].known_lines
    assert not [effect for effect in effects if isinstance(effect, TurnTaken)]
    go(conversation, SPOKEN, "stop", "yes")
    assert go(conversation, "skip") == [Listen(OBJECTION_PATIENCE_S)] or conversation.finished


@pytest.mark.parametrize("scenario", LIBRARY.values(), ids=LIBRARY)
def test_who_skips_everything_comes_to_an_end(scenario: Scenario) -> None:
    conversation = start(scenario)
    for _ in range(3 * scenario.patience.turns):
        if conversation.ending:
            return
        go(conversation, "skip", SPOKEN, SPOKEN)
    pytest.fail("it goes round in circles")


def test_start_over_begins_anew_and_keeps_what_was_done(scene: Scenario) -> None:
    conversation = start(scene, "labels_feeling", "advises")
    assert words(go(conversation, "start over")) == coach_lines.START_OVER
    effects = go(conversation, SPOKEN, "yes")
    assert one(effects, TurnRetried).turns == 2
    assert words(effects) in scene.states["tells"].known_lines
    assert conversation.debrief() == start(scene).debrief()
    go(conversation, SPOKEN)
    assert go(conversation, "counterattacks") == go(start(scene), "counterattacks")


def test_how_it_goes_is_said_in_between_and_honest(scene: Scenario) -> None:
    conversation = start(scene)
    assert words(go(conversation, "how am I doing")) == coach_lines.NOTHING_TO_GO_BY
    go(conversation, SPOKEN, "advises", SPOKEN)
    spoken = one(go(conversation, "how am I doing"), Speak)
    assert spoken.lines == (
        coach_lines.verdict(conversation.debrief().strengths[0]),
        coach_lines.worth_trying("That sounds rough."),
    )
    assert go(conversation, SPOKEN) == [Listen(PATIENCE_S[0])]


def test_a_try_counts_when_the_person_says_so(scene: Scenario) -> None:
    conversation = start(scene)
    assert words(go(conversation, "Coach, that one counts.")) == coach_lines.IT_COUNTS
    assert conversation.counts
    assert go(conversation, SPOKEN) == [Listen(PATIENCE_S[0])]
    assert conversation.position["counts"] is True


def test_help_is_short_and_the_first_time_says_how_to_stop(scene: Scenario) -> None:
    conversation = start(scene)
    lines = one(go(conversation, "help"), Speak).lines
    assert lines[-1].text == coach_lines.ALWAYS_STOP
    assert len(one(go(conversation, SPOKEN, "help"), Speak).lines) == 1
    for text in (coach_lines.HELP_IN_THE_SCENE, *coach_lines.HELP.values()):
        assert len(f"{text} {coach_lines.ALWAYS_STOP}".split()) <= 30, "12 seconds at 150 words a minute"


def test_help_over_the_briefing_takes_it_up_again(scene: Scenario) -> None:
    conversation = begun(scene)
    assert words(go(conversation, "help")) == coach_lines.HELP["briefing"]
    assert words(go(conversation, SPOKEN)) == scene.briefing


@pytest.mark.parametrize(
    ("said", "adjusted"),
    [("slower", (0.87, 0)), ("faster", (1.15, 0)), ("louder", (1, 4)), ("a bit softer", (1, -4))],
)
def test_the_last_words_are_heard_as_asked(scene: Scenario, said: str, adjusted: tuple[float, float]) -> None:
    conversation = start(scene)
    hint = words(go(conversation, "hint"))
    go(conversation, SPOKEN)
    assert go(conversation, said) == [Adjust(*adjusted)]
    again = one(go(conversation, Adjusted(at_bound=False)), Speak)
    assert (again.lines[0].text, again.cue) == (hint, Cue.GOT_IT)
    assert go(conversation, SPOKEN) == [Listen(PATIENCE_S[0])]
    assert one(go(conversation, "repeat"), Speak).cue is None


def test_a_bound_is_told_and_nothing_is_said_again_that_was_heard(scene: Scenario) -> None:
    conversation = start(scene)
    assert words(go(conversation, "slower", Adjusted(at_bound=True))) == coach_lines.AT_THE_BOUND["slower"]
    assert go(conversation, SPOKEN) == [Listen(PATIENCE_S[0])]
    line = words(go(conversation, "labels_feeling"))
    go(conversation, "slower", Adjusted(at_bound=True))
    assert words(go(conversation, SPOKEN)) == line  # it had been stopped for the command
    go(conversation, SPOKEN, "stop", "louder", Adjusted(at_bound=True))
    assert words(go(conversation, SPOKEN)) == coach_lines.STOP_HERE


def test_repeat_says_the_last_words_of_the_coach_too(scene: Scenario) -> None:
    conversation = start(scene)
    hint = one(go(conversation, "hint"), Speak)
    assert one(go(conversation, SPOKEN, "repeat"), Speak) == hint
    assert go(conversation, SPOKEN) == [Listen(PATIENCE_S[0])]


def test_who_asks_for_time_gets_it_without_a_word(scene: Scenario) -> None:
    conversation = start(scene)
    for said in ("Hold on.", "Um, let me think.", "Hang on a second."):
        assert go(conversation, said) == [Listen(PATIENCE_S[0])]
    assert one(go(conversation, "labels_feeling"), TurnTaken).state == "tells"


# What if.


def played(conversation: Conversation) -> list[str]:
    """All that is spoken until it is listened or over, a command's own words excepted."""
    said: list[str] = []
    effects = go(conversation, "coach what if")
    while spoken := [each for each in effects if isinstance(each, Speak)]:
        said += [line.text for line in spoken[0].lines]
        effects = go(conversation, SPOKEN)
    assert isinstance(effects[-1], Listen)
    return said


def test_before_a_reply_the_present_moment_is_supposed_and_stands_as_it_was(scene: Scenario) -> None:
    conversation, straight = start(scene), start(scene)
    line = words(go(straight, "repeat"))
    suppose, example, answer, now_you, again = played(conversation)
    assert (suppose, now_you, again) == (coach_lines.SUPPOSE, coach_lines.AND_NOW_YOU, line)
    assert example in {each.say for each in scene.states["tells"].instead.values()}
    assert answer in {line for state in scene.states.values() for line in state.known_lines}
    go(straight, SPOKEN)
    assert go(conversation, "labels_feeling") == go(straight, "labels_feeling")
    assert conversation.debrief() == straight.debrief()


def test_what_would_have_been_said_comes_from_the_exemplary_reply(scene: Scenario) -> None:
    tells = scene.states["tells"].model_copy(update={"answers": ("labels_feeling", "denies")})
    conversation = start(scene.model_copy(update={"states": {**scene.states, "tells": tells}}), "advises")
    now = words(go(conversation, "repeat"))
    go(conversation, SPOKEN)
    _, first, answer, _, again = played(conversation)
    assert (first, again) == ("labels_feeling", now)
    assert answer in scene.states["opens"].known_lines
    _, second, answer, *_ = played(conversation)
    assert second == "denies"
    assert answer in scene.states["tells"].known_lines


def test_after_the_debrief_the_moment_named_is_supposed(scene: Scenario) -> None:
    conversation = start(scene, "advises", "labels_feeling", "validates")
    go(conversation, SPOKEN)
    (named,) = conversation.debrief().instead_of
    suppose, example, answer, try_it = played(conversation)
    assert (suppose, example, try_it) == (coach_lines.SUPPOSE, named.could_say, coach_lines.TRY_IT)
    assert answer in scene.states["tells"].known_lines
    assert one(go(conversation, "try that again"), TurnRetried).turns == 3


def test_over_the_last_line_there_is_only_the_debrief(scene: Scenario) -> None:
    conversation = start(scene, "labels_feeling")
    go(conversation, "validates")
    assert words(go(conversation, "coach what if")) == conversation.debrief().spoken[0]


def test_while_it_plays_the_scene_can_be_paused_and_taken_up(scene: Scenario) -> None:
    conversation = start(scene)
    line = words(go(conversation, "repeat"))
    go(conversation, SPOKEN, "coach what if")
    assert words(go(conversation, SPOKEN, "pause")) == coach_lines.PAUSED
    assert words(go(conversation, SPOKEN, "go on")) == line
    go(conversation, SPOKEN, "coach what if", DevicesLost(microphone=False, loudspeaker=True))
    assert go(conversation, DevicesBack(), SPOKEN) == [Listen(PATIENCE_S[0])]


# Devices.


def test_a_line_that_was_cut_off_is_said_again(scene: Scenario) -> None:
    conversation = start(scene)
    line = words(go(conversation, "advises"))
    effects = go(conversation, DevicesLost(microphone=True, loudspeaker=False))
    assert (words(effects), one(effects, Speak).cue) == (coach_lines.MICROPHONE_LOST, Cue.MICROPHONE_LOST)
    assert go(conversation, SPOKEN) == [AwaitDevices()]
    effects = go(conversation, DevicesBack())
    assert (words(effects), one(effects, Speak).cue) == (coach_lines.BACK, Cue.BACK)
    spoken = one(go(conversation, SPOKEN), Speak)
    assert (spoken.lines[0].text, spoken.floor) == (line, Floor.YIELDED)
    assert isinstance(go(conversation, SPOKEN)[-1], Listen)


def test_listening_goes_on_after_a_loss_without_a_word_where_nothing_can_be_heard(scene: Scenario) -> None:
    conversation = start(scene)
    lost = DevicesLost(microphone=False, loudspeaker=True)
    assert go(conversation, lost) == [AwaitDevices()]
    assert go(conversation, DevicesBack(), SPOKEN) == [Listen(PATIENCE_S[0])]


def test_a_device_lost_again_while_that_is_said_is_waited_for(scene: Scenario) -> None:
    conversation = start(scene)
    lost = DevicesLost(microphone=True, loudspeaker=False)
    assert go(conversation, lost, lost) == [AwaitDevices()]
    go(conversation, DevicesBack(), lost, SPOKEN, DevicesBack())
    assert go(conversation, SPOKEN) == [Listen(PATIENCE_S[0])]


def test_the_debrief_goes_on_with_the_line_that_was_cut(scene: Scenario) -> None:
    conversation = start(scene, "advises")
    lines = one(go(conversation, "stop", "yes"), Speak).lines
    go(conversation, DevicesLost(microphone=False, loudspeaker=True, lines_heard=1), DevicesBack())
    assert one(go(conversation, SPOKEN), Speak).lines == lines[1:]
    assert go(conversation, SPOKEN) == [Listen(OBJECTION_PATIENCE_S)]


# Anything at any time.

COMMANDS_SAID = [
    "stop", "pause", "coach go on", "repeat", "slower", "louder", "hint", "what could I say", "try that again", "skip",
    "start over", "how am I doing", "help", "coach I don't agree", "coach what if",
    "coach that one counts",
]  # fmt: skip
REPLIES_SAID = ["labels_feeling", "denies", "advises", "nothing", "yes", "no", "hold on", "ich weiß es nicht"]


def answers_to(request: Request) -> st.SearchStrategy[Event]:
    """All that a request can be answered by."""
    if isinstance(request, AwaitDevices):
        return st.just(DevicesBack())
    if isinstance(request, Adjust):
        return st.builds(Adjusted, at_bound=st.booleans())
    lost: st.SearchStrategy[Event] = st.builds(DevicesLost, microphone=st.booleans(), loudspeaker=st.booleans())
    commands: st.SearchStrategy[Event] = st.sampled_from(COMMANDS_SAID).map(reply)
    if isinstance(request, Listen):
        heard: st.SearchStrategy[Event] = st.sampled_from([Unclear("repetition"), Silence(15.0), EndOfReplies()])
        return commands | st.sampled_from(REPLIES_SAID).map(reply) | heard | lost
    ended: list[Event] = [LinesSpoken()]
    if request.floor in {Floor.YIELDED, Floor.ANSWERING}:
        ended.append(CutShort(0.5))
    if request.floor in {Floor.ANSWERING, Floor.CLOSING}:
        ended.append(TakenBack())
    return st.just(LinesSpoken()) | st.sampled_from(ended) | commands | lost


@settings(max_examples=150)
@given(st.sampled_from(list(LIBRARY.values())), st.data())
def test_whatever_happens_it_goes_on_and_stop_ends_it(scenario: Scenario, data: st.DataObject) -> None:
    conversation = Conversation(scenario, seed=1, coder=code_by_name)
    effects = conversation.handle(Begin())
    for left in range(data.draw(st.integers(0, 40)) + 12, 0, -1):
        requests = [effect for effect in effects if isinstance(effect, Request)]
        assert len(requests) == (0 if isinstance(effects[-1], Finish) else 1)
        if not requests:
            break
        (request,) = requests
        answered_at_once = isinstance(request, AwaitDevices | Adjust)
        effects = conversation.handle(
            data.draw(answers_to(request)) if answered_at_once or left > 12 else reply("stop")
        )
    assert conversation.finished
