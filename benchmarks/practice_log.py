"""How fast the practice log is once it is large, and how large it is then: 5,000 sessions of 12 turns.

usage: python benchmarks/practice_log.py [SESSIONS]
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from rehearse.dialogue import Reply
from rehearse.feedback import code_reply
from rehearse.feedback.debrief import debrief
from rehearse.feedback.moment import Alternative, Moment, Occasion
from rehearse.practice.database import Database
from rehearse.practice.log import About, PracticeLog, now
from rehearse.practice.report import report_of
from rehearse.practice.searching import search
from rehearse.practice.session import Session, Turn
from rehearse.practice.turn_times import own_turn_times
from rehearse.scenarios.loader import library, load

TURNS = 12
SAID = (
    "You sound worn out. What happened on the call?",
    "That must have been embarrassing, in front of everybody.",
    "You should talk to him about it tomorrow, first thing.",
    "I'm sorry. I wasn't listening, and that's on me.",
    "So he moved the deadline and never told you?",
    "It's not that bad. Everybody has a day like this.",
)


def sessions(count: int) -> list[tuple[Session, About]]:
    """So many, over the scenes of the library, two a day."""
    chance = random.Random(1)
    scenes = [load(path) for path in library().values()]
    made = []
    for number in range(count):
        scene = scenes[number % len(scenes)]
        turns = []
        for place in range(TURNS):
            state = chance.choice(list(scene.states.values()))
            line, text = state.lines[0].say if state.lines else "Well.", f"{chance.choice(SAID)} {chance.random():.6f}"
            instead = {str(way): Alternative(each.say, each.why) for way, each in state.instead.items()}
            occasion = Occasion(frozenset(state.carries), state.feels, instead)
            coded = code_reply(line, chance.choice(SAID))
            reply = Reply(text, 20.0 * place, 20.0 * place + 6, pause_before_s=0.8, voiced_s=5.0, backchannels=1)
            turns.append(Turn("tells", line, reply, coded, occasion, partner_s=6.0))
        moments = [Moment(turn.line, turn.occasion, turn.coded) for turn in turns]
        began = now() - timedelta(hours=12 * (count - number))
        made.append(
            (
                Session(scene.id, number, tuple(turns), "closer", debrief("Maya", moments), "Maya", "she"),
                About(began, ended_at=began),
            )
        )
    return made


def timed(do: Callable[[], object], times: int = 9) -> float:
    """Median milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        do()
        taken.append(time.perf_counter() - began)
    return 1000 * median(taken)


def main(count: int) -> None:
    """Print a table."""
    made = sessions(min(count, 40))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "practice.db"
        log = PracticeLog(Database.in_file(path))
        adding = []
        for number in range(count):
            session, about = made[number % len(made)]
            report = report_of(session)
            began = time.perf_counter()
            log.add(report, about)
            adding.append(time.perf_counter() - began)
        log.database.close()
        rows = [
            ("size", f"{path.stat().st_size / 1e6:.0f} MB"),
            ("history of all", f"{timed(log.history):.0f} ms"),
            ("history of the last 20", f"{timed(lambda: log.history(newest=20)):.1f} ms"),
            ("search, frequent words", f"{timed(lambda: search(log.database, 'embarrassing everybody')):.0f} ms"),
            ("search, a rare word", f"{timed(lambda: search(log.database, '123456')):.1f} ms"),
            ("one session", f"{timed(lambda: log.report(count // 2)):.1f} ms"),
            ("every turn of all", f"{timed(lambda: sum(len(turns) for _, turns in log.all_turns()), 3):.0f} ms"),
            ("times of all turns", f"{timed(lambda: own_turn_times(log), 1):.0f} ms"),
            ("keeping a session", f"{1000 * median(adding):.0f} ms"),
        ]
        log.database.close()
    print(f"{count} sessions of {TURNS} turns")
    for name, value in rows:
        print(f"  {name:24} {value:>10}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
