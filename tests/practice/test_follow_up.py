"""When it is asked what has become of a talk, and what an answer changes."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rehearse.practice.follow_up import answered, given_up, to_ask_about
from rehearse.practice.log import PracticeLog
from rehearse.practice.proposals import TELL, Proposal, Proposals
from rehearse.practice.talks import PlannedTalk

DAY = date(2026, 11, 20)
TALK = PlannedTalk("Sam", on_day=DAY, id=3, planned_at=datetime(2026, 11, 1, tzinfo=UTC))
NOW = datetime(2026, 11, 26, 18, tzinfo=UTC)


def asked_on(days_visited: list[date], talk: PlannedTalk = TALK) -> list[date]:
    """On which of the days that somebody comes they are asked."""
    asked: list[date] = []
    for today in days_visited:
        if to_ask_about([talk], {talk.id: asked}, today):
            asked.append(today)
    return asked


def every_day(count: int) -> list[date]:
    return [DAY + timedelta(days=each) for each in range(-5, count)]


def test_it_is_asked_the_day_after_and_once_more_a_week_later() -> None:
    assert asked_on(every_day(60)) == [DAY + timedelta(days=1), DAY + timedelta(days=8)]


def test_a_talk_without_a_day_is_asked_about_after_a_week() -> None:
    talk = PlannedTalk("Sam", id=3, planned_at=datetime(2026, 11, 13, tzinfo=UTC))
    assert asked_on(every_day(60), talk) == [DAY + timedelta(days=1), DAY + timedelta(days=8)]


def test_one_that_is_told_of_is_asked_about_no_more() -> None:
    told = answered(TALK, happened=True, how="Warm.", again="I miss you.", when="Yes, on Sunday.", at=NOW)
    assert (told.happened, told.happened_on) == (True, date(2026, 11, 22))
    assert (told.how_it_went, told.say_again, told.answered_at) == ("Warm.", "I miss you.", NOW)
    assert not to_ask_about([told, given_up(TALK, NOW)], {}, date(2027, 1, 1))


def test_one_that_is_put_off_is_asked_about_anew_after_its_day() -> None:
    later = answered(TALK, happened=False, when="in two weeks", at=NOW)
    assert (later.happened, later.on_day) == (None, date(2026, 12, 10))
    before = [DAY + timedelta(days=1), DAY + timedelta(days=8)]
    assert not to_ask_about([later], {3: before}, date(2026, 12, 10))
    assert to_ask_about([later], {3: before}, date(2026, 12, 11)) == later


def test_where_no_day_is_named_it_happened_on_its_own_day_and_never_after_today() -> None:
    assert answered(TALK, happened=True, when="yes", at=NOW).happened_on == DAY
    early = PlannedTalk("Sam", on_day=date(2026, 12, 24))
    assert answered(early, happened=True, when="yes", at=NOW).happened_on == NOW.date()


def test_the_one_that_has_waited_longest_comes_first() -> None:
    older = PlannedTalk("Ines", on_day=date(2026, 11, 2), id=9)
    assert to_ask_about([TALK, older], {}, NOW.date()) == older


@given(st.lists(st.integers(-20, 200), max_size=80))
def test_nobody_is_asked_more_than_twice(days: list[int]) -> None:
    asked = asked_on([DAY + timedelta(days=each) for each in sorted(days)])
    assert len(asked) <= 2
    assert all(day > DAY for day in asked)
    assert len(asked) < 2 or asked[1] - asked[0] >= timedelta(days=7)


def test_when_it_was_asked_is_kept(log: PracticeLog) -> None:
    proposals = Proposals(log.database)
    for day in (DAY, DAY, NOW.date()):
        proposals.keep(Proposal(day, "talk-3", TELL, "Its time has passed."))
    proposals.keep(Proposal(DAY, "hard-day", "plain", "A good place to begin."))
    assert proposals.asked_about_talks() == {3: [DAY, NOW.date()]}


def test_a_day_has_one_practice_and_what_came_of_it_stays(log: PracticeLog) -> None:
    proposals = Proposals(log.database)
    proposals.keep(Proposal(DAY, "hard-day", "plain", "First."))
    proposals.keep(Proposal(DAY, "closeness", "guided", "Second."))
    (kept,) = proposals.all()
    assert (kept.scenario, kept.mode, kept.session) == ("closeness", "guided", None)
