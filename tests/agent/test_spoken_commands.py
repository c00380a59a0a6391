"""All the ways to say a command, and the replies that sound like one."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent.commands import Command, answer_in, asks_for_time, command_in, over_a_line, spoken_forms, wordings
from tests.agent.spoken_commands import COMMANDS, REPLIES


def without_punctuation(said: str) -> str:
    return re.sub(r"[^\w' ]", "", said).lower()


def test_there_is_enough_of_both() -> None:
    assert min(len(set(COMMANDS)), len(set(REPLIES))) >= 300
    assert {command for _, command in COMMANDS} == set(Command)


@pytest.mark.parametrize("written", [str, without_punctuation])
def test_no_reply_is_taken_for_a_command_and_commands_are_known(written: type[str]) -> None:
    assert [said for said in REPLIES if command_in(written(said)) or asks_for_time(written(said))] == []
    missed = [said for said, meant in COMMANDS if command_in(written(said)) is not meant]
    assert len(missed) <= len(COMMANDS) / 100, missed


@pytest.mark.parametrize(
    "said", ["Hold on.", "Um, let me think.", "Wait, hold on. Let me think about that.", "One moment, please."]
)
def test_asking_for_time_is_neither_command_nor_reply(said: str) -> None:
    assert asks_for_time(said)
    assert command_in(said) is None


@pytest.mark.parametrize("said", ["Hold on to that feeling.", "Let me think about you.", "Give me a second chance."])
def test_a_reply_that_only_begins_like_that_is_a_reply(said: str) -> None:
    assert not asks_for_time(said)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Yes.", True),
        ("Yeah, stop.", True),
        ("Yes please, let's stop here.", True),
        ("Okay.", True),
        ("Yes, start over, please.", True),
        ("Coach, yes.", True),
        ("No.", False),
        ("No, go on.", False),
        ("Nope, never mind.", False),
        ("Um, no thanks.", False),
        ("Go on.", None),
        ("Yes, I know how that feels.", None),
        ("No, you sound tired.", None),
        ("", None),
    ],
)
def test_yes_and_no_are_told_from_replies(said: str, answer: bool | None) -> None:
    assert answer_in(said) is answer


def test_no_wording_means_two_things() -> None:
    for wording in wordings():
        for phrase in (*wording.always, *wording.addressed):
            assert command_in(f"Coach, {phrase}.") is wording.command, phrase
            assert (command_in(phrase) is wording.command) is (phrase in wording.always), phrase


def test_what_is_listened_for_over_a_line_is_short_and_a_command() -> None:
    assert all(command_in(phrase) and len(phrase.split()) <= 2 for phrase in over_a_line())
    assert {command_in(phrase) for phrase in over_a_line()} >= {Command.PAUSE, Command.STOP, Command.SKIP, Command.HELP}


def test_what_the_recognizer_is_told_to_expect_is_a_command_and_no_reply() -> None:
    plain, addressed = spoken_forms(addressed=False), spoken_forms(addressed=True)
    assert {"Pause.", "Um, pause.", "Please pause."} <= {*plain}
    assert {"Coach, pause.", "Coach, start over.", "I don't agree, coach."} <= {*addressed}
    assert all(map(command_in, (*plain, *addressed)))
    assert all("coach" in form.lower() for form in addressed)
    assert not {*plain, *addressed} & {*REPLIES}


@given(st.text(max_size=400))
def test_whatever_is_said_is_looked_up_without_fault(text: str) -> None:
    for paused in (False, True):
        assert command_in(text, paused=paused) in {None, *Command}
    assert answer_in(text) in {None, True, False}
    assert asks_for_time(json.dumps(text)) in {True, False}
