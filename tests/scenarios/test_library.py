"""What every scenario of the library promises. A new one is covered the day it is added."""

import re
from collections.abc import Iterable
from random import Random

import pytest

from rehearse.agent.partner import Partner
from rehearse.feedback.codes import AXES, MISSED, Axis, Code
from rehearse.feedback.moment import ABOUT_US, FEELING
from rehearse.feedback.quoting import shortened
from rehearse.scenarios.schema import Scenario, State
from tests.coding import coded
from tests.scenes import LIBRARY

GOOD = sorted(AXES[Axis.LABELING] | AXES[Axis.LISTENING] | {Code.OWNS, Code.SHARES, Code.APPRECIATES})
FIXING = sorted(AXES[Axis.FIXING])
DEFENDING = sorted(AXES[Axis.DEFENSIVENESS])
SEEDS = range(50)

each_scene = pytest.mark.parametrize("scene", LIBRARY.values(), ids=LIBRARY.keys())


def outcome(scene: Scenario, seed: int, *phases: tuple[Iterable[Code], int]) -> str:
    """How the scene ends for somebody who makes one or two of these moves in each reply, phase by phase."""
    chance = Random(seed)
    partner = Partner(scene, Random(seed))
    for moves, replies in phases:
        for _ in range(replies):
            if partner.moment.ending:
                break
            partner.hear(coded(*chance.sample(list(moves), k=chance.randint(1, 2))))
    assert partner.moment.outcome
    return partner.moment.outcome


def share(scene: Scenario, wanted: str, *phases: tuple[Iterable[Code], int]) -> float:
    return sum(outcome(scene, seed, *phases) == wanted for seed in SEEDS) / len(SEEDS)


@each_scene
def test_it_is_a_whole_scene(scene: Scenario) -> None:
    assert len(scene.states) >= 8
    assert len(scene.endings) >= 3
    assert {"up", "down"} <= {state.outcome for state in scene.states.values()}
    assert len(scene.briefing.split()) <= 50


@each_scene
def test_its_lines_can_be_spoken(scene: Scenario) -> None:
    for state in scene.states.values():
        assert len(set(state.lines)) == len(state.lines)
        for line in (*state.lines, *state.waits):
            assert len(line.split()) <= 40, line
            assert not set(line) & set("()[]{}*_#/\\…<>0123456789"), line


@each_scene
def test_the_partner_can_wait_twice_in_every_moment_in_few_words(scene: Scenario) -> None:
    for name, state in scene.states.items():
        if state.ending is None:
            assert len(set(state.waits)) >= 2, name
            assert all(len(line.split()) <= 12 for line in state.waits), name


@each_scene
def test_every_moment_says_what_could_have_been_said(scene: Scenario) -> None:
    for name, state in scene.states.items():
        if state.ending is None:
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
    for name, state in scene.states.items():
        assert state.feels or not FEELING & set(state.carries), name


@each_scene
def test_listening_leads_up_and_fixing_and_defending_do_not(scene: Scenario) -> None:
    turns = scene.patience.turns
    assert share(scene, "up", (GOOD, turns)) >= 0.8
    assert share(scene, "up", (FIXING, turns)) <= 0.1
    assert share(scene, "up", (DEFENDING, turns)) <= 0.05
    assert share(scene, "down", (DEFENDING, turns)) >= 0.8


@each_scene
def test_repair_leads_back_from_three_bad_replies(scene: Scenario) -> None:
    assert share(scene, "down", (FIXING + DEFENDING, 3), (GOOD, scene.patience.turns)) <= 0.35


@each_scene
def test_every_low_state_has_a_way_back(scene: Scenario) -> None:
    good_endings = {name for name, state in scene.states.items() if state.outcome == "up"}
    for start, state in scene.states.items():
        if state.ending is None:
            reached = {start}
            for _ in range(6):
                reached |= {
                    rule.go
                    for name in reached
                    for rule in scene.states[name].on
                    if rule.when is None or any(rule.when.holds(coded(move), 9) for move in GOOD)
                }
            assert reached & good_endings, start
