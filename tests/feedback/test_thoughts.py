"""Whether a reply that has paused is over: what trails off is told from the words, the rest by the encoder."""

import pytest

from rehearse.feedback.thoughts import OPEN_ENDED, trails_off, whole_thought


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
