"""The page says what there is, says so where there is nothing, and lets nothing in."""

import re
from dataclasses import replace
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from rehearse.agent.commands import Command, command_in
from rehearse.feedback.codes import Code
from rehearse.feedback.moment import Moment, Occasion
from rehearse.practice.talks import PlannedTalk
from rehearse.reports.figures import Practice, Retry
from rehearse.reports.progress_page import progress_page, range_of
from rehearse.reports.small_multiples import small_multiples
from rehearse.reports.the_talk import HELD_SHOWN, shown_talks
from rehearse.reports.trying_again import trying_again
from tests.coding import coded
from tests.practised import BEGAN, figures

AT = BEGAN + timedelta(days=30)
KNOWN = {"labels": 3, "granular": 2, "listening": 4, "fixing": 2, "defensive": 1, "occasions": 2}


def answered(code: Code) -> Moment:
    return Moment("What a day.", Occasion(frozenset({"feeling"})), coded(code))


SESSIONS = tuple(
    figures(
        number,
        of=KNOWN if number % 3 else {},
        pauses_s=(0.5, 1.0 + number),
        talk_s=((3.0, 4.0), (1.0, 4.0)),
        families=frozenset({"sad"} if number else ()),
        reflections=2,
        questions=1,
        retries=(Retry(answered(Code.ADVISES), answered(Code.EXPLORES)),),
    )
    for number in range(8)
)
FULL = Practice(AT, SESSIONS, (PlannedTalk("Sam", "money"),), families=("sad", "lonely"))


def parsed(page: str) -> ElementTree.Element:
    """The page as XML, which its pictures are."""
    for name in ("meta", "link"):
        page = re.sub(rf"<({name}\b[^>]*)>", r"<\1/>", page)
    return ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>").strip())  # our own page


def plots_of(practice: Practice) -> dict[str, str]:
    return {plot.key: plot.caption for plot in small_multiples(practice.sessions, practice.families)}


@pytest.mark.parametrize(
    ("practice", "said"),
    [
        (Practice(AT), "No session so far."),
        (Practice(AT, unanswered=2), "2 sessions so far, none with an answer."),
        (Practice(AT, (figures(),), families=("sad",)), "3 May 2026: 1 session, 4 minutes."),
        (FULL, "3 May 2026 to 10 May 2026: 8 sessions, 32 minutes."),
    ],
)
def test_whatever_there_is_makes_a_page(practice: Practice, said: str) -> None:
    assert range_of(practice) == said
    assert said in progress_page(practice)
    assert parsed(progress_page(practice)).find(".//h1") is not None


def test_the_page_takes_nothing_from_elsewhere_and_runs_nothing() -> None:
    page = progress_page(FULL)
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in page
    assert not re.search(r"<script|\son\w+=|https?:|@import|url\(|<img|<iframe", page)


def test_what_somebody_wrote_stays_words() -> None:
    hostile = PlannedTalk("<script>alert(1)</script>", first_sentence='"><img src=x>', about="a & b")
    page = progress_page(replace(FULL, talks=(hostile,)))
    assert "<script" not in page
    assert "<img" not in page
    assert "a &amp; b" in page


def test_every_picture_has_its_words_and_its_figures() -> None:
    page = parsed(progress_page(FULL))
    pictures = page.findall(".//figure[svg]")
    assert len(pictures) == 10
    for figure in pictures:
        svg = figure.find("svg")
        assert svg is not None
        title, description = svg.find("title"), svg.find("desc")
        assert title is not None
        assert description is not None
        assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert title.text
        assert len(description.text or "") > 40
        assert len(figure.findall(".//table/tr")) > 1
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_a_session_without_occasion_is_a_gap_and_no_zero() -> None:
    (plot,) = (plot for plot in small_multiples(SESSIONS, ()) if plot.key == "openness")
    assert [mark.value for mark in plot.lines[0].marks] == [None, 0.5, 0.5, None, 0.5, 0.5, None, 0.5]
    assert plot.table.rows[0] == ("3 May", "no occasion")
    assert "no occasion in 3" in plot.description


