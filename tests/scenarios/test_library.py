"""What every scenario of the library promises. A new one is covered the day it is added."""

import re
from functools import cache

import pytest

from rehearse.agent.examples import fault_of
from rehearse.agent.personas import LISTENER
from rehearse.agent.simulation import Simulation, play, simulate, values
from rehearse.feedback.coder import code_reply
from rehearse.feedback.codes import AXES, MISSED, Axis
from rehearse.feedback.moment import ABOUT_US, FEELING
from rehearse.feedback.quoting import shortened
from rehearse.scenarios.schema import LABEL, Scenario, State
from tests.scenes import LIBRARY

SESSIONS = 40
LOW = ("fixer", "defender", "withdrawer")

each_scene = pytest.mark.parametrize("scene", LIBRARY.values(), ids=LIBRARY.keys())


def moments(scene: Scenario) -> dict[str, State]:
    return {name: state for name, state in scene.states.items() if state.ending is None}


@cache
def simulated(scene: Scenario) -> Simulation:
    return simulate(scene, sessions=SESSIONS)


@cache
def worth(scene: Scenario) -> dict[str, float]:
    return values(scene, sessions=150)


@each_scene
def test_it_is_a_whole_scene(scene: Scenario) -> None:
    assert len(scene.states) >= 8
    assert len(scene.endings) >= 3
    assert {"up", "down"} <= {state.outcome for state in scene.states.values()}
    assert len(scene.briefing.split()) <= 60


@each_scene
def test_it_says_what_it_is(scene: Scenario) -> None:
    assert scene.level
    assert scene.minutes
    assert scene.minutes >= 3
    assert scene.question
    assert scene.question.endswith("?")
    assert scene.themes
    assert scene.partner.age
    assert scene.partner.relation
    assert scene.partner.pronoun


@each_scene
def test_its_lines_can_be_spoken(scene: Scenario) -> None:
    for state in scene.states.values():
        lines = [wording.say for wording in (*state.lines, *state.waits)]
        assert len(set(lines)) == len(lines)
        for line in lines:
            assert len(line.split()) <= 40, line
            assert not set(line.replace(LABEL, "")) & set("()[]{}*_#/\\…<>0123456789"), line


@each_scene
def test_no_line_stands_in_two_states(scene: Scenario) -> None:
    lines = [wording.say for state in scene.states.values() for wording in state.lines]
    assert len(set(lines)) == len(lines)


@each_scene
def test_the_partner_can_wait_twice_in_every_moment_in_few_words(scene: Scenario) -> None:
    for name, state in moments(scene).items():
        assert sum(wording.plain for wording in state.waits) >= 2, name
        assert all(len(wording.say.split()) <= 12 for wording in state.waits), name


@each_scene
def test_every_moment_has_exemplary_replies(scene: Scenario) -> None:
    for name, state in moments(scene).items():
        assert 2 <= len(set(state.answers)) <= 4, name
        assert all(shortened(answer) == answer for answer in state.answers), name


@each_scene
def test_the_partner_remembers_the_words_of_the_person_and_what_went_before(scene: Scenario) -> None:
    wordings = [wording for state in scene.states.values() for wording in state.lines]
    guards = [wording.when for wording in wordings] + [
        rule.when for state in scene.states.values() for rule in state.on
    ]
    assert any(wording.quotes for wording in wordings)
    assert sum(bool(guard and (guard.at_least or guard.at_most)) for guard in guards) >= 2


@each_scene
def test_every_moment_says_what_could_have_been_said(scene: Scenario) -> None:
    for name, state in moments(scene).items():
        assert covers(state, Axis.FIXING), name
        assert MISSED in state.instead, name
        assert covers(state, Axis.DEFENSIVENESS) or not ABOUT_US & set(state.carries), name


def covers(state: State, axis: Axis) -> bool:
    return axis in state.instead or AXES[axis] <= set(state.instead)


@each_scene
def test_what_could_have_been_said_fits_the_ear(scene: Scenario) -> None:
    """Neither it nor its reason is ever cut short, and the reason is one sentence."""
    for state in scene.states.values():
        for way, instead in state.instead.items():
            assert shortened(instead.say) == instead.say, (way, instead.say)
            assert re.fullmatch(r"[^.!?]+[.!?]", instead.why), (way, instead.why)
            assert len(instead.why.split()) <= 20, (way, instead.why)


@each_scene
def test_a_line_with_a_feeling_has_precise_words_for_it(scene: Scenario) -> None:
    for name, state in moments(scene).items():
        assert state.feels or not FEELING & set(state.carries), name


@each_scene
def test_its_own_examples_come_out_as_expected(scene: Scenario) -> None:
    assert not [(example.reply, fault) for example in scene.examples if (fault := fault_of(scene, example, code_reply))]


@each_scene
def test_listening_leads_up_and_fixing_and_defending_do_not(scene: Scenario) -> None:
    outcome = simulated(scene).outcome
    assert outcome("listener") >= 0.8
    assert outcome("listener") > outcome("beginner")
    assert outcome("beginner") >= max(map(outcome, LOW)) + 0.3
    assert max(map(outcome, LOW)) <= -0.3


@each_scene
def test_every_state_and_every_ending_is_come_to(scene: Scenario) -> None:
    result = simulate(scene, sessions=SESSIONS * 5) if simulated(scene).unvisited else simulated(scene)
    assert not result.unvisited
    assert not result.unreached


@each_scene
def test_there_is_always_something_to_say_and_nothing_is_said_twice(scene: Scenario) -> None:
    result = simulated(scene)
    assert not result.repeated
    assert sum(result.dead_ends.values()) <= 0.01 * SESSIONS * len(result.tallies)
    assert sum(result.loops.values()) <= 0.05 * SESSIONS * len(result.tallies)


@each_scene
def test_three_good_replies_lead_out_of_every_low_state(scene: Scenario) -> None:
    value = worth(scene)
    for low in moments(scene):
        if value.get(low, 0) < value[scene.start]:
            played = [play(scene, LISTENER, seed, start=low) for seed in range(20)]
            after = [value.get(session.states[min(3, len(session.states) - 1)], 0) for session in played]
            assert sum(each > value[low] for each in after) >= 16, low
            assert sum(session.outcome == "up" for session in played) >= 14, low
