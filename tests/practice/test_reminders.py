"""Reminders that a calendar takes."""

from datetime import UTC, datetime, time

from icalendar import Calendar

from rehearse.practice.reminders import reminders

THURSDAY_EVENING = datetime(2026, 11, 26, 20, tzinfo=UTC)


def test_they_come_every_week_on_the_days_that_were_chosen() -> None:
    calendar = Calendar.from_ical(reminders({"thu", "mon"}, time(19), THURSDAY_EVENING))
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 11, 30, 19)  # this Thursday's has passed
    assert event["rrule"] == {"FREQ": ["WEEKLY"], "BYDAY": ["MO", "TH"]}
    assert len(calendar.walk("VALARM")) == 1


def test_nothing_in_them_says_what_it_is_about() -> None:
    written = reminders({"fri"}, time(7, 30), THURSDAY_EVENING)
    assert b"SUMMARY:Practice\r\n" in written
    assert b"DTSTART:20261127T073000\r\n" in written
    assert b"SUMMARY:Tea\\, alone" in reminders({"fri"}, time(7), THURSDAY_EVENING, summary="Tea, alone")
