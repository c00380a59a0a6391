"""How long the progress page takes over years of practice: 5,000 sessions of 12 turns.

python -m benchmarks.progress_page [--sessions N] [--turns N] [--log FILE] [--html FILE]
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import insert

from rehearse.feedback.codes import Code
from rehearse.feedback.debrief import debrief
from rehearse.feedback.feelings import vocabulary
from rehearse.practice.database import Database
from rehearse.practice.figures import figures_of
from rehearse.practice.log import PracticeLog, now
from rehearse.practice.reading import moment_of, turn_of
from rehearse.practice.report import FORMAT, debrief_entry, turn_entry
from rehearse.practice.tables import SessionRow, TurnRow
from rehearse.practice.talks import PlannedTalk, Talks
from rehearse.reports.figures import practice_of
from rehearse.reports.progress_page import progress_page

LINES = (
    (("feeling",), "What a day. The printer died, then the Tuesday call, and by then I was just, yeah."),
    (("complaint", "hurt"), "You never ask how it went. I had to sit through all of that by myself."),
    (("feeling",), "And then he moved the deadline, in front of everybody, and nobody said a word."),
    (("asks_advice", "feeling"), "I don't know. What would you do, if it was you?"),
)
INSTEAD = {
    "fixing": {"say": "That sounds lonely. What was it like, sitting there?", "why": "It stays with what it was like."},
    "defensiveness": {"say": "You're right, I didn't ask. I'm sorry.", "why": "Owning a part opens the door."},
    "missed": {"say": "You sound worn out.", "why": "It puts a name to it."},
}
WAYS = {
    Code.LABELS_FEELING: "You sound {feeling}{after}.",
    Code.REFLECTS: "So he moved it and nobody said anything.",
    Code.EXPLORES: "What was that like?",
    Code.ADVISES: "You should just write to his boss tomorrow.",
    Code.EXCUSES: "I was busy the whole day as well.",
    Code.OWNS: "You're right, I should have asked.",
}
VAGUE = ("bad", "upset", "stressed", "off")


def practise(log: PracticeLog, sessions: int, turns: int, until: datetime, *, seed: int = 7) -> None:
    """Fill `log` with made-up practice of somebody who gets better at it, the last session at `until`."""
    choose = random.Random(seed)
    precise = [word for family in vocabulary().families for word in family.words if word not in family.vague][:400]
    began_at = until - timedelta(days=0.9 * sessions)
    with log.database.writing() as rows:  # all at once, and not to be searched: `add` takes half an hour for so many
        for number in range(sessions):
            began_at = min(until, began_at + timedelta(days=choose.expovariate(1 / 0.9)))
            report = made_up(choose, turns, min(1.0, number / min(sessions, 40)), precise)
            columns = _columns(report, began_at) | _moods(choose)
            id_ = rows.execute(insert(SessionRow).values(columns).returning(SessionRow.id)).scalar_one()
            rows.execute(insert(TurnRow), [{"session_id": id_, **turn} for turn in _turns(report)])


def _columns(report: dict[str, Any], began_at: datetime) -> dict[str, Any]:
    return {
        "began_at": began_at,
        "utc_offset_s": 0,
        "ended_at": began_at + timedelta(minutes=5),
        "scenario": report["scenario"],
        "seed": 1,
        "mode": "plain",
        "medium": "voice",
        "partner": "Maya",
        "ending": report["ending"],
        "completed": True,
        "wordless": False,
        "report": {**report, "turns": [], "retried": []},
        **figures_of(report),
    }


def _moods(choose: random.Random) -> dict[str, int | None]:
    """How somebody felt before and after, who is not always asked."""
    if choose.random() < 0.2:
        return {"mood_before": None, "mood_after": None}
    before = choose.randint(2, 7)
    return {"mood_before": before, "mood_after": before + choose.randint(-1, 3)}


def _turns(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for place, entry in enumerate(report["turns"]):
        yield {"place": place, "number": place, "retried": False, "entry": entry}
    for entry in report["retried"]:
        yield {"place": len(report["turns"]), "number": 1, "retried": True, "entry": entry}


def made_up(choose: random.Random, turns: int, skill: float, precise: list[str]) -> dict[str, Any]:
    """A report of a session of somebody with so much skill, 0–1."""
    entries, clock = [], 10.0
    for number in range(turns):
        entry, clock = _entry(choose, number, clock, skill, precise)
        entries.append(entry)
    retried = []
    if choose.random() < 0.3:
        retried = [_entry(choose, 1, 30.0, 0.0, precise)[0] | {"partner": entries[1]["partner"]}]
    return {
        "format": FORMAT,
        "scenario": choose.choice(["hard-day", "closeness", "money"]),
        "seed": 1,
        "ending": "closer",
        "completed": True,
        "partner": {"name": "Maya", "pronoun": "she"},
        "turns": entries,
        "retried": retried,
        "debrief": debrief_entry(debrief("Maya", [moment_of(entry) for entry in entries], pronoun="she")),
        "measures": {},
    }


def _entry(
    choose: random.Random, number: int, clock: float, skill: float, precise: list[str]
) -> tuple[dict[str, Any], float]:
    carries, line = LINES[number % len(LINES)]
    chances = {
        Code.LABELS_FEELING: 0.1 + 0.35 * skill,
        Code.REFLECTS: 0.1 + 0.25 * skill,
        Code.EXPLORES: 0.25,
        Code.ADVISES: 0.5 - 0.35 * skill,
        Code.EXCUSES: (0.6 - 0.4 * skill) if "complaint" in carries else 0.0,
        Code.OWNS: 0.4 * skill if "complaint" in carries else 0.0,
    }
    words, codes = "", []
    for code, chance in chances.items():
        if choose.random() < chance:
            feeling = choose.choice(precise if choose.random() < 0.3 + 0.5 * skill else VAGUE)
            said = WAYS[code].format(feeling=feeling, after=f" after {choose.randrange(10_000)} such hours")
            codes.append({"code": code, "confidence": 0.9, "start": len(words), "end": len(words + said), "text": said})
            words += f"{said} "
    text = words.strip() or "Right. I see what you mean."
    pause_s, spoken_s = choose.lognormvariate(-0.3 + 0.6 * skill, 0.5), 0.35 * len(text.split())
    start = clock + 4 + pause_s
    entry = {
        "partner": {"state": f"moment-{number % len(LINES)}", "text": line},
        "reply": {
            "text": text,
            "start_s": round(start, 2),
            "end_s": round(start + spoken_s, 2),
            "pause_before_s": round(pause_s, 2),
            "interrupted": False,
            "voiced_s": round(0.8 * spoken_s, 2),
            "backchannels": 0,
        },
        "partner_s": 4.0,
        "codes": codes,
        "unsure": [],
        "carries": list(carries),
        "feels": ["worn out", "overlooked"],
        "instead": INSTEAD,
        "latency_ms": {"endpoint": 640, "transcribe": 0, "decide": 3, "speak": 12, "total": 655},
    }
    return turn_entry(turn_of(entry)), start + spoken_s + 15


def plan_talks(log: PracticeLog, today: date) -> None:
    """One that was had, and one that is to come."""
    Talks(log.database).plan(
        PlannedTalk(
            "Sam",
            "money",
            scenario="money",
            happened=True,
            happened_on=today - timedelta(days=9),
            how_it_went="Better than I had feared. We got stuck on the holiday, and stopped before it got loud.",
            say_again="“I'm scared of the numbers, not of you.”",
        )
    )
    Talks(log.database).plan(
        PlannedTalk(
            "Mum",
            "the house",
            on_day=today + timedelta(days=6),
            first_sentence="I'd like to talk about the house, and I want to hear first what you'd want.",
            when_hot="Breathe. Ask for ten minutes, and say when I'll be back.",
        )
    )


def main() -> None:
    """Print how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=5000)
    parser.add_argument("--turns", type=int, default=12)
    parser.add_argument("--log", type=Path, help="keep the practice log there, and use it again")
    parser.add_argument("--html", type=Path, help="write the page there")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.log or Path(folder) / "practice.db"
        filled = path.exists()
        log = PracticeLog(Database.in_file(path))
        if not filled:
            practise(log, asked.sessions, asked.turns, now())
            plan_talks(log, now().date())
        moments = [(perf_counter(), process_time())]
        practice = practice_of(log, now())
        moments.append((perf_counter(), process_time()))
        page = progress_page(practice)
        moments.append((perf_counter(), process_time()))
        log.database.close()
    turns = sum(each.past.turns for each in practice.sessions)
    print(f"{len(practice.sessions):,} sessions, {turns:,} turns, {len(page) / 1000:.0f} kB")
    for name, began, ended in zip(("read", "made"), moments, moments[1:], strict=False):
        print(f"{name} in {ended[0] - began[0]:.2f} s, of which {ended[1] - began[1]:.2f} s on a processor")
    if asked.html:
        asked.html.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
