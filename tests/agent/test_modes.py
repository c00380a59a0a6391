"""Guided, plain and hard practice."""

import pytest

from rehearse.agent import coach_lines
from rehearse.agent.conversation import Conversation
from rehearse.agent.effects import Listen, Speak, TurnRetried
from rehearse.agent.events import Begin
from rehearse.agent.partner import Mode
from rehearse.agent.patience import PATIENCE_S, SHORTEST_PATIENCE_S
from rehearse.dialogue import Silence
from rehearse.scenarios.schema import Scenario
from tests.agent.test_conversation import one
from tests.agent.test_obeying import SPOKEN, go, words
from tests.coding import code_by_name


def start(scene: Scenario, mode: Mode, *said: str) -> Conversation:
    conversation = Conversation(scene, seed=1, coder=code_by_name, mode=mode)
    go(conversation, Begin(), SPOKEN, SPOKEN)
    for each in said:
        go(conversation, each, SPOKEN)
    return conversation


def hint(scene: Scenario, state: str) -> str:
    return coach_lines.hint(scene.states[state].hint).text


@pytest.mark.parametrize("harm", ["advises", "turns_to_self", "hm"])
def test_guided_a_hint_is_whispered_once_a_state_after_what_harmed_or_missed(scene: Scenario, harm: str) -> None:
    conversation = start(scene, Mode.GUIDED)
    go(conversation, harm)
    assert words(go(conversation, SPOKEN)) == hint(scene, "tells")
    assert isinstance(go(conversation, SPOKEN)[-1], Listen)
    go(conversation, harm)
    assert isinstance(go(conversation, SPOKEN)[-1], Listen)


def test_guided_nothing_is_whispered_after_what_helped(scene: Scenario) -> None:
    conversation = start(scene, Mode.GUIDED)
    assert isinstance(go(conversation, "labels_feeling", SPOKEN)[-1], Listen)


@pytest.mark.parametrize("mode", [Mode.PLAIN, Mode.HARD])
def test_otherwise_nothing_is_whispered(scene: Scenario, mode: Mode) -> None:
    assert isinstance(go(start(scene, mode), "advises", SPOKEN)[-1], Listen)


def silences(scene: Scenario, mode: Mode) -> tuple[list[str], list[float]]:
    """What is said in a silence that goes on, and how long each part of it lasts."""
    conversation = start(scene, mode)
    effects, said, waited = go(conversation, "repeat", SPOKEN), list[str](), list[float]()
    for _ in range(4):
        waited.append(one(effects, Listen).patience_s)
        effects = go(conversation, Silence(10.0))
        if any(isinstance(each, Speak) for each in effects):
            said.append(words(effects))
            effects = go(conversation, SPOKEN)
    return said, waited


def test_help_is_offered_early_when_guided_and_not_at_all_when_hard(scene: Scenario) -> None:
    waits = "You there?"
    assert silences(scene, Mode.PLAIN) == ([waits, coach_lines.OFFER_HELP, coach_lines.WAITING], [*PATIENCE_S])
    assert silences(scene, Mode.GUIDED) == ([coach_lines.OFFER_HELP, waits, coach_lines.WAITING], [*PATIENCE_S])
    said, waited = silences(scene, Mode.HARD)
    assert coach_lines.OFFER_HELP not in said
    assert said[0] == waits
    assert min(waited) >= SHORTEST_PATIENCE_S
    assert all(hard <= plain * 2 / 3 for hard, plain in zip(waited, PATIENCE_S, strict=True))


def test_hard_there_is_one_second_try_a_scene(scene: Scenario) -> None:
    conversation = start(scene, Mode.HARD, "advises")
    assert one(go(conversation, "try that again"), TurnRetried)
    go(conversation, SPOKEN, "advises", SPOKEN)
    assert words(go(conversation, "try that again")) == coach_lines.NO_MORE_RETRIES
    assert len(one(go(conversation, SPOKEN, "hint"), Speak).lines) == 1
    debrief = one(go(conversation, SPOKEN, "stop", "yes"), Speak).lines
    assert debrief[-1].text == coach_lines.ANY_OBJECTION
    go(conversation, SPOKEN, "start over", "yes", SPOKEN, "advises", SPOKEN)
    assert one(go(conversation, "try that again"), TurnRetried)


def test_hard_the_partner_is_harder_to_reach(scene: Scenario) -> None:
    (plain, hard) = (start(scene, mode, "denies")._talk.partner.heart.hurt for mode in (Mode.PLAIN, Mode.HARD))
    assert hard > plain
