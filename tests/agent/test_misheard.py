"""Nobody answers words that were probably misheard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent import coach_lines
from rehearse.agent.conversation import Conversation
from rehearse.agent.effects import Speak, TurnTaken
from rehearse.agent.events import Begin, LinesSpoken
from rehearse.agent.misheard import LEAST_CONFIDENCE
from rehearse.dialogue import Reply, Unclear
from rehearse.scenarios.schema import Scenario
from tests.agent.test_conversation import one
from tests.coding import code_by_name

UNSURE = LEAST_CONFIDENCE - 0.01


def listening(scene: Scenario, *, types: bool = True) -> Conversation:
    conversation = Conversation(scene, seed=1, coder=code_by_name)
    for event in (Begin(types=types), LinesSpoken(), LinesSpoken()):
        conversation.handle(event)
    return conversation


def said_to(conversation: Conversation, heard: Reply | Unclear) -> str:
    """What the coach or the partner says to it; then it listens."""
    said = one(conversation.handle(heard), Speak).lines[0].text
    conversation.handle(LinesSpoken())
    return said


def test_it_is_asked_again_twice_and_then_typing_is_offered(scene: Scenario) -> None:
    conversation = listening(scene)
    unsure = Reply("labels_feeling", 1.0, 2.0, confidence=UNSURE)
    asked = [said_to(conversation, unsure) for _ in range(4)]
    assert asked == [*coach_lines.MISHEARD, coach_lines.TYPE_IT, coach_lines.TYPE_IT]
    typed = one(conversation.handle(Reply("labels_feeling", 3.0, 3.0)), TurnTaken)
    assert typed.state == "tells"


def test_what_was_not_understood_at_all_counts_with_it(scene: Scenario) -> None:
    conversation = listening(scene)
    heard = (Unclear("unclear"), Reply("labels_feeling", 1.0, 2.0, confidence=UNSURE), Unclear("telephone"))
    asked = [said_to(conversation, each) for each in heard]
    assert asked == [coach_lines.NOT_UNDERSTOOD[0], coach_lines.MISHEARD[1], coach_lines.TYPE_IT]


def test_where_nobody_can_type_it_is_not_offered(scene: Scenario) -> None:
    conversation = listening(scene, types=False)
    asked = [said_to(conversation, Unclear("unclear")) for _ in range(3)]
    assert asked == [*coach_lines.NOT_UNDERSTOOD, coach_lines.NOT_UNDERSTOOD[1]]


def test_where_speech_cannot_be_transcribed_it_is_said(scene: Scenario) -> None:
    assert said_to(listening(scene), Unclear("deaf")) == coach_lines.DEAF


def test_where_the_recognizer_hung_they_are_asked_to_say_it_again_or_type(scene: Scenario) -> None:
    assert said_to(listening(scene), Unclear("hung")) == coach_lines.HUNG


@pytest.mark.parametrize(("said", "answer"), [("stop", coach_lines.STOP_HERE), ("pause", coach_lines.PAUSED)])
def test_a_command_is_obeyed_however_it_was_heard(scene: Scenario, said: str, answer: str) -> None:
    assert said_to(listening(scene), Reply(said, 1.0, 2.0, confidence=UNSURE)) == answer


def test_another_language_is_named_however_it_was_heard(scene: Scenario) -> None:
    german = Reply("Das tut mir wirklich leid", 1.0, 2.0, confidence=UNSURE)
    assert said_to(listening(scene), german) == coach_lines.ENGLISH_PLEASE


@given(st.lists(st.floats(0, 1), max_size=8))
def test_never_a_turn_on_words_that_were_probably_misheard(scene: Scenario, confidences: list[float]) -> None:
    conversation = listening(scene)
    for confidence in confidences:
        effects = conversation.handle(Reply("advises", 1.0, 2.0, confidence=confidence))
        taken = [effect for effect in effects if isinstance(effect, TurnTaken)]
        assert bool(taken) is (confidence >= LEAST_CONFIDENCE)
        conversation.handle(LinesSpoken())
        if conversation.ending:
            return
