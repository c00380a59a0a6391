"""Numbers that people may need badly: each with its source, and none that was checked long ago."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rehearse.safety import Direction, Finding, Kind
from rehearse.safety.help_lines import AT_MOST_DAYS, GENERAL, HelpLine, Purpose, countries, help_for
from rehearse.safety.texts import country_of, ended, known_texts, spelled, stepping_out

FINDINGS = [Finding(kind, None, "", 1.0) for kind in Kind if kind is not Kind.VIOLENCE] + [
    Finding(Kind.VIOLENCE, direction, "", 1.0) for direction in Direction
]
EACH_LINE = [pytest.param(line, id=f"{code} {line.name}") for code, each in countries().items() for line in each.lines]
A_LINE = countries()["GB"].lines[0]


@pytest.mark.parametrize("line", EACH_LINE)
def test_no_entry_is_older_than_a_year(line: HelpLine) -> None:
    assert line.is_current(datetime.now(UTC).date()), "look at its source and its own page, mend it, set the new date"


def test_an_entry_is_too_old_after_a_year() -> None:
    line = replace(A_LINE, checked=date(2026, 1, 10))
    assert line.is_current(date(2026, 1, 10) + timedelta(days=AT_MOST_DAYS))
    assert not line.is_current(date(2026, 1, 10) + timedelta(days=AT_MOST_DAYS + 1))


@pytest.mark.parametrize("line", EACH_LINE)
def test_every_entry_says_where_it_is_from(line: HelpLine) -> None:
    assert re.fullmatch(r"https?://\S+", line.source)
    assert re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", line.site)
    assert re.fullmatch(r"[\d -]*", line.number)
    assert line.hours
    assert line.kinds


def test_every_country_has_an_emergency_number_and_somebody_for_a_crisis() -> None:
    assert {"US", "GB", "IE", "CA", "AU", "NZ", "ZA", "IN", "DE", "AT", "CH", "FR", "NL", GENERAL} <= countries().keys()
    for code, country in countries().items():
        assert code == GENERAL or country.emergency
        assert any(Purpose.CRISIS in line.kinds for line in country.lines), code


@pytest.mark.parametrize("country", [*countries(), "XX", None])
@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: f"{finding.kind} {finding.direction or ''}")
def test_for_every_finding_everywhere_there_is_somebody(finding: Finding, country: str | None) -> None:
    assert help_for(finding, country).lines
    words = stepping_out(finding, country)
    everything = " ".join(words.first)
    assert "{" not in everything
    assert "program" in everything
    assert "say, stop" in everything
    assert not set(everything) & set("0123456789()[]/")
    assert "emergency number" in everything or "right now, call" in everything
    for line in help_for(finding, country).lines[:2]:
        assert (spelled(line.number) if line.number else "findahelpline dot com") in everything
    assert set(words.first) | set(words.again) <= set(known_texts(country))


def test_whoever_hits_hears_of_those_who_help_to_stop_and_is_not_accused() -> None:
    hits, is_hit = (
        Finding(Kind.VIOLENCE, direction, "", 1.0) for direction in (Direction.BY_USER, Direction.BY_PARTNER)
    )
    assert [line.name for line in help_for(hits, "GB").lines] == ["the Respect Phoneline"]
    assert "the National Domestic Abuse Helpline" in [line.name for line in help_for(is_hit, "GB").lines]
    text = " ".join(stepping_out(hits, "GB").first)
    assert not re.search(r"\b(abuser|violent man|guilty|you are to blame|wrong)\b", text)
    assert "want it to stop" in text


def test_after_abuse_it_is_said_how_to_leave_at_once() -> None:
    for finding in FINDINGS:
        said = " ".join(stepping_out(finding, "US").first)
        abuse = finding.kind in {Kind.VIOLENCE, Kind.CHILD_ABUSE, Kind.UNSAFE_NOW}
        assert ("say, exit" in said) is abuse, finding.kind


def test_its_sentences_are_short_enough_for_the_ear() -> None:
    for text in (*known_texts("US"), *known_texts(None), ended()):
        assert all(len(sentence.split()) <= 28 for sentence in re.split(r"(?<=[.!?]) ", text)), text


@pytest.mark.parametrize(
    ("chosen", "language", "country"),
    [
        ("IE", "en_US.UTF-8", "IE"),
        (None, "en_GB.UTF-8", "GB"),
        (None, "C.UTF-8", None),
        (None, "en", None),
        (None, "", None),
    ],
)
def test_the_country_is_the_chosen_one_or_that_of_the_language(
    monkeypatch: pytest.MonkeyPatch, chosen: str | None, language: str, country: str | None
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", language)
    assert country_of(chosen) == country
