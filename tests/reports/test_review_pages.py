"""The review says what was shared, suggests by its rule, ranks nobody, and lets nothing in."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from rehearse.coach.caseload import Record, records
from rehearse.coach.formats import Figures, Heard, JournalEntry, OfACode, Recording, Said, Transcript
from rehearse.coach.judgements import Finding, judged
from rehearse.feedback.codes import MISSED, Axis, Code
from rehearse.reports.review.changes import changes, what_changed
from rehearse.reports.review.focus import focus
from rehearse.reports.review.pages import PAGES, Review, client_page, page_name, practice_page
from rehearse.reports.review.skills import SKILLS
from rehearse.reports.review.words import DID
from rehearse.reports.review.writing import write_review
from tests.shared import AT, KEY, OTHER, REF, TODAY, assignment, progress, quote, record, share, tried, week

SCRIPT = "<script>alert(1)</script>"
ASKED = assignment(until=TODAY + timedelta(days=9), skill=Axis.LABELING)


def reading(record: Record, **keys: object) -> Review:
    return Review([record], {ASKED.id: ASKED}, (), AT, **keys)  # type: ignore[arg-type]


def full() -> Record:
    said = (
        Said(turn=0, line=SCRIPT, reply=SCRIPT, retried=True),
        Said(turn=0, reply="You sound worn out.", codes=(Heard(code=Code.LABELS_FEELING, confidence=0.91),)),
        Said(turn=1, reply="Well.", codes=(Heard(code="missed", contested=True),)),
    )
    return record(
        share(
            name=f"Sam {SCRIPT}",
            weeks=tuple(week(ago, figures=rated(4)) for ago in range(0, 40, 3)),
            tries=(tried(figures=rated(3)), tried("0" * 16, scenario=None, ending=None)),
            progress=(progress(ASKED), progress(assignment(2))),
            hard=SCRIPT,
            says=SCRIPT,
            asks=(SCRIPT,),
            quotes=(quote(5, ref="0" * 16, line=None),),
            transcripts=(Transcript(ref=REF, partner="Maya", said=said),),
            recordings=(Recording(ref=REF, turn=0, flac=b"fLaC0"), Recording(ref=REF, turn=7, flac=b"<html>")),
            journal=(JournalEntry(day=TODAY, question=SCRIPT, text=SCRIPT),),
        ),
        share(3, since=TODAY + timedelta(days=1), hard=SCRIPT),
    )


def rated(count: int, of: int = 9) -> Figures:
    each = OfACode(count=count, of=of)
    return Figures(labels=each, granular=each, listening=each, fixing=each, defensive=each)


def parsed(page: str) -> ElementTree.Element:
    for name in ("meta", "link"):
        page = re.sub(rf"<({name}\b[^>]*)>", r"<\1/>", page)
    page = page.replace("<audio controls ", '<audio controls="" ')
    return ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>").strip())  # our own page


@pytest.mark.parametrize("made", [full, record])
def test_both_pages_are_whole_and_let_nothing_in(made: object) -> None:
    shown = made()  # type: ignore[operator]
    for page in (client_page(reading(shown), shown), practice_page(reading(shown, damaged=2))):
        assert SCRIPT not in page
        assert "http" not in page.replace("http-equiv", "")
        root = parsed(page)
        assert not list(root.iter("script"))
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert len(ids) == len(set(ids))
        for link in root.iter("a"):
            assert PAGES.fullmatch(link.get("href") or "")


def test_a_clients_page_has_all_that_they_chose_to_show() -> None:
    page = client_page(reading(full()), full())
    for words in (
        "Not here: number 2",
        "hard-day, 3 times, by 5 Dec 2026, for naming feelings",
        "1 of 3 done, open, as they said on 26 Nov 2026",
        "An assignment that is not on this machine",
        "named the other’s feeling",
        "91% sure; right in 82% when given",
        "left the feeling for later",
        "they do not agree",
        "taken back and tried again",
        f"rehearse coach correct {KEY[:8]} {REF} 1 labels_feeling --confirm",
        f"rehearse coach correct {KEY[:8]} {REF} 2 CODE --missed",
        'src="data:audio/flac;base64,ZkxhQzA="',
        "How reply 8 sounded was shared, but is no FLAC",
        "a scene of their own",
        "right in 85% of such verdicts, finds 86% of what is there, κ 0.82",
    ):
        assert words in page, words
    assert f"{KEY[:8]} {REF} 2 missed" not in page


def test_what_the_coach_has_judged_stands_beside_it() -> None:
    shown = full()
    wrong = judged(shown, REF, 0, Code.LABELS_FEELING, Finding.WRONG, AT, instead=Code.EXPLORES, note="Hm.")
    missed = judged(shown, REF, 1, Code.REFLECTS, Finding.MISSED, AT).model_copy(update={"sent": "ab" * 8})
    page = client_page(Review([shown], {}, (wrong, missed), AT), shown)
    assert "You do not hear labels_feeling, but explores. Your note: Hm. It waits for your next assignment" in page
    assert "You hear reflects, which the program did not give. It went with an assignment." in page


def test_clients_are_listed_by_name_or_by_their_newest_share_and_by_nothing_else() -> None:
    good, poor = rated(9), rated(0)
    known = list(
        records(
            [
                share(1, key=KEY, name="Robin", weeks=(week(figures=good, sessions=9),)),
                share(2, key="aa" * 32, name=None),
                share(3, key=OTHER, name="andrea", weeks=(week(figures=poor),), asks=("How?",)),
            ]
        )
    )
    review = Review(known, {ASKED.id: ASKED}, (), AT)

    def order(page: str) -> list[str]:
        return re.findall(r'<li><p><a href="[^"]*">([^<]*)</a>', page)

    assert order(practice_page(review)) == ["andrea", "Robin", "Client aaaaaaaa"]
    assert order(practice_page(review, latest_first=True)) == ["andrea", "Client aaaaaaaa", "Robin"]
    page = practice_page(review)
    assert "Assignments of which nothing was heard yet" in page
    assert "%" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_pages_are_named_by_no_name_and_those_of_who_is_gone_are_deleted(tmp_path: Path) -> None:
    (tmp_path / "client-0123456789ab.html").write_text("gone")
    (tmp_path / "notes.html").write_text("the coach's own")
    write_review(reading(record()), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"practice.html", "notes.html", page_name(KEY)}
    assert (tmp_path / page_name(KEY)).stat().st_mode & 0o777 == 0o600


def test_every_code_has_words() -> None:
    assert set(DID) == {*Code, MISSED}


# The suggestion.

LITTLE = tuple(week(ago, figures=Figures(labels=OfACode(count=1, of=18))) for ago in range(6))


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({}, []),
        ({"asks": ("How?",), "hard": "The waiting."}, ["Begin with their question."]),
        ({"hard": "The waiting."}, ["Begin with what they found hard."]),
        ({"quotes": (quote(2, codes=(Heard(code=Code.ADVISES, contested=True),)),)}, ["Look together at a verdict"]),
        ({"weeks": LITTLE}, ["Look at naming the feeling"]),
        ({"weeks": LITTLE, "asks": ("How?", "When?")}, ["Begin with their 2 questions.", "Look at naming the feeling"]),
        ({"weeks": (week(figures=Figures(labels=OfACode(count=1, of=9))),)}, []),
        ({"weeks": (week(figures=Figures(labels=OfACode(count=4, of=18))),)}, []),
        ({"progress": (progress(ASKED, 0),)}, ["Ask how it is going with hard-day."]),
        ({"progress": (progress(ASKED, 1),)}, []),
        (
            {"weeks": (week(figures=Figures(**{**dict(LITTLE[0].figures), "listening": OfACode(count=1, of=30)})),)},
            ["Look at listening."],
        ),
    ],
)
def test_what_they_say_comes_before_any_figure_and_chance_is_no_reason(keys: dict[str, Any], what: list[str]) -> None:
    found = focus(record(share(**keys)), {ASKED.id: ASKED}, TODAY)
    assert len(found) == len(what)
    for each, begins in zip(found, what, strict=True):
        assert each.what.startswith(begins)
        assert each.why


def test_the_skill_of_an_open_assignment_comes_first() -> None:
    both = week(figures=Figures(labels=OfACode(count=1, of=30), listening=OfACode(count=1, of=30)))
    shared = record(share(weeks=(both,), progress=(progress(ASKED),)))
    (found,) = focus(shared, {ASKED.id: ASKED}, TODAY)
    assert found.what == "Look at naming the feeling that they hear."


def test_what_is_old_is_said_to_be() -> None:
    (found,) = focus(record(share(hard="The waiting.")), {}, TODAY + timedelta(weeks=9))
    assert "9 weeks ago" in found.why


# The plots.


def test_weeks_without_practice_are_gaps_and_bands_are_told() -> None:
    plots = {each.key: each for each in changes((week(2, figures=rated(9, 18)), week(0, figures=rated(9, 18))), TODAY)}
    naming = plots["naming"].lines[0]
    assert [mark.said for mark in naming.marks] == ["9 of 18, 50% (29–71%)", "no practice", "9 of 18, 50% (29–71%)"]
    assert [mark.value for mark in plots["practice"].lines[0].marks] == [2, 0, 2]
    assert "The coder" in plots["openness"].about


@pytest.mark.parametrize(("weeks", "kind"), [(1, "week"), (24, "week"), (25, "month"), (200, "quarter")])
def test_years_are_shown_as_few_points(weeks: int, kind: str) -> None:
    plots = changes([week(ago, figures=rated(3)) for ago in reversed(range(weeks))], TODAY)
    assert {each.period for each in plots} == {kind}
    assert len(plots[0].lines[0].marks) <= 24


def test_a_change_is_told_only_where_it_is_hardly_chance() -> None:
    def weeks(*counts: int) -> list:  # type: ignore[type-arg]
        return [
            week(len(counts) - place, figures=Figures(labels=OfACode(count=count, of=40)))
            for place, count in enumerate(counts)
        ]

    assert what_changed(weeks(2, 3, 20, 22)) == "They named a feeling more often: 42 of 80 lately, 5 of 80 before."
    assert "less often" in what_changed(weeks(20, 22, 2, 3))
    assert what_changed(weeks(10, 11, 12, 13)).startswith("No skill shows")
    assert what_changed([]) == what_changed([week()]) == "There is too little so far to compare."


def test_each_skill_says_how_far_it_can_be_trusted() -> None:
    assert all(re.search(r"right in \d+% .* finds \d+% .* κ 0\.\d\d", skill.reliability) for skill in SKILLS)
