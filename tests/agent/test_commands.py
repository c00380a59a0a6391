"""Commands are whole utterances, never parts of a reply."""

import pytest

from rehearse.agent.commands import Command, command_in


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("Stop.", Command.STOP),
        ("um, stop please", Command.STOP),
        ("Coach, pause.", Command.PAUSE),
        ("Go on!", Command.GO_ON),
        ("okay go on", Command.GO_ON),
        ("Say that again?", Command.REPEAT),
        ("What could I say?", Command.HINT),
        ("That’s enough.", Command.STOP),
    ],
)
def test_a_command_is_heard(said: str, command: Command) -> None:
    assert command_in(said) is command


@pytest.mark.parametrize(
    "said",
    [
        "Please stop interrupting me.",
        "I want to pause and think about that.",
        "Go on, tell me what he said.",
        "Can you say that again in other words, I want to understand?",
        "okay",
        "",
        "Help me understand what that was like.",
    ],
)
def test_a_reply_is_no_command(said: str) -> None:
    assert command_in(said) is None
