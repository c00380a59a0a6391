"""A coach's review in Chromium: it asks for nothing, complains of nothing, can be read, heard and printed."""

import random
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from benchmarks.coach_review import AT, made_up
from rehearse.audio.files import as_flac
from rehearse.audio.frames import SAMPLE_RATE
from rehearse.coach.caseload import records
from rehearse.coach.formats import Client
from rehearse.coach.judgements import Finding, judged
from rehearse.reports.review.pages import PRACTICE, Review, page_name
from rehearse.reports.review.writing import write_review
from tests.chromium import A4_POINTS, BEYOND, CONTRAST, OVERLAPPING, asked_and_told, letters, opened
from tests.shared import COACH, assignment, share

pytestmark = pytest.mark.process

WEEKS = {"e0" * 32: 0, "a1" * 32: 1, "b2" * 32: 12, "c3" * 32: 150}
"""Clients, and for how long they have practised."""
PAGES = {PRACTICE: PRACTICE, **{f"{weeks} weeks": page_name(key) for key, weeks in WEEKS.items()}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a practice, and of one in which nobody has shared anything."""
    folder, choose = tmp_path_factory.mktemp("review"), random.Random(3)
    asked = [assignment(each, note="Name what you hear.\nThen wait.", until=AT.date()) for each in (1, 2)]
    sound = as_flac(np.sin(np.arange(SAMPLE_RATE) / 20).astype(np.float32), SAMPLE_RATE)
    shares = [
        made_up(choose, Client(key=key, name="Sam" * min(weeks, 26)), COACH, 2, asked, weeks=weeks, flac=sound)
        if weeks
        else share(key=key, name=None)
        for key, weeks in WEEKS.items()
    ]
    known = list(records(shares))
    session = known[2].sessions[-1]
    reply, code = next((said, heard.code) for said in session.said for heard in said.codes)
    own = judged(known[2], session.ref, reply.turn, code, Finding.WRONG, AT, note="I hear a question.")  # type: ignore[arg-type]
    write_review(Review(known, {each.id: each for each in asked}, (own,), AT + timedelta(days=2), damaged=1), folder)
    (folder / "none").mkdir()
    write_review(Review((), {}, (), AT), folder / "none")
    return folder


@pytest.fixture(params=[*PAGES.values(), f"none/{PRACTICE}"], ids=[*PAGES, "nobody"])
def path(request: pytest.FixtureRequest, folder: Path) -> Path:
    found: Path = folder / request.param
    return found


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened(tab, path)
    tab.close()


def test_it_asks_for_nothing_and_complains_of_nothing(browser: Browser, path: Path) -> None:
    assert asked_and_told(browser, path) == ([], [])


def test_its_policy_lets_no_script_run_and_nothing_in(browser: Browser, folder: Path, tmp_path: Path) -> None:
    added = '<script>document.title = "run"</script><audio src="http://127.0.0.1:9/x.flac"></audio></body>'
    path = tmp_path / "with-script.html"
    path.write_text((folder / PRACTICE).read_text(encoding="utf-8").replace("</body>", added), encoding="utf-8")
    asked, told = asked_and_told(browser, path)
    assert asked == []
    assert len([message for message in told if "Content Security Policy" in message]) == 2


def test_what_was_recorded_can_be_heard(browser: Browser, folder: Path) -> None:
    tab = opened(browser.new_page(), folder / page_name("b2" * 32))
    sound = tab.locator("audio")
    assert sound.count() == 1
    assert sound.get_attribute("aria-label") == "How reply 3 sounded"
    lasts = sound.evaluate(
        """(each) => new Promise((told, failed) => {
            each.onloadedmetadata = () => told(each.duration); each.onerror = () => failed(each.error.message);
            each.preload = "auto"; each.load();
        })"""
    )
    assert lasts == pytest.approx(1.0, abs=0.05)
    tab.close()


def test_every_picture_has_a_name_a_description_and_a_table(page: Page) -> None:
    for figure in page.locator("figure:has(svg)").all():
        picture = figure.get_by_role("img", name=figure.locator("h3").inner_text())
        assert picture.count() == 1
        assert picture.locator("desc").text_content()
        assert figure.get_by_role("table").get_by_role("row").count() > 0


def test_headings_go_down_one_by_one(page: Page) -> None:
    levels = page.evaluate('[...document.querySelectorAll("h1, h2, h3, h4")].map((each) => Number(each.tagName[1]))')
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_all_of_it_can_be_told_from_its_ground(page: Page) -> None:
    page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })')
    measured = page.evaluate(CONTRAST)
    assert len(measured) > 10
    assert [text for contrast, text in measured if contrast < 4.5] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_stands_beyond_the_edge_nor_over_another(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = true; })')
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(OVERLAPPING) == []


def test_on_paper_every_plot_and_every_reply_is_whole(page: Page) -> None:
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {A4_POINTS}
    words = [letters(sheet.extract_text()) for sheet in sheets]
    for figure in page.locator("figure").all():
        begin, end = (letters(figure.locator(part).inner_text()) for part in ("h3", "figcaption"))
        assert any(begin in sheet and end in sheet for sheet in words), begin
    printed = "".join(words)
    for each in page.locator(".turn > p:first-child, .theirs").all():
        assert letters(each.inner_text()) in printed
