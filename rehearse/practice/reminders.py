"""Reminders as a calendar file, so that the person's own calendar reminds them, and no program runs for it.

iCalendar, RFC 5545. The time is "floating": eight in the evening wherever they are. Nothing of what is practised
stands in the file.
"""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

from icalendar import Alarm, Calendar, Event

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SUMMARY = "Practice"
"""Says nothing to whoever looks over one's shoulder."""
MINUTES = 10


def reminders(days: Collection[str], at: time, now: datetime, *, summary: str = SUMMARY) -> bytes:
    """A calendar with one event that comes back every week on `days` (of `WEEKDAYS`), each time with an alarm as it
    begins. `now` is the local time."""
    ordered = [day for day in WEEKDAYS if day in days]
    first = next(
        start
        for ahead in range(8)
        if (start := datetime.combine(now.date() + timedelta(days=ahead), at)) > now.replace(tzinfo=None)
        and WEEKDAYS[start.weekday()] in ordered
    )
    event = Event()
    event.add("uid", f"{uuid4()}@rehearse")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", first)
    event.add("duration", timedelta(minutes=MINUTES))
    event.add("summary", summary)
    event.add("rrule", {"freq": "weekly", "byday": [day[:2] for day in ordered]})
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(0))
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//rehearse//practice//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
