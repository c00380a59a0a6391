"""Shares of one client are put together as the client showed it last, in whatever order they came."""

from datetime import timedelta
from itertools import permutations

import pytest

from rehearse.coach.caseload import find, records, without_gaps
from rehearse.coach.formats import JournalEntry, OfACode, Recording, Said, Transcript
from rehearse.errors import CoachError
from tests.shared import KEY, MONDAY, OTHER, REF, TODAY, assignment, progress, quote, record, share, tried, week


def test_more_than_there_was_occasion_for_is_no_figure() -> None:
    with pytest.raises(ValueError, match="more than there were occasions for"):
        OfACode(count=3, of=2)


def test_a_week_stands_as_the_newest_share_has_it() -> None:
    found = record(share(1, weeks=(week(0, 1), week(1, 4))), share(2, weeks=(week(0, 3), week(1, 4))))
    assert [each.sessions for each in found.weeks] == [4, 3]


def test_what_was_forgotten_since_is_gone() -> None:
    found = record(share(1, weeks=(week(0), week(1))), share(2, weeks=(week(0),)))
    assert [each.begins for each in found.weeks] == [MONDAY]


def test_a_share_from_a_later_day_leaves_the_weeks_before() -> None:
    since = MONDAY - timedelta(days=5)  # in the middle of the week before
    found = record(share(1, weeks=(week(1, 4), week(2, 5))), share(2, since=since, weeks=(week(0, 2), week(1, 1))))
    assert [each.sessions for each in found.weeks] == [5, 4, 2]


def test_half_a_week_holds_where_there_is_more_in_it() -> None:
    found = record(share(1, weeks=(week(0, 1),)), share(2, since=MONDAY + timedelta(days=1), weeks=(week(0, 3),)))
    assert [each.sessions for each in found.weeks] == [3]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_they_came_does_not_matter(order: tuple[int, ...]) -> None:
    asked = assignment()
    shares = [
        share(1, tries=(tried(retries=0),), progress=(progress(asked, 0),), asks=("How?",)),
        share(2, tries=(tried(retries=2), tried("0" * 16)), quotes=(quote(),), name=None),
        share(3, progress=(progress(asked, 2),), hard="The waiting."),
    ]
    found = record(*(shares[each] for each in order))
    assert [(each.ref, each.retries) for each in found.tries] == [("0" * 16, 1), (REF, 2)]
    assert [(each.progress.done, each.on) for each in found.standings] == [(2, TODAY + timedelta(days=2))]
    assert [each.number for each in found.letters] == [3, 1]
    assert (found.name, found.newest.number, found.count, found.missing) == ("Sam", 3, 3, ())


def test_a_number_that_is_not_here_is_told() -> None:
    assert record(share(2), share(5)).missing == (1, 3, 4)


def test_a_quote_is_corrected_by_a_later_one_and_by_a_transcript() -> None:
    first = quote(2, reply="[person 1] said so.")
    kept = quote(2, reply="Hannah said so.")
    found = record(share(1, tries=(tried(),), quotes=(first,)), share(2, quotes=(kept, quote(4))))
    assert [(each.turn, each.reply) for each in found.sessions[0].said] == [
        (2, "Hannah said so."),
        (4, "So it was too much."),
    ]
    said = (Said(turn=2, reply="First.", retried=True), Said(turn=2, reply="Then."))
    whole = record(
        share(1, quotes=(first,), recordings=(Recording(ref=REF, turn=2, flac=b"fLaC"),)),
        share(2, transcripts=(Transcript(ref=REF, partner="Maya", said=said),)),
    ).sessions[0]
    assert [each.reply for each in whole.said] == ["First.", "Then."]
    assert (whole.partner, whole.recordings) == ("Maya", ((2, b"fLaC"),))
    assert whole.reply(2) == said[1]
    assert whole.reply(3) is None


def test_a_journal_entry_that_came_twice_is_there_once() -> None:
    entry = JournalEntry(day=TODAY, text="I can wait.")
    assert record(share(1, journal=(entry,)), share(2, journal=(entry,))).journal == (entry,)


def test_weeks_without_practice_are_there_to_be_seen() -> None:
    found = without_gaps([week(4), week(2)], TODAY)
    assert [each.sessions for each in found] == [2, 0, 2, 0, 0]
    assert without_gaps([], TODAY) == []


def test_a_client_is_found_by_name_or_by_the_beginning_of_the_key() -> None:
    known = list(records([share(), share(key=OTHER, name="Robin")]))
    assert find(known, "sam").client == KEY
    assert find(known, OTHER[:8]).client == OTHER
    for named, reason in (("Kim", "has shared"), ("3f", "has shared")):
        with pytest.raises(CoachError, match=reason):
            find(known, named)
    with pytest.raises(CoachError, match=f"{KEY[:8]}, {OTHER[:8]}"):
        find(list(records([share(), share(key=OTHER)])), "Sam")


def test_a_session_is_named_by_its_beginning() -> None:
    found = record(share(quotes=(quote(), quote(ref="4b20" + "0" * 12))))
    assert found.session(REF[:6]).ref == REF
    for ref in ("4b20", "ffff", "4b"):
        with pytest.raises(CoachError, match="their page"):
            found.session(ref)
