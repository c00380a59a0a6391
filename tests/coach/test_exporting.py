"""What was received, as tables that say nothing twice and leave nothing out."""

import csv
import json
from pathlib import Path
from typing import Any

from rehearse.coach.exporting import COLUMNS, Practice, tables, write_csv, write_json
from rehearse.coach.formats import JournalEntry, Recording
from rehearse.coach.judgements import Finding, judged
from rehearse.feedback.codes import Code
from tests.conftest import ROOT
from tests.shared import AT, KEY, REF, TODAY, assignment, progress, quote, record, share, tried, week

ASKED = assignment(cohort="group")
RECORD = record(
    share(
        weeks=(week(0), week(1)),
        tries=(tried(),),
        progress=(progress(ASKED), progress(assignment(2))),
        hard="=1+1",
        asks=("How?", "When?"),
        quotes=(quote(2, "reflects", "advises"),),
        recordings=(Recording(ref=REF, turn=2, flac=b"fLaC0"),),
        journal=(JournalEntry(day=TODAY, text="I can wait.\n“Really.”"),),
    )
)
PRACTICE = Practice(
    [RECORD],
    {ASKED.id: ASKED},
    [
        judged(RECORD, REF, 2, Code.REFLECTS, Finding.WRONG, AT, instead=Code.EXPLORES),
        judged(RECORD, REF, 2, Code.VALIDATES, Finding.MISSED, AT),
    ],
)


def column(name: str, table: str) -> list[Any]:
    return [row[name] for row in tables(PRACTICE)[table]]


def test_every_table_has_its_columns_and_a_row_for_each_thing() -> None:
    found = tables(PRACTICE)
    assert {name: tuple(rows[0]) for name, rows in found.items()} == COLUMNS
    assert {name: len(rows) for name, rows in found.items()} == {
        name: 3 if name in {"codes", "letters"} else 2 if name in {"weeks", "progress"} else 1 for name in COLUMNS
    }
    assert column("cohort", "progress") == ["group", None]
    assert column("coach", "codes") == ["wrong", None, "missed"]
    assert column("coach_hears", "codes") == ["explores", None, None]
    assert column("listening", "tries") == [3]
    assert column("labels", "tries") == [None]


def test_as_csv_it_can_be_read_back_and_holds_no_formula(tmp_path: Path) -> None:
    write_csv(PRACTICE, tmp_path / "out")
    for name, rows in tables(PRACTICE).items():
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            read = list(csv.DictReader(file))
        assert [each["client"] for each in read] == [KEY] * len(rows)
        assert not any(value.startswith("=") for row in read for value in row.values())
    assert "'=1+1" in (tmp_path / "out" / "letters.csv").read_text(encoding="utf-8")
    assert (tmp_path / "out" / f"{KEY[:8]}-{REF}-003.flac").read_bytes() == b"fLaC0"
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


def test_as_json_it_is_all_there(tmp_path: Path) -> None:
    write_json(PRACTICE, tmp_path / "out.json")
    read = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert set(read) == {"format", "sounds", *COLUMNS}
    assert read["letters"][0]["words"] == "=1+1"
    assert list(read["sounds"].values()) == ["ZkxhQzA="]


def test_the_page_for_coaches_names_every_table_and_column() -> None:
    page = (ROOT / "docs" / "for-coaches.md").read_text(encoding="utf-8")
    for table, columns in COLUMNS.items():
        assert f"| `{table}` | {', '.join(f'`{each}`' for each in columns if not each.endswith('_of'))} |" in page
