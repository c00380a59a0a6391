"""The progress page in Chromium: it asks for nothing, complains of nothing, can be read, and prints whole."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from benchmarks.progress_page import plan_talks, practise
from rehearse.practice.database import Database
from rehearse.practice.log import PracticeLog
from rehearse.reports.figures import practice_of
from rehearse.reports.progress_page import progress_page
from tests.chromium import A4_POINTS, BEYOND, CONTRAST, OVERLAPPING, asked_and_told, letters, opened

pytestmark = pytest.mark.process

AT = datetime(2026, 5, 20, 18).astimezone()
SESSIONS = {"empty": 0, "one": 1, "some": 20, "many": 150}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of logs with more and less in them."""
    folder, paths = tmp_path_factory.mktemp("pages"), {}
    for name, count in SESSIONS.items():
        log = PracticeLog(Database.in_file(folder / f"{name}.db"))
        practise(log, count, 9, AT)
        if count:
            plan_talks(log, AT.date())
        paths[name] = folder / f"{name}.html"
        paths[name].write_text(progress_page(practice_of(log, AT)), encoding="utf-8")
        log.database.close()
    return paths


@pytest.fixture(params=SESSIONS)
def page(request: pytest.FixtureRequest, browser: Browser, pages: dict[str, Path]) -> Iterator[Page]:
    """Each of them."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened(tab, pages[request.param])
    tab.close()


@pytest.mark.parametrize("name", SESSIONS)
def test_it_asks_for_nothing_and_complains_of_nothing(name: str, browser: Browser, pages: dict[str, Path]) -> None:
    assert asked_and_told(browser, pages[name]) == ([], [])


def test_its_policy_lets_no_script_run_and_nothing_in(browser: Browser, pages: dict[str, Path], tmp_path: Path) -> None:
    added = '<script>document.title = "run"</script><img src="http://127.0.0.1:9/x.png"></body>'
    path = tmp_path / "with-script.html"
    path.write_text(pages["some"].read_text(encoding="utf-8").replace("</body>", added), encoding="utf-8")
    tab = browser.new_page()
    told = list[str]()
    tab.on("console", lambda message: told.append(message.text))
    opened(tab, path)
    assert tab.title() == "Your practice"
    assert len([message for message in told if "Content Security Policy" in message]) == 2
    tab.close()


def test_every_picture_has_a_name_a_description_and_a_table(page: Page) -> None:
    for figure in page.locator("figure:has(svg)").all():
        title = figure.locator("h3").inner_text()
        picture = figure.get_by_role("img", name=title)
        assert picture.count() == 1
        assert picture.locator("desc").text_content()
        assert figure.get_by_role("table").get_by_role("row").count() > 0


def test_all_of_it_can_be_told_from_its_ground(page: Page) -> None:
    measured = page.evaluate(CONTRAST)
    assert len(measured) > 10
    assert [text for contrast, text in measured if contrast < 4.5] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_stands_beyond_the_edge(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(BEYOND) == []


def test_no_words_in_a_picture_overlap(page: Page) -> None:
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OVERLAPPING) == []


def test_on_paper_every_plot_is_whole(page: Page) -> None:
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets} == {A4_POINTS}
    words = [letters(sheet.extract_text()) for sheet in sheets]
    for figure in page.locator("figure").all():
        parts = [figure.locator("h3").inner_text(), figure.locator("figcaption").inner_text()]
        begin, end = map(letters, parts)
        assert any(begin in sheet and end in sheet for sheet in words), begin
