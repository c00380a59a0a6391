"""The partner goes where the scenario says, and nowhere else."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent.partner import Partner
from rehearse.feedback.codes import Code
from rehearse.scenarios.schema import Scenario
from tests.coding import coded
from tests.scenes import LIBRARY

codes = st.sets(st.sampled_from(list(Code)), max_size=4)


def test_the_first_rule_that_holds_is_taken(scene: Scenario) -> None:
    partner = Partner(scene, Random(1))
    partner.hear(coded(Code.LABELS_FEELING))
    assert partner.state == "opens"
    partner.hear(coded(Code.VALIDATES, Code.ADVISES))
    assert partner.state == "tells"


def test_visits_count_how_often_a_state_was_entered(scene: Scenario) -> None:
    partner = Partner(scene, Random(1))
    partner.hear(coded(Code.DENIES))
    assert partner.state == "tells"
    partner.hear(coded(Code.DENIES))
    assert partner.state == "leaves"


def test_patience_ends_a_scene_that_goes_round(scene: Scenario) -> None:
    partner = Partner(scene, Random(1))
    for _ in range(scene.patience.turns):
        assert partner.moment.ending is None
        partner.hear(coded())
    assert partner.state == "fades"


def test_a_line_is_not_repeated_while_another_is_left(scene: Scenario) -> None:
    partner = Partner(scene, Random(1))
    assert {partner.say().text, partner.say().text} == set(scene.states["tells"].lines)


def test_the_same_seed_says_the_same(scene: Scenario) -> None:
    def said(seed: int) -> list[str]:
        partner = Partner(scene, Random(seed))
        return [partner.say().text for _ in range(6)]

    assert said(3) == said(3)
    assert len({tuple(said(seed)) for seed in range(10)}) > 1


@given(st.sampled_from(list(LIBRARY.values())), st.lists(codes, max_size=70), st.integers(0, 9))
def test_any_replies_keep_any_scenario_legal_and_end_it(
    scenario: Scenario, replies: list[set[Code]], seed: int
) -> None:
    partner = Partner(scenario, Random(seed))
    heard = 0
    for reply in replies:
        if partner.moment.ending:
            break
        partner.hear(coded(*reply))
        heard += 1
        assert partner.say().text in partner.moment.lines
    assert partner.moment.ending or heard < scenario.patience.turns