def test_captions_say_lately_and_before() -> None:
    captions = plots_of(FULL)
    assert captions["openness"] == "Lately 3 of 6, 50% (19–81%); before 2 of 4, 50% (15–85%)."
    assert captions["listening"].startswith("Listened: lately 12 of 27, 44%")
    assert captions["families"] == "1 of 2 so far: sad. Not yet: lonely."
    assert captions["ratio"].startswith("In the last 32 minutes of practice 16 to 8, 2.0:1 (")


def test_reflections_to_questions_wait_for_twenty_minutes() -> None:
    assert plots_of(replace(FULL, sessions=SESSIONS[:3]))["ratio"] == "Not enough yet: 12 of 20 minutes of practice."
    wordless = tuple(replace(each, past=replace(each.past, wordless=True)) for each in SESSIONS)
    assert plots_of(replace(FULL, sessions=wordless))["ratio"] == "Not enough yet: 0 of 20 minutes of practice."


def test_what_a_point_stands_for_is_said() -> None:
    assert "Each point is a session." in progress_page(FULL)
    many = tuple(figures(number, of=KNOWN) for number in range(60))
    assert "Each point is a week of practice, its sessions taken together." in progress_page(
        replace(FULL, sessions=many)
    )


def test_what_nothing_is_known_of_has_no_picture() -> None:
    plots = {plot.key: plot for plot in small_multiples([figures()], ("sad",))}
    assert {key for key, plot in plots.items() if plot.empty} == {
        *("labels", "precision", "listening", "openness", "ratio", "pause", "talk"),
    }
    assert plots["openness"].caption == "Lately no occasion."
    assert plots["pause"].caption == "Lately not known."


def test_how_somebody_was_is_drawn_where_they_were_asked() -> None:
    moods = [{"mood_before": 4, "mood_after": 6}, {}, {"mood_before": 3, "mood_after": 3}, {"mood_before": 9}]
    sessions = [figures(number, of={**KNOWN, **mood}) for number, mood in enumerate(moods)]
    (plot,) = (plot for plot in small_multiples(sessions, ()) if plot.key == "mood")
    assert [[mark.value for mark in line.marks] for line in plot.lines] == [[4, None, 3, None], [6, None, 3, None]]
    assert "How you were" in progress_page(Practice(AT, tuple(sessions), families=("sad",)))
    assert "mood" not in plots_of(FULL)


def test_first_tries_stand_beside_the_second() -> None:
    shown = {pair.name: pair.figures for pair in trying_again(SESSIONS).pairs}
    assert shown == {"named a feeling": ("0 of 8", "0 of 8"), "only listened": ("0 of 8", "8 of 8")}
    assert trying_again([]).pairs == ()


def test_talks_to_come_stand_before_those_that_were_had() -> None:
    today = AT.date()
    talks = (
        PlannedTalk(
            "Ana", happened=True, happened_on=today - timedelta(days=2), how_it_went="Well.", say_again="Sorry."
        ),
        PlannedTalk("Ben"),
        PlannedTalk("Cy", scenario="hard-day", on_day=today + timedelta(days=1), first_sentence="I miss you."),
        PlannedTalk("Di", on_day=today - timedelta(days=1)),
        PlannedTalk("Eve", on_day=today - timedelta(days=2), happened=False),
    )
    shown = shown_talks(replace(FULL, talks=talks))
    assert [talk.title for talk in shown] == ["With Di", "With Cy", "With Ben", "With Ana"]
    assert [talk.when for talk in shown] == [
        "Planned for 1 Jun. It can still be had: choose another day.",
        "Planned for 3 Jun, tomorrow.",
        "No day chosen yet.",
        "You had it on 31 May 2026.",
    ]
    assert shown[1].practised == "Practised 8 times since you planned it."
    assert shown[3].said == (("How it went", "Well."), ("You would say again", "Sorry."))


def test_old_talks_are_not_all_shown() -> None:
    talks = tuple(
        PlannedTalk(str(day), happened=True, happened_on=date(2026, 5, day)) for day in range(1, HELD_SHOWN + 3)
    )
    assert [talk.title for talk in shown_talks(replace(FULL, talks=talks))] == ["With 5", "With 4", "With 3"]


def test_how_a_moment_is_tried_again_is_said_in_words_that_do_it() -> None:
    (said,) = re.findall("“(.+?)”", trying_again([]).caption)
    assert command_in(said) is Command.TRY_AGAIN
