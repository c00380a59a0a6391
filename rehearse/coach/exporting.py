"""All that clients have shared as tables, for a spreadsheet or for another program. A row says one thing.

What stands in several shares is there once, as the client showed it last (`rehearse.coach.caseload`).
"""

import base64
import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rehearse.coach.caseload import Record
from rehearse.coach.formats import Assignment, Figures
from rehearse.coach.judgements import Finding, Judgement
from rehearse.whole_files import replacing

FORMAT = "rehearse.coach-export/1"
SKILLS = tuple(Figures.model_fields)
_FIGURES = tuple(f"{skill}{part}" for skill in SKILLS for part in ("", "_of"))
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "clients": ("client", "name", "shares", "newest_share", "shared_on", "since", "until"),
    "weeks": ("client", "begins", "sessions", "completed", "replies", "retries", "minutes", *_FIGURES),
    "tries": (
        *("client", "session", "day", "scenario", "mode", "counts", "completed", "ending", "replies", "retries"),
        *("minutes", *_FIGURES),
    ),
    "progress": ("client", "assignment", "scenario", "cohort", "done", "of", "open", "told_on", "until"),
    "quotes": ("client", "session", "place", "reply", "retried", "line", "words"),
    "codes": ("client", "session", "place", "reply", "code", "confidence", "contested", "coach", "coach_hears"),
    "letters": ("client", "day", "kind", "words"),
    "journal": ("client", "day", "question", "words"),
    "recordings": ("client", "session", "reply", "file"),
}
"""Of each table. `client` is the key, `session` what the client's files call it, `reply` its number from 1, `place` its
place among those that were shown of the session. A figure has two columns: how often, and out of how many; both empty
where there was no occasion."""
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Practice:
    """What there is to be exported."""

    records: Sequence[Record]
    assigned: Mapping[str, Assignment]
    judgements: Sequence[Judgement]


def write_csv(practice: Practice, folder: Path) -> None:
    """A file for each table, and the recordings beside them.

    Raises:
        OutputError: one cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, rows in tables(practice).items():
        with replacing(folder / f"{name}.csv") as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS[name])
            writer.writeheader()
            writer.writerows({column: _cell(value) for column, value in row.items()} for row in rows)
    for name, sound in _sounds(practice):
        with replacing(folder / name) as temporary:
            temporary.write_bytes(sound)


def write_json(practice: Practice, path: Path) -> None:
    """One file with every table, and the recordings in Base64.

    Raises:
        OutputError: it cannot be written.
    """
    everything = {
        "format": FORMAT,
        **tables(practice),
        "sounds": {file: base64.b64encode(sound).decode() for file, sound in _sounds(practice)},
    }
    with replacing(path) as temporary:
        text = json.dumps(everything, ensure_ascii=False, indent=1, default=date.isoformat)
        temporary.write_text(f"{text}\n", encoding="utf-8")


def tables(practice: Practice) -> dict[str, list[Row]]:
    """The rows of every table of `COLUMNS`, with its columns in that order."""
    found: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for record in practice.records:
        for name, rows in _tables_of(record, practice):
            found[name] += [dict(zip(COLUMNS[name], (record.client, *row), strict=True)) for row in rows]
    return found


def _tables_of(record: Record, practice: Practice) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    newest = record.newest
    about = (record.name, record.count, newest.number, newest.made_at.date(), newest.since, newest.until)
    yield "clients", [about]
    yield (
        "weeks",
        [
            (
                each.begins,
                each.sessions,
                each.completed,
                each.turns,
                each.retries,
                each.minutes,
                *_figures(each.figures),
            )
            for each in record.weeks
        ],
    )
    yield (
        "tries",
        [
            (
                *(each.ref, each.day, each.scenario, each.mode, each.counts, each.completed, each.ending),
                *(each.turns, each.retries, each.minutes, *_figures(each.figures)),
            )
            for each in record.tries
        ],
    )
    yield "progress", _progress(record, practice.assigned)
    said = [(session.ref, place, each) for session in record.sessions for place, each in enumerate(session.said, 1)]
    yield (
        "quotes",
        [(ref, place, each.turn + 1, each.retried, each.line, each.reply) for ref, place, each in said],
    )
    own = [each for each in practice.judgements if each.client == record.client]
    judged: dict[tuple[str, int, str], Judgement] = {(each.ref, each.turn, each.code): each for each in own}
    yield "codes", _codes(record, judged)
    yield (
        "letters",
        [
            (letter.on, kind, words)
            for letter in record.letters
            for kind, words in (("hard", letter.hard), ("says", letter.says), *(("asks", each) for each in letter.asks))
            if words
        ],
    )
    yield "journal", [(each.day, each.question, each.text) for each in record.journal]
    yield (
        "recordings",
        [
            (session.ref, turn + 1, _file(record, session.ref, turn))
            for session in record.sessions
            for turn, _ in session.recordings
        ],
    )


def _progress(record: Record, assigned: Mapping[str, Assignment]) -> Iterator[tuple[Any, ...]]:
    for each in record.standings:
        asked = assigned.get(each.progress.assignment)
        task = (asked.scenario, asked.cohort) if asked else (None, None)
        done = (each.progress.done, each.progress.of, each.progress.open)
        yield each.progress.assignment, *task, *done, each.on, asked.until if asked else None


def _codes(record: Record, judged: Mapping[tuple[str, int, str], Judgement]) -> Iterator[tuple[Any, ...]]:
    for session in record.sessions:
        for place, said in enumerate(session.said, 1):
            for each in said.codes:
                found = None if said.retried else judged.get((session.ref, said.turn, each.code))
                own = (found.finding.value, found.instead) if found else (None, None)
                yield session.ref, place, said.turn + 1, each.code, each.confidence, each.contested, *own
    for ref, turn, code in (about for about, each in judged.items() if each.finding is Finding.MISSED):
        yield ref, None, turn + 1, code, None, False, Finding.MISSED.value, None


def _figures(figures: Figures) -> Iterator[int | None]:
    for skill in SKILLS:
        figure = getattr(figures, skill)
        yield from (figure.count, figure.of) if figure else (None, None)


def _sounds(practice: Practice) -> Iterator[tuple[str, bytes]]:
    for record in practice.records:
        for session in record.sessions:
            for turn, flac in session.recordings:
                yield _file(record, session.ref, turn), flac


def _file(record: Record, ref: str, turn: int) -> str:
    return f"{record.short}-{ref}-{turn + 1:03}.flac"


def _cell(value: Any) -> Any:
    """A spreadsheet takes a text that begins so for a formula, and a client's words are none."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "'")):
        return f"'{value}"
    return value
