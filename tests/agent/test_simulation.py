"""A simulation sees what a scene is like, and where it is not finished."""

from pathlib import Path

from rehearse.agent.examples import fault_of
from rehearse.agent.personas import DEFENDER, FIXER, LISTENER
from rehearse.agent.simulation import play, simulate, values
from rehearse.feedback.codes import Code
from rehearse.scenarios.loader import load
from rehearse.scenarios.schema import Example, Scenario
from tests.coding import code_by_name
from tests.conftest import SCENE
from tests.scenes import LIBRARY

FEW_LINES = SCENE.replace(", A day., Such a day., Well., It was a day., Oh.", "")


def test_it_is_repeatable() -> None:
    scene = LIBRARY["hard-day"]
    assert simulate(scene, sessions=3, seed=5) == simulate(scene, sessions=3, seed=5)
    assert play(scene, LISTENER, 1) != play(scene, LISTENER, 2)


def test_it_tells_who_came_how_far() -> None:
    scene = LIBRARY["hard-day"]
    result = simulate(scene, sessions=20, personas=(LISTENER, DEFENDER))
    assert result.outcome("listener") > 0.8
    assert result.outcome("defender") < -0.5
    assert all(sum(tally.endings.values()) == 20 for tally in result.tallies)


def test_it_names_what_nobody_comes_to_and_where_words_run_out(scene_file: Path) -> None:
    scene_file.write_text(FEW_LINES, "utf-8")
    result = simulate(load(scene_file), sessions=20, personas=(FIXER,))
    assert "closer" in result.unvisited
    assert "closer" in result.unreached
    assert result.dead_ends["tells"] > 0
    assert result.worn_out["tells"] > 0
    assert not result.repeated


def test_it_names_circles(scene_file: Path) -> None:
    assert simulate(load(scene_file), sessions=20, personas=(FIXER,)).loops["tells"] > 0


def test_a_state_is_worth_what_follows_from_it() -> None:
    value = values(LIBRARY["hard-day"], sessions=200)
    assert value["closer"] == 1
    assert value["alone"] == -1
    assert value["asks-you"] > value["arrives-home"] > value["complains"]


def test_a_session_can_begin_anywhere() -> None:
    assert play(LIBRARY["hard-day"], LISTENER, 1, start="complains").states[0] == "complains"


def test_an_example_is_tried(scene: Scenario) -> None:
    def fault(reply: str, code: Code, go: str) -> str | None:
        return fault_of(scene, Example(at="tells", reply=reply, codes=(code,), go=go), code_by_name)

    assert fault("labels_feeling", Code.LABELS_FEELING, "opens") is None
    assert "heard denies, and not labels_feeling" in str(fault("denies", Code.LABELS_FEELING, "opens"))
    assert "went to 'opens'" in str(fault("labels_feeling", Code.LABELS_FEELING, "tells"))
