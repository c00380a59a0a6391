"""The scene in which one's own talk is rehearsed."""

import pytest

from rehearse.agent.conversation import Conversation
from rehearse.agent.effects import Speak
from rehearse.agent.events import Begin, LinesSpoken
from rehearse.dialogue import Reply
from rehearse.feedback import code_reply
from rehearse.scenarios.loader import available
from rehearse.scenarios.own_talk import counterpart, own_talk, talk_of


@pytest.mark.parametrize(
    ("with_whom", "name", "voice", "pronoun"),
    [
        ("my sister", "your sister", "female", "she"),
        ("My father", "your father", "male", "he"),
        ("Sam", "Sam", "female", None),
        ("grandson Mo", "grandson Mo", "male", "he"),
    ],
)
def test_whom_it_is_with(with_whom: str, name: str, voice: str, pronoun: str | None) -> None:
    found = counterpart(with_whom)
    assert (found.name, found.voice, found.pronoun) == (name, voice, pronoun)
    assert counterpart(with_whom, "male").voice == "male"


def test_it_is_a_scene_of_its_own_for_each_talk_and_none_of_the_library() -> None:
    scene = own_talk(3, counterpart("Sam"))
    assert (scene.id, scene.partner.name, scene.begins) == ("talk-3", "Sam", "person")
    assert talk_of(scene.id) == 3
    assert talk_of("hard-day") is None
    assert "own-talk" not in available()


@pytest.mark.parametrize(
    ("first_sentence", "state"),
    [
        ("I'm a bit nervous, but I miss you.", "moved"),
        ("I feel lonely since we stopped talking.", "moved"),
        ("You never listen to me.", "stung"),
        ("I want to talk about Christmas.", "asks"),
    ],
)
def test_the_first_sentence_is_coded_and_answered(first_sentence: str, state: str) -> None:
    scene = own_talk(3, counterpart("Sam"))
    talk = Conversation(scene, seed=1, coder=code_reply)
    talk.handle(Begin())
    talk.handle(LinesSpoken())
    (spoken,) = [each for each in talk.handle(Reply(first_sentence, 0.0, 1.0)) if isinstance(each, Speak)]
    assert spoken.lines[0].text in scene.states[state].known_lines
