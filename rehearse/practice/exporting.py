"""Everything in a practice log as files that any program, and any person, can read."""

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from rehearse.practice.journal import Journal
from rehearse.practice.log import KeptTurn, Past, PracticeLog, is_not_expired
from rehearse.practice.tables import ProposalRow, RecordingRow, TurnRow
from rehearse.practice.talks import Talks
from rehearse.whole_files import replacing

FORMAT = "rehearse.practice/1"


def export(log: PracticeLog, folder: Path) -> int:
    """Write all of it into `folder`: `practice.json`, a Markdown page for each session, the journal and the planned
    talks, and the sound that is kept; how many sessions there are.

    Raises:
        LogError: the log cannot be read.
        OutputError: a file cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sessions = log.history()
    journal, talks = Journal(log.database).entries(), Talks(log.database).talks()
    with log.database.reading() as rows:
        proposals = [
            {name: getattr(row, name) for name in ("day", "scenario", "mode", "why", "session_id")}
            for row in rows.scalars(select(ProposalRow).order_by(ProposalRow.id))
        ]
    everything = {
        "format": FORMAT,
        "sessions": [{**asdict(past), "report": log.report(past.id)} for past in sessions],
        "journal": [asdict(entry) for entry in journal],
        "talks": [asdict(talk) for talk in talks],
        "proposals": proposals,
    }
    _write(folder / "practice.json", json.dumps(everything, ensure_ascii=False, indent=2, default=_plain) + "\n")
    for past in sessions:
        _write(folder / f"{_name(past)}.md", session_page(past, log.turns(past.id), log.report(past.id)))
    _write(
        folder / "journal.md",
        _page("Journal", [(f"{e.written_at:%Y-%m-%d %H:%M}", f"{_quoted(e.question)}{e.text}") for e in journal]),
    )
    _write(
        folder / "talks.md",
        _page("Talks", [(talk.with_whom, _lines(asdict(talk), leave_out=("id", "with_whom"))) for talk in talks]),
    )
    _export_sound(log, folder)
    return len(sessions)


def session_page(past: Past, turns: list[KeptTurn], report: dict[str, Any]) -> str:
    """A session as Markdown."""
    ending = "stopped" if past.broken_off else past.ending or "none"
    said = [f"# {past.scenario}, {past.began_at:%Y-%m-%d %H:%M}", f"Ending: {ending}"]
    for turn in turns:
        entry = turn.entry
        codes = () if past.broken_off else entry["codes"]
        done = ", ".join(str(code["code"]).replace("_", " ") for code in codes)
        first = " (tried again afterwards)" if turn.retried else ""
        said.append(f"**{past.partner}:** {entry['partner']['text']}")
        said.append(f"**You{first}:** {entry['reply']['text']}" + (f"  \n*{done}*" if done else ""))
    debrief = report.get("debrief", {})
    said += [*debrief.get("strengths", ()), debrief.get("try_next", "")]
    return "\n\n".join(filter(None, said)) + "\n"


def _export_sound(log: PracticeLog, folder: Path) -> None:
    query = select(TurnRow.session_id, TurnRow.place, RecordingRow).join(RecordingRow).where(is_not_expired())
    with log.database.reading() as rows:
        for session, place, recording in rows.execute(query.order_by(TurnRow.id).execution_options(yield_per=10)):
            with replacing(folder / f"{session:05}-{place + 1:02}.flac") as temporary:
                temporary.write_bytes(recording.flac)


def _name(past: Past) -> str:
    """It says nothing to whoever looks over one's shoulder."""
    return f"{past.id:05}-{past.began_at:%Y-%m-%d}"


def _page(title: str, parts: list[tuple[str, str]]) -> str:
    return "\n\n".join([f"# {title}", *(f"## {heading}\n\n{text}" for heading, text in parts)]) + "\n"


def _quoted(question: str | None) -> str:
    return f"> {question}\n\n" if question else ""


def _lines(values: dict[str, Any], leave_out: tuple[str, ...]) -> str:
    known = {name: value for name, value in values.items() if name not in leave_out and value not in (None, "")}
    return "\n".join(f"- {name.replace('_', ' ')}: {_plain(value)}" for name, value in known.items())


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _write(path: Path, text: str) -> None:
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
