"""How fast the database of a practice is once it is large, and how large it is then: 500 clients of 200 sessions each.

Every client practises four times in a week and shares every second week, with ten coaches.

usage: python -m benchmarks.coaching_practice [CLIENTS [SESSIONS]]
"""

import random
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import make_url, text

from rehearse.coach.formats import Client, Figures, Heard, OfACode, Progress, Quote, Share, Try, Week
from rehearse.coach.keys import ClientKey, CoachKeys, encrypt, make_coach_keys
from rehearse.coach.server.connection import Server
from rehearse.coach.server.inbox import PracticeInbox
from rehearse.coach.server.members import add
from rehearse.coach.server.migrating import migrate
from rehearse.coach.server.sums import sums
from rehearse.coach.server.trail import trail
from rehearse.coach.signing import body_of, sign
from rehearse.feedback.codes import Code
from tests.practice_log import postgresql_server

COACHES = 10
A_WEEK = 4
WEEKS_A_SHARE = 2
BEGAN = date(2026, 1, 5)
SAID = (
    "You sound worn out. What happened on the call?",
    "That must have been embarrassing, in front of everybody.",
    "I'm sorry. I wasn't listening, and that's on me.",
)


def shares(key: ClientKey, keys: CoachKeys, sessions: int, chance: random.Random) -> Iterator[Share]:
    """Each tells of all weeks so far, as a client's do, and shows one try in four, two quotes and a question."""
    signs = keys.coach.signs
    weeks, tries = [], []
    for number in range(sessions // A_WEEK):
        monday = BEGAN + timedelta(weeks=number)
        weeks.append(
            Week(
                begins=monday,
                sessions=A_WEEK,
                completed=A_WEEK - 1,
                turns=32,
                retries=5,
                minutes=round(chance.uniform(15, 40), 1),
                figures=figures(chance),
            )
        )
        tries.append(
            Try(
                ref=secrets.token_hex(8),
                day=monday,
                scenario="hard-day",
                mode="plain",
                counts=True,
                completed=True,
                ending="closer",
                turns=8,
                retries=1,
                minutes=6.5,
                figures=figures(chance),
            )
        )
        if number % WEEKS_A_SHARE == WEEKS_A_SHARE - 1:
            quotes = [
                Quote(
                    ref=tries[-1].ref,
                    turn=turn,
                    line="What a day.",
                    reply=chance.choice(SAID),
                    codes=(Heard(code=Code.LABELS_FEELING, confidence=0.9),),
                )
                for turn in range(2)
            ]
            yield Share(
                id=secrets.token_hex(8),
                number=1 + number // WEEKS_A_SHARE,
                made_at=datetime(monday.year, monday.month, monday.day, 20, tzinfo=UTC),
                client=Client(key=key.public(signs), name="Sam"),
                coach=signs,
                since=BEGAN,
                until=monday,
                weeks=tuple(weeks),
                progress=(Progress(assignment="0" * 16, done=min(number, 20), of=20, open=number < 20),),
                tries=tuple(tries),
                asks=("Is that what you meant?",),
                quotes=tuple(quotes),
            )


def figures(chance: random.Random) -> Figures:
    """Any."""
    found = {name: OfACode(count=chance.randrange(9), of=32) for name in ("labels", "listening", "fixing", "defensive")}
    return Figures(**found)


def timed(do: Callable[[], object], times: int = 5) -> str:
    """Median, in milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        taken.append(time.perf_counter() - began)
    return f"{1000 * median(taken):.0f} ms"


def main(clients: int, sessions: int) -> None:
    """Print a table."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder, postgresql_server() as new_database:
        url = new_database()
        owner = Server.at_url(url)
        with owner.transaction() as connection:
            migrate(connection)
        path = Path(folder) / "share"
        inboxes, taking = [], []
        for number in range(COACHES):
            home = Path(folder) / f"coach-{number}"
            home.mkdir()
            keys = make_coach_keys(home, f"Coach {number}")
            server = Server.at_url(add(owner, f"coach_{number}", "coach").url)
            inboxes.append((server, keys, PracticeInbox(server, keys, "measuring")))
        for client in range(clients):
            _, keys, inbox = inboxes[client % COACHES]
            key = ClientKey(secret=secrets.token_hex(32))
            for share in shares(key, keys, sessions, chance):
                path.write_bytes(encrypt(sign(body_of(share), key.signing(keys.coach.signs)), keys.coach))
                began = time.perf_counter()
                inbox.take_in(path)
                taking.append(time.perf_counter() - began)
        with owner.transaction() as connection:
            size = connection.execute(
                text("SELECT pg_database_size(:name)"), {"name": make_url(url).database}
            ).scalar_one()
        with owner.transaction() as connection:
            connection.exec_driver_sql("ANALYZE")
        server, _, inbox = inboxes[0]
        supervisor = Server.at_url(add(owner, "supervisor", "supervisor").url)
        auditor = Server.at_url(add(owner, "auditor", "auditor").url)
        today = BEGAN + timedelta(weeks=sessions // A_WEEK)
        one = sums(server, today)[0].client
        rows = [
            ("taking a share in", f"{1000 * median(taking):.1f} ms"),
            ("all of them", f"{sum(taking):.0f} s"),
            ("size", f"{size / 1e6:.0f} MB"),
            ("listing a coach's clients", timed(lambda: sums(server, today))),
            ("all clients' sums", timed(lambda: sums(supervisor, today))),
            ("one client's shares, opened", timed(lambda: list(inbox.shares([one])))),
            ("all of a coach's shares, opened", timed(lambda: list(inbox.shares()), 1)),
            ("the audit trail of one client", timed(lambda: trail(auditor, one))),
        ]
        for each in (owner, supervisor, auditor, *(server for server, *_ in inboxes)):
            each.close()
    print(f"{clients} clients of {sessions} sessions: {len(taking)} shares, {COACHES} coaches")
    for name, value in rows:
        print(f"  {name:32} {value:>10}")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [500, 200][len(given) :]))
