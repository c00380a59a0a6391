"""The pages as files, which only their owner may read."""

from pathlib import Path

from rehearse.reports.review.pages import PAGES, PRACTICE, Review, client_page, page_name, practice_page
from rehearse.whole_files import replacing


def write_review(review: Review, folder: Path, *, latest_first: bool = False) -> None:
    """Write all pages into `folder`, and delete those of clients of whom nothing is here any more.

    Raises:
        OutputError: one cannot be written.
    """
    names = {page_name(record.client): record for record in review.records}
    for path in folder.iterdir():
        if PAGES.fullmatch(path.name) and path.name not in {*names, PRACTICE}:
            path.unlink()
    for name, record in names.items():
        _write(folder / name, client_page(review, record))
    _write(folder / PRACTICE, practice_page(review, latest_first=latest_first))


def _write(path: Path, page: str) -> None:
    with replacing(path) as temporary:
        temporary.write_text(page, encoding="utf-8")
