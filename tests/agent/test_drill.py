"""Ten lines in a row, and a short word about each answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.agent import coach_lines, drill_lines
from rehearse.agent.drill import Drill
from rehearse.agent.drill_scene import LINES, OCCASIONS, DrillScene, drill_scene
from rehearse.agent.effects import Effect, Finish, Listen, Request, Show, Speak, TurnTaken, TurnUndone
from rehearse.agent.events import Begin
from rehearse.agent.loop import Rehearsal
from rehearse.dialogue import EndOfReplies, TakenBack, Unclear
from rehearse.feedback.codes import AXES, Axis, Code
from rehearse.feedback.moment import Moment, Occasion
from tests.agent.test_conversation import one, reply
from tests.agent.test_loop import FakeDisplay, FakeEar, FakeMouth
from tests.agent.test_obeying import SPOKEN, answers_to, go, words
from tests.coding import code_by_name, coded
from tests.scenes import LIBRARY

SKILLS = [*drill_lines.DRILLED]
SCENES = [*LIBRARY.values()]


def scene(skill: Axis = Axis.LABELING, seed: int = 1) -> DrillScene:
    return drill_scene(skill, SCENES, seed=seed)


def start(skill: Axis = Axis.LABELING) -> Drill:
    drill = Drill(scene(skill), seed=1, coder=code_by_name)
    go(drill, Begin(), SPOKEN, SPOKEN)
    return drill


def moment(*codes: Code, text: str = "some words") -> Moment:
    return Moment("What a day.", Occasion(frozenset({"feeling"})), coded(*codes, text=text))


@given(st.sampled_from(SKILLS), st.integers(0, 10**6), st.integers(1, 5))
@settings(max_examples=30)
def test_the_lines_carry_the_occasion_and_are_no_harder_than_asked(skill: Axis, seed: int, level: int) -> None:
    found = drill_scene(skill, SCENES, seed=seed, level=level)
    states = [found.states[name] for name in found.who]
    assert 0 < len(states) <= LINES
    assert len(states) == LINES or level == 1
    assert all(OCCASIONS[skill].intersection(state.carries) for state in states)
    assert len({state.lines for state in states}) == len(states)
    fit = [each for each in SCENES if (each.level or 1) <= level]
    assert all(any(name.startswith(each.id) for each in fit) for name in found.who)
    assert drill_scene(skill, SCENES, seed=seed, level=level) == found


@pytest.mark.parametrize("skill", SKILLS)
def test_no_scene_gives_a_second_line_before_each_has_given_one(skill: Axis) -> None:
    found = scene(skill)
    of = [next(each.id for each in SCENES if name.startswith(f"{each.id}-")) for name in found.who]
    assert len(set(of)) >= 5
    assert len(set(of[: len(set(of))])) == len(set(of))


def test_where_no_line_fits_it_says_so() -> None:
    with pytest.raises(ValueError, match="labeling"):
        drill_scene(Axis.LABELING, [], seed=1)


def test_the_coach_says_who_speaks_and_what_an_answer_did() -> None:
    drill = Drill(scene(), seed=1, coder=code_by_name)
    briefing = [line.text for line in one(go(drill, Begin()), Speak).lines]
    first, second, *_ = scene().who.values()
    assert briefing == [drill_lines.BRIEFING[Axis.LABELING], coach_lines.HOW_TO, first]
    go(drill, SPOKEN, SPOKEN)
    effects = go(drill, "advises")
    assert one(effects, TurnTaken).coded.codes == {Code.ADVISES}
    assert [line.text for line in one(effects, Speak).lines] == ["That was a plan. Try the feeling first.", second]
    assert one(go(drill, SPOKEN), Speak).lines[0].text != words(effects)
    assert isinstance(go(drill, SPOKEN)[-1], Listen)


def test_after_the_last_line_it_says_how_it_went_and_is_over() -> None:
    drill = start()
    for _ in range(LINES - 1):
        go(drill, "labels_feeling", SPOKEN, SPOKEN)
    effects = go(drill, "advises")
    lines = [line.text for line in one(effects, Speak).lines]
    assert lines[1].startswith("You named the feeling in 9 of 10; to try next: keep the plan")
    assert [type(each) for each in go(drill, SPOKEN)] == [Show, Finish]
    assert drill.ending


def test_who_had_not_finished_takes_the_answer_back() -> None:
    drill = start()
    go(drill, "advises")
    effects = go(drill, TakenBack())
    assert one(effects, TurnUndone)
    assert one(effects, Listen)
    assert words(go(drill, "labels_feeling advises")) == drill_lines.DONE[Code.LABELS_FEELING]


def test_a_line_can_be_tried_again_and_the_last_one_skipped() -> None:
    drill = start()
    line = words(go(drill, "repeat"))
    go(drill, SPOKEN, "advises", SPOKEN, SPOKEN)
    assert words(go(drill, "try that again")) == line
    go(drill, SPOKEN)
    for _ in range(LINES - 1):
        go(drill, "skip", SPOKEN, SPOKEN)
    assert words(go(drill, "skip")).startswith("You came to practise")
    assert drill.ending


def test_an_answer_to_the_question_whether_to_stop_is_one_to_the_line() -> None:
    drill = start()
    assert words(go(drill, "stop", SPOKEN, "labels_feeling")) == drill_lines.DONE[Code.LABELS_FEELING]
    go(drill, SPOKEN, SPOKEN)
    for _ in range(LINES - 2):
        go(drill, "skip", SPOKEN, SPOKEN)
    said = [line.text for line in one(go(drill, "stop", SPOKEN, "labels_feeling"), Speak).lines]
    assert said[-1].startswith("You named the feeling every time")


def test_nobody_would_have_said_anything_to_other_words() -> None:
    assert words(go(start(), "coach what if")).startswith("You could say: ")


def test_it_is_kept_as_a_drill() -> None:
    played = Rehearsal(Drill(scene(), seed=1, coder=code_by_name), FakeDisplay())
    played.hold(FakeMouth(), FakeEar(reply("labels_feeling"), Unclear("silence"), reply("advises"), EndOfReplies()))
    session = played.session
    assert (session.mode, session.scenario) == ("drill", "drill-labeling")
    assert [turn.state for turn in session.turns] == [*scene().who][:2]
    assert session.debrief.tried_again == ()


@settings(max_examples=60)
@given(st.sampled_from(SKILLS), st.data())
def test_whatever_happens_it_goes_on_and_stop_ends_it(skill: Axis, data: st.DataObject) -> None:
    drill = Drill(scene(skill), seed=1, coder=code_by_name)
    effects: list[Effect] = drill.handle(Begin())
    for left in range(data.draw(st.integers(0, 40)) + 12, 0, -1):
        requests = [effect for effect in effects if isinstance(effect, Request)]
        if not requests:
            break
        (request,) = requests
        at_once = not isinstance(request, Listen | Speak)
        effects = drill.handle(data.draw(answers_to(request)) if at_once or left > 12 else reply("stop"))
    assert drill.finished


# What is said of an answer.


@pytest.mark.parametrize(
    ("skill", "codes", "said"),
    [
        (Axis.LABELING, [Code.ADVISES], "That was a plan. Try the feeling first."),
        (Axis.LABELING, [Code.REFLECTS], "You listened. And the feeling in it?"),
        (Axis.LABELING, [], "No feeling named yet. Guess one."),
        (Axis.LISTENING, [Code.EXPLORES, Code.ADVISES], "You asked for more. That's listening."),
        (Axis.LISTENING, [Code.TURNS_TO_SELF], "Your own story. Try listening first."),
        (Axis.OPENNESS, [Code.EXCUSES], "That defended. Show yourself first."),
        (Axis.OPENNESS, [Code.SHARES], "You showed something of yourself. Good."),
    ],
)
def test_a_word_about_an_answer(skill: Axis, codes: list[Code], said: str) -> None:
    assert drill_lines.feedback(skill, moment(*codes)).text == said


def test_the_feeling_that_was_named_is_quoted_and_the_line_kept_nowhere() -> None:
    line = drill_lines.feedback(Axis.LABELING, moment(Code.LABELS_FEELING, text="you sound worn out"))
    assert (line.text, line.private) == ("Named it: worn out.", True)


@given(st.sampled_from(SKILLS), st.lists(st.sampled_from(Code), max_size=4, unique=True))
def test_all_else_is_known_ahead_and_short(skill: Axis, codes: list[Code]) -> None:
    line = drill_lines.feedback(skill, moment(*codes))
    assert line.text in drill_lines.fixed(skill)
    assert line.text in scene(skill).said_by_coach
    assert len(line.text.split()) <= 8, "three seconds at 160 words a minute"


def test_every_move_that_is_drilled_has_its_word() -> None:
    assert set(drill_lines.DONE) >= set().union(*drill_lines.DRILLED.values())
    assert set(drill_lines.DRILLED) < set(AXES)


@given(st.sampled_from(SKILLS), st.lists(st.lists(st.sampled_from(Code), max_size=3, unique=True), max_size=10))
def test_how_it_went_is_one_sentence(skill: Axis, answers: list[list[Code]]) -> None:
    said = drill_lines.summary(skill, [moment(*codes) for codes in answers]).text
    assert said.endswith(".")
    assert ". " not in said
