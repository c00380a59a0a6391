"""Commands are whole utterances, never parts of a reply."""

import pytest

from rehearse.agent.commands import Command, command_in


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("Stop.", Command.STOP),
        ("um, stop please", Command.STOP),
        ("Pause!", Command.PAUSE),
        ("Coach, go on.", Command.GO_ON),
        ("okay coach repeat that", Command.REPEAT),
        ("What could I say, coach?", Command.EXAMPLE),
        ("Coach, that’s enough.", Command.STOP),
        ("Hint?", Command.HINT),
        ("Coach, I don’t agree.", Command.CONTEST),
        ("That's not what I meant, coach.", Command.CONTEST),
    ],
)
def test_a_command_is_heard(said: str, command: Command) -> None:
    assert command_in(said) is command


@pytest.mark.parametrize("said", ["Go on.", "go ahead", "I'm ready"])
def test_while_paused_there_is_nobody_else_to_be_meant(said: str) -> None:
    assert command_in(said) is None
    assert command_in(said, paused=True) is Command.GO_ON


@pytest.mark.parametrize("said", ["I don't agree.", "No, I don't agree.", "That's wrong."])
def test_disagreeing_is_an_answer_to_the_partner_unless_the_coach_is_meant(said: str) -> None:
    assert command_in(said) is None
    assert command_in(said, paused=True) is Command.CONTEST


@pytest.mark.parametrize(
    "said",
    [
        "Please stop interrupting me.",
        "I want to pause and think about that.",
        "Go on.",
        "Come again?",
        "Keep going, I'm listening.",
        "That's enough.",
        "Help me.",
        "Stop 2",
        "My coach says go on a trip.",
        "Can you say that again in other words, I want to understand?",
        "okay",
        "coach",
        "",
    ],
)
def test_a_reply_is_no_command(said: str) -> None:
    assert command_in(said) is None
