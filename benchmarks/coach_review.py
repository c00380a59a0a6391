"""How long the review of a practice takes: 500 clients with a share of half a year each, decrypted and made into pages.

python -m benchmarks.coach_review [--clients N] [--shares N] [--out FOLDER]
"""

import argparse
import random
import secrets
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from rehearse.coach.assigning import Task, make
from rehearse.coach.caseload import records
from rehearse.coach.formats import (
    Assignment,
    Client,
    Coach,
    Figures,
    Heard,
    JournalEntry,
    OfACode,
    Progress,
    Quote,
    Recording,
    Said,
    Share,
    Transcript,
    Try,
    Week,
)
from rehearse.coach.inbox import Inbox
from rehearse.coach.keys import ClientKey, encrypt, make_coach_keys
from rehearse.coach.signing import body_of, sign
from rehearse.feedback.codes import Axis, Code
from rehearse.paths import private
from rehearse.reports.review.pages import Review
from rehearse.reports.review.writing import write_review

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
NAMES = ("Sam", "Robin", "Noor", "Élodie", "Kim", "Andrea", "Jo", "Mika")
LINES = (
    "What a day. The printer died, then the Tuesday call, and by then I was just, yeah.",
    "You never ask how it went. I had to sit through all of that by myself.",
    "And then he moved the deadline, in front of everybody, and nobody said a word.",
)
REPLIES: tuple[tuple[str, tuple[Code, ...]], ...] = (
    ("You sound worn out. What happened on the call?", (Code.LABELS_FEELING, Code.EXPLORES)),
    ("You should talk to [person 1] about it tomorrow, first thing.", (Code.ADVISES,)),
    ("I was busy the whole day as well.", (Code.EXCUSES,)),
    ("Right. I see what you mean.", ()),
)


def made_up(
    choose: random.Random,
    client: Client,
    coach: Coach,
    number: int,
    assignments: Sequence[Assignment],
    *,
    weeks: int = 26,
    until: date | None = None,
    flac: bytes = b"",
) -> Share:
    """What somebody might share after so many weeks of practice who gets better at it."""
    until = until or AT.date()
    monday = until - timedelta(days=until.weekday())
    begins = [monday - timedelta(weeks=weeks - 1 - each) for each in range(weeks) if choose.random() < 0.85]
    tries = [_try(choose, until - timedelta(days=4 * each)) for each in range(min(12, weeks))]
    quotes = [Quote(ref=each.ref, **dict(_said(choose, 2))) for each in tries[1:4]]
    transcripts = [
        Transcript(ref=each.ref, partner="Maya", said=tuple(_said(choose, turn) for turn in range(12)))
        for each in tries[:1]
    ]
    asks = ("How do I stop giving advice when it is so plain what would help?",) if choose.random() < 0.3 else ()
    return Share(
        id=secrets.token_hex(8),
        number=number,
        made_at=datetime.combine(until, AT.timetz()),
        client=client,
        coach=coach.signs,
        since=monday - timedelta(weeks=weeks),
        until=until,
        weeks=tuple(_week(choose, each, place / weeks) for place, each in enumerate(begins)),
        progress=tuple(
            Progress(assignment=each.id, done=choose.randrange(each.times + 1), of=each.times, open=True)
            for each in assignments
        ),
        tries=tuple(tries),
        hard="The silence after the second line.\nI wanted to fill it." if choose.random() < 0.5 else None,
        asks=asks,
        quotes=tuple(quotes),
        transcripts=tuple(transcripts),
        recordings=tuple(Recording(ref=each.ref, turn=2, flac=flac) for each in tries[:1] if flac),
        journal=(JournalEntry(day=until, question="What did you notice?", text="I can wait longer than I thought."),),
    )


def _figures(choose: random.Random, turns: int, skill: float) -> Figures:
    def often(rate: float, of: int) -> OfACode:
        return OfACode(count=sum(choose.random() < rate for _ in range(of)), of=of)

    labels = often(0.1 + 0.4 * skill, turns)
    return Figures(
        labels=labels,
        granular=often(0.3 + 0.5 * skill, labels.count) if labels.count else None,
        listening=often(0.3 + 0.4 * skill, turns),
        fixing=often(0.5 - 0.3 * skill, turns),
        defensive=often(0.5 - 0.4 * skill, turns // 3) if choose.random() < 0.8 else None,
    )


def _week(choose: random.Random, begins: date, skill: float) -> Week:
    sessions = choose.randrange(1, 5)
    turns = 9 * sessions
    return Week(
        begins=begins,
        sessions=sessions,
        completed=choose.randrange(sessions + 1),
        turns=turns,
        retries=choose.randrange(4),
        minutes=round(4.5 * sessions, 1),
        figures=_figures(choose, turns, skill),
    )


def _try(choose: random.Random, day: date) -> Try:
    return Try(
        ref=secrets.token_hex(8),
        day=day,
        scenario=choose.choice(["hard-day", "closeness", "money", None]),
        mode=choose.choice(["plain", "guided", "hard"]),
        counts=choose.random() < 0.8,
        completed=True,
        ending="closer",
        turns=9,
        retries=choose.randrange(3),
        minutes=4.5,
        figures=_figures(choose, 9, 0.5),
    )


def _said(choose: random.Random, turn: int) -> Said:
    reply, codes = choose.choice(REPLIES)
    heard = tuple(Heard(code=code, confidence=0.9, contested=choose.random() < 0.1) for code in codes)
    return Said(turn=turn, line=LINES[turn % len(LINES)], reply=reply, codes=heard)


def main() -> None:
    """Print how long each part took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--shares", type=int, default=1, help="of each client")
    parser.add_argument("--out", type=Path, help="keep the pages there")
    asked = parser.parse_args()
    choose = random.Random(7)
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        keys = make_coach_keys(root, "Ada Brook")
        task = Task("hard-day", "Name what you hear.", times=3, skill=Axis.LABELING)
        assigned = make(task, keys.coach, AT - timedelta(days=60))
        for each in range(asked.clients):
            key = ClientKey(secret=secrets.token_hex(32))
            own = Client(key=key.public(keys.coach.signs), name=f"{NAMES[each % len(NAMES)]} {each}")
            folder = private(root / "received" / own.key[:32])
            for number in range(1, asked.shares + 1):
                until = AT.date() - timedelta(weeks=asked.shares - number)
                share = made_up(choose, own, keys.coach, number, [assigned], until=until)
                content = encrypt(sign(body_of(share), key.signing(keys.coach.signs)), keys.coach)
                (folder / f"{share.id}.rehearse-share").write_bytes(content)
        moments = [(perf_counter(), process_time())]
        shares = list(Inbox(root / "received", keys).shares())
        moments.append((perf_counter(), process_time()))
        known = list(records(shares))
        moments.append((perf_counter(), process_time()))
        pages = private(asked.out or root / "review")
        write_review(Review(known, {assigned.id: assigned}, (), AT), pages)
        moments.append((perf_counter(), process_time()))
        size = sum(path.stat().st_size for path in pages.iterdir())
    print(f"{len(known)} clients, {len(shares)} shares, {size / 1e6:.1f} MB of pages")
    parts = [("decrypted and checked", 0, 1), ("put together", 1, 2), ("written", 2, 3), ("all of it", 0, 3)]
    for name, began, ended in parts:
        clock, processor = (moments[ended][each] - moments[began][each] for each in (0, 1))
        print(f"  {name:22} {clock:6.2f} s, on a processor {processor:6.2f} s")


if __name__ == "__main__":
    main()
