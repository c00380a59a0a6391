"""One practice for today: the coach's, else the plan's."""

from datetime import date

from rehearse.feedback.codes import Axis
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.standing import Assigned, Choice, Standing, standing
from rehearse.practice.today import first_of_all, for_today
from rehearse.scenarios.loader import available, load
from tests.practice_log import entry, report

SCENES = [load(path) for path in available().values()]
TODAY = date(2026, 11, 26)


def test_what_the_coach_has_asked_for_comes_first_with_their_words(log: PracticeLog) -> None:
    assigned = [
        Assigned("closeness", until=date(2026, 11, 25)),
        Assigned("hard-day"),
        Assigned("money", words="Slowly.", skill=Axis.DEFENSIVENESS, mode="hard", until=date(2026, 11, 27)),
        Assigned("gone"),
    ]
    found = for_today(log, SCENES, TODAY, assigned)
    assert (found.scenario.id, found.skill, found.mode, found.from_coach) == ("money", Axis.DEFENSIVENESS, "hard", True)
    assert found.why == "Your coach has asked for it, until Friday 27 November. “Slowly.”"


def test_at_the_front_door_the_coachs_words_are_said_once(log: PracticeLog) -> None:
    assigned = [Assigned("money", 1, 3, "Slowly.")]
    here = standing(SCENES, [], assigned)
    offered = first_of_all(here, for_today(log, SCENES, TODAY, assigned))
    assert offered.choices[0].id == "money"
    assert f"{offered.says} {offered.choices[0].why}".count("Slowly.") == 1


def test_else_there_is_one_with_a_reason(log: PracticeLog) -> None:
    log.add(report(entry()), About(now(), ended_at=now()))
    log.add(report(entry(), scenario="talk-3", debrief={}), About(now(), ended_at=now()))
    found = for_today(log, SCENES, TODAY)
    assert found.scenario in SCENES
    assert found.why
    assert not found.from_coach


def test_the_front_door_offers_it_before_everything_else(log: PracticeLog) -> None:
    found = for_today(log, SCENES, TODAY)
    others = tuple(Choice(scene.id, scene.title, (), "") for scene in SCENES)
    here = first_of_all(Standing("Hello.", others), found)
    assert (here.choices[0].id, here.choices[0].why) == (found.scenario.id, found.why)
    assert sorted(each.id for each in here.choices) == sorted(scene.id for scene in SCENES)


def test_what_can_be_gone_on_with_stays_what_it_is(log: PracticeLog) -> None:
    found = for_today(log, SCENES, TODAY)
    cut_off = Choice(found.scenario.id, found.scenario.title, (), "You could go on with it.", goes_on=1)
    assert first_of_all(Standing("Hello.", (cut_off,)), found).choices == (cut_off,)
