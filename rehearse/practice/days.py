"""Days as people say them: "tomorrow", "on Friday", "in two weeks", "2027-01-05"."""

import re
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "a few": 3}
_AMOUNT = rf"(?P<amount>\d+|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}) (?P<unit>day|week|month)s?"
_SPANS = {"day": 1, "week": 7, "month": 30}
_ROUGHLY = (
    (r"day after tomorrow", 2),
    (r"tomorrow", 1),
    (r"day before yesterday", -2),
    (r"yesterday", -1),
    (r"today|tonight|this (?:morning|afternoon|evening)|just now", 0),
    (r"next week", 7),
    (r"last week", -7),
    (r"next month", 30),
    (r"soon|this week|in the next few days", 3),
)


def day_in(text: str, today: date, *, past: bool = False) -> date | None:
    """The day that `text` names, roughly; None where it names none. A weekday is the next one, or with `past` the last
    one, today being neither."""
    said = " ".join(text.lower().replace(",", " ").split())
    if exact := re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", said):
        return _date(*map(int, exact.groups()))
    if span := re.search(rf"\bin (?:about )?{_AMOUNT}\b", said):
        return today + timedelta(days=_days(span))
    if span := re.search(rf"\b{_AMOUNT} ago\b", said):
        return today - timedelta(days=_days(span))
    for pattern, days in _ROUGHLY:
        if re.search(rf"\b(?:{pattern})\b", said):
            return today + timedelta(days=days)
    if found := re.search(rf"\b(?:{'|'.join(_WEEKDAYS)}|weekend)", said):
        weekday = _WEEKDAYS.index("saturday" if found[0] == "weekend" else found[0])
        ahead = (weekday - today.weekday()) % 7 or 7
        return today + timedelta(days=ahead - 7 if past and ahead < 7 else -7 if past else ahead)
    return _in_a_month(said, today, past=past)


def _in_a_month(said: str, today: date, *, past: bool) -> date | None:
    months = "|".join(_MONTHS)
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    found = re.search(rf"\b{day} (?:of )?(?P<month>{months})\b", said) or re.search(
        rf"\b(?P<month>{months}) (?:the )?{day}\b", said
    )
    if not found:
        return None
    month = _MONTHS.index(found["month"]) + 1
    years = (today.year, today.year - 1) if past else (today.year, today.year + 1)
    for year in years:
        there = _date(year, month, int(found["day"]))
        if there and (there <= today if past else there >= today):
            return there
    return None


def _days(span: re.Match[str]) -> int:
    amount = span["amount"]
    return (int(amount) if amount.isdigit() else _NUMBERS[amount]) * _SPANS[span["unit"]]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
