"""Whether a reply that has paused is over: what trails off is told from the words, the rest by the encoder."""

import pytest

from rehearse.feedback.thoughts import OPEN_ENDED, SUBORDINATE, lacks_main_clause, trails_off, whole_thought


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, and",
        "Well, I was going to but...",
        "You sound tired because",
        "I just, um",
        "I think it's the",
        "It's like your",
        "Let me think.",
        "Hold on.",
        "Give me a second",
        "I want to say, I mean",
        "That sounds hard,",
        "I don't know how to put this.",
        "And then you—",
        "Uh…",
    ],
)
def test_what_says_that_there_is_more_trails_off(text: str) -> None:
    assert trails_off(text)
    assert whole_thought("I had an awful day.", text).ends == OPEN_ENDED


@pytest.mark.parametrize(
    "text",
    [
        "That sounds awful.",
        "What happened?",
        "I know what you mean.",
        "What is it like?",
        "You don't have to hold on",
        "It's a band",
        "I forgot the umbrella",
        "You know.",
        "Nobody is",
        "You can't wait to go out",
    ],
)
def test_what_may_be_the_end_is_left_to_the_encoder(text: str) -> None:
    assert not trails_off(text)


def test_nothing_is_not_over() -> None:
    assert whole_thought("I had an awful day.", " ").trails_off


@pytest.mark.parametrize(
    "text",
    [
        "And when he said that.",
        "Wow. Okay. So if it was me",
        "I think that if I'd had all of it before lunch.",
        "Before we do anything",
        "I hear you. And when you go quiet",
        "Every time the door slams.",
    ],
)
def test_a_subordinate_clause_waits_for_the_main_one(text: str) -> None:
    assert lacks_main_clause(text)
    assert whole_thought("I had an awful day.", text).ends <= SUBORDINATE


@pytest.mark.parametrize(
    "text",
    [
        "When was that?",
        "When you're ready.",
        "If you want.",
        "When he said that, it hurt you",
        "when he said that you went cold",
        "Next time use the other one.",
        "Tell him. Before the party.",
        "It hurts every time the door slams.",
    ],
)
def test_a_main_clause_is_there(text: str) -> None:
    assert not lacks_main_clause(text)
