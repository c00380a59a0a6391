"""No scene rewards going on after a no."""

from functools import cache
from random import Random

import pytest

from rehearse.agent.partner import Partner
from rehearse.agent.simulation import values
from rehearse.feedback.codes import AXES, Axis, Code, CodedReply, Evidence
from rehearse.feedback.pressing import after_a_no
from rehearse.scenarios.heart import Heart
from rehearse.scenarios.schema import Scenario
from tests.coding import coded
from tests.scenes import LIBRARY

PRESSING = AXES[Axis.FIXING] | AXES[Axis.DEFENSIVENESS] | {Code.PSEUDO_FEELING}
"""What a reply can do that goes past a no."""
HEARTS = [Heart(trust=trust, hurt=hurt, energy=5) for trust in (2, 5, 9) for hurt in (0, 3, 8)]
NO_BETTER = 0.25
"""How much better a state's mean outcome may be by chance alone: the values are those of 150 sessions."""

SAYING_NO = [
    pytest.param(scene, name, id=f"{scene.id}: {name}")
    for scene in LIBRARY.values()
    for name, state in scene.states.items()
    if state.says_no
]


@cache
def worth(scene: Scenario) -> dict[str, float]:
    return values(scene, sessions=150)


def test_there_are_scenes_in_which_somebody_says_no() -> None:
    assert len(SAYING_NO) >= 5


@pytest.mark.parametrize(("scene", "name"), SAYING_NO)
@pytest.mark.parametrize("code", sorted(PRESSING))
def test_pressing_after_a_no_is_never_rewarded(scene: Scenario, name: str, code: Code) -> None:
    for heart in HEARTS:
        card = scene.partner.model_copy(update={"heart": heart})
        partner = Partner(
            scene.model_copy(update={"partner": card, "id": f"{scene.id}-{heart}"}), Random(1), start=name
        )
        partner.say()
        partner.hear(coded(code))
        assert partner.heart.trust <= heart.trust
        assert partner.heart.hurt >= heart.hurt
        assert partner.moment.outcome != "up"
        if partner.moment.ending is None:
            assert worth(scene)[partner.state] <= worth(scene)[name] + NO_BETTER, partner.state


def warm(reply: str) -> CodedReply:
    """A reply that the coder takes for kindness from its first word to its last."""
    return CodedReply(reply, (Evidence(Code.STAYS_PRESENT, 0.9, 0, len(reply), reply),))


@pytest.mark.parametrize(
    "reply",
    [
        "You could just kiss me and we'd see.",
        "Come on, just a little.",
        "I love you. One kiss and then I'll stop.",
        "Of course. And maybe later you'll be in the mood.",
        "Okay, I'll hold you, and let's see where it goes.",
        "If you loved me you'd want to.",
        "It's been weeks, love.",
        "I'll hold you. Why not a bit more than that?",
        "Oh come on, you'll like it.",
        "please just let me",
    ],
)
def test_pressing_that_sounds_kind_is_heard_as_pressing(reply: str) -> None:
    assert after_a_no(warm(reply)).codes == {Code.ADVISES}


@pytest.mark.parametrize(
    "reply",
    [
        "Come here. I'm here, and it doesn't have to go anywhere.",
        "Just the hug. You sound so tired.",
        "No is fine. I won't ask for more than that.",
        "I'm sorry I said come on. Just this.",
        "I'd love to hold you. Just this. You don't owe me anything.",
        "I hear both. I'm glad you're with me.",
        "You don't have to see anybody, I'll sit with you.",
    ],
)
def test_taking_a_no_is_not(reply: str) -> None:
    assert after_a_no(warm(reply)).codes == {Code.STAYS_PRESENT}


@pytest.mark.parametrize(("scene", "name"), SAYING_NO)
def test_no_exemplary_reply_presses(scene: Scenario, name: str) -> None:
    state = scene.states[name]
    for answer in (*state.answers, *(each.say for each in state.instead.values())):
        assert after_a_no(warm(answer)) == warm(answer), answer
