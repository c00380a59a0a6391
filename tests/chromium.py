"""What is measured of a page in Chromium."""

import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

A4_POINTS = (595, 842)
CONTRAST = """() => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const luminance = ([r, g, b]) => [r, g, b].map((each) => each / 255)
        .map((each) => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
        .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
    const behind = (element) => {
        for (let each = element; each; each = each.parentElement) {
            const found = channels(getComputedStyle(each).backgroundColor);
            if (found.length === 3 || found[3] > 0) return found;
        }
        return [255, 255, 255];
    };
    const written = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility()
        && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
    return written.map((element) => {
        const style = getComputedStyle(element);
        const ink = luminance(channels(element.closest("svg") ? style.fill : style.color));
        const [low, high] = [ink, luminance(behind(element))].sort((a, b) => a - b);
        return [(high + 0.05) / (low + 0.05), element.textContent.trim()];
    });
}"""
"""Of every written element: its contrast (WCAG 2.2) and its text."""
OVERLAPPING = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
    const texts = [...svg.querySelectorAll("text")].map((each) => [each, each.getBoundingClientRect()]);
    return texts.flatMap(([one, a], index) => texts.slice(index + 1)
        .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 3 && b.top < a.bottom - 3)
        .map(([other]) => one.textContent + " / " + other.textContent));
})"""
"""Words in a picture that stand over each other."""
BEYOND = """() => [...document.querySelectorAll("main *:not(.unseen *)")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5).map((each) => each.outerHTML)"""
"""What stands beyond the edge."""


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield chromium
        chromium.close()


def opened(tab: "Page", path: Path) -> "Page":
    tab.goto(path.as_uri())
    return tab


def asked_and_told(browser: "Browser", path: Path) -> tuple[list[str], list[str]]:
    """What the page asks for beside itself, and what it complains of."""
    tab = browser.new_page()
    asked, told = list[str](), list[str]()
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    opened(tab, path)
    tab.wait_for_load_state("networkidle")
    tab.close()
    return [url for url in asked if not url.startswith("data:") and url != path.as_uri()], told


def letters(text: str) -> str:
    """Without what typesetting does: spaces, and "fi" as one letter."""
    return "".join(unicodedata.normalize("NFKC", text).split())
