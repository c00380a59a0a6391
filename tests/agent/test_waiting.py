"""Who asks for more time is given more before somebody says something."""

from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent.conversation import Conversation
from rehearse.agent.effects import Listen
from rehearse.agent.events import Begin, Event, LinesSpoken
from rehearse.dialogue import Silence
from rehearse.scenarios.schema import Scenario
from tests.coding import code_by_name
from tests.scenes import LIBRARY

SILENCE: Event = Silence(15.0)
ANSWERED: list[Event] = [SILENCE, LinesSpoken()]
EVENTS: list[Event] = [Begin(), LinesSpoken(), LinesSpoken(), SILENCE, *ANSWERED * 3, SILENCE]


def patience_s(scene: Scenario, waiting: float) -> list[float]:
    """How long it waits each time while nobody answers."""
    conversation = Conversation(scene, seed=1, coder=code_by_name, waiting=waiting)
    effects = [effect for event in EVENTS for effect in conversation.handle(event)]
    return [effect.patience_s for effect in effects if isinstance(effect, Listen)]


@given(st.floats(0.5, 5), st.floats(0.5, 5))
def test_no_silence_is_shorter_for_who_asks_for_more(one: float, other: float) -> None:
    shorter, longer = sorted((one, other))
    waits = [*zip(patience_s(LIBRARY["hard-day"], shorter), patience_s(LIBRARY["hard-day"], longer), strict=True)]
    assert len(waits) == 6
    assert all(less <= more for less, more in waits)
