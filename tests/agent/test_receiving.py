"""The loop of the front door, with fakes for mouth, ear and display."""

from rehearse.agent import reception_lines as lines
from rehearse.agent.coach_lines import TYPE_IT
from rehearse.agent.events import CameBack
from rehearse.agent.journaling import MOOD_BEFORE, THANKS, asking_mood
from rehearse.agent.receiving import Receiving
from rehearse.agent.reception import Reception
from rehearse.dialogue import Silence, Unclear
from tests.agent.test_loop import FakeDisplay, FakeEar, FakeMouth, reply
from tests.agent.test_reception import CHOICES, STANDING


def receiving(*, introduces: bool = False) -> tuple[Receiving, list[str]]:
    told: list[str] = []
    return Receiving(Reception(STANDING, introduces=introduces), FakeDisplay(), lambda: told.append("introduced")), told


def test_a_scene_is_chosen_another_one_after_it_and_then_it_is_enough() -> None:
    visit, told = receiving()
    mouth = FakeMouth()
    assert visit.receive(mouth, FakeEar(Silence(12.0), reply("number two"))) == CHOICES[1]
    visit.came_back(CameBack(STANDING))
    assert visit.receive(mouth, FakeEar(reply("another one"), reply("the chores one"))) == CHOICES[2]
    visit.came_back(CameBack(STANDING))
    assert visit.receive(mouth, FakeEar(reply("slower"), reply("enough for today"))) is None
    assert mouth.lines[-1] == lines.GOODBYE
    assert mouth.adjusted == [(0.87, 0.0)]
    assert told == []


def test_a_choice_over_the_offer_is_heard() -> None:
    visit, _ = receiving()
    assert visit.receive(FakeMouth(reply("yes")), FakeEar()) == CHOICES[0]


def test_who_can_type_is_asked_to_in_the_end() -> None:
    mouth, unclear = FakeMouth(), Unclear("unclear")
    asking = Receiving(asking_mood(MOOD_BEFORE), FakeDisplay(), lambda: None, types=True)
    asking.receive(mouth, FakeEar(unclear, unclear, unclear, reply("four")))
    assert mouth.lines[-2:] == [TYPE_IT, THANKS]


def test_where_nobody_is_left_to_answer_it_ends() -> None:
    assert receiving()[0].receive(FakeMouth(), FakeEar()) is None


def test_that_it_has_explained_itself_is_told_once() -> None:
    visit, told = receiving(introduces=True)
    visit.receive(FakeMouth(), FakeEar(reply("pause"), reply("repeat"), reply("stop"), reply("one")))
    assert told == ["introduced"]
