"""The partner goes where the scenario says, and nowhere else."""

from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from rehearse.agent.partner import Mode, Partner
from rehearse.feedback.codes import Code
from rehearse.scenarios.heart import Heart
from rehearse.scenarios.loader import load
from rehearse.scenarios.schema import Scenario
from tests.coding import coded
from tests.conftest import SCENE
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


def test_no_line_is_said_twice(scene: Scenario) -> None:
    partner = Partner(scene, Random(1))
    lines = [wording.say for wording in scene.states["tells"].lines]
    assert {partner.say().text for _ in lines} == set(lines)
    partner.hear(coded())
    assert partner.state == "fades"  # there was nothing left to say
    assert partner.passed_over == ("tells",)
    assert partner.lost_patience


def test_the_same_seed_says_the_same(scene: Scenario) -> None:
    def said(seed: int) -> list[str]:
        partner = Partner(scene, Random(seed))
        return [partner.say().text for _ in range(6)]

    assert said(3) == said(3)
    assert len({tuple(said(seed)) for seed in range(10)}) > 1


def test_a_reply_moves_the_heart_and_the_same_mistake_weighs_double(scene: Scenario) -> None:
    partner = Partner(scene, Random(1))
    partner.hear(coded(Code.OWNS))
    assert partner.heart == Heart(trust=6, hurt=0)
    partner.hear(coded(Code.MINIMIZES), interrupted=True)
    assert partner.heart == Heart(trust=5, hurt=1, energy=5)
    partner.hear(coded(Code.MINIMIZES))
    assert partner.heart == Heart(trust=3, hurt=3, energy=5)


def test_in_the_hard_mode_harm_weighs_more_and_patience_is_shorter(scene: Scenario) -> None:
    partner = Partner(scene, Random(1), mode=Mode.HARD)
    partner.hear(coded(Code.MINIMIZES, Code.REFLECTS))
    assert partner.heart == Heart(trust=4, hurt=4)
    for _ in range(3):
        partner.hear(coded())
    assert partner.state == "fades"


def rewritten(scene_file: Path, *changes: tuple[str, str]) -> Scenario:
    text = SCENE
    for right, other in changes:
        assert right in text
        text = text.replace(right, other, 1)
    scene_file.write_text(text, "utf-8")
    return load(scene_file)


def test_a_scenario_says_what_moves_its_partner(scene_file: Path) -> None:
    scene = rewritten(
        scene_file,
        (
            "voice: female",
            "voice: female, heart: {trust: 9}, moved_by: {validates: {trust: 3}, interruption: {hurt: 2}}",
        ),
        ("carries: [feeling, complaint]", "carries: [asks_advice]"),
        ("go: opens\n", "go: opens\n        moves: {hurt: 3, energy: -9}\n"),
    )
    partner = Partner(scene, Random(1))
    partner.hear(coded(Code.ADVISES, Code.VALIDATES), interrupted=True)
    assert partner.heart == Heart(trust=10, hurt=4)
    partner.hear(coded(Code.LABELS_FEELING))
    assert partner.heart == Heart(trust=10, hurt=6, energy=0)


def test_the_partner_quotes_the_persons_own_word_once(scene_file: Path) -> None:
    scene = rewritten(
        scene_file,
        ('["Yes. Exactly that."', '["<label>. Yes. <label>, exactly."'),
        ('"You get it."]', '"You get it.", "You do.", "And more <label> by the minute."]'),
    )
    partner = Partner(scene, Random(1))
    partner.hear(coded(Code.LABELS_FEELING, text="You sound worn out."))
    line = partner.say()
    assert line.text in {"Worn out. Yes. Worn out, exactly.", "And more worn out by the minute."}
    assert line.private
    unnamed = Partner(scene, Random(1))
    unnamed.hear(coded(Code.LABELS_FEELING, text="That makes sense."))
    assert unnamed.say().text in {"You get it.", "You do."}
    rendered_ahead = Partner(scene, Random(1), quotes=False)
    rendered_ahead.hear(coded(Code.LABELS_FEELING, text="You sound worn out."))
    assert rendered_ahead.say().text in {"You get it.", "You do."}


def test_a_line_that_fits_only_now_goes_first(scene_file: Path) -> None:
    scene = rewritten(scene_file, ('"You get it."]', '"You get it.", {say: "Oh.", when: {at_least: {trust: 6}}}]'))
    partner = Partner(scene, Random(1))
    partner.hear(coded(Code.LABELS_FEELING))
    assert partner.say().text == "Oh."


def test_going_back_undoes_everything(scene: Scenario) -> None:
    partner = Partner(scene, Random(1))
    first = partner.say()
    memory = partner.remember()

    def goes_on() -> tuple[object, ...]:
        partner.hear(coded(Code.DENIES), interrupted=True)
        return partner.state, partner.heart, partner.say(), partner.wait()

    once = goes_on()
    partner.go_back(memory)
    assert (partner.state, partner.heart) == ("tells", Heart())
    assert goes_on() == once
    assert once[2] != first


def test_the_person_may_begin(scene_file: Path) -> None:
    scene = rewritten(
        scene_file,
        ("start: tells", "start: begins\nbegins: person"),
        (
            "states:\n",
            "states:\n  begins: {carries: [nothing], hint: Say it., on: [{go: tells}], "
            "instead: {missed: {say: A., why: B.}}}\n",
        ),
    )
    partner = Partner(scene, Random(1))
    first_word = [partner.waits_to_be_spoken_to]
    assert partner.say().text == ""
    partner.hear(coded())
    assert [*first_word, partner.waits_to_be_spoken_to] == [True, False]
    assert partner.say().text in scene.states["tells"].known_lines


@given(
    st.sampled_from(sorted(LIBRARY)),
    st.lists(st.tuples(codes, st.floats(0, 60), st.booleans()), max_size=70),
    st.integers(0, 9),
    st.sampled_from(Mode),
)
def test_any_replies_keep_any_scenario_legal_and_end_it(
    name: str, replies: list[tuple[set[Code], float, bool]], seed: int, mode: Mode
) -> None:
    scenario = LIBRARY[name]
    partner = Partner(scenario, Random(seed), mode=mode)
    said = [partner.say().text]
    for reply, pause, interrupted in replies:
        if partner.moment.ending:
            break
        partner.hear(coded(*reply), pause_before_s=pause, interrupted=interrupted)
        assert partner.state in scenario.states
        said.append(partner.say().text)
    assert partner.moment.ending or len(said) <= scenario.patience.turns
    assert len(set(said)) == len(said)
