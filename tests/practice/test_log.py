"""What is kept in the log is found in it again, in a file and on a server."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from rehearse.errors import SessionError
from rehearse.practice.database import Database
from rehearse.practice.journal import Journal
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.searching import Source, search
from rehearse.practice.talks import PlannedTalk, Talks
from tests.practice_log import entry, report

THEN = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=2)))


def test_a_session_is_given_back_as_it_was(either_log: PracticeLog) -> None:
    whole = report(entry("One."), entry("Two."), retried=[entry("Zero.")], future={"key": 1})
    id_ = either_log.add(whole, About(THEN, "hard", "voice", THEN))
    assert either_log.report(id_) == whole
    assert list(either_log.report(id_)) == list(whole)
    assert [(turn.number, turn.retried) for turn in either_log.turns(id_)] == [(0, False), (1, False), (0, True)]
    assert dict(either_log.all_turns()) == {id_: either_log.turns(id_)}


def test_its_figures_stand_in_the_history(either_log: PracticeLog) -> None:
    id_ = either_log.add(report(entry(), ending="closer", completed=True), About(THEN, ended_at=THEN))
    (past,) = either_log.history()
    assert past == either_log.past(id_) == either_log.last()
    assert (past.began_at, past.began_at.hour) == (THEN, 23)
    assert (past.ending, past.completed, past.over, past.partner) == ("closer", True, True, "Maya")
    assert (past.turns, past.labels, past.listening, past.fixing) == (1, 1, 1, 2)
    assert past.defensive is None
    assert past.minutes == pytest.approx(1 / 60)


def test_the_history_is_cut_by_time_and_by_number(either_log: PracticeLog) -> None:
    for day in range(5):
        either_log.add(report(), About(THEN + timedelta(days=day)))
    assert [past.id for past in either_log.history(newest=2)] == [4, 5]
    found = either_log.history(since=THEN + timedelta(days=1), until=THEN + timedelta(days=3))
    assert [past.id for past in found] == [2, 3]


def test_how_somebody_felt_is_kept_and_has_bounds(either_log: PracticeLog) -> None:
    id_ = either_log.add(report(), About(THEN))
    either_log.set_mood(id_, before=0)
    either_log.set_mood(id_, after=10)
    past = either_log.past(id_)
    assert (past.mood_before, past.mood_after) == (0, 10)
    either_log.rewrite(id_, {**report(), "measures": {"longest_turn_s": 3.0}})
    assert either_log.past(id_).mood_after == 10


def test_what_is_not_there_is_said_so(either_log: PracticeLog) -> None:
    for ask in (either_log.past, either_log.turns, either_log.report, either_log.position):
        with pytest.raises(SessionError, match="no session 9"):
            ask(9)
    with pytest.raises(SessionError, match="no session 9"):
        either_log.write(9, report(), About(THEN), [])
    assert (either_log.last(), either_log.cut_off(), either_log.count()) == (None, None, 0)


def test_words_are_found_by_their_stem_and_no_syntax_is_a_mistake(either_log: PracticeLog) -> None:
    id_ = either_log.add(report(entry("hm"), entry("You were shouting at Élodie.", "She left.")), About(THEN))
    (found,) = search(either_log.database, "shout")
    assert (found.source, found.id, found.number) == (Source.TURN, id_, 1)
    assert (found.line, found.words) == ("She left.", "You were shouting at Élodie.")
    assert len(search(either_log.database, "LEFT shouts")) == 1
    for odd in ("", " ", '"', "shout AND", "shout*", "NEAR(", "a:b", "'; DROP TABLE turn", "-"):
        assert {each.id for each in search(either_log.database, odd)} <= {id_}, odd
    assert search(either_log.database, "shout nothing") == []


def test_a_journal_is_written_edited_chosen_and_found(either_log: PracticeLog) -> None:
    session = either_log.add(report(), About(THEN))
    journal = Journal(either_log.database)
    one = journal.write("I was afraid of her silence.", question="What were you afraid of?", session=session, at=THEN)
    two = journal.write("Nothing.")
    journal.edit(one, "I was afraid of his silence.")
    journal.choose_for_coach(one, chosen=True)
    found = journal.entry(one)
    assert (found.text, found.question, found.session) == (
        "I was afraid of his silence.",
        "What were you afraid of?",
        session,
    )
    assert (found.written_at, found.for_coach, journal.entry(two).for_coach) == (THEN, True, False)
    assert found.edited_at is not None
    assert [each.id for each in journal.entries()] == [one, two]
    assert journal.entries(session=session) == [found]
    assert [(each.source, each.id) for each in search(either_log.database, "silences his")] == [(Source.JOURNAL, one)]
    journal.forget(one)
    assert search(either_log.database, "silence") == []
    for ask in (journal.entry, journal.forget, lambda id_: journal.edit(id_, "")):
        with pytest.raises(SessionError, match="no journal entry"):
            ask(one)


def test_a_talk_is_planned_changed_and_found(either_log: PracticeLog) -> None:
    talks = Talks(either_log.database)
    id_ = talks.plan(PlannedTalk("my sister", on_day=date(2026, 4, 1), first_sentence="I miss you."))
    planned = talks.talk(id_)
    talks.change(replace(planned, happened=True, how_it_went="She cried, and so did I.", answered_at=now()))
    found = talks.talk(id_)
    assert (found.with_whom, found.on_day, found.happened) == ("my sister", date(2026, 4, 1), True)
    assert found.planned_at == planned.planned_at
    assert [each.source for each in search(either_log.database, "sister cries")] == [Source.TALK]
    talks.forget(id_)
    with pytest.raises(SessionError, match="no planned talk"):
        talks.change(found)
    assert (talks.talks(), search(either_log.database, "sister")) == ([], [])


def test_a_number_is_never_given_twice(log: PracticeLog) -> None:
    journal = Journal(log.database)
    journal.forget(journal.write("One."))
    assert journal.write("Two.") == 2


def test_moments_are_the_same_in_any_zone(either_log: PracticeLog) -> None:
    either_log.add(report(), About(THEN))
    assert either_log.history(since=THEN.astimezone(UTC)) == either_log.history()
    assert either_log.history(until=THEN.astimezone(UTC)) == []


def test_two_programs_read_and_write_the_same_file(log: PracticeLog) -> None:
    log.add(report(entry("One.")), About(THEN))
    assert log.database.path
    other = PracticeLog(Database.in_file(log.database.path))
    with log.database.reading():
        other.add(report(entry("Two.")), About(THEN))
    assert log.count() == other.count() == 2
    other.database.close()


def test_a_drill_that_was_cut_off_does_not_stand_before_a_scene(either_log: PracticeLog) -> None:
    for mode in ("hard", "drill"):
        either_log.write(None, report(), About(THEN, mode), [], position={"standings": []})
    found = either_log.cut_off()
    assert found
    assert found.mode == "hard"
